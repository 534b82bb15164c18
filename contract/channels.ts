import { z } from 'zod';
import type { AllRegisters, AllRegistersProblem } from './all-registers.ts';
import type { AuditPage, AuditProblem } from './audit.ts';
import { type Call, amount, auditFilter, call, checkoutInput, pin, push, saleInput } from './call.ts';
import type { CardReader, ReaderProblem } from './card-reader.ts';
import { type CashierProblem, LONGEST_CASHIER_NAME, type RightProblem } from './cashier.ts';
import type { ConnectionCheck, SubAccountOffers } from './connecting.ts';
import { typedCredentials } from './credentials.ts';
import { type CustomerProblem, type FoundCustomers, LONGEST_CONTACT, LONGEST_CUSTOMER_NAME, type SavedCustomer } from './customer.ts';
import type { CustomerView } from './customer-display.ts';
import type { Diagnostics, DiagnosticsProblem } from './diagnostics.ts';
import { type AppearanceProblem, appearance } from './appearance.ts';
import type { MountOrder, ShowOrder } from './form-order.ts';
import { type ChargedTwice, type GiveBackProblem, type GivenBack, type HistoryPage, type HistoryProblem, LONGEST_SEARCH, REFUND_REASONS, type SaleRecord } from './history.ts';
import { type Insured, LONGEST_INSURED, wrongFields } from './insured.ts';
import { LARGEST_AMOUNT_IN_CENTS } from './money.ts';
import { LINK_SHARES, TRAINING_PAYS } from './pay-link.ts';
import type { AccessProblem } from './pin.ts';
import { CHARGE_DOUBTS, type ChargeProblem, type ConnectProblem } from './problem.ts';
import { COPIES_FOR, type LogoProblem, type PrintProblem, SEND_WAYS, type SendProblem, type SystemPrinter } from './printing.ts';
import { printedPaper, receiptPaper } from './paper.ts';
import type { DayChart, DayView, KeptDay, ReportComparison, ReportProblem, SaveProblem } from './report.ts';
import { ROLLS, type RegisterSettings, type SettingsProblem, registerSettings } from './register-settings.ts';
import type { CopyChanges, CopyProblem } from './settings-copy.ts';
import { foreignId, ownId, reportedText, typedText } from './text.ts';
import { TENDERS } from './tender.ts';
import { READER_PRESSES } from './training-reader.ts';
import type { TillSnapshot } from './till-snapshot.ts';

/** A card number is refused like other wrong values: the page marks them before the call. */
const insured: z.ZodType<Insured> = z
  .strictObject({
    firstName: typedText(LONGEST_INSURED.firstName),
    lastName: typedText(LONGEST_INSURED.lastName),
    email: typedText(LONGEST_INSURED.email),
    state: typedText(LONGEST_INSURED.state),
    postalCode: typedText(LONGEST_INSURED.postalCode),
  })
  .refine((typed) => wrongFields(typed).length === 0);

/**
 * All calls from the windows to main, and all messages from main to them. The till's window has two roles, `till` and `manager`. Main's handlers, the preloads' bridges,
 * the pages' calls and the tests' fakes are all derived from this one object by types, so that none can drift.
 */
