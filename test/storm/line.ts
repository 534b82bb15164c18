import type { CounterSnapshot } from '../../main/sale/counter-snapshot.ts';

/** As it stands in the metadata of checkouts: the PC of the till, and one whose disk was copied from it. */
export const OWN_PC = 'pc-1';
export const TWIN_PC = 'pc-2';
export const REGISTER_ID = 'storm';
/** The first of the training shop's. */
export const READER_ID = 'trm_training1';

/** The till process's output, line by line. A written line is never lost: the pipe outlives the writer. */
export type Line = {
  /** Real time. */
  readonly at: number;
  /** The customer at the counter; null in the calm at the end. */
  readonly customer: number | null;
  readonly said: Said;
};

export type Said =
  /** The new screen. */
  | { readonly kind: 'screen'; readonly snapshot: CounterSnapshot }
  /** A line of Counter's own log: every event of a sale is one, written after the journal has it. */
  | { readonly kind: 'log'; readonly what: string; readonly sale: string | null; readonly checkout: string | null; readonly detail: string }
  /** An action of the page. */
  | { readonly kind: 'page'; readonly what: string; readonly checkout: string }
  /** The customer pressed a wallet, approved the amount in its sheet, and the page asked whether it may charge. */
  | { readonly kind: 'wallet'; readonly checkout: string; readonly approvedInCents: number; readonly isAllowed: boolean }
  /** A problem that is no fault of the network: a page that crashed, lied or was silent. */
  | { readonly kind: 'trouble'; readonly what: string }
  | { readonly kind: 'remembers'; readonly memory: Memory }
  /** The answer to an order in the history. `reversalId`: null where nothing was asked of JustiFi; `how`: the state or the problem that was shown. */
  | { readonly kind: 'gave-back'; readonly saleId: string; readonly reversalId: string | null; readonly of: 'void' | 'refund'; readonly amountInCents: number; readonly how: string }
  /** Nothing more is given back of this sale. */
  | { readonly kind: 'returned'; readonly saleId: string }
  /** The customer has gone, and the cashier is free. */
  | { readonly kind: 'done' };

/** The people's memory while the till starts again. */
export type Memory = {
  /** How many forms this customer has seen, and how many windows of Sezzle. */
  readonly visits: number;
  readonly windows: number;
  /** How often the cashier has tried again. */
  readonly tries: number;
  /** The customer has been asked to pay elsewhere than on the form. */
  readonly wasElsewhere: boolean;
  readonly result: 'none' | 'paid' | 'given-up' | 'left-behind';
};

export const NOTHING_HAPPENED: Memory = { visits: 0, windows: 0, tries: 0, wasElsewhere: false, result: 'none' };

/** The storm's orders to the till process, one line each. `returning`: paid sales of which something may still be given back. */
export type Order =
  | { readonly kind: 'open'; readonly folder: string; readonly origin: string; readonly seed: number; readonly faster: number; readonly shopMs: number; readonly pc: string; readonly isCalm: boolean }
  | { readonly kind: 'serve'; readonly customer: number; readonly memory: Memory; readonly returning: readonly string[] }
  /** To be answered by a line `TURN`. The shop's time passes fast until then. */
  | { readonly kind: 'turn'; readonly untilMs: number }
  | { readonly kind: 'calm' };

export const TURN = 'turn';

/** The first screen of a till that opens is drawn before it has an account. */
export function hasOpened(said: Line['said']): boolean {
  return said.kind === 'screen' && said.snapshot.account.kind === 'connected';
}
