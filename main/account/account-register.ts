import type { ConnectionFailure } from '../../contract/connection-failure.ts';
import { join } from 'node:path';
import type { Language } from '../../contract/language.ts';
import type { Currency } from '../../contract/money.ts';
import type { Purchase } from '../sale/purchase.ts';
import type { TenderKind } from '../../contract/tender.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, ok } from '../../contract/result.ts';
import { tipOffer } from '../../contract/tip.ts';
import type { AccountView, Mode } from '../../contract/till-snapshot.ts';
import type { OpenHistory } from '../history/history-thread.ts';
import { type SaleHistory, createSaleHistory } from '../history/sale-history.ts';
import type { Log } from '../log/log.ts';
import { createInsured } from '../sale/insured/insured.ts';
import { createPhone } from '../sale/phone/phone.ts';
import { createPlaid } from '../sale/plaid/plaid.ts';
import { createReader } from '../sale/reader/reader.ts';
import type { Terminals } from '../sale/reader/terminals.ts';
import type { CustomerBook } from '../sale/saved/customer-book.ts';
import type { Completions, MethodGroups } from '../sale/saved/method-groups.ts';
import { type Saved, createSaved } from '../sale/saved/saved.ts';
import type { SavedCards } from '../sale/saved/saved-cards.ts';
import { createCardForm } from '../sale/card-form/card-form.ts';
import type { CheckoutForms } from '../sale/card-form/checkout-form.ts';
import type { ChargeLimits, Draft, UsualDescription } from '../sale/charge-check.ts';
import type { Checkouts } from '../sale/checkout.ts';
import type { AccountPayments } from '../sale/account-payments.ts';
import { type DayClose, createDayClose } from '../report/day-close.ts';
import { type RegistersReading, createRegistersReading } from '../report/registers-reading.ts';
import { businessDayOf } from '../sale/business-day.ts';
import { type ComparisonScope, compare } from '../sale/comparison.ts';
import { type ComparisonsParts, openComparisons } from '../sale/comparisons.ts';
import type { JournalFailure, JournalUnreadable, SaleQueries } from '../sale/journal.ts';
import { journalProblem } from '../sale/journal-problem.ts';
import type { Payments } from '../sale/payments.ts';
import { type PcClock, setForwardMs } from '../sale/pc-clock.ts';
import { type Reachability, openReachability } from '../sale/reachability.ts';
import { type PaidEarlier, REMEMBERED_MS } from '../sale/recently-paid.ts';
import { type RegisterParts, openRegister } from '../sale/register.ts';
import { openRepairs } from '../sale/repairs.ts';
import type { Sale } from '../sale/sale.ts';
import type { SaleEvent } from '../sale/sale-event.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { TenderHost } from '../sale/tender.ts';
import type { Timers } from '../sale/timers.ts';
import type { Sold, TillRegister } from '../sale/till-register.ts';
import { newId } from './new-id.ts';
import { qrCode } from './qr-code.ts';
import { openSavedCards } from './saved-cards.ts';
import type { TakenWays } from '../justifi/sub-account.ts';
import { maintainJournal } from '../storage/journal-maintenance.ts';
import { openSaleJournal } from '../storage/journal.ts';
import type { JournalWork } from '../storage/journal-work.ts';
import { journalNameOf } from '../storage/journal-name.ts';
import type { Settings } from '../storage/settings.ts';

/** Training's, in settings and names of files: it has no sub account of JustiFi's. */
export const TRAINING_ACCOUNT = 'training';

/** One JustiFi account, as the register uses it. */
export type JustifiAccount = {
  readonly view: AccountView;
  /** Training's too. */
  readonly subAccountId: string;
  readonly mode: Mode;
  readonly currency: Currency;
  readonly checkouts: Checkouts;
  readonly payments: Payments;
  readonly accountPayments: AccountPayments;
  readonly terminals: Terminals;
  /** What JustiFi says of this account's ways to pay; as far as it is known. */
  readonly takes: () => TakenWays;
  /** JustiFi's page of a checkout, for the customer's own phone; null: it is not one that may be shown. */
  readonly checkoutAddress: (checkoutId: string) => string | null;
  readonly completions: Completions;
  readonly methodGroups: MethodGroups;
  /** In training: its customers; null: not in training, or there are none. */
  readonly trainingCustomers: CustomerBook | null;
  /** Asks JustiFi whether the account may take payments; null when it may, or when there is no answer. */
  readonly problem: () => Promise<ChargeProblem | null>;
  /** Asks JustiFi anything: does an answer come? */
  readonly probe: () => Promise<ConnectionFailure | null>;
};

