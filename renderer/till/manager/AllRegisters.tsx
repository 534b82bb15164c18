import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import type { AllRegisters as Day, AllRegistersProblem, RegistersProgress } from '../../../contract/all-registers.ts';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import { PRINT_TROUBLES, type PrintProblem } from '../../../contract/printing.ts';
import type { SaveProblem } from '../../../contract/report.ts';
import { disregard } from '../../../contract/result.ts';
import { say } from '../../../words/sentences.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { useAllWords } from '../use-words.ts';
import { RegistersDay } from './RegistersDay.tsx';

type Props = {
  /** Null: nothing is being read. */
  readonly progress: RegistersProgress | null;
  readonly hasPrinter: boolean;
  readonly bridge: Pick<Bridge<'manager'>, 'readAllRegisters' | 'stopAllRegisters' | 'printAllRegisters' | 'saveAllRegisters'>;
};
type Failure = AllRegistersProblem | PrintProblem | SaveProblem | NoAnswer<'manager'>['failure'];
type Told = { readonly sentence: string; readonly isTrouble: boolean };

/** A business day of every register of the account, from JustiFi. */
export function AllRegisters({ progress, hasPrinter, bridge }: Props) {
  const { registers, ...words } = useAllWords().report;
  const { day, shown, said, isBusy, setDay, read, print, save } = useRegistersDay(bridge);
  return (
    <section className="registers">
      <h2>{registers.title}</h2>
      <p>{registers.intro}</p>
      <div className="audit-filter">
        <TextField className="field" type="date" value={day} isDisabled={isBusy} onChange={setDay}>
          <Label>{registers.day}</Label>
          <Input />
        </TextField>
        <Button className="charge" isDisabled={isBusy || progress !== null} onPress={read}>
          {registers.read}
        </Button>
        {progress !== null && <Button onPress={() => disregard(bridge.stopAllRegisters(), 'the reading answers')}>{registers.stop}</Button>}
        {shown !== null && (
          <>
            <Button className="quiet" isDisabled={isBusy || !hasPrinter} onPress={print}>
              {words.print}
            </Button>
            <Button className="quiet" isDisabled={isBusy} onPress={save}>
              {words.save}
            </Button>
          </>
        )}
      </div>
      {progress !== null && (
        <p className="registers-progress">
          {registers.progress[progress.step](progress.read)}
          {progress.isWaiting && (
            <>
              {' · '}
              <strong>{registers.waiting}</strong>
            </>
          )}
        </p>
      )}
      <Said isWarning={said?.isTrouble === true} className={said?.isTrouble === true ? 'problem' : ''}>
        {said?.sentence}
      </Said>
      {shown !== null && <RegistersDay day={shown} />}
    </section>
  );
}

type RegistersDayState = {
  /** Empty: today, on the shop's clock, which main knows. */
  readonly day: string;
  readonly shown: Day | null;
  readonly said: Told | null;
  readonly isBusy: boolean;
  readonly setDay: (day: string) => void;
  readonly read: () => void;
  readonly print: () => void;
  readonly save: () => void;
};

function useRegistersDay(bridge: Props['bridge']): RegistersDayState {
  const { report: words, till } = useAllWords();
  const [day, setDay] = useState('');
  const [shown, setShown] = useState<Day | null>(null);
  const [said, setSaid] = useState<Told | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isReading = useRef(false);

  function sentenceOf(failure: Failure): string {
    if (failure.kind === 'save-cancelled' || failure.kind === 'save-failed') return say(words.saveProblem, failure);
    if (isTrouble(failure)) return words.notSent(till.receipt.trouble[failure.kind]);
    return say(words.registers.problem, failure);
  }

  async function take<Value>(call: Promise<{ readonly kind: 'ok'; readonly value: Value } | { readonly kind: 'failed'; readonly failure: Failure }>, done: (value: Value) => string | null): Promise<void> {
    setSaid(null);
    setBusy(true);
    const answer = await call;
    setBusy(false);
    if (answer.kind === 'failed') return setSaid({ sentence: sentenceOf(answer.failure), isTrouble: answer.failure.kind !== 'stopped' && answer.failure.kind !== 'save-cancelled' });
    const sentence = done(answer.value);
    setSaid(sentence === null ? null : { sentence, isTrouble: false });
  }

  async function read(): Promise<void> {
    isReading.current = true;
    setShown(null);
    await take(bridge.readAllRegisters({ day: day === '' ? null : day }), (value) => {
      setShown(value);
      setDay(value.businessDay);
      return null;
    });
    isReading.current = false;
  }

  // The screen is left: the answer is not needed any more.
  const leave = useEffectEvent(() => {
    if (isReading.current) disregard(bridge.stopAllRegisters(), 'what was read is not shown');
  });
  useEffect(() => () => leave(), []);

  return {
    day,
    shown,
    said,
    isBusy,
    setDay,
    read: () => void read(),
    print: () => void take(bridge.printAllRegisters(), () => words.sent),
    save: () => void take(bridge.saveAllRegisters(), () => words.saved),
  };
}

function isTrouble(failure: Failure): failure is PrintProblem {
  return PRINT_TROUBLES.some((trouble) => trouble === failure.kind);
}
