import { z } from 'zod';
import type { PaidWith } from '../../contract/till-snapshot.ts';

export const cents = z.int().min(0);
export const word = z.string().max(60);

/** "visa", "american_express". */
const BRAND = /^[A-Za-z][A-Za-z _-]{0,29}$/u;

/** How it was paid, in a payment and in the payment inside a completion. */
export const paymentMethod = z.object({
  card: z.object({ brand: word.nullish(), acct_last_four: z.string().nullish() }).nullish(),
  bank_account: z.object({ acct_last_four: z.string().nullish() }).nullish(),
});

/** As far as it may be shown: last four at most. */
export function paidWith(method: z.infer<typeof paymentMethod> | null | undefined): PaidWith {
  const last4 = method?.card?.acct_last_four ?? method?.bank_account?.acct_last_four ?? null;
  return {
    kind: method?.card ? 'card' : method?.bank_account ? 'bank' : 'unknown',
    // A word, never a number: it is kept with the sale.
    brand: BRAND.exec(method?.card?.brand ?? '')?.[0] ?? null,
    last4: last4 !== null && /^\d{4}$/u.test(last4) ? last4 : null,
  };
}
