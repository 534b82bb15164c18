import { describe, expect, test } from 'vitest';
import { ok } from '../../contract/result.ts';
import type { TillRegister } from '../../main/sale/till-register.ts';
import { createTill } from '../../main/sale/till.ts';
import { setTheCounter } from './counter.ts';

const settings = { registerName: 'Register 1', registerId: 'register-1', descriptionPresets: ['Repair'], quickItems: [], usualDescription: null, account: null, originForm: 'url' };

function openTill() {
  const pushed: number[] = [];
  const till = createTill({ firstSaleId: 'sale-1', settings: () => settings, onChange: () => pushed.push(1) });
  return { till, pushed };
}

describe('the till before an account is open', () => {
  test('shows its mode, and keeps the typed text', () => {
    const { till } = openTill();
    till.edit({ saleId: 'sale-1', amountInCents: 1799, description: 'One donut' });
    expect(till.snapshot()).toMatchObject({
      mode: 'training',
      account: { kind: 'starting' },
      registerName: 'Register 1',
      registerId: 'register-1',
      sale: { kind: 'entering', saleId: 'sale-1', amountInCents: 1799, description: 'One donut' },
    });
    expect(till.draft()).toMatchObject({ saleId: 'sale-1', amountInCents: 1799 });
  });

  test('says that it is starting when Charge is pressed, and loses nothing', () => {
    const { till } = openTill();
    expect(till.charge({ saleId: 'sale-1', amountInCents: 1799, description: 'One donut', confirmed: [] })).toMatchObject({ failure: { kind: 'still-starting' } });
    expect(till.snapshot().sale).toMatchObject({ amountInCents: 1799, description: 'One donut', problem: { kind: 'still-starting' } });
  });

  test('keeps no card number', () => {
    const { till } = openTill();
    till.edit({ saleId: 'sale-1', amountInCents: 1, description: '4242 4242 4242 4242' });
    expect(JSON.stringify(till.snapshot())).not.toContain('4242');
  });
});

test('a till that starts with a live account never says TRAINING, not even while it is starting', () => {
  const till = createTill({ firstSaleId: 'sale-1', settings: () => ({ ...settings, account: { mode: 'live' } }), onChange: () => {} });
  expect(till.snapshot()).toMatchObject({ mode: 'live', account: { kind: 'starting' } });
});

test('after Back the usual description is not in the field as if it had been typed', () => {
  const counter = setTheCounter();
  const till = createTill({ firstSaleId: 'sale-0', settings: () => ({ ...settings, usualDescription: 'Coffee' }), onChange: () => {} });
  const quiet = { notice: () => null, acknowledge: () => ok(null), online: () => {}, close: () => {} };
  till.use({ kind: 'open', view: { kind: 'training' }, mode: 'training', currency: 'USD', register: counter.register, repairs: quiet, comparisons: quiet, reachability: { failure: () => null, noted: () => {}, askNow: () => {}, close: () => {} }, sold: () => null, close: () => {} });
  counter.shop.usualDescription = 'Coffee';
  till.edit({ saleId: 'sale-1', amountInCents: 1799, description: '' });
  till.charge({ saleId: 'sale-1', amountInCents: 1799, description: '', confirmed: [] });
  const { sale } = till.snapshot();
  expect(sale).toMatchObject({ kind: 'preparing', description: 'Coffee' });
  till.goBack(sale.saleId);
  expect(till.snapshot()).toMatchObject({ usualDescription: 'Coffee', sale: { kind: 'entering', amountInCents: 1799, description: '' } });
});

test('a locked keychain is reported, with the next step, and blocks Charge; open payments are still counted', () => {
  const { till, pushed } = openTill();
  const broken: TillRegister = { kind: 'broken', mode: 'live', problem: { kind: 'keychain-unavailable' }, openPayments: 2 };
  till.use(broken);
  expect(pushed.length).toBeGreaterThan(0);
  expect(till.snapshot()).toMatchObject({ mode: 'live', account: { kind: 'broken', problem: { kind: 'keychain-unavailable' } }, openPayments: 2 });
  expect(till.charge({ saleId: 'sale-1', amountInCents: 1799, description: 'x', confirmed: [] })).toMatchObject({ failure: { kind: 'keychain-unavailable' } });
});
