import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';

/* The reports of the training JustiFi: queued, made, fetched, and expired. */

let justifi: TestJustifi;
let shop: Shop;
beforeEach(async () => {
  justifi = await startJustifi({ now: () => Date.UTC(2026, 10, 25, 12) });
  shop = await openShop(justifi.origin);
});
afterEach(() => justifi.close());

const order = (body: object) => shop.call('POST /v1/reports', { body });
const read = async (id: string) => (await shop.call(`GET /v1/reports/${id}`)).body.data;
const fileOf = async (url: string) => (await fetch(url)).text();

test('a report is scheduled, then processed, then there for a week; only then it has an address', async () => {
  await shop.sell(1_000);
  await shop.sell(700, '4000000000000002');
  const canada = await openShop(justifi.origin, 'acc_trainingShopCanada');
  await canada.sell(5_000);
  const { status, body } = await order({ report_type: 'payment_list', start_date: '2026-11-25', end_date: '2026-11-25', payment_status: 'succeeded', nickname: 'Today' });
  expect(status).toBe(200);
  expect(body.data).toMatchObject({ status: 'scheduled', account_id: 'acc_trainingShop', parameters: { report_type: 'payment_list', payment_status: 'succeeded' } });
  justifi.advanceClock(10_000);
  expect(await read(body.id)).toMatchObject({ status: 'processing' });
  expect(await read(body.id)).toMatchObject({ presigned_url: null });
  justifi.advanceClock(30_000);
  const completed = await read(body.id);
  expect(completed.status).toBe('completed');
  const lines = (await fileOf(completed.presigned_url)).trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/,acc_trainingShop,2026-11-25T.*,succeeded,usd,1000$/u);
  justifi.advanceClock(8 * 24 * 60 * 60_000);
  await shop.signIn();
  expect(await read(body.id)).toMatchObject({ status: 'expired' });
  expect(await read(body.id)).toMatchObject({ presigned_url: null });
});

test('more than a month, dates the wrong way round and an unknown kind are refused; another account does not see it', async () => {
  expect((await order({ report_type: 'payout', start_date: '2026-10-01', end_date: '2026-11-25' })).body.error).toMatchObject({ param: 'end_date' });
  expect((await order({ report_type: 'payout', start_date: '2026-11-25', end_date: '2026-11-24' })).status).toBe(422);
  expect((await order({ report_type: 'everything' })).body.error).toMatchObject({ param: 'report_type' });
  expect((await order({})).body.error).toMatchObject({ code: 'parameter_missing', param: 'report_type' });
  const { body } = await order({ report_type: 'proceeds', nickname: 'Mine' });
  expect((await shop.call(`GET /v1/reports/${body.id}`, { subAccount: 'acc_trainingShopCanada' })).status).toBe(404);
  expect((await shop.call('GET /v1/reports?nickname=Mine')).body.data).toHaveLength(1);
  expect((await shop.call('GET /v1/reports?nickname=Other')).body.data).toEqual([]);
});

test('one that cannot be made says so', async () => {
  justifi.changeSettings({ reports: 'failed' });
  const { body } = await order({ report_type: 'sub_account_summary' });
  justifi.advanceClock(60_000);
  expect(await read(body.id)).toMatchObject({ status: 'failed', error_description: expect.any(String) });
});
