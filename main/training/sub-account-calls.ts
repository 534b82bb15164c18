import { type Outcome, envelope } from './exchange.ts';
import { pageOf } from './page.ts';
import { refuse } from './refusal.ts';
import { type SubAccount, paymentSettings, platformAccountId } from './sub-account.ts';
import { findSubAccount } from './sub-account-header.ts';
import type { Call, World } from './world.ts';

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
    payments: { id, account_id: account.id, mcc_code: '5999', platform_wallet_account: false, ...paymentSettings(account) },
    payouts: {
      id: `stpo_${suffix(account)}`,
      enabled: true,
      statement_descriptor: 'Training Shop',
      settlement_priority: 'standard',
    },
  };
  return { kind: 'done', status: 200, body: envelope('sub_account_settings', data) };
}

/** The training platform has no beginning, but its accounts need a date. */
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
