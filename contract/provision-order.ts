import { z } from 'zod';
import { LONGEST_CASHIER_NAME, MOST_CASHIERS } from './cashier.ts';
import type { Credentials } from './credentials.ts';
import { parseJson } from './json.ts';
import { type Result, failed, ok } from './result.ts';
import { plainText, secretText, typedText } from './text.ts';

const secret = secretText(10_000);
const cashiers = z.array(z.strictObject({ name: plainText(LONGEST_CASHIER_NAME, 1), pin: secret })).max(MOST_CASHIERS).default([]);
const rest = { subAccountId: typedText(10_000), registerName: plainText(60, 1).optional(), replace: z.boolean().default(false), leaveOpenPayments: z.boolean().default(false), managerPin: secret.optional(), oldSecret: secret.optional(), newManagerPin: secret.optional(), cashiers };

/** The administrator's order for `counter --provision` (docs/operator.md): one of the two kinds of credentials, and the account. */
export const provisionOrder = z.union([z.strictObject({ clientId: secret, clientSecret: secret, ...rest }), z.strictObject({ brokerUrl: secret, registerKey: secret, ...rest })]);

export type ProvisionOrder = {
  readonly credentials: Credentials;
  readonly subAccountId: string;
  /** Undefined leaves it as it is. */
  readonly registerName: string | undefined;
  /** Allows the order to replace a connected account. */
  readonly replace: boolean;
  /** Allows open payments of the account before: JustiFi cannot be asked about them until it is reconnected. */
  readonly leaveOpenPayments: boolean;
  /** Proof that the order may replace the account: the manager's PIN, or the secret or register key in use. */
  readonly proof: { readonly managerPin: string | undefined; readonly oldSecret: string | undefined };
  /** The new manager's PIN; undefined leaves it as it is. */
  readonly newManagerPin: string | undefined;
  /** Each is added; an existing one, by name, gets this PIN. */
  readonly cashiers: readonly { readonly name: string; readonly pin: string }[];
};

/** Far more than the longest order. */
export const LONGEST_PROVISION_ORDER = 64_000;

export function readProvisionOrder(input: string): Result<ProvisionOrder, { readonly kind: 'order-invalid' }> {
  const parsed = provisionOrder.safeParse(parseJson(input));
  if (!parsed.success) return failed({ kind: 'order-invalid' });
  const { data } = parsed;
  const { subAccountId, registerName, replace, leaveOpenPayments, managerPin, oldSecret, newManagerPin, cashiers: people } = data;
  const credentials: Credentials = 'brokerUrl' in data ? { kind: 'broker', url: data.brokerUrl, key: data.registerKey } : { kind: 'client', clientId: data.clientId, clientSecret: data.clientSecret };
  return ok({ credentials, subAccountId, registerName, replace, leaveOpenPayments, proof: { managerPin, oldSecret }, newManagerPin, cashiers: people });
}
