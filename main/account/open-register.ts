import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Currency } from '../../contract/money.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import type { AccountView, Mode } from '../../contract/till-snapshot.ts';
import type { Log } from '../log/log.ts';
import { openCardForm } from '../sale/card-form/card-form.ts';
import type { CheckoutForms } from '../sale/card-form/checkout-form.ts';
import type { ChargeLimits, Draft } from '../sale/charge-check.ts';
import type { Checkouts } from '../sale/checkout.ts';
import { fetchGap } from '../sale/gap.ts';
import type { JournalFailure, SaleJournal } from '../sale/journal.ts';
import type { Payments } from '../sale/payments.ts';
import { type Reachability, watchReachability } from '../sale/reachability.ts';
import { REMEMBERED_MS } from '../sale/recently-paid.ts';
import { openRegister } from '../sale/register.ts';
import { openRepairs } from '../sale/repairs.ts';
import type { Sale } from '../sale/sale.ts';
import type { SaleEvent } from '../sale/sale-event.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { TenderHost } from '../sale/tender.ts';
import type { Timers } from '../sale/timers.ts';
import type { TillAccount } from '../sale/till.ts';
import { careFor } from '../storage/journal-care.ts';
import { openSaleJournal } from '../storage/journal.ts';
import type { Settings } from '../storage/settings.ts';

/** One account of JustiFi's, as the register needs it. */
export type RegisterAccount = {
  readonly view: AccountView;
  readonly mode: Mode;
  readonly currency: Currency;
  readonly checkouts: Checkouts;
  readonly payments: Payments;
  /** Asks JustiFi whether the account may take payments; null when it may, or when nobody can tell. */
  readonly problem: () => Promise<ChargeProblem | null>;
  /** Asks JustiFi anything: does an answer come? */
  readonly isAnswering: () => Promise<boolean>;
};

export type OpenRegisterParts = {
  readonly dataFolder: string;
  readonly version: string;
  readonly settings: () => Settings;
  readonly forms: CheckoutForms;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly utcNow: () => string;
  readonly log: Omit<Log, 'tail'>;
  /** What stands on the screen while the register opens. */
  readonly typed: () => Draft;
  /** `whole`: the journal was found damaged while it was in use. */
  readonly check: 'tail' | 'whole';
  /** There is a journal of this mode on this PC from now on. */
  readonly onJournal: (mode: Mode) => void;
  /** Whoever is at the till, by name. */
  readonly cashier: () => string | null;
  /** It is in the journal. */
  readonly onRecorded: (sale: Sale, event: SaleEvent) => void;
  /** The journal broke while it was in use: close, and open with `check: 'whole'`. */
  readonly onDamaged: () => void;
  readonly onChange: () => void;
};

