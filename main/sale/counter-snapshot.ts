import type { QuickItem } from '../../contract/quick-item.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import type { Mode, SaleLink, SaleView, TillSnapshot } from '../../contract/till-snapshot.ts';
import type { Draft } from './charge-check.ts';
import type { Register } from './register.ts';
import { openLink } from './sale.ts';
import { lastSaleView, latePayment, saleView, troubledPayment } from './sale-view.ts';
import type { OpenRegister, TillRegister } from './till-register.ts';

/** The till's snapshot; the rights of the cashier are added to it. */
export type CounterSnapshot = Omit<TillSnapshot, 'registerState' | 'saveOffer' | 'cardReader' | 'trainingReader' | 'registersProgress' | 'copiedFrom' | 'isFirstRun' | 'isFirstSale' | 'auditTrouble' | 'policy' | 'isPageChanged' | 'manager' | 'cashiers' | 'appearance' | 'textSize' | 'printing'>;

/** The sale on the screen while no register is open. */
export type TypedDraft = Draft & { readonly problem: ChargeProblem | null };

export type CounterSettings = { readonly registerName: string; readonly registerId: string; readonly descriptionPresets: readonly string[]; readonly quickItems: readonly QuickItem[]; readonly usualDescription: string | null; readonly account: { readonly mode: Mode } | null };

export function counterSnapshot(register: TillRegister, typed: TypedDraft, { registerName, registerId, descriptionPresets, quickItems, usualDescription, account }: CounterSettings): CounterSnapshot {
  const names = { registerName, registerId, descriptionPresets, quickItems, usualDescription };
  if (register.kind === 'open') return withoutUsualDescription({ ...names, ...ofOpenRegister(register) });
  const sale: SaleView = { kind: 'entering', ...typed };
  return {
    ...names,
    ...NOTHING_OPEN,
    // A register with an account never shows training mode, not even while it starts.
    mode: register.kind === 'starting' ? (account?.mode ?? 'training') : register.mode,
    account: register.kind === 'broken' ? { kind: 'broken', problem: register.problem } : { kind: 'starting' },
    openPayments: openPaymentsOf(register, account !== null),
    sale,
  };
}

/** Payments that only the account's credentials can read. Where the number is not known, one is assumed: the manager is asked before a disconnect. */
function openPaymentsOf(register: Exclude<TillRegister, OpenRegister>, hasAccount: boolean): number {
  if (register.kind === 'broken') return register.openPayments ?? 1;
  return hasAccount ? 1 : 0;
}

/** After Back the sale has the default description; the field stays empty, because letters or a scan would be added to it. */
function withoutUsualDescription(snapshot: CounterSnapshot): CounterSnapshot {
  const { sale, usualDescription } = snapshot;
  return sale.kind === 'entering' && sale.description === usualDescription ? { ...snapshot, sale: { ...sale, description: '' } } : snapshot;
}

type Names = 'registerName' | 'registerId' | 'descriptionPresets' | 'quickItems' | 'usualDescription';

const NOTHING_OPEN: Omit<CounterSnapshot, Names | 'mode' | 'account' | 'sale'> = {
  currency: 'USD',
  ways: [],
  secondsToPay: null,
  wantsInsured: false,
  saleLink: null,
  openLinks: [],
  openLinkCount: 0,
  connectionFailure: null,
  formEmptied: null,
  isJournalInUse: false,
  lastSale: null,
  toConfirm: 0,
  unresolved: [],
  latePayments: [],
  latePaymentEnd: null,
  troubledPayments: [],
  openPayments: 0,
  journalNotice: null,
  comparisonNotice: null,
};

function ofOpenRegister({ view, mode, currency, register, repairs, comparisons, reachability }: OpenRegister): Omit<CounterSnapshot, Names> {
  const unresolved = register.unresolved();
  const links = register.openLinks();
  return {
    mode,
    account: view,
    currency,
    connectionFailure: reachability.failure(),
    sale: saleView(register.sale(), register.askedTip()),
    ways: register.ways(),
    secondsToPay: register.secondsToPay(),
    wantsInsured: register.wantsInsured(),
    saleLink: saleLink(register),
    openLinks: links.slice(0, LINKS_SHOWN),
    openLinkCount: links.length,
    formEmptied: register.formEmptied(),
    isJournalInUse: register.isHeldUp(),
    lastSale: lastSaleView(register.lastSale()),
    toConfirm: unresolved.length,
    unresolved,
    latePayments: register.late().map(latePayment),
    latePaymentEnd: register.latePaymentEnd(),
    troubledPayments: register.troubled().map(troubledPayment),
    openPayments: register.openPayments(),
    journalNotice: repairs.notice(),
    comparisonNotice: comparisons.notice(),
  };
}

/** A snapshot is pushed after every change. */
const LINKS_SHOWN = 20;

function saleLink({ sale, presentedLink }: Pick<Register, 'sale' | 'presentedLink'>): SaleLink | null {
  const now = sale();
  const link = openLink(now);
  return link === null ? null : { payableUntil: link.payableUntil, wasDeclined: 'attempts' in now && now.attempts.failed.length > 0, code: presentedLink()?.code ?? null };
}
