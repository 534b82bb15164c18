import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ok } from '../../contract/result.ts';
import { createAuthorisedApi } from '../../main/justifi/authorised-api.ts';
import { clientCredentialsSource } from '../../main/justifi/client-credentials.ts';
import { openConnections } from '../../main/justifi/connection.ts';
import { createCompletions, createMethodGroups } from '../../main/justifi/payment-method-groups.ts';
import { createTrainingJustifi } from '../../main/training/justifi.ts';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';
import { trainingCredentials } from '../justifi/training-credentials.ts';

const subAccountId = trainingSubAccounts[0]!.id;

let justifi: TestJustifi;
let shop: Shop;
let connections: ReturnType<typeof openConnections>;

beforeEach(async () => {
  justifi = await startJustifi();
  shop = await openShop(justifi.origin);
  connections = openConnections();
});
afterEach(async () => {
  await connections.close();
  await justifi.close();
});

function connect() {
  const tokenSource = clientCredentialsSource(justifi.origin, trainingCredentials, connections.send);
  const api = createAuthorisedApi({ baseUrl: justifi.origin, tokenSource, sendRequest: connections.send, monotonicMs: () => 0, onToken: () => {} });
  return { groups: createMethodGroups({ api, subAccountId, nowMs: Date.now }), completions: createCompletions(api, subAccountId) };
}

/** Newest first. */
const inGroup = async (groupId: string) => (await shop.call(`GET /v1/payment_methods?payment_method_group_id=${groupId}`)).body.data.map((one: { card: { id: string } }) => one.card.id);
const savedCard = async (number = '5555555555554444'): Promise<string> => (await shop.card(number)).body.id;

async function newGroup(): Promise<string> {
  const made = await connect().groups.create();
  return made.kind === 'ok' ? made.value : expect.unreachable('JustiFi makes a group');
}

describe('the cards that a customer has saved at JustiFi', () => {
  test.each(['add', 'replace'] as const)('are put into their group where PATCH means "%s", and taken out one by one', async (groupChanges) => {
    justifi.changeSettings({ groupChanges });
    const { groups } = connect();
    const groupId = await newGroup();
    const [first, second] = [await savedCard(), await savedCard('4242424242424242')];
    expect(await groups.put(groupId, [first])).toEqual(ok(null));
    expect(await groups.put(groupId, [first, second])).toEqual(ok(null));
    expect(await inGroup(groupId)).toEqual([second, first]);
    expect(await groups.remove(groupId, first)).toEqual(ok(null));
    expect(await inGroup(groupId)).toEqual([second]);
    expect(await groups.remove(groupId, first)).toEqual(ok(null));
  });

  test.each(['half-json', 'html'] as const)('are neither kept nor removed by an answer that is not JustiFi’s (%s)', async (body) => {
    const { groups } = connect();
    const groupId = await newGroup();
    const card = await savedCard();
    for (const on of ['PATCH /v1/payment_method_groups/*', 'DELETE /v1/payment_method_groups/*/payment_methods/*']) justifi.addFault({ on, kind: 'body', body, moment: 'before', times: 1 });
    expect(await groups.put(groupId, [card])).toMatchObject({ kind: 'failed', failure: { kind: 'unexpected' } });
    expect(await groups.put(groupId, [card])).toEqual(ok(null));
    expect(await groups.remove(groupId, card)).toMatchObject({ kind: 'failed', failure: { kind: 'unexpected' } });
    expect(await inGroup(groupId)).toEqual([card]);
  });

  test('are read with their present state at JustiFi; an unknown one is null', async () => {
    const { groups } = connect();
    const card = await savedCard();
    expect(await groups.read(card)).toEqual(ok({ methodId: card, brand: 'mastercard', last4: '4444', standing: 'usable' }));
    justifi.changeStanding(card, 'expired');
    expect(await groups.read(card)).toMatchObject({ value: { standing: 'expired' } });
    justifi.changeStanding(card, 'invalid');
    expect(await groups.read(card)).toMatchObject({ value: { standing: 'refused' } });
    expect(await groups.read('pm_gone')).toEqual(ok(null));
    expect(await groups.read((await shop.bankAccount('000123456789')).body.id)).toEqual(ok(null));
  });

  test('pay a checkout by main’s own request, which is never repeated; declined when the card cannot pay any more', async () => {
    const { completions } = connect();
    const card = await savedCard();
    const checkoutId = await shop.newCheckout();
    justifi.changeStanding(card, 'expired');
    expect(await completions.complete({ checkoutId, methodId: card, idempotencyKey: 'key-1' })).toEqual(ok(null));
    expect(justifi.charges(checkoutId)).toEqual([]);
    justifi.changeStanding(card, 'valid');
    justifi.addFault({ on: 'POST /v1/checkouts/*/complete', kind: 'disconnect', moment: 'after', times: 1 });
    expect(await completions.complete({ checkoutId, methodId: card, idempotencyKey: 'key-2' })).toMatchObject({ failure: { kind: 'network' } });
    expect(justifi.charges(checkoutId)).toHaveLength(1);
    const sent = justifi.requests('POST /v1/checkouts/*/complete');
    expect(sent.map(({ headers }) => headers['idempotency-key'])).toEqual(['key-1', 'key-2']);
    expect(JSON.parse(sent[1]!.body)).toEqual({ payment_token: card, payment_mode: 'ecom' });
  });

  test('a method that JustiFi does not have is refused', async () => {
    const checkoutId = await shop.newCheckout();
    expect(await connect().completions.complete({ checkoutId, methodId: 'pm_gone', idempotencyKey: 'key' })).toMatchObject({ failure: { kind: 'invalid', status: 404 } });
  });
});

test('which card paid a checkout is read from its completion; a bank account and an unpaid checkout give none', async () => {
  const { groups } = connect();
  const { checkoutId, completion } = await shop.sell(5000);
  expect(await groups.paidMethod(checkoutId)).toEqual(ok({ methodId: completion.body.data.payment_method_id, brand: 'visa', last4: '4242', standing: 'usable' }));
  expect(await groups.paidMethod(await shop.newCheckout())).toEqual(ok(null));
  const byTransfer = await shop.newCheckout();
  await shop.complete(byTransfer, (await shop.bankAccount('000123456789')).body.id);
  expect(await groups.paidMethod(byTransfer)).toEqual(ok(null));
});

test('training has customers to find: one who pays, one who is declined, and cards that cannot pay any more', () => {
  const training = createTrainingJustifi({ credentials: [trainingCredentials], now: Date.now, newId: (prefix) => `${prefix}_${Math.random().toString(36).slice(2)}` });
  const customers = training.addSampleCustomers();
  expect(customers.map(({ name, methods }) => [name, methods.map(({ last4 }) => last4)])).toEqual([
    ['Ana Sample', ['4242', '4444']],
    ['Ben Sample', ['9995']],
    ['Chloé Sample', ['5556', '9424']],
  ]);
  expect(training.paymentMethods().map(({ standing }) => standing)).toEqual(['valid', 'expired', 'valid', 'valid', 'invalid']);
});
