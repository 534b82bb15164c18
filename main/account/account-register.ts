import { join } from 'node:path';
import type { Language } from '../../contract/language.ts';
import { tipOffer } from '../../contract/tip.ts';
import type { OpenHistory } from '../history/history-thread.ts';
import type { SaleHistory } from '../history/sale-history.ts';
import type { Log } from '../log/log.ts';
import type { DayClose } from '../report/day-close.ts';
import type { RegistersReading } from '../report/registers-reading.ts';
import { type ShopDay, businessDayOf } from '../sale/business-day.ts';
import type { CheckoutForms } from '../sale/card-form/checkout-form.ts';
import type { ChargeLimits, Draft, UsualDescription } from '../sale/charge-check.ts';
import { compare } from '../sale/comparison.ts';
import { type ComparisonsParts, openComparisons } from '../sale/comparisons.ts';
import { openDisputeWatch } from '../sale/dispute-watch.ts';
import type { PcClock } from '../sale/pc-clock.ts';
import type { Purchase } from '../sale/purchase.ts';
import { type Reachability, openReachability } from '../sale/reachability.ts';
import { type RegisterParts, openRegister } from '../sale/register.ts';
import { openRepairs } from '../sale/repairs.ts';
import type { Sale } from '../sale/sale.ts';
import type { SaleEvent } from '../sale/sale-event.ts';
import type { SavedCards } from '../sale/saved/saved-cards.ts';
import type { Saved } from '../sale/saved/saved.ts';
import type { TillRegister } from '../sale/till-register.ts';
import type { Timers } from '../sale/timers.ts';
import type { Journal } from '../storage/journal.ts';
import { maintainJournal } from '../storage/journal-maintenance.ts';
import { journalNameOf } from '../storage/journal-name.ts';
import type { JournalWork } from '../storage/journal-work.ts';
import type { Settings } from '../storage/settings.ts';
import { type AccountJournal, openAccountJournal } from './account-journal.ts';
import { type JustifiAccount, accountIdOf } from './justifi-account.ts';
import { journalInUse } from './journal-in-use.ts';
import { newId } from './new-id.ts';
import { openRegisterReports } from './register-reports.ts';
import { createRegisterTenders, dependsOnAccount, waysToPay } from './register-tenders.ts';
import { openSavedCards } from './saved-cards.ts';

export type AccountRegisterParts = {
  readonly dataFolder: string;
  readonly version: string;
  readonly settings: () => Settings;
  /** The name of this PC in its network, for JustiFi's metadata. */
  readonly pc: string;
  readonly forms: CheckoutForms & Readonly<Record<'plaid' | 'insured' | 'sezzle', CheckoutForms>>;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly utcNow: () => string;
  /** How long the PC has been up, sleep included. Whole milliseconds. */
  readonly upMs: () => number;
  readonly log: Omit<Log, 'tail'>;
  /** The text typed while the register opens. */
  readonly typed: () => Draft;
  /** `whole`: the journal was found damaged during use. */
  readonly check: 'tail' | 'whole';
  readonly journalWork: JournalWork;
  readonly openHistory: OpenHistory;
  readonly language: () => Language;
  readonly usualDescription: UsualDescription;
  /** The authorisation that a customer gives by paying this amount from a bank account. */
  readonly bankAuthorisation: (purchase: Purchase, shop: string) => string;
  /** The consent that a customer gives before their card is saved. */
  readonly savedConsent: (shop: string) => string;
  /** Records that a journal of this name exists on this PC. */
  readonly onJournal: (name: string) => void;
  /** The cashier at the till, by name. */
  readonly cashier: () => string | null;
  /** Called when the event is in the journal. */
  readonly onRecorded: (sale: Sale, event: SaleEvent) => void;
  /** Called when JustiFi and the journal differ. */
  readonly onFinding: ComparisonsParts['onFinding'];
  /** The journal was damaged while in use: close, and open with `check: 'whole'`. */
  readonly onDamaged: () => void;
  readonly onChange: () => void;
};

