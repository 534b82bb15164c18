import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import { LARGEST_AMOUNT_IN_CENTS } from '../../../contract/money.ts';
import type { QuickItem } from '../../../contract/quick-item.ts';
import type { ChargeDoubt } from '../../../contract/problem.ts';
import { disregard } from '../../../contract/result.ts';
import type { SaleView } from '../../../contract/till-snapshot.ts';
import { type Scan, hasOddSigns } from '../scan/scan.ts';
import { type AmountEntry, EMPTY_ENTRY, type EntryMode, add, addItem, backspace, itemsText, keptEntry, press, totalInCents } from './amount-entry.ts';
import { type Typed, createScanMemory } from './scan-memory.ts';
import type { TypeAhead } from './type-ahead.ts';
import { useChargeDoubt } from './use-charge-doubt.ts';
import { usePastedAmount } from './use-pasted-amount.ts';

export type EnteringSale = Extract<SaleView, { kind: 'entering' }>;
export type EntryBridge = Pick<Bridge<'till'>, 'edit' | 'charge' | 'goBack' | 'inputRefused'>;

/** The last typed or pasted text that did not become an amount. Main gets only the reason, for the log. */
export type RefusedInput = Parameters<Bridge<'till'>['inputRefused']>[0]['what'];

/** The note on the keypad screen about the last input. `digits`: of a code that can be an amount, if the cashier confirms it. */
export type EntryNote =
  | { readonly kind: 'refused'; readonly what: RefusedInput }
  | { readonly kind: 'barcode' | 'barcode-taken' | 'barcode-odd'; readonly digits: string | null }
  | { readonly kind: 'press-again' }
  | { readonly kind: 'num-lock' };

/** Longer codes cannot be an amount of a till. */
const LONGEST_AMOUNT_DIGITS = 8;

