import { z } from 'zod';
import { answeredId, reportedText } from '../../contract/text.ts';
import type { PaidWith } from '../../contract/till-snapshot.ts';

export const cents = z.int().min(0);
export const word = reportedText(60);
/** An id that may not exist yet; an empty one counts as none. */
export const maybeId = z.union([answeredId, z.literal('').transform(() => null)]).nullish();

/** "visa", "american_express". */
const BRAND = /^[A-Za-z][A-Za-z _-]{0,29}$/u;

/** The payment method of a payment, or of the payment inside a completion. */
export const paymentMethod = z.object({
  card: z.object({ brand: word.nullish(), acct_last_four: z.string().nullish() }).nullish(),
  card_present: z.object({ brand: word.nullish(), last4: z.string().nullish() }).nullish(),
  bank_account: z.object({ acct_last_four: z.string().nullish() }).nullish(),
});

/** The parts that may be shown: last four at most. */
export function paidWith(method: z.infer<typeof paymentMethod> | null | undefined): PaidWith {
  const last4 = method?.card?.acct_last_four ?? method?.card_present?.last4 ?? method?.bank_account?.acct_last_four ?? null;
  return {
    kind: method?.card ? 'card' : method?.card_present ? 'card-present' : method?.bank_account ? 'bank' : 'unknown',
    // Letters, never a number, because it is kept with the sale.
    brand: BRAND.exec(method?.card?.brand ?? method?.card_present?.brand ?? '')?.[0] ?? null,
    last4: last4 !== null && /^\d{4}$/u.test(last4) ? last4 : null,
  };
}

/** UTC, ISO 8601; null: it is missing, or no time. */
export function timeOf(text: string | null | undefined): string | null {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
