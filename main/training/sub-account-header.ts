import { type Result, failed, ok } from '../../contract/result.ts';
import type { Refusal } from './exchange.ts';
import { refuse } from './refusal.ts';
import type { SubAccount } from './sub-account.ts';
import type { Call, World } from './world.ts';

export function findSubAccount(world: World, id: string): SubAccount | undefined {
  return world.settings().subAccounts.find((account) => account.id === id);
}

/** The account that a call is for, from its `Sub-Account` header. */
export function requiredSubAccount(world: World, call: Call): Result<SubAccount, Refusal> {
  if (call.subAccountId === undefined) return failed(refuse('sub_account_header_required', { param: 'base' }));
  const account = findSubAccount(world, call.subAccountId);
  return account ? ok(account) : failed(refuse('resource_not_found'));
}

/**
 * Whether the header names another account than the record's. Where JustiFi publishes the header as optional, or none at
 * all, it may be left out; a wrong one finds nothing. (The status is not published.)
 */
export function isOfAnother({ books }: World, id: string, subAccountId: string | undefined): boolean {
  const { checkouts, payments, refunds, paymentMethods, paymentMethodGroups, terminals } = books;
  const refunded = payments.get(refunds.get(id)?.paymentId ?? '');
  const record = checkouts.get(id) ?? payments.get(id) ?? refunded ?? paymentMethods.get(id) ?? paymentMethodGroups.get(id) ?? terminals.get(id);
  return subAccountId !== undefined && record !== undefined && record.accountId !== subAccountId;
}
