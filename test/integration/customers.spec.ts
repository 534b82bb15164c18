import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { SavedMethod } from '../../contract/customer.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { purchaseOf } from '../../main/sale/purchase.ts';
import { NO_ATTEMPTS, type Sale } from '../../main/sale/sale.ts';
import type { JustifiFailure } from '../../main/sale/justifi-failure.ts';
import { createCustomers } from '../../main/sale/saved/customers.ts';
import { createSaveOffers } from '../../main/sale/saved/save-offer.ts';
import type { CustomerBook } from '../../main/sale/saved/customer-book.ts';
import { openCustomerFile } from '../../main/storage/customer-file.ts';
import { makeFolder } from './journal-shop.ts';

const NO_ANSWER: JustifiFailure = { kind: 'network', code: 'ECONNRESET' };
const VISA: SavedMethod = { methodId: 'pm_visa', brand: 'visa', last4: '4242', standing: 'usable' };
const MASTERCARD: SavedMethod = { methodId: 'pm_mc', brand: 'mastercard', last4: '4444', standing: 'usable' };
const CONSENT = 'I agree that the shop keeps this card.';
const ANA = { name: ' Ana  Ruíz ', phone: '+1 612 555 0100', email: 'ana@example.com' };

function opened(file: string): CustomerBook {
  const book = openCustomerFile(file, () => {});
  return book.kind === 'ok' ? book.value : expect.unreachable('the table opens');
}

/** The customers of a register, with a scripted JustiFi. */
function setUp(file = ':memory:') {
  const book = opened(file);
  const justifi = { groups: new Map<string, readonly string[]>(), asked: [] as string[], methods: new Map([VISA, MASTERCARD].map((method) => [method.methodId, method])), paid: VISA as SavedMethod | null, trouble: null as JustifiFailure | null };
  const answer = <Value>(value: Value): Promise<Result<Value, JustifiFailure>> => Promise.resolve(justifi.trouble === null ? ok(value) : failed(justifi.trouble));
  const groups = {
    create() {
      justifi.asked.push('create');
      const id = `pmg_${justifi.groups.size + 1}`;
      if (justifi.trouble === null) justifi.groups.set(id, []);
      return answer(id);
    },
    put(groupId: string, methodIds: readonly string[]) {
      justifi.asked.push(`put ${groupId} ${methodIds.join(' ')}`);
      if (justifi.trouble === null) justifi.groups.set(groupId, methodIds);
      return answer(null);
    },
    remove(groupId: string, methodId: string) {
      justifi.asked.push(`remove ${groupId} ${methodId}`);
      if (justifi.trouble === null) justifi.groups.set(groupId, (justifi.groups.get(groupId) ?? []).filter((id) => id !== methodId));
      return answer(null);
    },
    read: (methodId: string) => answer(justifi.methods.get(methodId) ?? null),
    paidMethod: () => answer(justifi.paid),
  };
  const lines: string[] = [];
  let ids = 0;
  const offers = createSaveOffers({ book, groups, consent: () => CONSENT, newId: () => `customer-${(ids += 1)}`, utcNow: () => '2026-11-28T12:00:00.000Z', log: (what, detail) => void lines.push(`${what} ${JSON.stringify(detail)}`), onChange: () => {} });
  const customers = createCustomers(book, groups);
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    book,
    justifi,
    customers,
    offers,
    lines,
    /** A sale was paid by this card, on the card form by default. */
    async sells(saleId: string, method: SavedMethod | null, change: Partial<Extract<Sale, { kind: 'paid' }>> = {}) {
      justifi.paid = method;
      offers.note({ kind: 'paid', id: saleId, purchase: purchaseOf(1799, 'USD', 'One donut'), checkoutId: `cho-${saleId}`, attempts: NO_ATTEMPTS, tender: 'card-form', paymentId: 'py_1', isPending: false, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, chargedInCents: 1799, at: '2026-11-28T12:00:00.000Z', reversals: [], ...change });
      await settle();
    },
    async saves(saleId: string, details = ANA, customerId: string | null = null) {
      return offers.save({ saleId, customerId, details });
    },
    found: (search: string) => {
      const answered = customers.find(search);
      return answered.kind === 'ok' ? answered.value.customers.map(({ name }) => name) : [];
    },
  };
}

