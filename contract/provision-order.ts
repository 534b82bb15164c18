import { z } from 'zod';
import type { Credentials } from './credentials.ts';
import { parseJson } from './json.ts';
import { type Result, failed, ok } from './result.ts';

const text = z.string().max(10_000);
const rest = { subAccountId: text, registerName: z.string().trim().min(1).max(60).optional(), replace: z.boolean().default(false) };

/** What an administrator gives to `counter --provision` (docs/operator.md): one of the two kinds of credentials, and whose payments they take. */
const provisionOrder = z.union([z.strictObject({ clientId: text, clientSecret: text, ...rest }), z.strictObject({ brokerUrl: text, registerKey: text, ...rest })]);

export type ProvisionOrder = {
  readonly credentials: Credentials;
  readonly subAccountId: string;
  /** Undefined leaves it as it is. */
  readonly registerName: string | undefined;
  /** There may be an account already. */
  readonly replace: boolean;
};

/** Far more than the longest order. */
export const LONGEST_PROVISION_ORDER = 64_000;

export function readProvisionOrder(input: string): Result<ProvisionOrder, { readonly kind: 'order-invalid' }> {
  const parsed = provisionOrder.safeParse(parseJson(input));
  if (!parsed.success) return failed({ kind: 'order-invalid' });
  const { data } = parsed;
  const { subAccountId, registerName, replace } = data;
  const credentials: Credentials = 'brokerUrl' in data ? { kind: 'broker', url: data.brokerUrl, key: data.registerKey } : { kind: 'client', clientId: data.clientId, clientSecret: data.clientSecret };
  return ok({ credentials, subAccountId, registerName, replace });
}
