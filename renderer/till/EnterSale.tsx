import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import type { Bridge } from '../../contract/channels.ts';
import { LARGEST_AMOUNT_IN_CENTS, parseAmount, pressBackspace, pressDigits } from '../../contract/money.ts';
import { CHARGE_DOUBTS, type ChargeDoubt, type ChargeProblem } from '../../contract/problem.ts';
import type { SaleView } from '../../contract/till-snapshot.ts';
import { Keypad } from './Keypad.tsx';
import type { TypeAhead } from './type-ahead.ts';
import { isOnButton, isTyping, useShortcuts } from './use-shortcuts.ts';
import { codeOf, say } from '../words/sentences.ts';
import { useWords } from './use-words.ts';

type Props = {
  readonly sale: Extract<SaleView, { kind: 'entering' }>;
  readonly isOnline: boolean;
  readonly presets: readonly string[];
  readonly bridge: Pick<Bridge<'till'>, 'edit' | 'charge' | 'inputRefused'>;
  readonly typeAhead: TypeAhead;
};

/** What was typed or pasted just now and is not in the amount. Main hears only that it happened. */
type RefusedInput = Parameters<Bridge<'till'>['inputRefused']>[0]['what'];

/** Amount and description. What is typed lives here, so that a key is on the screen at once; main gets a copy of every change. */
export function EnterSale({ sale, isOnline, presets, bridge, typeAhead }: Props) {
  const { till, format } = useWords();
  const { money } = format;
  const [amountInCents, setAmount] = useState(() => pressDigits(sale.amountInCents, typeAhead.take()));
  const [description, setDescription] = useState(sale.description);
  // An amount that came back from a sale that was left: the next digit begins a new one, as on a calculator.
  const [isKept, setKept] = useState(sale.amountInCents > 0);
  const [refused, setRefused] = useState<RefusedInput | null>(null);
  const descriptionField = useRef<HTMLInputElement>(null);
  const { saleId, problem } = sale;
  /** Doubts that the cashier has overruled, for exactly what stands there now. */
  const [meant, setMeant] = useState<readonly ChargeDoubt[]>([]);
  const doubt = problem === null ? undefined : CHARGE_DOUBTS.find((kind) => kind === problem.kind);
  const mustBeMeant = doubt !== undefined;

  function changeAmount(next: number): void {
    setRefused(null);
    setKept(false);
    setMeant([]);
    setAmount(next);
    void bridge.edit({ saleId, amountInCents: next, description });
  }

  function refuse(what: RefusedInput): void {
    setRefused(what);
    void bridge.inputRefused({ saleId, what });
  }

  function type(digits: string): void {
    const before = isKept ? 0 : amountInCents;
    // All of them or none: half of a "00" would go unnoticed.
    if (before * 10 ** digits.length + Number(digits) > LARGEST_AMOUNT_IN_CENTS) refuse('amount-too-large');
    else changeAmount(pressDigits(before, digits));
  }

  function changeDescription(next: string): void {
    setDescription(next);
    setMeant([]);
    void bridge.edit({ saleId, amountInCents, description: next });
  }

  function press(): void {
    setRefused(null);
    const overruled = doubt === undefined ? meant : [...new Set([...meant, doubt])];
    setMeant(overruled);
    void bridge.charge({ saleId, amountInCents, description, meant: [...overruled], managerPin: null });
  }

  function refusedSentence(what: RefusedInput): string {
    return what === 'not-an-amount' ? till.enter.notAnAmount : say(till.problem, { kind: what, largestInCents: LARGEST_AMOUNT_IN_CENTS });
  }

  const tellWhatWasTypedAhead = useEffectEvent(() => {
    if (amountInCents !== sale.amountInCents) void bridge.edit({ saleId, amountInCents, description });
  });
  useEffect(() => tellWhatWasTypedAhead(), []);

  useShortcuts((key, event) => {
    // Enter is pressed too easily for a charge that has to be meant.
    if (key === 'Enter' && mustBeMeant && !isOnButton(event)) return true;
    if (key === 'F9' || (key === 'Enter' && !isOnButton(event))) press();
    else if (key === 'F2') descriptionField.current?.focus();
    else if (isTyping(event)) return false;
    else if (/^\d$/u.test(key)) type(key);
    else if (key === 'Backspace') changeAmount(pressBackspace(amountInCents));
    else if (key === 'Escape' || key === 'Delete') changeAmount(0);
    else return false;
    return true;
  });

  const paste = useEffectEvent((event: ClipboardEvent) => {
    if (isTyping(event)) return;
    event.preventDefault();
    const amount = parseAmount(event.clipboardData?.getData('text/plain') ?? '', format.locale);
    if (amount.kind === 'failed') refuse('not-an-amount');
    else if (amount.value > LARGEST_AMOUNT_IN_CENTS) refuse('amount-too-large');
    else changeAmount(amount.value);
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
        <h1 className="amount" aria-live="polite" aria-label={till.enter.amount(money(amountInCents))}>
          {money(amountInCents)}
        </h1>
        <TextField className="field" value={description} onChange={changeDescription}>
          <Label>
            {till.enter.whatFor} <kbd>F2</kbd>
          </Label>
          <Input ref={descriptionField} autoComplete="off" maxLength={2_000} />
        </TextField>
        <div className="presets" role="group" aria-label={till.enter.presets}>
          {presets.map((preset) => (
            <Button key={preset} className="preset" onPress={() => changeDescription(preset)}>
              {preset}
            </Button>
          ))}
        </div>
        <p className="problem" role="alert">
          {sentence}
          {code !== null && <small> ({code})</small>}
        </p>
        <Button className="charge" isDisabled={amountInCents === 0 || !isOnline} onPress={press}>
          {mustBeMeant ? till.enter.chargeAgain(money(amountInCents)) : till.enter.charge(amountInCents > 0 ? money(amountInCents) : null)} <kbd>{mustBeMeant ? 'F9' : till.keys.enter}</kbd>
        </Button>
      </section>
      <Keypad
        onDigits={type}
        onBackspace={() => changeAmount(pressBackspace(amountInCents))}
        onClear={() => changeAmount(0)}
      />
    </main>
  );
}