const LETTER = /^\p{L}$/u;
/** After a letter. */
const IN_A_WORD = /^[\p{L}\p{M} '’&/.,-]$/u;

export type SaleEntry = {
  readonly entry: AmountEntry;
  readonly amountInCents: number;
  readonly description: string;
  readonly note: EntryNote | null;
  /** Counter's question before the charge. */
  readonly doubt: ChargeDoubt | undefined;
  /** The question was shown long enough to be read. */
  readonly isSettled: boolean;
  type(keys: string): void;
  /** A letter typed on the keypad goes into the description. False: not a letter, or not one for the description. */
  typeLetter(key: string): boolean;
  add(): void;
  addItem(item: QuickItem): void;
  backspace(): void;
  /** While main takes the charge that was just asked for, it goes back from that one. */
  clear(): void;
  describe(description: string): void;
  charge(): void;
  /** Remembers the entry before a key of this moment, in ms of the page's clock. */
  remember(atMs: number): void;
  takeScan(scan: Scan): void;
  /** The code was not a scan but typed. */
  takeAsAmount(digits: string): void;
  say(note: EntryNote): void;
};

type TypedSale = {
  readonly typed: Typed;
  readonly note: EntryNote | null;
  /** Null: no note. */
  readonly say: (note: EntryNote | null) => void;
  readonly change: (next: Partial<Typed>, saying?: EntryNote | null) => void;
  readonly refuse: (what: RefusedInput) => void;
};

/** Amount and description while they are typed. They are kept here, so that a key is on the screen at once; main gets a copy of every change. */
function useTypedSale({ saleId, ...sale }: EnteringSale, bridge: EntryBridge, typeAhead: TypeAhead, mode: EntryMode, onChange: () => void): TypedSale {
  const [typed, setTyped] = useState<Typed>(() => ({ entry: typedAhead(keptEntry(sale.amountInCents, mode), typeAhead.take(), mode), description: sale.description }));
  const [note, setNote] = useState<EntryNote | null>(null);
  const tellMain = ({ entry, description }: Typed) => disregard(bridge.edit({ saleId, amountInCents: totalInCents(entry, mode), description }), 'the next snapshot shows it');
  const tellWhatWasTypedAhead = useEffectEvent(() => {
    if (totalInCents(typed.entry, mode) !== sale.amountInCents) tellMain(typed);
  });
  useEffect(() => tellWhatWasTypedAhead(), []);

  return {
    typed,
    note,
    say: setNote,
    change(next, saying = null) {
      const changed = { ...typed, ...next };
      setNote(saying);
      onChange();
      setTyped(changed);
      tellMain(changed);
    },
    refuse(what) {
      setNote({ kind: 'refused', what });
      disregard(bridge.inputRefused({ saleId, what }), 'the next snapshot shows it');
    },
  };
}

/** The state of the keypad screen, and the actions of its keys and buttons. */
export function useSaleEntry(sale: EnteringSale, bridge: EntryBridge, typeAhead: TypeAhead, mode: EntryMode, locale: string): SaleEntry {
  const { doubt, isSettled, overrule, forget } = useChargeDoubt(sale.problem);
  /** The last key on the keypad was a letter: the next may be a space or Backspace of the same word. */
  const isDescribing = useRef(false);
  /** Charge was pressed, and its sale comes up as soon as main has written it. */
  const isAsked = useRef(false);
  const { typed, note, say, change, refuse } = useTypedSale(sale, bridge, typeAhead, mode, () => {
    isDescribing.current = false;
    isAsked.current = false;
    forget();
  });
  const { entry, description } = typed;
  const amountInCents = totalInCents(entry, mode);
  const [memory] = useState(() => createScanMemory({ entry: keptEntry(sale.amountInCents, mode), description: sale.description }, performance.now()));

  /** By letters on the keypad. */
  function changeWord(next: string): void {
    change({ description: next });
    isDescribing.current = true;
  }

  /** The description follows the quick items until another is typed. */
  function changeLines(next: AmountEntry): void {
    const follows = description === '' || description === itemsText(entry);
    change({ entry: next, description: follows ? itemsText(next) : description });
  }

  function type(keys: string, words = description): void {
    const next = press(entry, keys, mode);
    if (next.kind === 'failed') refuse(next.failure.kind);
    else change({ entry: next.value, description: words });
  }

  function takeScan({ code, sinceMs, isField }: Scan): void {
    const digits = /^\d+$/u.test(code) && code.length <= LONGEST_AMOUNT_DIGITS ? code : null;
    const taken = { kind: hasOddSigns(code) ? 'barcode-odd' : 'barcode-taken', digits: isField ? null : digits } as const;
    if (isField) return say(taken);
    const { typed: next, isDescribed } = memory.take({ code, sinceMs }, typed);
    change(next, isDescribed ? taken : { kind: 'barcode', digits });
  }

  async function ask(confirmed: ChargeDoubt[]): Promise<void> {
    isAsked.current = true;
    const answer = await bridge.charge({ saleId: sale.saleId, amountInCents, description, confirmed, managerPin: null });
    // Main tries again by itself while another program has the journal.
    if (answer.kind === 'failed' && answer.failure.kind !== 'journal-in-use') isAsked.current = false;
  }

  function goBack(): void {
    isAsked.current = false;
    disregard(bridge.goBack({ saleId: sale.saleId }), 'the next snapshot shows it');
  }

  usePastedAmount(locale, (amount) => {
    if (amount === null) refuse('not-an-amount');
    else if (amount > LARGEST_AMOUNT_IN_CENTS) refuse('amount-too-large');
    else change({ entry: { ...keptEntry(amount, mode), isKept: false } });
  });

  return {
    entry,
    amountInCents,
    description,
    note,
    doubt,
    isSettled,
    type: (keys) => type(keys),
    typeLetter(key) {
      const belongs = (isDescribing.current ? IN_A_WORD : LETTER).test(key);
      if (belongs) changeWord(description + key);
      return belongs;
    },
    add: () => change({ entry: add(entry, mode) }),
    addItem(item) {
      const next = addItem(entry, item, mode);
      if (next.kind === 'failed') refuse(next.failure.kind);
      else changeLines(next.value);
    },
    backspace() {
      if (isDescribing.current && description !== '') changeWord(description.slice(0, -1));
      else changeLines(backspace(entry, mode));
    },
    clear() {
      if (isAsked.current) goBack();
      else changeLines(EMPTY_ENTRY);
    },
    describe: (next) => change({ description: next }),
    charge() {
      if (doubt !== undefined && !isSettled) return;
      say(null);
      void ask([...overrule()]);
    },
    remember: (atMs) => memory.remember(typed, atMs),
    takeScan,
    takeAsAmount: (digits) => type(digits, memory.withoutCode(description)),
    say,
  };
}

/** The keys typed before this screen was shown. Typed cents first, a point changes nothing. */
function typedAhead(entry: AmountEntry, keys: readonly string[], mode: EntryMode): AmountEntry {
  return keys.reduce((before, key) => {
    if (key === 'Backspace') return backspace(before, mode);
    if (key === '+') return add(before, mode);
    if (mode === 'cents' && !/\d/u.test(key)) return before;
    const next = press(before, key.replace(',', '.'), mode);
    return next.kind === 'ok' ? next.value : before;
  }, entry);
}
