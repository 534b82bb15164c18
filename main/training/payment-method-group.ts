import { z } from 'zod';
import type { PaymentMethod, PaymentMethodGroup } from './books.ts';
import { envelope, type Outcome } from './exchange.ts';
import { pageOf } from './page.ts';
import { refuse } from './refusal.ts';
import { readBody } from './request-body.ts';
import { platformAccountId } from './sub-account.ts';
import { requiredSubAccount } from './sub-account-header.ts';
import type { Call, World } from './world.ts';

const patchRequest = z.object({ payment_method_ids: z.array(z.string()) });

export function createPaymentMethodGroup(world: World, call: Call): Outcome {
  const subAccount = requiredSubAccount(world, call);
  if (subAccount.kind === 'failed') return subAccount.failure;
  const group = { id: world.newId('pmg'), accountId: subAccount.value.id, createdAt: world.now() };
  world.books.paymentMethodGroups.set(group.id, group);
  return done(201, group);
}

export function listPaymentMethodGroups(world: World, call: Call): Outcome {
  const groups = [...world.books.paymentMethodGroups.values()].filter(
    (group) => call.subAccountId === undefined || call.subAccountId === group.accountId,
  );
  return pageOf(groups, call.query, (group) => group.createdAt, render);
}

export function getPaymentMethodGroup(world: World, call: Call): Outcome {
  const group = world.books.paymentMethodGroups.get(call.id);
  return group ? done(200, group) : refuse('resource_not_found');
}

export function patchPaymentMethodGroup(world: World, call: Call): Outcome {
  const group = world.books.paymentMethodGroups.get(call.id);
  if (!group) return refuse('resource_not_found');
  const read = readBody(patchRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  const methods = read.value.payment_method_ids.map((id) => world.books.paymentMethods.get(id));
  if (!methods.every((method) => method !== undefined && method.accountId === group.accountId)) {
    return refuse('payment_method_not_found');
  }
  // JustiFi does not document whether the list is added or replaces the one before.
  if (world.settings().groupChanges === 'replace') for (const method of methodsOfGroup(world, group.id)) moveToGroup(world, method, null);
  for (const id of read.value.payment_method_ids) moveToGroup(world, world.books.paymentMethods.get(id), group.id);
  return done(200, group);
}

export function removeFromPaymentMethodGroup(world: World, call: Call): Outcome {
  const group = world.books.paymentMethodGroups.get(call.id);
  const method = world.books.paymentMethods.get(call.memberId);
  if (!group || method?.paymentMethodGroupId !== group.id) return refuse('resource_not_found');
  moveToGroup(world, method, null);
  return done(200, group);
}

/** The methods that a checkout with this group offers its customer. */
export function methodsOfGroup(world: World, groupId: string): PaymentMethod[] {
  return [...world.books.paymentMethods.values()].filter((method) => method.paymentMethodGroupId === groupId);
}

function moveToGroup(world: World, method: PaymentMethod | undefined, groupId: string | null): void {
  if (method) world.books.paymentMethods.set(method.id, { ...method, paymentMethodGroupId: groupId });
}

function render(group: PaymentMethodGroup) {
  return { id: group.id, account_id: group.accountId, platform_account_id: platformAccountId };
}

function done(status: 200 | 201, group: PaymentMethodGroup): Outcome {
  return { kind: 'done', status, body: envelope('payment_method_group', render(group)) };
}