/** The register of one account; parts that could not be opened are null. */
export type AccountRegister = {
  /** The register as the till uses it. */
  readonly account: TillRegister;
  readonly reachability: Reachability | null;
  readonly history: SaleHistory | null;
  readonly dayClose: DayClose | null;
  readonly allRegisters: RegistersReading | null;
  /** Null: it saves no cards. */
  readonly savedCards: SavedCards | null;
  /** The health of its journal: "sound", the repair, or "unusable". */
  readonly journalHealth: string;
};

export const NO_REGISTER: Omit<AccountRegister, 'account'> = { reachability: null, history: null, dayClose: null, allRegisters: null, savedCards: null, journalHealth: 'unknown' };

/** Opens a register for the account: repairs its journal, and recovers the sales of the last run. */
export function openAccountRegister(parts: AccountRegisterParts, account: JustifiAccount): AccountRegister {
  const { log, settings, check, dataFolder, utcNow } = parts;
  const name = journalNameOf(account.mode, accountIdOf(account.view));
  const opened = openAccountJournal({ dataFolder, name, mustExist: settings().journals.includes(name), check, clock: () => clockOf(parts), utcNow });
  if (opened.kind === 'failed') {
    const { problem, detail } = opened.failure;
    log.error('journal.unusable', { detail });
    return { ...NO_REGISTER, account: { kind: 'broken', mode: account.mode, problem, openPayments: account.mode === 'training' ? 0 : null }, journalHealth: 'unusable' };
  }
  parts.onJournal(name);
  const { health } = opened.value;
  if (health.kind !== 'sound') log.error(`journal.${health.kind}`, { health: JSON.stringify(health) });
  return openOnJournal(parts, account, name, opened.value);
}

/** The components of a register on its open journal, connected. */
function openOnJournal(parts: AccountRegisterParts, account: JustifiAccount, name: string, { journal, health, ...lastRun }: AccountJournal): AccountRegister {
  const { log, settings, timers, utcNow, onChange } = parts;
  const shopDay = () => ({ timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone, beginsAtHour: settings().dayBeginsAtHour });
  /** The name on the receipt, else the one at JustiFi. */
  const shopName = () => settings().receipt.shopName || ('name' in account.view ? account.view.name : settings().registerName);
  const customers = openSavedCards({ file: join(parts.dataFolder, `${name}.customers.db`), account, isOn: settings().form.saved, consent: () => parts.savedConsent(shopName()), utcNow, log, onChange });
  const used = journalInUse(journal, {
    log,
    onDamaged: parts.onDamaged,
    onRecorded(sale, event) {
      parts.onRecorded(sale, event);
      if (event.kind === 'outcome-known' && settings().form.saved) customers?.offers.note(sale);
    },
  });
  const maintenance = { close: maintainAccountJournal(parts, journal, used.damaged) };
  const askWays = () => {
    if (dependsOnAccount(settings())) account.ways.ask();
  };
  askWays();
  const reachability = openReachability({
    probe: account.probe,
    timers,
    onChange(failure) {
      if (failure === null) log.info('justifi.reachable');
      else log.warn('justifi.unreachable', failure);
      if (failure === null) register.online();
      if (failure === null) repairs.online();
      if (failure === null) askWays();
      onChange();
    },
  });
  let saved: Saved | null = null;
  const register = openRegister({
    ...registerParts(parts, account, lastRun, shopDay),
    createTenders(current, hostOf) {
      const made = createRegisterTenders({ ...parts, account, bankAuthorisation: (purchase) => parts.bankAuthorisation(purchase, shopName()), log: log.info }, current, hostOf);
      ({ saved } = made);
      return made.tenders;
    },
    ways: () => waysToPay(settings(), account, customers?.hasCustomers() === true),
    journal: used.saleJournal,
    keepDraft: (draft) => journal.keepDraft(draft, clockOf(parts)),
    draft: draftOf(parts, journal),
    connectionFailure: reachability.failure,
  });
  const reports = openRegisterReports({ ...parts, name, account, journal, closeDay: used.closeDay, register, shopDay });
  const { repairs, comparisons, disputes } = openJournalComparison(parts, account, journal, register);

  function close(): void {
    for (const part of [reachability, repairs, comparisons, disputes, maintenance, reports, register, customers, journal]) part?.close();
  }

  const { view, mode, currency } = account;
  const { history, dayClose, allRegisters } = reports;
  const sold = (saleId: string) => used.sold(saleId, register.sale());
  const savedCards = customers === null ? null : { ...customers, pay: saved!.pay };
  return { account: { kind: 'open', view, mode, currency, register, repairs, comparisons, reachability, sold, close }, reachability, history, dayClose, allRegisters, savedCards, journalHealth: health.kind };
}

