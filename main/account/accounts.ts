import { hostname } from 'node:os';
import { maskCardNumbers } from '../../contract/card-number.ts';
import { secretOf } from '../../contract/credentials.ts';
import type { ChargeProblem, StopReason } from '../../contract/problem.ts';
import type { SaveOffer } from '../../contract/customer.ts';
import type { Language } from '../../contract/language.ts';
import { type Result, disregard, ok } from '../../contract/result.ts';
import type { OpenHistory } from '../history/history-thread.ts';
import type { SaleHistory } from '../history/sale-history.ts';
import { JUSTIFI_API, createAuthorisedApi } from '../justifi/authorised-api.ts';
import { clientCredentialsSource } from '../justifi/client-credentials.ts';
import type { OriginForm } from '../justifi/checkout.ts';
import { tellAnswers } from '../justifi/connection.ts';
import { takenWays } from '../justifi/sub-account.ts';
import type { AccountTerminals } from '../justifi/terminals.ts';
import { type CheckoutOrigins, JUSTIFI_ORIGINS } from '../local-origin/checkout-policy.ts';
import { type Audit, COUNTER } from '../manager/audit.ts';
import type { Cashiers } from '../manager/cashiers.ts';
import type { ConnectedAccount } from '../manager/connect-account.ts';
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
import { trainingSubAccounts } from '../training/sub-account.ts';
import type { KeychainFailure } from '../storage/keychain.ts';
import type { AppServices } from './app-services.ts';
import type { TrainingPay } from '../../contract/pay-link.ts';
import type { ReaderPress, ReaderScreen } from '../../contract/training-reader.ts';
import type { JustifiApi } from '../justifi/api.ts';
import { type AccountRegister, type AccountRegisterParts, NO_REGISTER, openAccountRegister } from './account-register.ts';
import { createAccountWays } from './account-ways.ts';
import { type JustifiAccount, type JustifiAccountParts, TRAINING_ACCOUNT, createJustifiAccount } from './justifi-account.ts';
import { openPaymentsOf } from './open-payments.ts';
import { createRecordedEvents } from './recorded-events.ts';
import type { Training } from './training.ts';

/** A journal that cannot be opened is tried again; another program is seldom long at it. */
const REOPEN_AFTER_MS: Partial<Readonly<Record<ChargeProblem['kind'], number>>> = { 'journal-unwritable': 15_000, 'journal-in-use': 2_000 };
/** The till's page is painted by then, which a second page would delay. A sign of a person opens a form before. */
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
  /** The register is the one of the last run: is its audit log too? */
  readonly checkAuditHead: () => void;
  /** Where the checkout page is served: "http://localhost:<port>". */
  readonly pageOrigin: () => string;
  readonly forms: () => CheckoutForms & Readonly<Record<'plaid' | 'insured', CheckoutForms>> & { prewarm(): void };
  /** SECURITY: from now on the checkout page reaches these origins of the PC itself, and no others of it. */
  readonly allowOnly: (origins: readonly string[]) => Promise<void>;
  /** Told of each sale that JustiFi has said was paid, when the journal has it, and when a journal is open. */
  readonly receipts: Pick<ReceiptDesk, 'moneyMoved' | 'tryNow'>;
  readonly onChange: () => void;
};

