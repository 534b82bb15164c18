import { type Result, assertNever } from '../../../contract/result.ts';
import type { JustifiFailure } from '../justifi-failure.ts';
import type { RequestRefusal } from '../tender.ts';

/**
 * Why JustiFi did not send the payment to the reader; null: whether it did is not known. JustiFi publishes no codes for it, so the reader itself is asked
 * whether it is connected.
 */
export async function whyRefused(failure: JustifiFailure, isConnected: () => Promise<Result<boolean, JustifiFailure>>): Promise<RequestRefusal | null> {
  switch (failure.kind) {
    case 'invalid':
    case 'declined':
    case 'forbidden':
    case 'unauthorised':
      if (failure.status === 404) return { reason: 'reader-removed', isCertain: true };
      return { reason: await whyNotTaken(failure, isConnected), isCertain: true };
    case 'conflict':
      // It may stand for a request that is being carried out.
      return { reason: await whyNotTaken(failure, isConnected), isCertain: false };
    case 'rate-limited':
      return { reason: 'too-many-tries', isCertain: true };
    case 'network':
    case 'server':
    case 'unexpected':
      return null;
    default:
      return assertNever(failure);
  }
}

async function whyNotTaken({ code, kind }: JustifiFailure, isConnected: () => Promise<Result<boolean, JustifiFailure>>): Promise<RequestRefusal['reason']> {
  const connected = await isConnected();
  if (connected.kind === 'failed') return connected.failure.kind === 'invalid' && connected.failure.status === 404 ? 'reader-removed' : 'reader-refused';
  if (!connected.value) return 'reader-offline';
  return kind === 'conflict' || /busy|in_use|in_progress/u.test(code) ? 'reader-busy' : 'reader-refused';
}
