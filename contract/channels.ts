import { z } from 'zod';
import { AUDIT_GROUP_NAMES, type AuditPage, type AuditProblem } from './audit.ts';
import { type CashierProblem, LONGEST_CASHIER_NAME, type RightProblem } from './cashier.ts';
import type { ConnectionCheck, SubAccountOffers } from './connecting.ts';
import { typedCredentials } from './credentials.ts';
import type { CustomerView } from './customer-display.ts';
import type { Diagnostics, DiagnosticsProblem } from './diagnostics.ts';
import { type Look, type LookProblem, look } from './look.ts';
import { LARGEST_AMOUNT_IN_CENTS } from './money.ts';
import { type AccessProblem, LONGEST_PIN } from './pin.ts';
import { CHARGE_DOUBTS, type ChargeProblem, type ConnectProblem } from './problem.ts';
import { type RegisterSettings, type SettingsProblem, registerSettings } from './register-settings.ts';
import type { Result } from './result.ts';
import type { CopyChanges, CopyProblem } from './settings-copy.ts';
import type { Mode, TillSnapshot } from './till-snapshot.ts';

/**
 * Everything the windows may ask of main, and everything main may tell them. The till's window has two roles, `till` and `manager`. Main's handlers, the preloads' bridges,
 * the pages' calls and the tests' fakes are all derived from this one object by types, so that none can drift.
 */