/** Opens, reopens and closes the register's account. One at a time. */
export type Accounts = {
  /** Opens the account in the settings: the connected one, or training. `whole`: its journal was found damaged while in use. */
  open(check?: 'tail' | 'whole'): Promise<void>;
  /** Of the JustiFi that the checkout page talks to now. */
  origins(): CheckoutOrigins;
  /** The card readers of the account that is open; null: none is, or of another account by now. */
  terminals(): AccountTerminals | null;
  /** The reader of training: what stands on its screen; null: not in training, or none is paired. */
  trainingReader(): ReaderScreen | null;
  /** A person does this at the reader of training. False: there is none. */
  pressTrainingReader(press: ReaderPress): boolean;
  /** In training, a customer does this on the page of the link that is on the screen for this sale. False: there is none, or it is not payable. */
  payTrainingLink(saleId: string, how: TrainingPay): Promise<boolean>;
  /** The customers of the register that is open; null: none is, or it saves no cards. */
  savedCards(): SavedCards | null;
  /** What can be saved of this sale; null: nothing. */
  saveOffer(saleId: string): SaveOffer | null;
  /** The sales of the register that is open; null: none is. */
  history(): SaleHistory | null;
  /** The day of the register that is open; null: none is. */
  dayClose(): DayClose | null;
  /** The days of all registers of the account that is open; null: none is. */
  allRegisters(): RegistersReading | null;
  /** Of the journal that is open: "sound", or what was done to it. */
  journalHealth(): string;
};

