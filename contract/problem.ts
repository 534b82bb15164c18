import type { ConnectionFailure } from './connection-failure.ts';
import type { CredentialsProblem } from './credentials.ts';
import type { AmountProblem } from './money.ts';
import type { DescriptionProblem } from './description.ts';

/**
 * Why a charge could not be started. Nothing was charged in any of these, and the typed text is kept.
 * `code` is small print for support by phone, never the message itself.
 */
export type ChargeProblem =
  | AmountProblem
  | DescriptionProblem
  | { readonly kind: 'sale-in-progress' }
  | { readonly kind: 'still-starting' }
  | JournalProblem
  | NoConnection
  | { readonly kind: 'not-set-up'; readonly code: string }
  | { readonly kind: StopReason }
  | { readonly kind: 'too-many-tries' }
  | { readonly kind: 'service-trouble'; readonly code: string }
  | { readonly kind: 'form-did-not-load' }
  | { readonly kind: 'amount-changed' }
  /** Above the amount from which a charge has to be confirmed. */
  | { readonly kind: 'amount-unusual' }
  /** The same amount and description was paid moments ago; charging again has to be confirmed. */
  | { readonly kind: 'paid-just-now'; readonly secondsAgo: number; readonly last4: string | null }
  /** An earlier sale of the same amount and description may still be paid: JustiFi has not said how it ended, or its customer has a link. Charging again has to be confirmed. */
  | { readonly kind: 'may-still-be-paid' };

/** JustiFi was not reached. */
export type NoConnection = { readonly kind: 'no-connection' } & ConnectionFailure;

/** Why the journal takes no entry. `journal-in-use`: another program holds it, and the call is retried. */
export type JournalProblem = { readonly kind: 'journal-unwritable' | 'journal-in-use' | 'journal-of-newer-counter' };

/** Problems that the cashier may confirm, by pressing Charge once more. */
export const CHARGE_DOUBTS = ['paid-just-now', 'amount-unusual', 'may-still-be-paid'] as const;
export type ChargeDoubt = (typeof CHARGE_DOUBTS)[number];

/** Why the keychain could not be used. */
export type KeychainProblem =
  /** An expected item is missing: a locked and an empty keychain look the same (the Secret Service cannot tell them apart). */
  | 'keychain-locked'
  /** No keychain service runs, or it refuses Counter. */
  | 'keychain-unavailable'
  /** Its item was not written by Counter. */
  | 'keychain-damaged';

/** Why the till takes no payments, not even in training: an account may be missing. */
export type StopReason =
  /** The settings are missing, and keychain or journals show that there was an account. */
  | 'settings-missing'
  /** The settings are those of another register, or of another time. */
  | 'settings-foreign'
  | KeychainProblem;

/** Why an account could not be connected. None of the typed values is stored in any of these. `code` is small print. */
export type ConnectProblem =
  | CredentialsProblem
  | { readonly kind: 'sub-account-invalid' }
  | { readonly kind: 'sub-account-not-enabled'; readonly status: string }
  | { readonly kind: 'sub-account-not-ready' }
  | { readonly kind: 'currency-unknown' }
  /** A test key and a live sub account, or the other way round. */
  | { readonly kind: 'mode-mixed' }
  /** The credentials were typed too long ago, or the manager's side was locked meanwhile. */
  | { readonly kind: 'credentials-forgotten' }
  | { readonly kind: 'credentials-refused'; readonly code: string }
  | { readonly kind: 'broker-refused'; readonly code: string }
  | { readonly kind: 'broker-unreachable'; readonly code: string }
  | { readonly kind: 'no-permission'; readonly code: string }
  | { readonly kind: KeychainProblem }
  | NoConnection
  | { readonly kind: 'form-unreachable'; readonly code: string }
  | { readonly kind: 'service-trouble'; readonly code: string }
  | { readonly kind: 'sale-in-progress' }
  /** Payments of the shop before that are not final yet: only its credentials can read them. */
  | { readonly kind: 'payments-open'; readonly count: number }
  | { readonly kind: 'settings-unwritable' };