export const channels = {
  till: {
    calls: {
      /** The state of the till, once, when its page has loaded; later ones are pushed. */
      snapshot: call<TillSnapshot, never>()(z.undefined()),
      /** What is being typed, on every change. Main starts to prepare a checkout at the first digit. */
      edit: call<null, ChargeProblem>()(saleInput({ amountInCents: amount(), description: text(10_000) })),
      /** Something typed or pasted did not become an amount. The page says so itself; only the log is told, and not what it was. */
      inputRefused: call<null, never>()(saleInput({ what: z.enum(['not-an-amount', 'amount-too-large']) })),
      /** `confirmed`: the doubts that the cashier was shown for this sale, and overruled. */
      charge: call<null, ChargeProblem | RightProblem>()(saleInput({ amountInCents: amount(), description: text(10_000), confirmed: z.array(z.enum(CHARGE_DOUBTS)).max(CHARGE_DOUBTS.length), managerPin: pin().nullable() })),
      /** Leaves the card form before anything was submitted; amount and description come back. */
      goBack: call<null, ChargeProblem>()(saleInput({})),
      tryAgain: call<null, ChargeProblem | RightProblem>()(saleInput({})),
      newSale: call<null, ChargeProblem>()(saleInput({})),
      /** Leaves an unknown outcome to the background and begins the next sale. */
      serveNext: call<null, ChargeProblem>()(saleInput({})),
      /** A late payment is kept, voided or refunded. */
      settleLate: call<null, ChargeProblem | RightProblem>()(saleInput({ how: z.enum(['keep', 'void', 'refund']), managerPin: pin().nullable() })),
      /** The page failed while it was drawn; it says so itself, and the log has to know. */
      pageBroke: call<null, never>()(z.strictObject({ detail: text(80) })),
      /** The browser says that the network came or went; main looks for itself. */
      networkChanged: call<null, never>()(z.undefined()),
      /** Opens the manager's side. Wrong ones are counted, also over restarts. */
      unlockManager: call<null, AccessProblem>()(z.strictObject({ pin: pin() })),
      /** Opens it without the PIN, for whoever knows the JustiFi secret of this register's account. */
      proveSecret: call<null, AccessProblem>()(typedCredentials),
      lockManager: call<null, never>()(z.undefined()),
      /** Tries once more to open the account: the keychain was unlocked, the disk has room again. */
      openAgain: call<null, ChargeProblem>()(z.undefined()),
      /** Somebody has chosen training on the very first screen. */
      beginTraining: call<null, { readonly kind: 'settings-unwritable' }>()(z.undefined()),
      /** A cashier begins to work at the till. Whoever was there before is signed out. */
      signIn: call<null, CashierProblem>()(z.strictObject({ cashierId: text(60), pin: pin() })),
      signOut: call<null, CashierProblem>()(z.undefined()),
    },
    pushes: {
      snapshot: push<TillSnapshot>(),
    },
  },
  /** SECURITY: main answers these only while the manager's side is open (main/manager/guard.ts); each keeps it open. */
  manager: {
    calls: {
      /** Somebody is still at work on the manager's screen. */
      stillHere: call<null, never>()(z.undefined()),
      /** `currentPin` may be null when there is none yet, or when the secret was proved just now. */
      setPin: call<null, AccessProblem>()(z.strictObject({ currentPin: pin().nullable(), pin: pin() })),
      /** The till stopped because JustiFi charged another amount; the manager has looked at it, and the till goes on. */
      wrongAmountSeen: call<null, ChargeProblem>()(saleInput({})),
      /** JustiFi has not said within the week of a checkout how its payment ended, and the manager ends it. */
      endUnresolved: call<null, ChargeProblem>()(saleInput({})),
      /** The manager has seen that the journal was repaired. */
      settleRepairs: call<null, ChargeProblem>()(z.undefined()),
      /** What can be set for the sales of this register, as it is now. */
      readSettings: call<RegisterSettings, never>()(z.undefined()),
      changeSettings: call<null, SettingsProblem>()(z.strictObject(registerSettings.shape)),
      /** The settings of this register as a file where the manager wants it: no secret, no PIN, no account. */
      exportSettings: call<null, CopyProblem>()(z.undefined()),
      /** Reads such a file, and says what it would change. Nothing is changed yet. */
      readSettingsCopy: call<CopyChanges, CopyProblem>()(z.undefined()),
      /** Takes over what was read. `keepName`: the register keeps its own name. */
      applySettingsCopy: call<null, SettingsProblem | CopyProblem>()(z.strictObject({ keepName: z.boolean() })),
      /** Language, colours, sounds: at once, also while a payment is under way. */
      changeLook: call<null, LookProblem>()(z.strictObject(look.shape)),
      /** A new cashier, or another name or PIN for one: null leaves the PIN as it is. */
      saveCashier: call<null, CashierProblem>()(z.strictObject({ cashierId: text(60).nullable(), name: text(LONGEST_CASHIER_NAME), pin: pin().nullable() })),
      removeCashier: call<null, CashierProblem>()(z.strictObject({ cashierId: text(60) })),
      /** How this register does, for whoever helps by phone. `screen`: the size of the page's own window. */
      readDiagnostics: call<Diagnostics, never>()(z.strictObject({ screen: text(80) })),
      exportDiagnostics: call<null, DiagnosticsProblem>()(z.strictObject({ screen: text(80) })),
      /** A page of the audit log, newest first; `before` is the last line of the page before it. */
      readAudit: call<AuditPage, AuditProblem>()(z.strictObject({ filter: auditFilter(), before: z.int().min(1).nullable() })),
      /** Everything that the filter finds, as a CSV file where the manager wants it. */
      exportAudit: call<null, AuditProblem>()(z.strictObject({ filter: auditFilter() })),
      /** The manager has seen that the audit log was repaired, or changed from outside. */
      settleAuditTrouble: call<null, AuditProblem>()(z.undefined()),
      /**
       * Tries credentials with JustiFi and answers with the sub accounts they may use. Main holds them until `connect`, so that the
       * page need not; null: those of the keychain.
       */
      findSubAccounts: call<SubAccountOffers, ConnectProblem>()(typedCredentials.nullable()),
      /** The sub account that was chosen, or typed; only now the credentials go into the keychain. */
      connect: call<null, ConnectProblem>()(z.strictObject({ subAccountId: text(10_000) })),
      /** Looks at the connection as it is, one thing after the other; changes nothing. */
      testConnection: call<readonly ConnectionCheck[], never>()(z.undefined()),
      /** Forgets the credentials; the till goes back to training mode. */
      disconnect: call<null, ConnectProblem>()(z.undefined()),
    },
    pushes: {},
  },
  /** The customer's screen: it looks, and can do nothing. */
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
      /** The page's script runs and waits for `mount`. */
      opened: call<null, never>()(z.undefined()),
      /** The card fields are on the page, have their final style, and nothing steals the focus any more. */
      fieldsReady: call<null, never>()(checkoutInput({})),
      /** The confirmed amount is drawn and the form usable: put the window on the screen. */
      drawn: call<null, never>()(checkoutInput({})),
      /** Please press Tab for me: only real input reaches into a cross-origin frame. */
      pressTab: call<null, never>()(checkoutInput({})),
      /**
       * The write-ahead point: asked after tokenisation and before the charge. Anything but ok means: do not charge.
       * The amount is what the component's own store believes (it read the checkout once, at mount).
       */
      submit: call<null, { readonly kind: 'amount-changed' | 'not-now' | 'journal-unwritable' }>()(
        checkoutInput({ componentAmountInCents: z.int().min(0).max(LARGEST_AMOUNT_IN_CENTS).nullable(), methodType: text(40) }),
      ),
      /** A hint that the component believes it is done; main asks JustiFi. */
      submitted: call<null, never>()(checkoutInput({ paymentStatus: text(40).nullable() })),
      /** A hint that the component reported an error. Says nothing about money. */
      failed: call<null, never>()(checkoutInput({ errorCode: text(80) })),
      /** A hint: the HTTP status of the component's own request to pay. Its events tell nothing of it. */
      answered: call<null, never>()(checkoutInput({ status: z.int().min(0).max(599) })),
      /** Pay was pressed, and the component neither asked to submit nor reported an error. */
      stuck: call<null, never>()(checkoutInput({})),
      /** Every two seconds: the page's script still runs. */
      alive: call<null, never>()(z.undefined()),
      goBack: call<null, never>()(checkoutInput({})),
      /** Something on the page went wrong that only the log should know: a refused request, an uncaught error. */
      trouble: call<null, never>()(z.strictObject({ what: z.enum(['request-refused', 'uncaught-error', 'component-missing']), detail: text(300) })),
    },
    pushes: {
      mount: push<MountOrder>(),
      show: push<ShowOrder>(),
    },
  },
} as const;