/** An account, ready to take payments: its journal made sound, its sales of the last run on their way to an end. */
export function openAccountRegister(parts: OpenRegisterParts, account: RegisterAccount): { readonly account: TillAccount; readonly reachability: Reachability | null; readonly journalHealth: string } {
  const { log, settings, timers } = parts;
  const isTraining = account.mode === 'training';
  const utcOffsetInMinutes = () => -new Date().getTimezoneOffset();
  const opened = openSaleJournal({ file: join(parts.dataFolder, `${account.mode}.db`), utcNow: parts.utcNow, utcOffsetInMinutes, check: parts.check, mustExist: settings().journals.includes(account.mode) });
  if (opened.kind === 'failed') return broken(opened.failure.detail);
  const { journal, health } = opened.value;
  parts.onJournal(account.mode);
  if (health.kind !== 'sound') log.error(`journal.${health.kind}`, { health: JSON.stringify(health) });
  const unfinished = journal.unfinished();
  const unseen = journal.unseen();
  const lastSale = journal.lastPaid();
  if (unfinished.kind === 'failed') return broken(unfinished.failure.detail);
  if (unseen.kind === 'failed') return broken(unseen.failure.detail);
  if (lastSale.kind === 'failed') return broken(lastSale.failure.detail);
  const recentlyPaid = journal.paidSince(new Date(Date.parse(parts.utcNow()) - REMEMBERED_MS).toISOString());
  if (recentlyPaid.kind === 'failed') return broken(recentlyPaid.failure.detail);

  const endCare = careFor(journal, {
    timers,
    onNoBackup: ({ detail }) => log.error('journal.no-backup', { detail }),
    onDamaged,
  });
  const reachability = watchReachability({
    probe: account.isAnswering,
    timers,
    onChange(reachable) {
      log.info(reachable ? 'justifi.reachable' : 'justifi.unreachable');
      if (reachable) register.online();
      if (reachable) repairs.online();
      parts.onChange();
    },
  });
  const typed = parts.typed();
  const saleJournal: SaleJournal = {
    record(sale, event) {
      const written = journal.record(sale, event);
      if (written.kind === 'failed' && written.failure.reason === 'damaged') onDamaged(written.failure);
      if (written.kind === 'ok') parts.onRecorded(sale, event);
      return written;
    },
  };
  const openTender = (current: CurrentSale, host: TenderHost) =>
    openCardForm(
      {
        checkouts: account.checkouts,
        forms: parts.forms,
        timers,
        monotonicMs: parts.monotonicMs,
        newId: randomUUID,
        mode: account.mode === 'training' ? null : account.mode,
        metadata: { register: settings().registerName, register_id: settings().registerId, app_version: parts.version },
        cashier: parts.cashier,
        log: log.info,
      },
      current,
      host,
    );
  const register = openRegister({
    checkouts: account.checkouts,
    payments: account.payments,
    // The training JustiFi forgets everything when Counter ends: there is nobody left to ask.
    unfinished: isTraining ? [] : unfinished.value,
    unseen: unseen.value,
    lastSale: lastSale.value,
    keepDraft: journal.keepDraft,
    recentlyPaid: recentlyPaid.value,
    openTender,
    journal: saleJournal,
    timers,
    monotonicMs: parts.monotonicMs,
    utcNow: parts.utcNow,
    random: Math.random,
    newId: randomUUID,
    draft: typed.amountInCents > 0 ? typed : (journal.draft() ?? typed),
    currency: account.currency,
    account: { subAccountId: subAccountOf(account.view), mode: account.mode },
    register: { id: settings().registerId, name: settings().registerName },
    businessDay,
    cashier: parts.cashier,
    limits: () => chargeLimits(settings()),
    isReachable: reachability.isReachable,
    accountProblem: account.problem,
    log: log.info,
    onChange: parts.onChange,
  });
  const repairs = openRepairs({
    memory: journal,
    fetchGap: isTraining
      ? null
      : (sinceUtc) => fetchGap({ checkouts: account.checkouts, memory: journal, register, registerId: settings().registerId, timers, log: log.info }, sinceUtc),
    timers,
    log: log.error,
    onChange: parts.onChange,
  });

  function onDamaged({ detail }: JournalFailure): void {
    log.error('journal.damaged', { detail });
    parts.onDamaged();
  }

  function broken(detail: string): { readonly account: TillAccount; readonly reachability: null; readonly journalHealth: string } {
    log.error('journal.unusable', { detail });
    return { account: { kind: 'broken', mode: account.mode, problem: { kind: 'journal-unwritable' } }, reachability: null, journalHealth: 'unusable' };
  }

  function close(): void {
    reachability.close();
    repairs.close();
    endCare();
    register.close();
    journal.close();
  }

  const { view, mode, currency } = account;
  return { account: { kind: 'open', view, mode, currency, register, repairs, reachability, close }, reachability, journalHealth: health.kind };
}

function chargeLimits({ limits: { sameAgainWithinMinutes, ...limits } }: Settings): ChargeLimits {
  return { ...limits, sameAgainWithinMs: sameAgainWithinMinutes * 60_000 };
}

/** The day on the shop's own calendar: the PC's time zone is the shop's. */
function businessDay(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** Training has no sub account of JustiFi's. */
function subAccountOf(view: AccountView): string {
  return view.kind === 'connected' ? view.subAccountId : 'training';
}
