import { type ReactNode, useEffect, useRef } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import type { ConnectionFailure } from '../../../contract/connection-failure.ts';
import type { QuickItem } from '../../../contract/quick-item.ts';
import type { ChargeProblem } from '../../../contract/problem.ts';
import { Button } from '../../skin/Button.tsx';
import { useScanner } from '../scan/use-scanner.ts';
import { useWords } from '../use-words.ts';
import { AmountHeading } from './Amount.tsx';
import { type AddedLine, type AmountEntry, type EntryMode, typedInCents } from './amount-entry.ts';
import { ENTRY_PROBLEM, EntryNotes } from './EntryNotes.tsx';
import { Keypad } from './Keypad.tsx';
import { Presets } from './Presets.tsx';
import { shownPresets } from './presets.ts';
import type { TypeAhead } from './type-ahead.ts';
import { useEntryKeys } from './use-entry-keys.ts';
import { type EnteringSale, type EntryBridge, useSaleEntry } from './use-sale-entry.ts';

type Props = {
  readonly sale: EnteringSale;
  /** Charge waits until JustiFi can be reached. */
  readonly connectionFailure: ConnectionFailure | null;
  readonly presets: readonly string[];
  readonly quickItems: readonly QuickItem[];
  /** The description sent when none is entered; null: it has to be entered. */
  readonly usualDescription: string | null;
  readonly bridge: EntryBridge;
  readonly typeAhead: TypeAhead;
  readonly mode: EntryMode;
  /** The hint for the first sale, at the side. */
  readonly firstSale: ReactNode;
};

/** Shown lines of the tape; older ones are only in the total. */
const SHOWN_LINES = 4;

/** The next sale. One column has amount, keys and Charge; beside it is the description. */
export function EnterSale({ sale, connectionFailure, presets, quickItems, usualDescription, bridge, typeAhead, mode, firstSale }: Props) {
  const words = useWords();
  const { till, format } = words;
  const { money } = format;
  const descriptionField = useRef<HTMLInputElement>(null);
  const amount = useRef<HTMLHeadingElement>(null);
  const typing = useSaleEntry(sale, bridge, typeAhead, mode, format.locale);
  const { entry, amountInCents, description, doubt, isSettled } = typing;
  useEntryKeys(typing, mode, descriptionField);
  useScanner({ onScan: typing.takeScan, onUnclear: () => typing.say({ kind: 'press-again' }) });

  const isDescriptionWrong = isDescriptionProblem(sale.problem);
  useEffect(() => {
    if (isDescriptionWrong) descriptionField.current?.focus();
  }, [isDescriptionWrong]);

  /** Digits typed after a touch on the keypad are an amount. */
  function leaveDescription(): void {
    if (document.activeElement === descriptionField.current) amount.current?.focus();
  }

  const isTaped = entry.added.length > 0;
  const shown = money(amountInCents);
  const charge = doubt === 'paid-just-now' || doubt === 'may-still-be-paid' ? till.enter.chargeAgain(shown) : till.enter.charge(amountInCents > 0 ? shown : null);
  return (
    <main className="screen">
      <section className="sale">
        <TextField className="field" value={description} onChange={typing.describe} isInvalid={isDescriptionWrong} aria-describedby={ENTRY_PROBLEM}>
          <Label>
            {till.enter.whatFor} <kbd aria-hidden="true">F2</kbd>
          </Label>
          <Input ref={descriptionField} autoComplete="off" maxLength={2_000} placeholder={usualDescription ?? ''} aria-keyshortcuts="F2" />
        </TextField>
        <Presets presets={shownPresets(presets, words)} items={quickItems} onChoose={typing.describe} onItem={typing.addItem} />
        {!isTaped && firstSale}
        <EntryNotes typing={typing} problem={sale.problem} connectionFailure={connectionFailure} />
        {isTaped && (
          <ol className="tape" aria-label={till.enter.tape}>
            {tapeOf(entry, mode).map(([place, { inCents, name }]) => (
              <li key={place}>
                <bdi>{name ?? (place > 0 && <span aria-hidden="true">+</span>)}</bdi> {money(inCents)}
              </li>
            ))}
          </ol>
        )}
      </section>
      <section className="hand">
        <AmountHeading ref={amount} money={shown} label={(isTaped ? till.enter.total : till.enter.amount)(shown)} isTyped />
        <Keypad mode={mode} onTouch={leaveDescription} onKeys={typing.type} onAdd={typing.add} onBackspace={typing.backspace} onClear={typing.clear} />
        <Button
          className="charge"
          shortcut={doubt === undefined ? { key: 'Enter', shown: till.keys.enter } : { key: 'F9', shown: 'F9' }}
          isDisabled={amountInCents === 0 || connectionFailure !== null}
          aria-disabled={doubt !== undefined && !isSettled}
          onPress={typing.charge}
        >
          {charge}
        </Button>
      </section>
    </main>
  );
}

function isDescriptionProblem(problem: ChargeProblem | null): boolean {
  return problem?.kind.startsWith('description-') === true;
}

/** The last lines of the tape with their numbers, including the one that is being typed. */
function tapeOf({ added, typed }: AmountEntry, mode: EntryMode): readonly (readonly [place: number, line: AddedLine])[] {
  const lines = [...added, ...(typed === '' ? [] : [{ inCents: typedInCents(typed, mode), name: null }])];
  return lines.map((line, place) => [place, line] as const).slice(-SHOWN_LINES);
}
