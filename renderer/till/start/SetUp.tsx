import { type FormEvent, useState } from 'react';
import { Form, Input, Label, Text, TextField } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import type { TillSnapshot } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import type { LimitsProblem } from '../../../words/en/manager.ts';
import { say } from '../../../words/sentences.ts';
import { useAllWords } from '../use-words.ts';
import { ConnectAccount } from '../manager/ConnectAccount.tsx';
import { ConnectionTest } from '../manager/ConnectionTest.tsx';
import { Limits } from '../manager/Limits.tsx';
import { SetPin } from '../manager/SetPin.tsx';
import { useStillHere } from '../manager/use-still-here.ts';
import { useHelpKey } from '../use-help-key.ts';
import { Said } from '../Said.tsx';

type Props = {
  readonly snapshot: TillSnapshot;
  readonly bridge: Bridge<'manager'>;
  readonly onHelp: () => void;
  readonly onDone: () => void;
};

/** The id of the sentence about the register's name. */
const NAME_PROBLEM = 'register-name-problem';

const STEPS = ['connect', 'register', 'pin', 'limits', 'test'] as const;
type Step = (typeof STEPS)[number];

/** A new register, from the account to the test, one step at a time. All steps are under Manager later. */
export function SetUp({ snapshot, bridge, onHelp, onDone }: Props) {
  useHelpKey(onHelp);
  const { account: words, till } = useAllWords();
  const { steps } = words;
  const [step, setStep] = useState<Step>('connect');
  const stillHere = useStillHere(bridge);
  const { manager } = snapshot;
  const hasPin = manager.kind === 'unlocked' && manager.hasPin;
  const number = STEPS.indexOf(step) + 1;
  const next = () => (step === 'test' ? onDone() : setStep(STEPS[number]!));

  return (
    <main className="manager set-up-steps" {...stillHere}>
      <header className="manager-bar">
        <h1>{steps[step]}</h1>
        <p className="set-up-step">{steps.name(number, STEPS.length)}</p>
        <span className={`mode mode-${snapshot.mode}`}>{till.mode[snapshot.mode]}</span>
      </header>
      <section className="set-up" key={step}>
        {step === 'connect' && <ConnectAccount bridge={bridge} registerId={snapshot.registerId} current={null} onConnected={next} onBack={onDone} />}
        {step === 'register' && <RegisterName before={snapshot.registerName} bridge={bridge} onSaved={next} />}
        {step === 'pin' && <SetPin hasPin={hasPin} asksCurrent={false} setPin={bridge.setPin} onDone={next} />}
        {step === 'limits' && <Limits bridge={bridge} isNamed save={steps.next} onSaved={next} />}
        {step === 'test' && <ConnectionTest testConnection={bridge.testConnection} />}
        {(step === 'pin' || step === 'test') && (
          <div className="next set-up-next">
            <Button className={step === 'pin' ? 'quiet' : 'charge'} onPress={next}>
              {step === 'test' ? steps.finish : hasPin ? steps.next : steps.later}
            </Button>
          </div>
        )}
      </section>
    </main>
  );
}

function RegisterName({ before, bridge, onSaved }: { readonly before: string; readonly bridge: Props['bridge']; readonly onSaved: () => void }) {
  const { manager, account } = useAllWords();
  const { limits } = manager;
  const [name, setName] = useState(before);
  const [problem, setProblem] = useState<LimitsProblem | null>(null);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const settings = await bridge.readSettings();
    const answer = settings.kind === 'ok' ? await bridge.changeSettings({ ...settings.value, registerName: name }) : settings;
    if (answer.kind === 'ok') onSaved();
    else setProblem(answer.failure);
  }

  return (
    <Form onSubmit={(event) => void save(event)} validationBehavior="aria">
      <TextField className="field" value={name} onChange={setName} isInvalid={problem !== null} aria-describedby={NAME_PROBLEM} autoFocus>
        <Label>{limits.registerName}</Label>
        <Input autoComplete="off" maxLength={60} />
        <Text slot="description">{account.steps.registerHint}</Text>
      </TextField>
      <Said isWarning id={NAME_PROBLEM} className="problem">
        {problem !== null && say(limits.problem, problem)}
      </Said>
      <div className="next">
        <Button type="submit" className="charge">
          {account.steps.next}
        </Button>
      </div>
    </Form>
  );
}