/** When the morning's rush of starting is over, and before the journal is checked. */
const WARM_HISTORY_AFTER_MS = 30_000;

type AccountRegisterParts = {
  readonly dataFolder: string;
  readonly version: string;
  readonly settings: () => Settings;
  /** The name of this PC in its network, for JustiFi's metadata. */
  readonly pc: string;
  readonly forms: CheckoutForms & Readonly<Record<'plaid' | 'insured', CheckoutForms>>;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly utcNow: () => string;
  /** How long the PC has been up, sleep included. Whole milliseconds. */
  readonly upMs: () => number;
  readonly log: Omit<Log, 'tail'>;
  /** What is typed while the register opens. */
  readonly typed: () => Draft;
  /** `whole`: the journal was found damaged while it was in use. */
  readonly check: 'tail' | 'whole';
  readonly journalWork: JournalWork;
  readonly openHistory: OpenHistory;
  readonly language: () => Language;
  readonly usualDescription: UsualDescription;
  /** What a customer of this shop agrees to by paying this from a bank account. */
  readonly bankAuthorisation: (purchase: Purchase, shop: string) => string;
  /** What a customer of this shop agrees to before their card is saved. */
  readonly savedConsent: (shop: string) => string;
  /** There is a journal of this name on this PC from now on. */
  readonly onJournal: (name: string) => void;
  /** The cashier at the till, by name. */
  readonly cashier: () => string | null;
  /** It is in the journal. */
  readonly onRecorded: (sale: Sale, event: SaleEvent) => void;
  /** JustiFi and the journal differ. */
  readonly onFinding: ComparisonsParts['onFinding'];
  /** The journal was damaged while in use: close, and open with `check: 'whole'`. */
  readonly onDamaged: () => void;
  readonly onChange: () => void;
};