function maintainAccountJournal({ timers, journalWork, log }: AccountRegisterParts, journal: Journal, onDamaged: ReturnType<typeof journalInUse>['damaged']): () => void {
  return maintainJournal(journal, {
    timers,
    work: journalWork,
    onNoBackup: ({ detail }) => log.error('journal.no-backup', { detail }),
    onNotChecked: ({ detail }) => log.error('journal.not-checked', { detail }),
    onDamaged,
  });
}

type OwnParts = 'createTenders' | 'ways' | 'journal' | 'keepDraft' | 'draft' | 'connectionFailure';

/** The parameters of a register from its account, its settings and its last run. */
function registerParts(parts: AccountRegisterParts, account: JustifiAccount, lastRun: Pick<RegisterParts, 'unfinished' | 'unseen' | 'lastSales' | 'recentlyPaid'>, shopDay: () => ShopDay): Omit<RegisterParts, OwnParts> {
  const { settings, timers, monotonicMs, utcNow, upMs, cashier, usualDescription, onChange } = parts;
  const { registerId: id, registerName: name } = settings();
  return {
    ...lastRun,
    // The training JustiFi keeps nothing when Counter ends: there is nothing to ask about.
    ...(account.mode === 'training' ? { unfinished: [] } : {}),
    checkouts: account.checkouts,
    payments: account.payments,
    completeOrder: account.sezzleOrders.complete,
    accountProblem: account.problem,
    account: { subAccountId: accountIdOf(account.view), mode: account.mode },
    currency: account.currency,
    register: { id, name },
    limits: () => chargeLimits(settings()),
    tipOffer: (purchaseInCents) => tipOffer(settings().tips, purchaseInCents, settings().limits.largestInCents),
    businessDay: (utc) => businessDayOf(utc, shopDay()),
    random: Math.random,
    newId,
    log: parts.log.info,
    timers,
    monotonicMs,
    utcNow,
    upMs,
    justifiNowMs: account.justifiNowMs,
    cashier,
    usualDescription,
    onChange,
  };
}

/** Compares JustiFi with the journal, after a repair and every hour, and asks about disputes. Not in training, where JustiFi keeps nothing. */
function openJournalComparison({ settings, pc, utcNow, timers, log, onFinding, onChange }: AccountRegisterParts, { mode, checkouts, payments }: JustifiAccount, journal: Journal, register: ReturnType<typeof openRegister>) {
  const parts = { checkouts, payments, journal, registerId: settings().registerId, pc, utcNow };
  const isTraining = mode === 'training';
  const comparisons = openComparisons({ compare: isTraining ? null : (isWanted) => compare({ ...parts, isWanted }, { kind: 'recent' }), register, timers, log: log.info, onFinding, onChange });
  return {
    repairs: openRepairs({ journal, compare: isTraining ? null : (utc, isWanted) => compare({ ...parts, isWanted }, { kind: 'since', utc }), register, timers, log: log.error, onChange }),
    comparisons,
    disputes: isTraining ? null : openDisputeWatch({ payments, journal, register, isKnown: (saleId) => hasDispute(journal, saleId), timers, log: log.info, onRead: comparisons.noteDisputes }),
  };
}

function hasDispute(journal: Journal, saleId: string): boolean {
  const steps = journal.steps(saleId);
  return steps.kind === 'failed' || steps.value.some(({ how }) => how === 'disputed');
}

/** The text typed while the register opened, else before the last run ended. */
function draftOf({ typed }: AccountRegisterParts, journal: Journal): Draft {
  const now = typed();
  return now.amountInCents > 0 ? now : (journal.draft() ?? now);
}

function clockOf({ utcNow, upMs }: AccountRegisterParts): PcClock {
  return { utc: utcNow(), upMs: upMs() };
}

function chargeLimits({ limits: { sameAgainWithinMinutes, ...limits } }: Settings): ChargeLimits {
  return { ...limits, sameAgainWithinMs: sameAgainWithinMinutes * 60_000 };
}
