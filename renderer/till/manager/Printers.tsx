import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import type { SystemPrinter } from '../../../contract/printing.ts';
import type { RegisterSettings } from '../../../contract/register-settings.ts';
import { say } from '../../../words/sentences.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { useAllWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';
import { Line } from './Line.tsx';
import { Switch } from './Switch.tsx';
import { useSettingsForm } from './use-settings-form.ts';

type Printing = RegisterSettings['printing'];
type Props = { readonly bridge: Pick<Bridge<'manager'>, 'readSettings' | 'changeSettings' | 'readPrinters' | 'testPrinter' | 'openDrawer'>; readonly onUnsaved: (isUnsaved: boolean) => void };

const PROBLEM = 'printers-problem';

/** The printer of this register: its choice, a test, and automatic printing. */
export function Printers({ bridge, onUnsaved }: Props) {
  const { manager, printing, till } = useAllWords();
  const { printers: words } = printing;
  const { typed, problem, state, change, save } = useSettingsForm<Printing>({ bridge, asTyped: (settings) => settings.printing, asSettings: (each) => ({ printing: tidied(each) }), onUnsaved });
  const [tried, setTried] = useState<{ readonly sentence: string; readonly isTrouble: boolean } | null>(null);

  async function tryOut(answer: ReturnType<typeof bridge.testPrinter>, sentence: string): Promise<void> {
    setTried(null);
    const { kind, ...rest } = await answer;
    const failure = kind === 'failed' && 'failure' in rest ? rest.failure : null;
    if (failure === null) setTried({ sentence, isTrouble: false });
    else setTried({ sentence: failure.kind === 'locked' || failure.kind === 'refused' ? say(manager.limits.problem, failure) : till.receipt.trouble[failure.kind], isTrouble: true });
  }

  if (typed === null) return <Said isWarning>{problem !== null && say(manager.limits.problem, problem)}</Said>;
  const { way } = typed;
  const isTyped = state === 'unsaved';
  return (
    <section>
      <h2>{words.title}</h2>
      <Form className="limits" onSubmit={(event) => void save(event)} validationBehavior="aria">
        <Choice setting="printing.way" label={words.way} value={way} options={Object.entries(words.ways)} onChange={(chosen) => change({ way: chosen as Printing['way'] })} />
        {way === 'network' && <Line setting="printing.address" label={words.address} value={typed.address} problem={PROBLEM} isWrong={problem?.kind === 'printer-address-invalid'} onChange={(address) => change({ address })} />}
        {(way === 'queue' || way === 'driver') && (
          <QueueField queue={typed.queue} isRaw={way === 'queue'} isWrong={problem?.kind === 'printer-queue-empty'} readPrinters={bridge.readPrinters} onChange={(queue) => change({ queue })} />
        )}
        {way !== 'none' && <PaperFields typed={typed} change={change} />}
        <Said isWarning id={PROBLEM} className="problem">
          {problem !== null && say(manager.limits.problem, problem)}
        </Said>
        <Said>{state !== null && manager.shell[state]}</Said>
        <div className="next">
          <Button type="submit" className="charge">
            {manager.shell.save}
          </Button>
          {way !== 'none' && (
            <Button isDisabled={isTyped} onPress={() => void tryOut(bridge.testPrinter(), words.testSent)}>
              {words.test}
            </Button>
          )}
          {way !== 'none' && way !== 'driver' && typed.drawer && (
            <Button isDisabled={isTyped} onPress={() => void tryOut(bridge.openDrawer(), words.pulseSent)}>
              {words.pulse}
            </Button>
          )}
        </div>
        {isTyped && way !== 'none' && <p>{words.saveFirst}</p>}
        <Said isWarning={tried?.isTrouble === true} className={tried?.isTrouble === true ? 'problem' : ''}>
          {tried?.sentence}
        </Said>
      </Form>
    </section>
  );
}

type QueueProps = { readonly queue: string; readonly isRaw: boolean; readonly isWrong: boolean; readonly readPrinters: Bridge<'manager'>['readPrinters']; readonly onChange: (queue: string) => void };

/** The printer's name in the system: typed, or chosen from those that it knows. */
function QueueField({ queue, isRaw, isWrong, readPrinters, onChange }: QueueProps) {
  const { printers: words } = useAllWords().printing;
  const [found, setFound] = useState<readonly SystemPrinter[] | null>(null);
  const offered = found?.filter((printer) => printer.isRaw === isRaw) ?? [];

  async function find(): Promise<void> {
    const answer = await readPrinters();
    if (answer.kind === 'ok') setFound(answer.value);
  }

  return (
    <>
      <Line setting="printing.queue" label={words.queue} value={queue} problem={PROBLEM} isWrong={isWrong} onChange={onChange} />
      <div className="next">
        <Button onPress={() => void find()}>{words.find}</Button>
        {offered.map((printer) => (
          <Button key={printer.queue} className="quiet" onPress={() => onChange(printer.queue)}>
            <bdi>{printer.queue}</bdi>
          </Button>
        ))}
      </div>
      {found !== null && offered.length === 0 && <Said>{words.noPrinters}</Said>}
    </>
  );
}

type PaperProps = { readonly typed: Printing; readonly change: (part: Partial<Printing>) => void };

/** The paper, and automatic printing. */
function PaperFields({ typed, change }: PaperProps) {
  const { printers: words } = useAllWords().printing;
  const isDriver = typed.way === 'driver';
  return (
    <>
      {!isDriver && <Choice setting="printing.commands" label={words.commands} value={typed.commands} options={Object.entries(words.commandSets)} onChange={(commands) => change({ commands: commands as Printing['commands'] })} />}
      <Choice setting="printing.paper" label={words.paper} value={typed.paper} options={Object.entries(words.papers).filter(([paper]) => isDriver || !isSheet(paper))} onChange={(paper) => change({ paper: paper as Printing['paper'] })} />
      <Switch setting="printing.auto" label={words.auto} isOn={typed.auto} onChange={(auto) => change({ auto })} />
      <Switch setting="printing.merchantCopy" label={words.merchantCopy} isOn={typed.merchantCopy} onChange={(merchantCopy) => change({ merchantCopy })} />
      {!isDriver && <Switch setting="printing.drawer" label={words.drawer} isOn={typed.drawer} onChange={(drawer) => change({ drawer })} />}
      {!isDriver && typed.drawer && <p>{words.drawerHint}</p>}
    </>
  );
}

/** A sheet is printed by its driver only. */
function tidied(printing: Printing): Printing {
  return printing.way !== 'driver' && isSheet(printing.paper) ? { ...printing, paper: '80' } : printing;
}

function isSheet(paper: string): boolean {
  return paper === 'a4' || paper === 'letter';
}