export const channels = {
  till: {
    calls: {
      /** The state of the till when its page has loaded; later ones are pushed. */
      snapshot: call<TillSnapshot, never>()(z.undefined()),
      /** The typed amount and description, on every change. Main starts to prepare a checkout at the first digit. */
      edit: call<null, ChargeProblem>()(saleInput({ amountInCents: amount(), description: typedText(10_000) })),
      /** A typed or pasted text did not become an amount. The page shows that; the log gets the reason, without the text. */
      inputRefused: call<null, never>()(saleInput({ what: z.enum(['not-an-amount', 'amount-too-large']) })),
      /** `confirmed`: the warnings that the cashier was shown for this sale, and confirmed. */
      charge: call<null, ChargeProblem | RightProblem>()(saleInput({ amountInCents: amount(), description: typedText(10_000), confirmed: z.array(z.enum(CHARGE_DOUBTS)).max(CHARGE_DOUBTS.length), managerPin: pin().nullable() })),
      /** The customer's tip, asked for since Charge; 0: none. The total is charged. `isConfirmed`: the warning about it was shown. */
      chooseTip: call<null, ChargeProblem | RightProblem>()(saleInput({ tipInCents: amount(), isConfirmed: z.boolean() })),
      /** Leaves the card form before anything was submitted; amount and description come back. */
      goBack: call<null, ChargeProblem>()(saleInput({})),
      tryAgain: call<null, ChargeProblem | RightProblem>()(saleInput({})),
      /** Another way to pay, on the same checkout; before Pay, or after an attempt that took no money. */
      payBy: call<null, ChargeProblem | RightProblem>()(saleInput({ tender: z.enum(TENDERS) })),
      /** The answers to the insurer's questions; the card form opens with them. */
      quoteInsurance: call<null, ChargeProblem | RightProblem>()(saleInput({ insured })),
      /** Ends a sale that was declined or not charged; the next one is empty. */
      cancelSale: call<null, ChargeProblem>()(saleInput({})),
      newSale: call<null, ChargeProblem>()(saleInput({})),
      /** Leaves an unknown outcome, or a link that may still be paid, to the background, and begins the next sale. */
      serveNext: call<null, ChargeProblem>()(saleInput({})),
      /** A late payment is kept, voided or refunded. */
      resolveLatePayment: call<null, ChargeProblem | RightProblem>()(saleInput({ how: z.enum(['keep', 'void', 'refund']), managerPin: pin().nullable() })),
      /** A page of the sales of this register, newest first; `before`: where the page before it ended. */
      listSales: call<HistoryPage, HistoryProblem>()(z.strictObject({ search: reportedText(LONGEST_SEARCH), before: z.int().min(0).nullable() })),
      readSale: call<SaleRecord, HistoryProblem | { readonly kind: 'sale-unknown' }>()(saleInput({})),
      /** The fees that JustiFi could return with a refund, in cents; 0: none. */
      readFees: call<number, HistoryProblem | { readonly kind: 'sale-unknown' }>()(saleInput({})),
      askChargedTwice: call<ChargedTwice, HistoryProblem | { readonly kind: 'sale-unknown' }>()(saleInput({})),
      /** Voids or refunds a sale, whole or in part. */
      giveBack: call<GivenBack, GiveBackProblem | RightProblem>()(
        saleInput({ kind: z.enum(['void', 'refund']), amountInCents: amount(), leftInCents: amount(), reason: z.enum(REFUND_REASONS).nullable(), returnsFees: z.boolean(), managerPin: pin().nullable() }),
      ),
      /** The present report, and a page of the closed ones, newest first; `before`: where the page before it ended. */
      readReport: call<DayView, ReportProblem | RightProblem>()(z.strictObject({ before: z.int().min(0).nullable(), managerPin: pin().nullable() })),
      /** The day by hour and the last days, for the chart and the table beside it. */
      readDayChart: call<DayChart, ReportProblem | RightProblem>()(z.strictObject({ managerPin: pin().nullable() })),
      /** Closes the day. `number`: of the report on the screen, so that a second press closes nothing. */
      closeDay: call<KeptDay, ReportProblem | RightProblem>()(z.strictObject({ number: z.int().min(1), managerPin: pin().nullable() })),
      /** A report to the printer of this register. `sequence`: of a closed day, which is queued like a receipt; null: the present one, answered when it was sent. */
      printReport: call<null, PrintProblem | ReportProblem | RightProblem>()(z.strictObject({ sequence: z.int().min(1).nullable(), managerPin: pin().nullable() })),
      /** The same as a CSV file; the person at the till chooses the path. */
      saveReport: call<null, SaveProblem | ReportProblem | RightProblem>()(z.strictObject({ sequence: z.int().min(1).nullable(), managerPin: pin().nullable() })),
      /** The payments of a report against JustiFi's. Changes nothing, and no closing waits for it. */
      compareReport: call<ReportComparison, ReportProblem | RightProblem>()(z.strictObject({ sequence: z.int().min(1).nullable(), managerPin: pin().nullable() })),
      /** The page failed while it was drawn; it shows that itself. For the log. */
      pageBroke: call<null, never>()(z.strictObject({ detail: reportedText(80) })),
      /** A person is at the screen of the sale: a key, a touch, a pointer. The form is prepared before the first digit. */
      personSeen: call<null, never>()(z.undefined()),
      /** Chromium reports that the network came or went; main checks it itself. */
      networkChanged: call<null, never>()(z.undefined()),
      /** Opens the manager's side. Wrong ones are counted, also over restarts. */
      unlockManager: call<null, AccessProblem>()(z.strictObject({ pin: pin() })),
      /** Opens it without the PIN, with the JustiFi secret of this register's account. */
      proveSecret: call<null, AccessProblem>()(typedCredentials),
      lockManager: call<null, never>()(z.undefined()),
      /** Tries once more to open the account: the keychain was unlocked, or the disk has space again. */
      openAgain: call<null, ChargeProblem>()(z.undefined()),
      /** Training was chosen on the very first screen. */
      beginTraining: call<null, { readonly kind: 'settings-unwritable' }>()(z.undefined()),
      /** In training only: the trainee's action at the card reader that is drawn on the screen. */
      pressTrainingReader: call<null, { readonly kind: 'no-reader' }>()(z.strictObject({ press: z.enum(READER_PRESSES) })),
      /** Shares the link of this sale that is on the screen: to the clipboard, or into the system's program for mail. */
      shareLink: call<null, { readonly kind: 'no-link' | 'not-shared' }>()(saleInput({ by: z.enum(LINK_SHARES) })),
      /** In training only: the customer's action on the page of the link. */
      payTrainingLink: call<null, { readonly kind: 'no-link' }>()(saleInput({ how: z.enum(TRAINING_PAYS) })),
      /** Customers who have saved a card, by name or last four; empty: all, by name. */
      findCustomers: call<FoundCustomers, CustomerProblem | RightProblem>()(z.strictObject({ search: reportedText(LONGEST_CUSTOMER_NAME) })),
      /** The same customer, with JustiFi's present state of the cards. */
      readCustomer: call<SavedCustomer, CustomerProblem | RightProblem>()(z.strictObject({ customerId: ownId })),
      /** Charges a saved card for the sale at the counter. ok: JustiFi is being asked; the snapshot shows how it ended. */
      paySaved: call<null, ChargeProblem | CustomerProblem | RightProblem>()(saleInput({ customerId: ownId, methodId: foreignId(100) })),
      /** The customer has agreed to the words of the offer: the card of this sale is saved, for them or for a customer who is already saved. */
      saveCard: call<null, CustomerProblem | RightProblem>()(
        saleInput({ customerId: ownId.nullable(), name: typedText(LONGEST_CUSTOMER_NAME), phone: typedText(LONGEST_CONTACT), email: typedText(LONGEST_CONTACT), isAgreed: z.literal(true) }),
      ),
      /** A cashier begins to work at the till. The one before is signed out. */
      signIn: call<null, CashierProblem>()(z.strictObject({ cashierId: ownId, pin: pin() })),
      signOut: call<null, CashierProblem>()(z.undefined()),
      /** A receipt, to the printer of this register. The answer comes at once; the result is in the snapshot. */
      printReceipt: call<null, PrintProblem>()(z.strictObject({ paper: receiptPaper, copyFor: z.enum(COPIES_FOR) })),
      /** Cancels the waiting print jobs. */
      skipPrint: call<null, never>()(z.strictObject({ paper: printedPaper })),
      /** Opens the system's program for mail or messages, with the receipt as its text. */
      sendReceipt: call<null, SendProblem>()(z.strictObject({ paper: receiptPaper, by: z.enum(SEND_WAYS) })),
    },
    pushes: {
      snapshot: push<TillSnapshot>(),
    },
  },
  /** SECURITY: main answers these only while the manager's side is open (main/manager/guard.ts); each keeps it open. */
  manager: {
    calls: {
      /** The manager's screen is still in use. */
      stillHere: call<null, never>()(z.undefined()),
      /** `currentPin` may be null when there is none yet, or when the secret was proved just now. */
      setPin: call<null, AccessProblem>()(z.strictObject({ currentPin: pin().nullable(), pin: pin() })),
      /** The till stopped because JustiFi charged another amount; the manager has looked at it, and the till goes on. */
      acknowledgeWrongAmount: call<null, ChargeProblem>()(saleInput({})),
      /** The manager has seen that a bank transfer failed, or that a payment is disputed. */
      acknowledgePaymentTrouble: call<null, ChargeProblem>()(saleInput({})),
      /** The outcome of a payment is still unknown after the week that its checkout is valid, and the manager closes it. */
      endUnresolved: call<null, ChargeProblem>()(saleInput({})),
      /** The manager has seen that the journal was repaired. */
      acknowledgeRepairs: call<null, ChargeProblem>()(z.undefined()),
      /** The manager has seen that the register was copied from another PC. */
      acknowledgeComparison: call<null, ChargeProblem>()(z.undefined()),
      acknowledgeCopy: call<null, { readonly kind: 'settings-unwritable' }>()(z.undefined()),
      /** The present settings for the sales of this register. */
      readSettings: call<RegisterSettings, never>()(z.undefined()),
      changeSettings: call<null, SettingsProblem>()(z.strictObject(registerSettings.shape)),
      /** The settings of this register as a file, at a path that the manager chooses: no secret, no PIN, no account. */
      exportSettings: call<null, CopyProblem>()(z.undefined()),
      /** Reads such a file, and returns the changes that it would make. Nothing is changed yet. */
      readSettingsCopy: call<CopyChanges, CopyProblem>()(z.undefined()),
      /** Applies the file that was read. `keepName`: the register keeps its own name. */
      applySettingsCopy: call<null, SettingsProblem | CopyProblem>()(z.strictObject({ keepName: z.boolean() })),
      /** A receipt with these settings, as a picture; `hasLogo`: it has the picture that was chosen. */
      previewReceipt: call<{ readonly svg: string; readonly hasLogo: boolean }, never>()(z.strictObject({ receipt: registerSettings.shape.receipt.unwrap(), paper: z.enum(ROLLS) })),
      /** Lets the manager choose the picture at the head of each receipt. */
      chooseLogo: call<null, LogoProblem>()(z.undefined()),
      removeLogo: call<null, LogoProblem>()(z.undefined()),
      /** The printers that the system of this PC has. */
      readPrinters: call<readonly SystemPrinter[], never>()(z.undefined()),
      /** To the saved printer: a test page, a pulse for the cash drawer. */
      testPrinter: call<null, PrintProblem>()(z.undefined()),
      openDrawer: call<null, PrintProblem>()(z.undefined()),
      /** Language, colours, sounds: at once, also while a payment is under way. */
      changeAppearance: call<null, AppearanceProblem>()(z.strictObject(appearance.shape)),
      /** A new cashier, or another name or PIN for one: null leaves the PIN as it is. */
      saveCashier: call<null, CashierProblem>()(z.strictObject({ cashierId: ownId.nullable(), name: typedText(LONGEST_CASHIER_NAME), pin: pin().nullable() })),
      removeCashier: call<null, CashierProblem>()(z.strictObject({ cashierId: ownId })),
      /** The card readers of the account, as JustiFi lists them. */
      readCardReaders: call<readonly CardReader[], ReaderProblem>()(z.undefined()),
      /** The reader of this register, and whether customers are asked to pay there first; null: none. */
      pairCardReader: call<null, ReaderProblem>()(z.strictObject({ terminalId: foreignId(100), isFirst: z.boolean() }).nullable()),
      /** Its nickname, at JustiFi. */
      renameCardReader: call<CardReader, ReaderProblem>()(z.strictObject({ terminalId: foreignId(100), name: typedText(100) })),
      /** It shows its name for 20 seconds. */
      identifyCardReader: call<null, ReaderProblem>()(z.strictObject({ terminalId: foreignId(100) })),
      /** Asks the reader itself. */
      checkCardReader: call<{ readonly isConnected: boolean }, ReaderProblem>()(z.strictObject({ terminalId: foreignId(100) })),
      /** As the till's `findCustomers`, also while no cashier is signed in. */
      readCustomers: call<FoundCustomers, CustomerProblem>()(z.strictObject({ search: reportedText(LONGEST_CUSTOMER_NAME) })),
      /** A saved card is taken out of its customer's group at JustiFi, and out of this register. */
      removeSavedCard: call<null, CustomerProblem>()(z.strictObject({ customerId: ownId, methodId: foreignId(100) })),
      /** The same for all cards of a customer, and all other data of them on this register. */
      forgetCustomer: call<null, CustomerProblem>()(z.strictObject({ customerId: ownId })),
      /** A business day of every register of the account, from JustiFi; null: today. Takes as long as JustiFi needs: its progress is in the snapshot. */
      readAllRegisters: call<AllRegisters, AllRegistersProblem>()(z.strictObject({ day: z.iso.date().nullable() })),
      stopAllRegisters: call<null, never>()(z.undefined()),
      /** The day that was read last: to the printer of this register, and as a CSV file at a path that the manager chooses. */
      printAllRegisters: call<null, PrintProblem | AllRegistersProblem>()(z.undefined()),
      saveAllRegisters: call<null, SaveProblem | AllRegistersProblem>()(z.undefined()),
      /** The state of this register, for support by phone. `screen`: the size of the page's window. */
      readDiagnostics: call<Diagnostics, never>()(z.strictObject({ screen: reportedText(80) })),
      exportDiagnostics: call<null, DiagnosticsProblem>()(z.strictObject({ screen: reportedText(80) })),
      /** A page of the audit log, newest first; `before` is the last line of the page before it. */
      readAudit: call<AuditPage, AuditProblem>()(z.strictObject({ filter: auditFilter(), before: z.int().min(1).nullable() })),
      /** Everything that the filter finds, as a CSV file at a path that the manager chooses. */
      exportAudit: call<null, AuditProblem>()(z.strictObject({ filter: auditFilter() })),
      /** The manager has seen that the audit log was repaired, or changed from outside. */
      acknowledgeAuditTrouble: call<null, AuditProblem>()(z.undefined()),
      /**
       * Tries credentials with JustiFi and answers with the sub accounts they may use. Main holds them until `connect`, so that the
       * page need not; null: those of the keychain.
       */
      findSubAccounts: call<SubAccountOffers, ConnectProblem>()(typedCredentials.nullable()),
      /** The sub account that was chosen, or typed; only now the credentials go into the keychain. */
      connect: call<null, ConnectProblem>()(z.strictObject({ subAccountId: typedText(10_000) })),
      /** Tests the connection, one check after the other; changes nothing. */
      testConnection: call<readonly ConnectionCheck[], never>()(z.undefined()),
      /** Forgets the credentials; the till goes back to training mode. `openPayments`: the number of open payments that the manager was shown. With more, main refuses. */
      disconnect: call<null, ConnectProblem>()(z.strictObject({ openPayments: z.int().min(0) })),
    },
    pushes: {},
  },
  /** The customer's screen: it only displays. */
  display: {
    calls: {
      view: call<CustomerView, never>()(z.undefined()),
    },
    pushes: {
      view: push<CustomerView>(),
    },
  },
  checkout: {
    calls: {
      /** The page's script runs and is ready for `mount`. */
      opened: call<null, never>()(z.undefined()),
      /** The card fields are on the page, have their final style, and nothing steals the focus any more. */
      fieldsReady: call<null, never>()(checkoutInput({})),
      /** The confirmed amount is drawn and the form usable: put the window on the screen. */
      drawn: call<null, never>()(checkoutInput({})),
      /** Main presses Tab: only real input reaches into a cross-origin frame. */
      pressTab: call<null, never>()(checkoutInput({})),
      /**
       * The write-ahead point: asked after tokenisation and before the charge. Anything but ok means: do not charge.
       * The amount is the one in the component's own store (it read the checkout once, at mount).
       */
      submit: call<null, { readonly kind: 'amount-changed' | 'not-now' | 'journal-unwritable' }>()(
        // `isAuthorisationShown`: the customer saw the words that they agree to by paying in this way.
        checkoutInput({ componentAmountInCents: z.int().min(0).max(LARGEST_AMOUNT_IN_CENTS).nullable(), methodType: reportedText(40), isAuthorisationShown: z.boolean() }),
      ),
      /** A hint that the component has finished; main asks JustiFi. */
      submitted: call<null, never>()(checkoutInput({ paymentStatus: reportedText(40).nullable() })),
      /** A hint that the component reported an error. It proves nothing about money. */
      failed: call<null, never>()(checkoutInput({ errorCode: reportedText(80) })),
      /** A hint: the HTTP status of the component's own request to pay. Its events do not carry it. */
      answered: call<null, never>()(checkoutInput({ status: z.int().min(0).max(599) })),
      /** Pay was pressed, and the component neither asked to submit nor reported an error. */
      stuck: call<null, never>()(checkoutInput({})),
      /** Every two seconds: the page's script still runs. */
      alive: call<null, never>()(z.undefined()),
      goBack: call<null, never>()(checkoutInput({})),
      /** For the log only: a refused request or an uncaught error on the page. */
      trouble: call<null, never>()(z.strictObject({ what: z.enum(['request-refused', 'uncaught-error', 'component-missing', 'token-refused', 'plaid-unavailable', 'no-insurance', 'sezzle-unavailable']), detail: reportedText(300) })),
    },
    pushes: {
      mount: push<MountOrder>(),
      show: push<ShowOrder>(),
    },
  },
} as const;

