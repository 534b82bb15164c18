import { type Result, failed, ok } from '../../contract/result.ts';
import { type Outcome, type Refusal, envelope } from './exchange.ts';
import { pageOf } from './page.ts';
import { refuse } from './refusal.ts';
import type { Call, World } from './world.ts';

export type SubAccount = {
  readonly id: string;
  readonly name: string;
  readonly currency: 'usd' | 'cad';
  readonly status: 'created' | 'submitted' | 'information_needed' | 'rejected' | 'enabled' | 'disabled' | 'archived';
  /** Test where it is not said. */
  readonly accountType?: 'test' | 'live';
};

export const platformAccountId = 'acc_trainingPlatform';

/** The sub accounts of the training platform: the shop itself, a Canadian one, and one that may not process. */
export const trainingSubAccounts: readonly SubAccount[] = [
  { id: 'acc_trainingShop', name: 'Training Shop', currency: 'usd', status: 'enabled' },
  { id: 'acc_trainingShopCanada', name: 'Training Shop Canada', currency: 'cad', status: 'enabled' },
  { id: 'acc_trainingShopClosed', name: 'Training Shop (disabled)', currency: 'usd', status: 'disabled' },
];

export function findSubAccount(world: World, id: string): SubAccount | undefined {
  return world.settings().subAccounts.find((account) => account.id === id);
}

/** The account that a call is for, from its `Sub-Account` header. */
export function requiredSubAccount(world: World, call: Call): Result<SubAccount, Refusal> {
  if (call.subAccountId === undefined) return failed(refuse('sub_account_header_required', { param: 'base' }));
  const account = findSubAccount(world, call.subAccountId);
  return account ? ok(account) : failed(refuse('resource_not_found'));
}

export function listSubAccounts(world: World, call: Call): Outcome {
  const status = call.query.get('status');
  const accounts = world
    .settings()
    .subAccounts.filter((account) => (status === null ? account.status !== 'archived' : account.status === status));
  return pageOf(accounts, call.query, () => OPENED_AT, (account) => renderSubAccount(account));
}

export function getSubAccount(world: World, call: Call): Outcome {
  const account = findSubAccount(world, call.id);
  if (!account) return refuse('resource_not_found');
  return { kind: 'done', status: 200, body: envelope('sub_account', renderSubAccount(account)) };
}

export function getSubAccountSettings(world: World, call: Call): Outcome {
  const account = findSubAccount(world, call.id);
  if (!account) return refuse('resource_not_found');
  const id = `stpy_${suffix(account)}`;
  const data = {
    id,
    payments: { id, account_id: account.id, mcc_code: '5999', card_present: false, platform_wallet_account: false, ...paymentSettings(account) },
    payouts: {
      id: `stpo_${suffix(account)}`,
      enabled: true,
      statement_descriptor: 'Training Shop',
      settlement_priority: 'standard',
    },
  };
  return { kind: 'done', status: 200, body: envelope('sub_account_settings', data) };
}

/** Which ways to pay an account offers; a checkout carries the same list. Canada has no bank transfers. */
export function paymentSettings(account: SubAccount) {
  return {
    credit_card_payments: true,
    ach_payments: account.currency === 'usd',
    bnpl_payments: false,
    insurance_payments: false,
    bank_account_verification: false,
    apple_payments: false,
    google_payments: false,
  };
}

/** The training platform has always been there; its accounts need a date all the same. */
const OPENED_AT = Date.UTC(2024, 0, 1);

function suffix(account: SubAccount): string {
  return account.id.replace(/^acc_/, '');
}

function renderSubAccount(account: SubAccount) {
  const isEnabled = account.status === 'enabled';
  const openedAt = new Date(OPENED_AT).toISOString();
  return {
    id: account.id,
    name: account.name,
    account_type: account.accountType ?? 'test',
    status: account.status,
    currency: account.currency,
    platform_account_id: platformAccountId,
    payout_account_id: `ba_${suffix(account)}`,
    business_id: `biz_${suffix(account)}`,
    application_fee_rates: [],
    processing_ready: isEnabled,
    payout_ready: isEnabled,
    related_accounts: { live_account_id: null, test_account_id: account.id },
    payments_activated_on: isEnabled ? openedAt : null,
    created_at: openedAt,
    updated_at: openedAt,
  };
}
