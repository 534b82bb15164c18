import { hostname } from 'node:os';
import { maskCardNumbers } from '../../contract/card-number.ts';
import type { ChargeProblem, StopReason } from '../../contract/problem.ts';
import type { SaveOffer } from '../../contract/customer.ts';
import type { Language } from '../../contract/language.ts';
import type { OpenHistory } from '../history/history-thread.ts';
import type { SaleHistory } from '../history/sale-history.ts';
import type { AccountTerminals } from '../justifi/terminals.ts';
import type { CheckoutOrigins } from '../local-origin/checkout-policy.ts';
import { type Audit, COUNTER } from '../manager/audit.ts';
import type { Cashiers } from '../manager/cashiers.ts';
import type { ReceiptDesk } from '../printing/receipt-desk.ts';
import type { CheckoutForms } from '../sale/card-form/checkout-form.ts';
import type { DayClose } from '../report/day-close.ts';
import type { RegistersReading } from '../report/registers-reading.ts';
import type { Purchase } from '../sale/purchase.ts';
import type { SavedCards } from '../sale/saved/saved-cards.ts';
import { createSerialQueue } from '../sale/serial-queue.ts';
import type { UsualDescription } from '../sale/charge-check.ts';
import type { Till } from '../sale/till.ts';
import type { TillRegister } from '../sale/till-register.ts';
import type { AppServices } from './app-services.ts';
import { createAccountConnections } from './account-connections.ts';
import { type AccountRegister, type AccountRegisterParts, NO_REGISTER, openAccountRegister } from './account-register.ts';
import type { JustifiAccount } from './justifi-account.ts';
import { openPaymentsOf } from './open-payments.ts';
import { createRecordedEvents } from './recorded-events.ts';
import { type TrainingHands, createTrainingHands } from './training-hands.ts';

/** A journal that cannot be opened is tried again; another program seldom holds it for long. */
const REOPEN_AFTER_MS: Partial<Readonly<Record<ChargeProblem['kind'], number>>> = { 'journal-unwritable': 15_000, 'journal-in-use': 2_000 };
/** The till's page is painted by then, which a second page would delay. A key or a touch opens a form earlier. */
const PREWARM_AFTER_MS = 3_000;
/** Characters of the PC's name in JustiFi's metadata. */
const LONGEST_PC_NAME = 60;

type AccountsParts = {
  readonly openHistory: OpenHistory;
  /** That the till's window is in. */
  readonly language: () => Language;
  readonly services: AppServices;
  readonly dataFolder: string;
  readonly version: string;
  readonly till: Till;
  readonly audit: Pick<Audit, 'note'>;
  readonly cashiers: Pick<Cashiers, 'actor' | 'view'>;
  readonly usualDescription: UsualDescription;
  readonly bankAuthorisation: (purchase: Purchase, shop: string) => string;
  readonly savedConsent: (shop: string) => string;
  /** The register is the same as in the last run, so its audit log must be too. */
  readonly checkAuditHead: () => void;
  /** Where the checkout page is served: "http://localhost:<port>". */
  readonly pageOrigin: () => string;
  readonly forms: () => CheckoutForms & Readonly<Record<'plaid' | 'insured' | 'sezzle', CheckoutForms>> & { prewarm(): void };
  /** SECURITY: from now on the checkout page reaches these origins of the PC itself, and no others of it. */
  readonly allowOnly: (origins: readonly string[]) => Promise<void>;
  /** Called for each sale that JustiFi reports as paid once it is in the journal, and when a journal is opened. */
  readonly receipts: Pick<ReceiptDesk, 'moneyMoved' | 'tryNow'>;
  readonly onChange: () => void;
};

/** Opens, reopens and closes the register's account. One at a time. */
export type Accounts = TrainingHands & {
  /** Opens the account in the settings: the connected one, or training. `whole`: its journal was found damaged during use. */
  open(check?: 'tail' | 'whole'): Promise<void>;
  /** The origins of the JustiFi that the checkout page talks to now. */
  origins(): CheckoutOrigins;
  /** The card readers of the open account; null: no account is open, or another one by now. */
  terminals(): AccountTerminals | null;
  /** The customers of the open register; null: none is open, or it saves no cards. */
  savedCards(): SavedCards | null;
  /** The card of this sale that can be saved; null: none. */
  saveOffer(saleId: string): SaveOffer | null;
  /** The sales of the register that is open; null: none is. */
  history(): SaleHistory | null;
  /** The day of the register that is open; null: none is. */
  dayClose(): DayClose | null;
  /** The days of all registers of the account that is open; null: none is. */
  allRegisters(): RegistersReading | null;
  /** The health of the open journal: "sound", or how it was repaired. */
  journalHealth(): string;
};