export function createAccounts(parts: AccountsParts): Accounts {
  const { services, till, audit, pageOrigin } = parts;
  const { redactor, log, settings, keychain, connections, timers, monotonicMs, utcNow, tokenSourceOf } = services;
  /** Two accounts that open at the same time would both use one journal. */
  const oneByOne = createSerialQueue();
  let opened: Omit<AccountRegister, 'account'> = NO_REGISTER;
  let terminals: AccountTerminals | null = null;
  let training: Training | null = null;
  let origins: CheckoutOrigins = JUSTIFI_ORIGINS;
  let callOffReopening = () => {};
  const lineTo = (justifiUrl: string) => tellAnswers(connections.send, justifiUrl, (failure) => opened.reachability?.noted(failure));
  const apiParts = { monotonicMs, onToken: (token: string) => redactor.protect('token', token) };
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
    await parts.allowOnly([pageOrigin(), ...(origins === JUSTIFI_ORIGINS ? [] : [origins.api])]);
    till.use(register);
    if (register.kind === 'open') parts.receipts.tryNow();
    timers.after(PREWARM_AFTER_MS, parts.forms().prewarm);
  }

  function stopped(why: StopReason): TillRegister {
    audit.note(COUNTER, 'register-stopped', { why });
    return { kind: 'broken', mode: settings.read().account?.mode ?? services.stoppedMode, problem: { kind: why }, openPayments: openPaymentsNow() };
  }

  /** By the journal of the account in the settings, which no register uses; null: it cannot be read. */
  function openPaymentsNow(): number | null {
    const { account } = settings.read();
    return account === null ? 0 : openPaymentsOf(parts.dataFolder, account, utcNow);
  }

  async function openAccount(check: 'tail' | 'whole'): Promise<TillRegister> {
    const { account } = settings.read();
    if (account === null) return openRegisterOf(await trainingAccount(), check);
    const connected = await connectedAccount(account);
    if (connected.kind === 'ok') return openRegisterOf(connected.value, check);
    return { kind: 'broken', mode: account.mode, problem: { kind: connected.failure.kind }, openPayments: openPaymentsNow() };
  }

  async function trainingAccount(): Promise<JustifiAccount> {
    // Not loaded with Counter: a connected register never needs it.
    training ??= (await import('./training.ts')).startTraining(pageOrigin(), utcNow);
    const { server, credentials, customers } = training;
    const { origin } = await server;
    origins = { api: origin, fields: origin, plaid: origin };
    const sendRequest = lineTo(origin);
    const api = createAuthorisedApi({ ...apiParts, sendRequest, baseUrl: origin, tokenSource: clientCredentialsSource(origin, credentials, sendRequest) });
    return justifiAccount(api, { view: { kind: 'training' }, trainingCustomers: customers, baseUrl: origin, subAccountId: trainingSubAccounts[0]!.id, mode: 'training', currency: 'USD', originForm: { read: () => 'url', remember: () => {} } });
  }

  /** SECURITY: not needed once an account is connected. */
  function endTraining(): void {
    const { server } = training ?? {};
    training = null;
    void server?.then(({ close }) => close());
  }

  async function connectedAccount({ subAccountId, name, mode, currency, credentialsKind }: ConnectedAccount): Promise<Result<JustifiAccount, KeychainFailure>> {
    endTraining();
    origins = JUSTIFI_ORIGINS;
    const credentials = await keychain.read();
    if (credentials.kind === 'failed') {
      log.error('keychain.unavailable', credentials.failure);
      return credentials;
    }
    redactor.protect('credentials', secretOf(credentials.value));
    const sendRequest = lineTo(JUSTIFI_API);
    const api = createAuthorisedApi({ ...apiParts, sendRequest, baseUrl: JUSTIFI_API, tokenSource: tokenSourceOf(credentials.value, sendRequest) });
    const originForm = { read: () => settings.read().originForm, remember: (form: OriginForm) => disregard(settings.change({ originForm: form }), 'it is found out once more') };
    return ok(justifiAccount(api, { view: { kind: 'connected', subAccountId, name, credentialsKind }, trainingCustomers: null, baseUrl: JUSTIFI_API, subAccountId, mode, currency, originForm }));
  }

  function justifiAccount(api: JustifiApi, account: Omit<JustifiAccountParts, 'api' | 'send' | 'pageOrigin' | 'fieldsOrigin' | 'nowMs' | 'ways'>): JustifiAccount {
    const ways = createAccountWays(() => takenWays(api, account.subAccountId), parts.onChange);
    return createJustifiAccount({ ...account, api, send: connections.send, pageOrigin: pageOrigin(), fieldsOrigin: origins.fields, nowMs: () => Date.parse(utcNow()), ways });
  }

  function openRegisterOf(account: JustifiAccount, check: 'tail' | 'whole'): TillRegister {
    ({ terminals } = account);
    const { account: register, ...rest } = openAccountRegister(registerParts(check), account);
    opened = rest;
    return register;
  }

  function registerParts(check: 'tail' | 'whole'): AccountRegisterParts {
    const { upMs, journalWork, rememberJournal } = services;
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
      typed: till.draft,
      onJournal: rememberJournal,
      cashier: () => parts.cashiers.view().signedIn?.name ?? null,
      onFinding: (found) => audit.note(COUNTER, 'journal-compared', found),
      // Deferred: the write into the journal has not returned yet.
      onDamaged: () => void timers.after(0, () => void open('whole')),
    };
  }

  return {
    open,
    origins: () => origins,
    history: () => opened.history,
    dayClose: () => opened.dayClose,
    allRegisters: () => opened.allRegisters,
    savedCards: () => opened.savedCards,
    saveOffer: (saleId) => opened.savedCards?.offers.offer(saleId) ?? null,
    journalHealth: () => opened.journalHealth,
    terminals: () => terminals,
    ...trainingHands({ settings, till, onChange: parts.onChange }, () => training),
  };
}

type TrainingHands = Pick<Accounts, 'trainingReader' | 'pressTrainingReader' | 'payTrainingLink'>;

/** What a trainee does in place of a customer: at the reader, and on the page of a link. */
function trainingHands({ settings, till, onChange }: Pick<AccountsParts, 'till' | 'onChange'> & Pick<AppServices, 'settings'>, training: () => Training | null): TrainingHands {
  const paired = () => (settings.read().cardReader?.ofAccount === TRAINING_ACCOUNT ? (settings.read().cardReader?.terminalId ?? null) : null);
  return {
    trainingReader() {
      const terminalId = paired();
      return terminalId === null ? null : (training()?.justifi.readerScreen(terminalId) ?? null);
    },
    pressTrainingReader(press) {
      const terminalId = paired();
      const justifi = training()?.justifi;
      if (justifi === undefined || terminalId === null) return false;
      void justifi.pressReader(terminalId, press).then(onChange);
      onChange();
      return true;
    },
    async payTrainingLink(saleId, how) {
      const link = till.link(saleId);
      const justifi = training()?.justifi;
      return justifi !== undefined && link !== null && justifi.payHosted(link.checkoutId, how);
    },
  };
}
