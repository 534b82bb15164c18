import { useEffect, useEffectEvent, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import type { CardReader, ReaderProblem } from '../../../contract/card-reader.ts';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import type { TillSnapshot } from '../../../contract/till-snapshot.ts';
import { isolated } from '../../../words/isolated.ts';
import { say } from '../../../words/sentences.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { useAllWords } from '../use-words.ts';
import { Switch } from './Switch.tsx';

type Props = {
  readonly paired: TillSnapshot['cardReader'];
  readonly bridge: Pick<Bridge<'manager'>, 'readCardReaders' | 'pairCardReader' | 'renameCardReader' | 'identifyCardReader' | 'checkCardReader'>;
};

type Problem = ReaderProblem | NoAnswer<'manager'>['failure'];
type Answer<Value> = Promise<{ readonly kind: 'ok'; readonly value: Value } | { readonly kind: 'failed'; readonly failure: Problem }>;

type Naming = { readonly terminalId: string; readonly name: string };

/** The id of the error's sentence. */
const PROBLEM = 'card-reader-problem';

/** The card reader of this register: one of the account's, by JustiFi's list. */
export function CardReaders({ paired, bridge }: Props) {
  const { manager, till } = useAllWords();
  const { cardReader: words, shell } = manager;
  const [readers, setReaders] = useState<readonly CardReader[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const [naming, setNaming] = useState<Naming | null>(null);

  const read = () => take(bridge.readCardReaders(), setReaders);
  const readFirst = useEffectEvent(() => void read());
  useEffect(() => readFirst(), []);

  async function take<Value>(call: Answer<Value>, done: (value: Value) => void): Promise<void> {
    setTold(null);
    const answer = await call;
    setProblem(answer.kind === 'failed' ? answer.failure : null);
    if (answer.kind === 'ok') done(answer.value);
  }

  const replace = (changed: CardReader) => setReaders((all) => all?.map((each) => (each.terminalId === changed.terminalId ? changed : each)) ?? null);
  const pair = (terminalId: string | null, isFirst: boolean) => void take(bridge.pairCardReader(terminalId === null ? null : { terminalId, isFirst }), () => setTold(shell.saved));
  const check = (reader: CardReader) =>
    void take(bridge.checkCardReader({ terminalId: reader.terminalId }), ({ isConnected }) => {
      replace({ ...reader, isConnected });
      setTold(`${isolated(reader.name)}: ${isConnected ? words.connected : words.notConnected}`);
    });
  const rename = (named: Naming) =>
    void take(bridge.renameCardReader(named), (renamed) => {
      replace(renamed);
      setNaming(null);
      setTold(shell.saved);
    });

  return (
    <section>
      <h2>{words.title}</h2>
      <p>{paired === null ? words.none : words.paired(paired.name)}</p>
      {paired !== null && <Switch label={words.first} isOn={paired.isFirst} onChange={(isFirst) => pair(paired.terminalId, isFirst)} />}
      {readers?.length === 0 && <p>{words.noReaders}</p>}
      <ul className="cashier-list">
        {readers?.map((reader) => (
          <ReaderLine
            key={reader.terminalId}
            reader={reader}
            isPaired={paired?.terminalId === reader.terminalId}
            onPair={(terminalId) => pair(terminalId, true)}
            onIdentify={() => void take(bridge.identifyCardReader({ terminalId: reader.terminalId }), () => setTold(words.identified))}
            onCheck={() => check(reader)}
            onRename={() => setNaming({ terminalId: reader.terminalId, name: reader.name })}
          />
        ))}
      </ul>
      {naming !== null && <RenameReader name={naming.name} isWrong={problem?.kind === 'name-empty'} onChange={(name) => setNaming({ ...naming, name })} onSave={() => rename(naming)} onBack={() => setNaming(null)} />}
      <Said isWarning id={PROBLEM} className="problem">
        {problem !== null && say(words.problem, problem)}
      </Said>
      {readers === null && problem !== null && <Button onPress={() => void read()}>{till.result.tryAgain}</Button>}
      <Said>{told}</Said>
    </section>
  );
}

type LineProps = {
  readonly reader: CardReader;
  readonly isPaired: boolean;
  /** Null: this register has no reader any more. */
  readonly onPair: (terminalId: string | null) => void;
  readonly onIdentify: () => void;
  readonly onCheck: () => void;
  readonly onRename: () => void;
};

function ReaderLine({ reader: { terminalId, name, model, isConnected }, isPaired, onPair, onIdentify, onCheck, onRename }: LineProps) {
  const { cardReader: words } = useAllWords().manager;
  const about = (what: string) => `${what}: ${isolated(name)}`;
  return (
    <li>
      <strong>
        <bdi translate="no">{name}</bdi> <small>{[model, isConnected ? words.connected : words.notConnected].filter((part) => part !== null).join(' · ')}</small>
      </strong>
      <Button aria-label={about(isPaired ? words.unpair : words.pair)} onPress={() => onPair(isPaired ? null : terminalId)}>
        {isPaired ? words.unpair : words.pair}
      </Button>
      <Button aria-label={about(words.identify)} onPress={onIdentify}>
        {words.identify}
      </Button>
      <Button aria-label={about(words.check)} onPress={onCheck}>
        {words.check}
      </Button>
      <Button aria-label={about(words.rename)} onPress={onRename}>
        {words.rename}
      </Button>
    </li>
  );
}

type RenameProps = { readonly name: string; readonly isWrong: boolean; readonly onChange: (name: string) => void; readonly onSave: () => void; readonly onBack: () => void };

function RenameReader({ name, isWrong, onChange, onSave, onBack }: RenameProps) {
  const { cardReader: words, shell } = useAllWords().manager;
  return (
    <>
      <TextField className="field" value={name} onChange={onChange} isInvalid={isWrong} {...(isWrong && { 'aria-describedby': PROBLEM })} autoFocus>
        <Label>{words.name}</Label>
        <Input autoComplete="off" maxLength={60} />
      </TextField>
      <div className="next">
        <Button className="charge" onPress={onSave}>
          {shell.save}
        </Button>
        <Button className="quiet" onPress={onBack}>
          {shell.back}
        </Button>
      </div>
    </>
  );
}
