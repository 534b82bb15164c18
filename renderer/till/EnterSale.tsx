import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import type { Bridge } from '../../contract/channels.ts';
import { containsCardNumber } from '../../contract/card-number.ts';
import { LARGEST_AMOUNT_IN_CENTS, parseAmount } from '../../contract/money.ts';
import { CHARGE_DOUBTS, type ChargeDoubt, type ChargeProblem } from '../../contract/problem.ts';
import type { SaleView } from '../../contract/till-snapshot.ts';
import { type AmountEntry, EMPTY_ENTRY, type EntryMode, add, backspace, keptEntry, press, totalInCents, typedInCents } from './amount-entry.ts';
import { Keypad } from './Keypad.tsx';
import { shownPresets } from './presets.ts';
import type { Scanner } from './scanner.ts';
import { useArrival } from './use-arrival.ts';
import type { TypeAhead } from './type-ahead.ts';
import { isOnButton, isTyping, useShortcuts } from './use-shortcuts.ts';
import { codeOf, say } from '../words/sentences.ts';
import { useSettled } from './use-settled.ts';
import { useWords } from './use-words.ts';

type Props = {
  readonly sale: Extract<SaleView, { kind: 'entering' }>;
  readonly isOnline: boolean;
  readonly presets: readonly string[];
  readonly bridge: Pick<Bridge<'till'>, 'edit' | 'charge' | 'inputRefused'>;
  readonly typeAhead: TypeAhead;
  readonly scanner: Scanner;
  readonly mode: EntryMode;
  /** Nothing was sold here yet: how it goes is shown, out of the way. */
  readonly isFirstSale: boolean;
};

/** What was typed or pasted just now and is not in the amount. Main hears only that it happened. */
type RefusedInput = Parameters<Bridge<'till'>['inputRefused']>[0]['what'];

/** How far back a scan is undone: the keys that came before it was known to be one. */
const REMEMBERED_KEYS = 20;
/** Of the tape; older ones are in the total. */
const SHOWN_LINES = 3;

