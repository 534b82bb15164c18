import { type Result, failed, ok } from '../../../contract/result.ts';
import type { Checkouts } from '../checkout.ts';
import type { CheckoutForm, CheckoutFormListener, CheckoutForms } from './checkout-form.ts';
import type { JustifiFailure } from '../justifi-failure.ts';

/** A document with JustiFi's component mounted on one checkout, and the age of its token. */
export type MountedForm = { readonly form: CheckoutForm; readonly tokenSinceMs: number };

export type MountParts = { readonly checkouts: Checkouts; readonly forms: CheckoutForms; readonly monotonicMs: () => number };

/** Fetches a token for this checkout and mounts the component with it, hidden. Monotonic ms; the token lives 60 minutes. */
export async function mountForm(parts: MountParts, checkoutId: string, listener: CheckoutFormListener): Promise<Result<MountedForm, JustifiFailure>> {
  const tokenSinceMs = parts.monotonicMs();
  const token = await parts.checkouts.issueComponentToken(checkoutId);
  if (token.kind === 'failed') return failed(token.failure);
  return ok({ form: parts.forms.open({ checkoutId, componentToken: token.value }, listener), tokenSinceMs });
}