/** Opens a register for the account: repairs its journal, and recovers the sales of the last run. */
export function openAccountRegister(parts: AccountRegisterParts, account: JustifiAccount): { readonly account: TillRegister; readonly reachability: Reachability | null; readonly history: SaleHistory | null; readonly dayClose: DayClose | null; readonly allRegisters: RegistersReading | null; readonly savedCards: SavedCards | null; readonly journalHealth: string } {
  const { log, settings, timers } = parts;
  const isTraining = account.mode === 'training';
  const utcOffsetInMinutes = () => -new Date().getTimezoneOffset();
  const clock = (): PcClock => ({ utc: parts.utcNow(), upMs: parts.upMs() });
  const name = journalNameOf(account.mode, subAccountOf(account.view));
  const opened = openSaleJournal({ file: join(parts.dataFolder, `${name}.db`), utcNow: parts.utcNow, utcOffsetInMinutes, check: parts.check, mustExist: settings().journals.includes(name) });
  if (opened.kind === 'failed') return broken(opened.failure.detail, journalProblem(opened.failure.reason));
  const { journal, health } = opened.value;
  parts.onJournal(name);
  if (health.kind !== 'sound') log.error(`journal.${health.kind}`, { health: JSON.stringify(health) });
  const unfinished = journal.unfinished();
  const unseen = journal.unseen();
  const lastSale = journal.lastPaid();
  if (unfinished.kind === 'failed') return broken(unfinished.failure.detail);
  if (unseen.kind === 'failed') return broken(unseen.failure.detail);
  if (lastSale.kind === 'failed') return broken(lastSale.failure.detail);
  const recentlyPaid = paidEarlier(journal, clock());
  if (recentlyPaid.kind === 'failed') return broken(recentlyPaid.failure.detail);

  const endMaintenance = maintainJournal(journal, {
    timers,
    work: parts.journalWork,
    onNoBackup: ({ detail }) => log.error('journal.no-backup', { detail }),
    onNotChecked: ({ detail }) => log.error('journal.not-checked', { detail }),
    onDamaged,
  });
  const reachability = openReachability({
    probe: account.probe,
    timers,
    onChange(failure) {
      if (failure === null) log.info('justifi.reachable');
      else log.warn('justifi.unreachable', failure);
      if (failure === null) register.online();
      if (failure === null) repairs.online();
      parts.onChange();
    },
  });
  const shopDay = () => ({ timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone, beginsAtHour: settings().dayBeginsAtHour });
  const businessDay = (utc: string) => businessDayOf(utc, shopDay());
  const typed = parts.typed();
  const saleJournal: RegisterParts['journal'] = {
    sale: journal.sale,
    saleOn: journal.saleOn,
    record(sale, event) {
      const written = noticed(journal.record(sale, event));
      if (written.kind === 'failed') return written;
      parts.onRecorded(sale, event);
      if (event.kind === 'outcome-known' && settings().form.saved) customers?.offers.note(sale);
      return written;
    },
  };
  /** As on the receipt, else as JustiFi knows it. */
  const shopName = () => settings().receipt.shopName || ('name' in account.view ? account.view.name : settings().registerName);
  const customers = openSavedCards({ file: join(parts.dataFolder, `${name}.customers.db`), account, isOn: settings().form.saved, consent: () => parts.savedConsent(shopName()), utcNow: parts.utcNow, log, onChange: parts.onChange });
  const bankAuthorisation = (purchase: Purchase) => parts.bankAuthorisation(purchase, shopName());
  let saved: Saved | null = null;
  const createTenders = (current: CurrentSale, hostOf: (kind: TenderKind) => TenderHost) => {
    const tenderParts = {
      checkouts: account.checkouts,
      timers,
      monotonicMs: parts.monotonicMs,
      newId,
      mode: account.mode === 'training' ? null : account.mode,
      metadata: { register: settings().registerName, register_id: settings().registerId, pc: parts.pc, app_version: parts.version },
      cashier: parts.cashier,
      log: log.info,
    };
    const reader = { ...tenderParts, onChange: parts.onChange, terminals: account.terminals, paired: () => pairedReader(settings(), account) };
    saved = createSaved({ ...tenderParts, completions: account.completions }, current, hostOf('saved'));
    return [
      createReader(reader, current, hostOf('reader')),
      createCardForm({ ...tenderParts, forms: parts.forms, bankAuthorisation }, current, hostOf('card-form')),
      createPlaid({ ...tenderParts, forms: parts.forms.plaid, bankAuthorisation }, current, hostOf('plaid')),
      createInsured({ ...tenderParts, forms: parts.forms.insured }, current, hostOf('insured')),
      saved.tender,
      createPhone({ ...tenderParts, addressOf: account.checkoutAddress, draw: qrCode, utcNow: parts.utcNow }, current, hostOf('phone')),
    ];
  };
  const register = openRegister({
    checkouts: account.checkouts,
    payments: account.payments,
    // The training JustiFi keeps nothing when Counter ends: there is nothing to ask about.
    unfinished: isTraining ? [] : unfinished.value,
    unseen: unseen.value,
    lastSale: lastSale.value,
    keepDraft: (draft) => journal.keepDraft(draft, clock()),
    recentlyPaid: recentlyPaid.value,
    createTenders,
    ways: () => waysToPay(settings(), account, customers?.hasCustomers() === true),
    journal: saleJournal,
    timers,
    monotonicMs: parts.monotonicMs,
    utcNow: parts.utcNow,
    random: Math.random,
    newId,
    draft: typed.amountInCents > 0 ? typed : (journal.draft() ?? typed),
    currency: account.currency,
    account: { subAccountId: subAccountOf(account.view), mode: account.mode },
    register: { id: settings().registerId, name: settings().registerName },
    businessDay,
    cashier: parts.cashier,
    limits: () => chargeLimits(settings()),
    tipOffer: (purchaseInCents) => tipOffer(settings().tips, purchaseInCents, settings().limits.largestInCents),
    usualDescription: parts.usualDescription,
    connectionFailure: reachability.failure,
    accountProblem: account.problem,
    log: log.info,
    onChange: parts.onChange,
  });
  const history = parts.openHistory({ history: join(parts.dataFolder, `${name}.history.db`), journal: journal.paths.database }, (detail) => log.error('history.unreadable', { detail }));
  const callOffWarming = timers.after(WARM_HISTORY_AFTER_MS, history.warm);
  const saleHistory = createSaleHistory({ history, register, payments: account.payments, steps: journal.steps, journal, utcNow: parts.utcNow, businessDay, language: parts.language });
  const dayClose = createDayClose({
    journal: { ...journal, closeDay: (day) => noticed(journal.closeDay(day)) },
    history,
    payments: account.payments,
    checkouts: account.checkouts,
    register: { id: settings().registerId, name: settings().registerName },
    currency: account.currency,
    cashier: parts.cashier,
    utcNow: parts.utcNow,
    shopDay,
  });
  const allRegisters = createRegistersReading({
    justifi: account.accountPayments,
    account: { subAccountId: account.subAccountId, isTest: account.mode !== 'live', currency: account.currency },
    register: { id: settings().registerId, name: settings().registerName },
    timers,
    utcNow: parts.utcNow,
    shopDay,
    onChange: parts.onChange,
  });
  const repairs = openRepairs({
    journal,
    compare: isTraining ? null : (utc, isWanted) => compareJournal({ kind: 'since', utc }, isWanted),
    register,
    timers,
    log: log.error,
    onChange: parts.onChange,
  });
  const comparisons = openComparisons({
    compare: isTraining ? null : (isWanted) => compareJournal({ kind: 'recent' }, isWanted),
    register,
    timers,
    log: log.info,
    onFinding: parts.onFinding,
    onChange: parts.onChange,
  });

  function compareJournal(scope: ComparisonScope, isWanted: () => boolean): ReturnType<typeof compare> {
    return compare({ isWanted, checkouts: account.checkouts, payments: account.payments, journal, registerId: settings().registerId, pc: parts.pc, utcNow: parts.utcNow }, scope);
  }

  function noticed(written: Result<null, JournalFailure>): Result<null, JournalFailure> {
    if (written.kind === 'failed' && written.failure.reason === 'damaged') onDamaged(written.failure);
    return written;
  }

  function onDamaged({ detail }: JournalFailure): void {
    log.error('journal.damaged', { detail });
    parts.onDamaged();
  }

  function broken(detail: string, problem: ChargeProblem = { kind: 'journal-unwritable' }): { readonly account: TillRegister; readonly reachability: null; readonly history: null; readonly dayClose: null; readonly allRegisters: null; readonly savedCards: null; readonly journalHealth: string } {
    log.error('journal.unusable', { detail });
    return { account: { kind: 'broken', mode: account.mode, problem, openPayments: isTraining ? 0 : null }, reachability: null, history: null, dayClose: null, allRegisters: null, savedCards: null, journalHealth: 'unusable' };
  }

  function close(): void {
    reachability.close();
    repairs.close();
    comparisons.close();
    allRegisters.stop();
    endMaintenance();
    callOffWarming();
    history.close();
    register.close();
    customers?.close();
    journal.close();
  }

  function sold(saleId: string): Sold | null {
    const current = register.sale();
    const sale = current.id === saleId ? ok(current) : journal.sale(saleId);
    const by = journal.soldBy(saleId);
    if (sale.kind === 'failed') log.error('journal.unreadable', { detail: sale.failure.detail });
    return sale.kind === 'failed' || sale.value === null ? null : { sale: sale.value, by: by.kind === 'ok' ? by.value : null };
  }

  const { view, mode, currency } = account;
  const savedCards = customers === null ? null : { ...customers, pay: saved!.pay };
  return { account: { kind: 'open', view, mode, currency, register, repairs, comparisons, reachability, sold, close }, reachability, history: saleHistory, dayClose, allRegisters, savedCards, journalHealth: health.kind };
}