let shop: ReturnType<typeof setUp>;
beforeEach(() => {
  shop = setUp();
});

describe('saving the card of a sale that was paid', () => {
  test('is offered with the words that the customer agrees to; no group has the card before', async () => {
    await shop.sells('sale-1', VISA);
    expect(shop.offers.offer('sale-1')).toEqual({ saleId: 'sale-1', brand: 'visa', last4: '4242', consent: CONSENT });
    expect(shop.offers.offer('sale-2')).toBeNull();
    expect(shop.justifi.asked).toEqual([]);
    expect(shop.book.isEmpty()).toBe(true);
  });

  test('puts it into a group of the customer, and keeps the customer with words and time of the consent', async () => {
    const file = join(makeFolder(), 'customers.db');
    shop = setUp(file);
    await shop.sells('sale-1', VISA);
    expect(await shop.saves('sale-1')).toEqual(ok(null));
    expect(shop.justifi.groups).toEqual(new Map([['pmg_1', ['pm_visa']]]));
    expect(shop.offers.offer('sale-1')).toBeNull();
    expect(shop.customers.find('')).toEqual(ok({ customers: [{ customerId: 'customer-1', name: 'Ana Ruíz', phone: ANA.phone, email: ANA.email, methods: [VISA] }], isCut: false }));
    const bytes = readFileSync(file, 'latin1');
    expect(bytes).toContain(CONSENT);
    expect(bytes).toContain('2026-11-28T12:00:00.000Z');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  });

  test('adds a second card to the same group, with all that is in it', async () => {
    await shop.sells('sale-1', VISA);
    await shop.saves('sale-1');
    await shop.sells('sale-2', MASTERCARD);
    expect(await shop.saves('sale-2', ANA, 'customer-1')).toEqual(ok(null));
    expect(shop.justifi.groups).toEqual(new Map([['pmg_1', ['pm_visa', 'pm_mc']]]));
    await shop.sells('sale-3', { ...VISA, methodId: 'pm_visa_again' });
    expect(await shop.saves('sale-3', ANA, 'customer-1')).toEqual(failed({ kind: 'already-saved' }));
  });

  test.each([
    ['was paid at a card reader', VISA, { tender: 'reader', paidWith: { kind: 'card-present', brand: 'visa', last4: '4242' } }],
    ['was paid from a bank account', VISA, { paidWith: { kind: 'bank', brand: null, last4: '6789' } }],
    ['was paid with a saved card', VISA, { tender: 'saved' }],
    ['JustiFi gives no payment method of', null, {}],
  ] as const)('is not offered for a sale that %s', async (_what, method, change) => {
    await shop.sells('sale-1', method, change);
    expect(shop.offers.offer('sale-1')).toBeNull();
    expect(await shop.saves('sale-1')).toEqual(failed({ kind: 'nothing-to-save' }));
  });

  test.each([
    [{ ...ANA, name: '  ' }, 'name-empty'],
    [{ ...ANA, name: 'Ana 4242 4242 4242 4242' }, 'customer-card-number'],
    [{ ...ANA, phone: '4242424242424242' }, 'customer-card-number'],
    [{ ...ANA, phone: 'call me' }, 'phone-invalid'],
    [{ ...ANA, email: 'ana' }, 'email-invalid'],
  ])('is refused with %o: %s', async (details, kind) => {
    await shop.sells('sale-1', VISA);
    expect(await shop.saves('sale-1', details)).toEqual(failed({ kind }));
    expect(shop.justifi.asked).toEqual([]);
  });

  test('without JustiFi’s answer saves no customer; a second try makes no second group', async () => {
    await shop.sells('sale-1', VISA);
    shop.justifi.trouble = NO_ANSWER;
    expect(await shop.saves('sale-1')).toEqual(failed({ kind: 'no-answer' }));
    expect(shop.book.isEmpty()).toBe(true);
    shop.justifi.trouble = null;
    expect(await shop.saves('sale-1')).toEqual(ok(null));
    expect(shop.justifi.groups.size).toBe(1);
  });

  test('that cannot be written here is undone at JustiFi', async () => {
    await shop.sells('sale-1', VISA);
    shop.book.close();
    expect(await shop.saves('sale-1')).toEqual(failed({ kind: 'customers-unusable' }));
    expect(shop.justifi.groups).toEqual(new Map([['pmg_1', []]]));
  });

  test('is logged without any data of the customer', async () => {
    await shop.sells('sale-1', VISA);
    await shop.saves('sale-1');
    expect(shop.lines).toEqual(['customer.saved {"sale":"sale-1","answer":"ok"}']);
  });
});

