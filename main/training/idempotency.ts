import { createHash } from 'node:crypto';
import type { Books } from './books.ts';
import type { Outcome } from './exchange.ts';
import { refuse } from './refusal.ts';

const MAXIMUM_KEY_LENGTH = 100;

/**
 * Does something at most once per idempotency key, by JustiFi's published rules.
 *
 * A successful answer is kept and given again to the same request; a refused one is not kept, so that a retry is tried.
 */
export async function once(
  books: Books,
  key: string,
  request: { readonly method: string; readonly path: string; readonly subAccountId: string | undefined; readonly body: unknown },
  perform: () => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  if (key.length > MAXIMUM_KEY_LENGTH) return refuse('idempotency_key_too_long');
  const parameters = createHash('sha256')
    .update(JSON.stringify([request.method, request.path, request.subAccountId ?? null, request.body ?? null]))
    .digest('base64');
  const earlier = books.idempotency.get(key);
  if (earlier) {
    if (earlier.parameters !== parameters) return refuse('idempotency_params_mismatch');
    return earlier.kind === 'answered' ? earlier.outcome : refuse('idempotency_concurrent_request');
  }
  books.idempotency.set(key, { kind: 'in-progress', parameters });
  try {
    const outcome = await perform();
    if (outcome.kind === 'refused') books.idempotency.delete(key);
    else books.idempotency.set(key, { kind: 'answered', parameters, outcome });
    return outcome;
  } catch (bug) {
    books.idempotency.delete(key);
    throw bug;
  }
}