/** The card reader of this register, if it belongs to this account; null: none. */
function pairedReader({ cardReader }: Settings, { view }: Pick<JustifiAccount, 'view'>): Settings['cardReader'] {
  return cardReader?.ofAccount === subAccountOf(view) ? cardReader : null;
}

/** Saved cards are no way to pay while nobody has saved one. */
function waysToPay(settings: Settings, account: Pick<JustifiAccount, 'view' | 'takes'>, hasCustomers: boolean): readonly TenderKind[] {
  const { form } = settings;
  const takes = account.takes();
  const paired = takes.cardPresent ? pairedReader(settings, account) : null;
  const atCounter: readonly TenderKind[] = paired === null ? ['card-form'] : paired.isFirst ? ['reader', 'card-form'] : ['card-form', 'reader'];
  return [...atCounter, ...(form.plaid && takes.plaid ? (['plaid'] as const) : []), ...(form.insurance && takes.insurance ? (['insured'] as const) : []), ...(form.saved && hasCustomers ? (['saved'] as const) : []), ...(form.phone ? (['phone'] as const) : [])];
}

/** What the journal has of the last hour, also when the clock was set since. */
function paidEarlier(journal: Pick<SaleQueries, 'paidSince' | 'draftClock'>, now: PcClock): Result<readonly PaidEarlier[], JournalUnreadable> {
  const nowMs = Date.parse(now.utc) - setForwardMs(now, journal.draftClock());
  const paid = journal.paidSince(new Date(nowMs - REMEMBERED_MS).toISOString());
  return paid.kind === 'ok' ? ok(paid.value.flatMap((sale) => ('at' in sale ? [{ sale, agoMs: nowMs - Date.parse(sale.at) }] : []))) : paid;
}

function chargeLimits({ limits: { sameAgainWithinMinutes, ...limits } }: Settings): ChargeLimits {
  return { ...limits, sameAgainWithinMs: sameAgainWithinMinutes * 60_000 };
}

/** Training has no sub account of JustiFi's. */
export function subAccountOf(view: AccountView): string {
  return view.kind === 'connected' ? view.subAccountId : TRAINING_ACCOUNT;
}