/** Amount and description. What is typed lives here, so that a key is on the screen at once; main gets a copy of every change. */
export function EnterSale({ sale, isOnline, presets, bridge, typeAhead, scanner, mode, isFirstSale }: Props) {
  const words = useWords();
  const { till, format } = words;
  const { money } = format;
  const [entry, setEntry] = useState<AmountEntry>(() => typedAhead(keptEntry(sale.amountInCents, mode), typeAhead.take(), mode));
  const [description, setDescription] = useState(sale.description);
  const [refused, setRefused] = useState<RefusedInput | null>(null);
  const [scanned, setScanned] = useState<'barcode' | 'barcodeTaken' | null>(null);
  const [taught, setTaught] = useState(false);
  const descriptionField = useRef<HTMLInputElement>(null);
  const arrival = useArrival<HTMLHeadingElement>();
  /** What stood there before each of the last keys. */
  const before = useRef<readonly { readonly atMs: number; readonly entry: AmountEntry }[]>([]);
  /** A scan may have begun on the screen before this one. */
  const [arrived] = useState(() => ({ atMs: performance.now(), entry: keptEntry(sale.amountInCents, mode) }));
  const { saleId, problem } = sale;
  /** Doubts that the cashier has overruled, for exactly what stands there now. */
  const [confirmed, setConfirmed] = useState<readonly ChargeDoubt[]>([]);
  const doubt = problem === null ? undefined : CHARGE_DOUBTS.find((kind) => kind === problem.kind);
  const mustBeMeant = doubt !== undefined;
  // The second half of a double tap on Charge must not overrule a doubt that nobody has read yet.
  const settled = useSettled(doubt);
  const amountInCents = totalInCents(entry, mode);

  function changeEntry(next: AmountEntry): void {
    setRefused(null);
    setScanned(null);
    setConfirmed([]);
    setEntry(next);
    void bridge.edit({ saleId, amountInCents: totalInCents(next, mode), description });
  }

  function refuse(what: RefusedInput): void {
    setRefused(what);
    void bridge.inputRefused({ saleId, what });
  }

  function type(keys: string): void {
    const next = press(entry, keys, mode);
    if (next.kind === 'failed') refuse(next.failure.kind);
    else changeEntry(next.value);
  }

  function changeDescription(next: string): void {
    setDescription(next);
    setRefused(null);
    setScanned(null);
    setConfirmed([]);
    void bridge.edit({ saleId, amountInCents, description: next });
  }

  function charge(): void {
    if (mustBeMeant && !settled) return;
    setRefused(null);
    const overruled = doubt === undefined ? confirmed : [...new Set([...confirmed, doubt])];
    setConfirmed(overruled);
    void bridge.charge({ saleId, amountInCents, description, confirmed: [...overruled], managerPin: null });
  }

  function refusedSentence(what: RefusedInput): string {
    return what === 'not-an-amount' ? till.enter.notAnAmount : say(till.problem, { kind: what, largestInCents: LARGEST_AMOUNT_IN_CENTS });
  }

  const tellWhatWasTypedAhead = useEffectEvent(() => {
    if (amountInCents !== sale.amountInCents) void bridge.edit({ saleId, amountInCents, description });
  });
  useEffect(() => tellWhatWasTypedAhead(), []);

  useShortcuts((key, event) => {
    // Enter is pressed too easily for a charge that has to be confirmed.
    if (key === 'Enter' && mustBeMeant && !isOnButton(event)) return true;
    if (key === 'F9' || (key === 'Enter' && !isOnButton(event))) charge();
    else if (key === 'F2') descriptionField.current?.focus();
    else if (isTyping(event)) return false;
    else {
      before.current = [...before.current.slice(-REMEMBERED_KEYS), { atMs: event.timeStamp, entry }];
      if (/^\d$/u.test(key)) type(key);
      else if (key === '+') changeEntry(add(entry, mode));
      else if (mode === 'decimal' && (key === '.' || key === ',')) type('.');
      else if (key === 'Backspace') changeEntry(backspace(entry, mode));
      else if (key === 'Escape' || key === 'Delete') changeEntry(EMPTY_ENTRY);
      else return false;
    }
    return true;
  });

  const undoScan = useEffectEvent(({ code, sinceMs, taken }: Parameters<Parameters<Scanner['onScan']>[0]>[0]) => {
    if (taken) return;
    const untouched = [arrived, ...before.current].find(({ atMs }) => atMs >= sinceMs)?.entry ?? entry;
    before.current = [];
    // A long code may look like a card number; that is no description.
    const isDescription = description.trim() === '' && !containsCardNumber(code);
    const described = isDescription ? code : description;
    setEntry(untouched);
    setDescription(described);
    setScanned(isDescription ? 'barcodeTaken' : 'barcode');
    void bridge.edit({ saleId, amountInCents: totalInCents(untouched, mode), description: described });
  });
  useEffect(() => scanner.onScan((scan) => undoScan(scan)), [scanner]);

  const paste = useEffectEvent((event: ClipboardEvent) => {
    if (isTyping(event)) return;
    event.preventDefault();
    const amount = parseAmount(event.clipboardData?.getData('text/plain') ?? '', format.locale);
    if (amount.kind === 'failed') refuse('not-an-amount');
    else if (amount.value > LARGEST_AMOUNT_IN_CENTS) refuse('amount-too-large');
    else changeEntry({ ...keptEntry(amount.value, mode), isKept: false });
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent) => paste(event);
    window.addEventListener('paste', listener);
    return () => window.removeEventListener('paste', listener);
  }, []);

  const shown: ChargeProblem | null = isOnline ? problem : { kind: 'no-connection' };
  const sentence = refused !== null ? refusedSentence(refused) : shown === null ? null : say(till.problem, shown);
  const code = refused === null ? codeOf(shown) : null;

  return (
    <main className="screen">
      <section className="sale">
        {entry.added.length > 0 && (
          <ol className="tape" aria-label={till.enter.tape}>
            {tapeOf(entry, mode).map(([place, line]) => (
              <li key={place}>
                <span aria-hidden="true">{place === 0 ? '' : '+'}</span> {money(line)}
              </li>
            ))}
          </ol>
        )}
        <h1 ref={arrival} tabIndex={-1} className="amount" aria-live="polite" aria-label={(entry.added.length > 0 ? till.enter.total : till.enter.amount)(money(amountInCents))}>
          {money(amountInCents)}
        </h1>
        <TextField className="field" value={description} onChange={changeDescription}>
          <Label>
            {till.enter.whatFor} <kbd>F2</kbd>
          </Label>
          <Input ref={descriptionField} autoComplete="off" maxLength={2_000} />
        </TextField>
        <div className="presets" role="group" aria-label={till.enter.presets}>
          {shownPresets(presets, words).map((preset) => (
            <Button key={preset} className="preset" onPress={() => changeDescription(preset)}>
              {preset}
            </Button>
          ))}
        </div>
        {isFirstSale && !taught && entry.added.length === 0 && (
          <aside className="first-sale">
            <h2>{till.enter.firstSaleTitle}</h2>
            <ol>
              {till.enter.firstSale.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <Button className="quiet" onPress={() => setTaught(true)}>
              {till.enter.gotIt}
            </Button>
          </aside>
        )}
        {scanned !== null && <p role="status">{till.enter[scanned]}</p>}
        <p className="problem" role="alert">
          {sentence}
          {code !== null && <small> ({code})</small>}
        </p>
        <Button className="charge" isDisabled={amountInCents === 0 || !isOnline} aria-disabled={mustBeMeant && !settled} onPress={charge}>
          {doubt === 'paid-just-now' ? till.enter.chargeAgain(money(amountInCents)) : till.enter.charge(amountInCents > 0 ? money(amountInCents) : null)} <kbd>{mustBeMeant ? 'F9' : till.keys.enter}</kbd>
        </Button>
      </section>
      <Keypad mode={mode} onKeys={type} onAdd={() => changeEntry(add(entry, mode))} onBackspace={() => changeEntry(backspace(entry, mode))} onClear={() => changeEntry(EMPTY_ENTRY)} />
    </main>
  );
}

/** The last lines of the tape, each with its place; the one that is being typed too. */
function tapeOf({ added, typed }: AmountEntry, mode: EntryMode): readonly (readonly [place: number, inCents: number])[] {
  const lines = [...added, ...(typed === '' ? [] : [typedInCents(typed, mode)])];
  return lines.map((line, place) => [place, line] as const).slice(-SHOWN_LINES);
}

/** What was typed before this screen was there. */
function typedAhead(entry: AmountEntry, digits: string, mode: EntryMode): AmountEntry {
  let next = entry;
  for (const digit of digits) {
    const pressed = press(next, digit, mode);
    if (pressed.kind === 'ok') next = pressed.value;
  }
  return next;
}
