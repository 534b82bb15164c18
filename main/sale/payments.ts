import type { Result } from '../../contract/result.ts';
import type { JustifiFailure } from './justifi-failure.ts';

/** Giving a payment back. Each is asked with a key that was journaled before: a repeat changes nothing. */
export type Payments = {
  /** Undoes the whole payment; JustiFi allows it for 25 minutes. */
  void(paymentId: string, idempotencyKey: string): Promise<Result<null, JustifiFailure>>;
  refund(paymentId: string, amountInCents: number, idempotencyKey: string): Promise<Result<null, JustifiFailure>>;
};
