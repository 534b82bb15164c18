import type { AmountProblem } from './money.ts';
import type { DescriptionProblem } from './description.ts';

/**
 * Why a charge could not be started. Nothing was charged in any of these, and what was typed is kept.
 * `code` is small print for whoever helps by phone, never the message itself.
 */
export type ChargeProblem =
  | AmountProblem
  | DescriptionProblem
  | { readonly kind: 'sale-in-progress' }
  | { readonly kind: 'still-starting' }
  | { readonly kind: 'journal-unwritable' }
  | { readonly kind: 'no-connection' }
  | { readonly kind: 'not-set-up'; readonly code: string }
  | { readonly kind: 'keychain-unavailable' }
  | { readonly kind: 'too-many-tries' }
  | { readonly kind: 'service-trouble'; readonly code: string }
  | { readonly kind: 'form-did-not-load' }
  | { readonly kind: 'amount-changed' }
  /** Above the amount from which the shop wants to be asked. */
  | { readonly kind: 'amount-unusual' }
  /** The same amount and description was paid moments ago; charging again has to be meant. */
  | { readonly kind: 'paid-just-now'; readonly secondsAgo: number; readonly last4: string | null };

/** Problems that the cashier may overrule, by pressing Charge once more. */
export const CHARGE_DOUBTS = ['paid-just-now', 'amount-unusual'] as const;
export type ChargeDoubt = (typeof CHARGE_DOUBTS)[number];

/** Why an account could not be connected. Nothing of what was typed is stored in any of these. `code` is small print. */
export type ConnectProblem =
  | { readonly kind: 'client-id-empty' }
  | { readonly kind: 'client-secret-empty' }
  | { readonly kind: 'sub-account-invalid' }
  | { readonly kind: 'sub-account-not-enabled'; readonly status: string }
  | { readonly kind: 'credentials-refused'; readonly code: string }
  | { readonly kind: 'no-permission'; readonly code: string }
  | { readonly kind: 'keychain-unavailable' }
  | { readonly kind: 'no-connection'; readonly code: string }
  | { readonly kind: 'service-trouble'; readonly code: string }
  | { readonly kind: 'sale-in-progress' }
  | { readonly kind: 'settings-unwritable' };