export function createAccounts(parts: AccountsParts): Accounts {
  const { services, till, audit, pageOrigin } = parts;
  const { log, settings, timers } = services;
  /** Two accounts that open at the same time would both use one journal. */
  const oneByOne = createSerialQueue();
  let opened: Omit<AccountRegister, 'account'> = NO_REGISTER;
  let terminals: AccountTerminals | null = null;
  let callOffReopening = () => {};
  const connections = createAccountConnections({ services, pageOrigin, noted: (failure) => opened.reachability?.noted(failure), onChange: parts.onChange });
  const onRecorded = createRecordedEvents({ settings, audit, cashiers: parts.cashiers, receipts: parts.receipts, timers });

  function open(check: 'tail' | 'whole' = 'tail'): Promise<void> {
    return oneByOne(() => openNow(check));
  }

  /** Opens the account of the settings: the connected one, or training. */
  async function openNow(check: 'tail' | 'whole'): Promise<void> {
    callOffReopening();
    terminals = null;
    // The account before closes its journal first: it may be the same one.
    till.use({ kind: 'starting' });
    opened = NO_REGISTER;
    const registerState = await services.decideState();
    if (registerState.kind === 'connected') parts.checkAuditHead();
    const register = registerState.kind === 'stopped' ? stopped(registerState.why) : await openAccount(check);
    if (register.kind === 'broken') log.error('account.broken', { problem: register.problem.kind });
    // A full disk may have room again; the till should not need a restart for that.
    const reopenAfterMs = register.kind === 'broken' ? REOPEN_AFTER_MS[register.problem.kind] : undefined;
    if (reopenAfterMs !== undefined) callOffReopening = timers.after(reopenAfterMs, () => void open(check));
    // Before a form is made. In training mode JustiFi is a server of Counter's own, on loopback.
    await parts.allowOnly([pageOrigin(), ...(connections.training() === null ? [] : [connections.origins().api])]);
    till.use(register);
    if (register.kind === 'open') parts.receipts.tryNow();
    timers.after(PREWARM_AFTER_MS, parts.forms().prewarm);
  }

  function stopped(why: StopReason): TillRegister {
    audit.note(COUNTER, 'register-stopped', { why });
    return { kind: 'broken', mode: settings.read().account?.mode ?? services.stoppedMode, problem: { kind: why }, openPayments: openPaymentsNow(parts) };
  }

  async function openAccount(check: 'tail' | 'whole'): Promise<TillRegister> {
    const { account } = settings.read();
    if (account === null) return openRegisterOf(await connections.openTraining(), check);
    const connected = await connections.openConnected(account);
    if (connected.kind === 'ok') return openRegisterOf(connected.value, check);
    return { kind: 'broken', mode: account.mode, problem: { kind: connected.failure.kind }, openPayments: openPaymentsNow(parts) };
  }

  function openRegisterOf(account: JustifiAccount, check: 'tail' | 'whole'): TillRegister {
    ({ terminals } = account);
    const { account: register, ...rest } = openAccountRegister(registerPartsOf(parts, { check, onRecorded, onDamaged: () => void open('whole') }), account);
    opened = rest;
    return register;
  }

  return {
    open,
    origins: connections.origins,
    history: () => opened.history,
    dayClose: () => opened.dayClose,
    allRegisters: () => opened.allRegisters,
    savedCards: () => opened.savedCards,
    saveOffer: (saleId) => opened.savedCards?.offers.offer(saleId) ?? null,
    journalHealth: () => opened.journalHealth,
    terminals: () => terminals,
    ...createTrainingHands({ settings, till, onChange: parts.onChange }, connections.training),
  };
}

/** Read from the journal of the account in the settings while no register uses it; null: it cannot be read. */
function openPaymentsNow({ services: { settings, utcNow }, dataFolder }: AccountsParts): number | null {
  const { account } = settings.read();
  return account === null ? 0 : openPaymentsOf(dataFolder, account, utcNow);
}

type OwnParts = Pick<AccountRegisterParts, 'check' | 'onRecorded' | 'onDamaged'>;

function registerPartsOf(parts: AccountsParts, { check, onRecorded, onDamaged }: OwnParts): AccountRegisterParts {
  const { settings, log, timers, utcNow, monotonicMs, upMs, journalWork, rememberJournal } = parts.services;
  const { dataFolder, version, usualDescription, bankAuthorisation, savedConsent, openHistory, language, onChange } = parts;
  return {
    dataFolder,
    version,
    usualDescription,
    bankAuthorisation,
    savedConsent,
    openHistory,
    language,
    onChange,
    timers,
    monotonicMs,
    utcNow,
    upMs,
    log,
    check,
    journalWork,
    onRecorded,
    settings: settings.read,
    pc: maskCardNumbers(hostname()).slice(0, LONGEST_PC_NAME),
    forms: parts.forms(),
    typed: parts.till.draft,
    onJournal: rememberJournal,
    cashier: () => parts.cashiers.view().signedIn?.name ?? null,
    onFinding: (found) => parts.audit.note(COUNTER, 'journal-compared', found),
    // Deferred: the write into the journal has not returned yet.
    onDamaged: () => void timers.after(0, onDamaged),
  };
}
