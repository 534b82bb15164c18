import { hostname } from 'node:os';
import { maskCardNumbers } from '../../contract/card-number.ts';
import { secretOf } from '../../contract/credentials.ts';
import type { ChargeProblem, StopReason } from '../../contract/problem.ts';
import type { SaveOffer } from '../../contract/customer.ts';
import type { Language } from '../../contract/language.ts';
import { disregard } from '../../contract/result.ts';
import type { OpenHistory } from '../history/history-thread.ts';
import type { SaleHistory } from '../history/sale-history.ts';
import { JUSTIFI_API, createAuthorisedApi } from '../justifi/authorised-api.ts';
import { createAccountPayments } from '../justifi/account-payments.ts';
import { createCheckouts } from '../justifi/checkout.ts';
import { clientCredentialsSource } from '../justifi/client-credentials.ts';
import { probe, tellAnswers } from '../justifi/connection.ts';
import { createCompletions, createMethodGroups } from '../justifi/payment-method-groups.ts';
import { createPayments } from '../justifi/payment.ts';
import { subAccountProblem, takenWays } from '../justifi/sub-account.ts';
import { type AccountTerminals, createTerminals } from '../justifi/terminals.ts';
import { type CheckoutOrigins, JUSTIFI_ORIGINS } from '../local-origin/checkout-policy.ts';
import { type Audit, COUNTER, MANAGER } from '../manager/audit.ts';
import type { Cashiers } from '../manager/cashiers.ts';
import type { ConnectedAccount } from '../manager/connect-account.ts';
import { auditOfSale } from '../manager/sale-audit.ts';
import { paperAfter } from '../printing/paper-after.ts';
import type { ReceiptDesk } from '../printing/receipt-desk.ts';
import type { CheckoutForms } from '../sale/card-form/checkout-form.ts';
import type { DayClose } from '../report/day-close.ts';
import type { RegistersReading } from '../report/registers-reading.ts';
import type { Purchase } from '../sale/purchase.ts';
import type { Reachability } from '../sale/reachability.ts';
import type { Sale } from '../sale/sale.ts';
import type { SavedCards } from '../sale/saved/saved-cards.ts';
import type { SaleEvent } from '../sale/sale-event.ts';
import { createSerialQueue } from '../sale/serial-queue.ts';
import type { UsualDescription } from '../sale/charge-check.ts';
import type { Till } from '../sale/till.ts';
import type { TillRegister } from '../sale/till-register.ts';
import { trainingSubAccounts } from '../training/sub-account.ts';
import type { AppServices } from './app-services.ts';
import type { TrainingPay } from '../../contract/pay-link.ts';
import type { ReaderPress, ReaderScreen } from '../../contract/training-reader.ts';
import type { JustifiApi } from '../justifi/api.ts';
import { type JustifiAccount, TRAINING_ACCOUNT, openAccountRegister } from './account-register.ts';
import { hostedCheckoutAddress } from './hosted-checkout.ts';
import { openPaymentsOf } from './open-payments.ts';
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
  const { redactor, log, settings, keychain, connections, timers, monotonicMs, utcNow, upMs, tokenSourceOf } = services;
  /** Two accounts that open at the same time would both use one journal. */
  const oneByOne = createSerialQueue();
  let reachability: Reachability | null = null;
  let training: Training | null = null;
  let origins: CheckoutOrigins = JUSTIFI_ORIGINS;
  let journalHealth = 'unknown';
  let terminals: AccountTerminals | null = null;
  let history: SaleHistory | null = null;
  let dayClose: DayClose | null = null;
  let allRegisters: RegistersReading | null = null;
  let savedCards: SavedCards | null = null;
  let callOffReopening = () => {};
  const lineTo = (justifiUrl: string) => tellAnswers(connections.send, justifiUrl, (failure) => reachability?.noted(failure));
  const apiParts = { monotonicMs, onToken: (token: string) => redactor.protect('token', token) };

  /** Deferred: the journal already has the sale, and the payment should not wait for the audit log. */
  function noteSale(sale: Sale, event: SaleEvent): void {
    if ((sale.kind === 'paid' || sale.kind === 'accepted') && !settings.read().hasSold) timers.after(0, () => disregard(settings.change({ hasSold: true }), 'the next sale tries again'));
    const paper = paperAfter(sale, event);
    if (paper !== null) timers.after(0, () => parts.receipts.moneyMoved(paper));
    const found = auditOfSale(sale, event);
    const who = found?.by === 'counter' ? COUNTER : found?.by === 'manager' ? MANAGER : parts.cashiers.actor();
    if (found !== null) timers.after(0, () => audit.note(who, found.action, found.detail));
  }

  function open(check: 'tail' | 'whole' = 'tail'): Promise<void> {
    return oneByOne(() => openNow(check));
  }

  /** Opens the account of the settings: the connected one, or training. */
  async function openNow(check: 'tail' | 'whole'): Promise<void> {
    callOffReopening();
    terminals = null;
    // The account before closes its journal first: it may be the same one.
    till.use({ kind: 'starting' });
    history = null;
    dayClose = null;
    allRegisters = null;
    savedCards = null;
    const registerState = await services.decideState();
    if (registerState.kind === 'connected') parts.checkAuditHead();
    const { account } = settings.read();
    const opened = registerState.kind === 'stopped' ? stoppedAccount(registerState.why) : account === null ? await openTraining(check) : await openConnected(account, check);
    if (opened.kind === 'broken') log.error('account.broken', { problem: opened.problem.kind });
    // A full disk may have room again; the till should not need a restart for that.
    const reopenAfterMs = opened.kind === 'broken' ? REOPEN_AFTER_MS[opened.problem.kind] : undefined;
    if (reopenAfterMs !== undefined) callOffReopening = timers.after(reopenAfterMs, () => void open(check));
    // Before a form is made. In training mode JustiFi is a server of Counter's own, on loopback.
    await parts.allowOnly([pageOrigin(), ...(origins === JUSTIFI_ORIGINS ? [] : [origins.api])]);
    till.use(opened);
    if (opened.kind === 'open') parts.receipts.tryNow();
    timers.after(PREWARM_AFTER_MS, parts.forms().prewarm);
  }

  /** By the journal of the account in the settings, which no register uses; null: it cannot be read. */
  function openPaymentsNow(): number | null {
    const { account } = settings.read();
    return account === null ? 0 : openPaymentsOf(parts.dataFolder, account, utcNow);
  }

  function stoppedAccount(why: StopReason): TillRegister {
    audit.note(COUNTER, 'register-stopped', { why });
    return { kind: 'broken', mode: settings.read().account?.mode ?? services.stoppedMode, problem: { kind: why }, openPayments: openPaymentsNow() };
  }

  async function openTraining(check: 'tail' | 'whole'): Promise<TillRegister> {
    // Not loaded with Counter: a connected register never needs it.
    training ??= (await import('./training.ts')).startTraining(pageOrigin(), utcNow);
    const { server, credentials } = training;
    const { origin } = await server;
    origins = { api: origin, fields: origin, plaid: origin };
    const subAccountId = trainingSubAccounts[0]!.id;
    const sendRequest = lineTo(origin);
    const api = createAuthorisedApi({ ...apiParts, sendRequest, baseUrl: origin, tokenSource: clientCredentialsSource(origin, credentials, sendRequest) });
    return openRegisterOf({
      view: { kind: 'training' },
      trainingCustomers: training.customers,
      baseUrl: origin,
      api,
      subAccountId,
      mode: 'training',
      currency: 'USD',
      checkouts: createCheckouts({ api, subAccountId, originUrl: pageOrigin(), originForm: { read: () => 'url', remember: () => {} } }),
      payments: createPayments(api, subAccountId),
      problem: () => subAccountProblem(api, subAccountId),
    }, check);
  }

  /** SECURITY: not needed once an account is connected. */
  function endTraining(): void {
    const { server } = training ?? {};
    training = null;
    void server?.then(({ close }) => close());
  }

  async function openConnected(account: ConnectedAccount, check: 'tail' | 'whole'): Promise<TillRegister> {
    endTraining();
    origins = JUSTIFI_ORIGINS;
    const credentials = await keychain.read();
    if (credentials.kind === 'failed') {
      log.error('keychain.unavailable', credentials.failure);
      return { kind: 'broken', mode: account.mode, problem: { kind: credentials.failure.kind }, openPayments: openPaymentsNow() };
    }
    redactor.protect('credentials', secretOf(credentials.value));
    const sendRequest = lineTo(JUSTIFI_API);
    const api = createAuthorisedApi({ ...apiParts, sendRequest, baseUrl: JUSTIFI_API, tokenSource: tokenSourceOf(credentials.value, sendRequest) });
    const originForm = { read: () => settings.read().originForm, remember: (form: 'url' | 'host') => disregard(settings.change({ originForm: form }), 'it is found out once more') };
    return openRegisterOf({
      trainingCustomers: null,
      view: { kind: 'connected', subAccountId: account.subAccountId, name: account.name, credentialsKind: account.credentialsKind },
      baseUrl: JUSTIFI_API,
      api,
      subAccountId: account.subAccountId,
      mode: account.mode,
      currency: account.currency,
      checkouts: createCheckouts({ api, subAccountId: account.subAccountId, originUrl: pageOrigin(), originForm }),
      payments: createPayments(api, account.subAccountId),
      problem: () => subAccountProblem(api, account.subAccountId),
    }, check);
  }

  function openRegisterOf({ api, ...account }: Omit<JustifiAccount, 'probe' | 'accountPayments' | 'terminals' | 'takes' | 'checkoutAddress' | 'completions' | 'methodGroups'> & { readonly baseUrl: string; readonly api: JustifiApi }, check: 'tail' | 'whole'): TillRegister {
    const opening = createTerminals(api, account.subAccountId);
    terminals = opening;
    const takes = { cardPresent: true, plaid: false, insurance: false };
    // A way to pay that the account does not have is not offered. Without an answer readers are: JustiFi refuses them itself. Plaid and an insurance are not.
    if (settings.read().cardReader !== null || settings.read().form.plaid || settings.read().form.insurance) {
      void takenWays(api, account.subAccountId).then((ways) => {
        if (ways === null) return;
        Object.assign(takes, ways);
        parts.onChange();
      });
    }
    const opened = openAccountRegister(
      {
        dataFolder: parts.dataFolder,
        version: parts.version,
        settings: settings.read,
        usualDescription: parts.usualDescription,
        bankAuthorisation: parts.bankAuthorisation,
        savedConsent: parts.savedConsent,
        pc: maskCardNumbers(hostname()).slice(0, LONGEST_PC_NAME),
        forms: parts.forms(),
        timers,
        monotonicMs,
        utcNow,
        upMs,
        log,
        check,
        journalWork: services.journalWork,
        openHistory: parts.openHistory,
        language: parts.language,
        typed: till.draft,
        onJournal: services.rememberJournal,
        cashier: () => parts.cashiers.view().signedIn?.name ?? null,
        onRecorded: noteSale,
        onFinding: (found) => audit.note(COUNTER, 'journal-compared', found),
        // Deferred: the write into the journal has not returned yet.
        onDamaged: () => void timers.after(0, () => void open('whole')),
        onChange: parts.onChange,
      },
      { ...account, accountPayments: createAccountPayments(api, account.subAccountId), completions: createCompletions(api, account.subAccountId), methodGroups: createMethodGroups({ api, subAccountId: account.subAccountId, nowMs: () => Date.parse(utcNow()) }), terminals: opening, takes: () => takes, checkoutAddress: (checkoutId) => hostedCheckoutAddress(origins.fields, checkoutId, account.mode === 'training'), probe: () => probe(connections.send, account.baseUrl) },
    );
    reachability = opened.reachability;
    journalHealth = opened.journalHealth;
    history = opened.history;
    dayClose = opened.dayClose;
    allRegisters = opened.allRegisters;
    savedCards = opened.savedCards;
    return opened.account;
  }

  const pairedInTraining = () => (settings.read().cardReader?.ofAccount === TRAINING_ACCOUNT ? (settings.read().cardReader?.terminalId ?? null) : null);

  return {
    open,
    origins: () => origins,
    history: () => history,
    dayClose: () => dayClose,
    allRegisters: () => allRegisters,
    savedCards: () => savedCards,
    saveOffer: (saleId) => savedCards?.offers.offer(saleId) ?? null,
    journalHealth: () => journalHealth,
    terminals: () => terminals,
    trainingReader() {
      const terminalId = pairedInTraining();
      return training === null || terminalId === null ? null : training.justifi.readerScreen(terminalId);
    },
    pressTrainingReader(press) {
      const terminalId = pairedInTraining();
      if (training === null || terminalId === null) return false;
      void training.justifi.pressReader(terminalId, press).then(parts.onChange);
      parts.onChange();
      return true;
    },
    payTrainingLink: async (saleId, how) => {
      const link = till.link(saleId);
      return training !== null && link !== null && training.justifi.payHosted(link.checkoutId, how);
    },
  };
}