export type Role = keyof typeof channels;
type Calls<R extends Role> = (typeof channels)[R]['calls'];
type Pushes<R extends Role> = (typeof channels)[R]['pushes'];
export type CallName<R extends Role> = keyof Calls<R> & string;
export type PushName<R extends Role> = keyof Pushes<R> & string;

type InputOf<C> = C extends Call<infer Input, infer _Value, infer _Failure> ? Input : never;
type ResultOf<C> = C extends { readonly result?: infer R } ? NonNullable<R> : never;
type PayloadOf<P> = P extends { readonly payload?: infer Payload } ? NonNullable<Payload> : never;
type Ask<Input, Answer> = undefined extends Input ? () => Answer : (input: Input) => Answer;

/** The guard refused the call, or main failed on it: the page can only show that it failed. */
export type Refusal = { readonly kind: 'failed'; readonly failure: { readonly kind: 'refused' } };

/** The manager's side is locked, or was locked meanwhile. */
export type Locked = { readonly kind: 'failed'; readonly failure: { readonly kind: 'locked' } };
/** The answers that may replace a call's own. */
export type NoAnswer<R extends Role> = R extends 'manager' ? Refusal | Locked : Refusal;

/** The argument and the answer of one call. */
export type CallInput<R extends Role, Name extends CallName<R>> = InputOf<Calls<R>[Name]>;
export type CallResult<R extends Role, Name extends CallName<R>> = ResultOf<Calls<R>[Name]>;

/** Main's side: one function per call. */
export type Handlers<R extends Role> = {
  readonly [Name in CallName<R>]: Ask<InputOf<Calls<R>[Name]>, Promise<ResultOf<Calls<R>[Name]>>>;
};

/** The page's side, as its preload exposes it: the same calls, which may also be refused, and one listener per push. */
export type Bridge<R extends Role> = {
  readonly [Name in CallName<R>]: Ask<InputOf<Calls<R>[Name]>, Promise<ResultOf<Calls<R>[Name]> | NoAnswer<R>>>;
} & {
  readonly [Name in PushName<R> as `on${Capitalize<Name>}`]: (listener: (payload: PayloadOf<Pushes<R>[Name]>) => void) => () => void;
};

export type PushPayload<R extends Role, Name extends PushName<R>> = PayloadOf<Pushes<R>[Name]>;