/** What the checkout page needs to mount JustiFi's component, hidden. Origins are null for JustiFi's own. */
export type MountOrder = {
  readonly checkoutId: string;
  readonly componentToken: string;
  readonly apiOrigin: string | null;
  readonly fieldOrigin: string | null;
  readonly cards: boolean;
  readonly bankAccounts: boolean;
  /** `short`: a postal code, or a name, instead of a whole address. */
  readonly billing: 'short' | 'full';
};

/** What the page shows above the form, from JustiFi's confirmed answer; until it comes, the form is inert. */
export type ShowOrder = {
  readonly checkoutId: string;
  readonly amountInCents: number;
  readonly currency: 'USD' | 'CAD';
  readonly description: string;
  readonly mode: Mode;
  readonly language: Look['language'];
};

export type Role = keyof typeof channels;
type Calls<R extends Role> = (typeof channels)[R]['calls'];
type Pushes<R extends Role> = (typeof channels)[R]['pushes'];
export type CallName<R extends Role> = keyof Calls<R> & string;
export type PushName<R extends Role> = keyof Pushes<R> & string;

type Call<Input, Value, Failure> = { readonly input: z.ZodType<Input>; readonly result?: Result<Value, Failure> };
type Push<Payload> = { readonly payload?: Payload };
type InputOf<C> = C extends Call<infer Input, infer _Value, infer _Failure> ? Input : never;
type ResultOf<C> = C extends { readonly result?: infer R } ? NonNullable<R> : never;
type PayloadOf<P> = P extends { readonly payload?: infer Payload } ? NonNullable<Payload> : never;
type Ask<Input, Answer> = undefined extends Input ? () => Answer : (input: Input) => Answer;

/** The guard turned the call away, or main failed on it: the page can only say that it did not work. */
export type Refusal = { readonly kind: 'failed'; readonly failure: { readonly kind: 'refused' } };

/** The manager's side is locked, or locked itself meanwhile. */
export type Locked = { readonly kind: 'failed'; readonly failure: { readonly kind: 'locked' } };
/** What may come instead of a call's own answer. */
export type NoAnswer<R extends Role> = R extends 'manager' ? Refusal | Locked : Refusal;

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

function call<Value, Failure>() {
  return <Input>(input: z.ZodType<Input>): Call<Input, Value, Failure> => ({ input });
}

function push<Payload>(): Push<Payload> {
  return {};
}

function amount() {
  return z.int().min(0).max(LARGEST_AMOUNT_IN_CENTS);
}

/** Longer than any PIN, so that a page can say "too long" itself; what is no digit main refuses as too short. */
function pin() {
  return z.string().max(4 * LONGEST_PIN);
}

function auditFilter() {
  return z.strictObject({ group: z.enum(AUDIT_GROUP_NAMES).nullable(), who: text(60).nullable(), day: z.iso.date().nullable() });
}

function text(longest: number) {
  return z.string().max(longest);
}

/** Every intent names the sale it means, so that a late click can never act on the next one. */
function saleInput<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ saleId: z.string().max(60), ...shape });
}

function checkoutInput<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ checkoutId: z.string().max(100), ...shape });
}