describe('the customers of a register', () => {
  beforeEach(async () => {
    await shop.sells('sale-1', VISA);
    await shop.saves('sale-1');
    await shop.sells('sale-2', MASTERCARD);
    await shop.saves('sale-2', { name: 'Chloé d’Arc', phone: '', email: '' });
  });

  test('are found by any part of the name without capitals or accents, and by the last four digits', () => {
    expect(shop.found('')).toEqual(['Ana Ruíz', 'Chloé d’Arc']);
    expect(shop.found('RUIZ ana')).toEqual(['Ana Ruíz']);
    expect(shop.found('chloe')).toEqual(['Chloé d’Arc']);
    expect(shop.found('4444')).toEqual(['Chloé d’Arc']);
    expect(shop.found('ana 4242')).toEqual(['Ana Ruíz']);
    expect(shop.found('ana 4444')).toEqual([]);
    expect(shop.found('%')).toEqual(['Ana Ruíz', 'Chloé d’Arc']);
  });

  test('have cards with JustiFi’s present state; only a usable one may pay', async () => {
    expect(shop.customers.mayPay('customer-1', 'pm_visa').kind).toBe('ok');
    shop.justifi.methods.set('pm_visa', { ...VISA, standing: 'expired' });
    expect(await shop.customers.read('customer-1')).toMatchObject({ value: { methods: [{ standing: 'expired' }] } });
    expect(shop.customers.mayPay('customer-1', 'pm_visa')).toEqual(failed({ kind: 'method-unknown' }));
    shop.justifi.methods.delete('pm_mc');
    expect(await shop.customers.read('customer-2')).toMatchObject({ value: { methods: [{ standing: 'refused' }] } });
    expect(shop.customers.mayPay('customer-1', 'pm_mc')).toEqual(failed({ kind: 'method-unknown' }));
  });

  test('are shown with the last known state where JustiFi does not answer', async () => {
    shop.justifi.trouble = NO_ANSWER;
    expect(await shop.customers.read('customer-1')).toMatchObject({ value: { methods: [VISA] } });
    expect(await shop.customers.read('customer-9')).toEqual(failed({ kind: 'customer-unknown' }));
  });

  test('can have a card removed: at JustiFi first, and a customer without a card is forgotten', async () => {
    shop.justifi.trouble = NO_ANSWER;
    expect(await shop.customers.removeMethod('customer-1', 'pm_visa')).toEqual(failed({ kind: 'no-answer' }));
    expect(shop.found('ana')).toEqual(['Ana Ruíz']);
    shop.justifi.trouble = null;
    expect(await shop.customers.removeMethod('customer-1', 'pm_mc')).toEqual(failed({ kind: 'method-unknown' }));
    expect(await shop.customers.removeMethod('customer-1', 'pm_visa')).toEqual(ok(null));
    expect(shop.justifi.groups.get('pmg_1')).toEqual([]);
    expect(shop.found('')).toEqual(['Chloé d’Arc']);
  });

  test('are forgotten completely: not even deleted bytes stay in the file', async () => {
    const file = join(makeFolder(), 'customers.db');
    shop = setUp(file);
    await shop.sells('sale-1', VISA);
    await shop.saves('sale-1');
    expect(await shop.customers.forget('customer-1')).toEqual(ok(null));
    shop.book.close();
    const bytes = readFileSync(file, 'latin1');
    for (const trace of ['Ana', 'ruiz', '612 555', 'ana@example.com', 'pm_visa', CONSENT]) expect(bytes).not.toContain(trace);
    expect(shop.justifi.groups.get('pmg_1')).toEqual([]);
  });
});

test('the customers of training are in memory: no file of SQLite’s name for it lies in the folder that Counter was started from', () => {
  opened(':memory:').close();
  expect(existsSync(':memory:')).toBe(false);
});

test('a table that is no database, or a newer Counter’s, is not used', () => {
  const troubles: string[] = [];
  expect(openCustomerFile(import.meta.dirname, (detail) => void troubles.push(detail)).kind).toBe('failed');
  expect(troubles).toHaveLength(1);
});
