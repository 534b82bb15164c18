import { z } from 'zod';
import { CURRENCIES, type Currency } from '../../contract/money.ts';
import { type Result, ok } from '../../contract/result.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { JustifiApi } from './api.ts';

/** The shop at JustiFi: payments are made in its name and in its one currency. */
export type SubAccount = { readonly id: string; readonly name: string; readonly status: string; readonly currency: Currency };

const subAccountAnswer = z.object({
  data: z.object({
    id: z.string().min(1),
    name: z.string().nullish(),
    status: z.string().max(60),
    currency: z.string().nullish(),
  }),
});

/** What the cashier is told when JustiFi does not let this sub account take payments; null when it does, or cannot be asked. */
export async function subAccountProblem(api: JustifiApi, subAccountId: string): Promise<ChargeProblem | null> {
  const read = await readSubAccount(api, subAccountId);
  if (read.kind === 'ok') return read.value.status === ENABLED ? null : { kind: 'not-set-up', code: `account-${read.value.status}` };
  const { failure } = read;
  return failure.kind === 'unauthorised' || failure.kind === 'forbidden' || failure.kind === 'invalid' ? { kind: 'not-set-up', code: failure.code } : null;
}

/** Only an enabled sub account can take payments. */
export const ENABLED = 'enabled';

export async function readSubAccount(api: JustifiApi, subAccountId: string): Promise<Result<SubAccount, JustifiFailure>> {
  const answer = await api.send({ method: 'GET', path: `/v1/sub_accounts/${encodeURIComponent(subAccountId)}`, answer: subAccountAnswer });
  if (answer.kind === 'failed') return answer;
  const { id, name, status, currency } = answer.value.data;
  const known = CURRENCIES.find((candidate) => candidate === currency?.toUpperCase());
  return ok({ id, name: name ?? id, status, currency: known ?? 'USD' });
}
