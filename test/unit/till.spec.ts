import { describe, expect, test } from 'vitest';
import { type TillAccount, createTill } from '../../main/sale/till.ts';

const settings = { registerName: 'Register 1', registerId: 'register-1', descriptionPresets: ['Repair'], account: null, originForm: 'url' };

function openTill() {
  const pushed: number[] = [];
  const till = createTill({ firstSaleId: 'sale-1', settings: () => settings, onChange: () => pushed.push(1) });
  return { till, pushed };
}

describe('the till before an account is open', () => {
  test('shows what it is, and keeps what is typed', () => {
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

test('a keychain that is locked is said, with what to do, and blocks Charge', () => {
  const { till, pushed } = openTill();
  const broken: TillAccount = { kind: 'broken', mode: 'live', problem: { kind: 'keychain-unavailable' } };
  till.use(broken);
  expect(pushed.length).toBeGreaterThan(0);
  expect(till.snapshot()).toMatchObject({ mode: 'live', account: { kind: 'broken', problem: { kind: 'keychain-unavailable' } } });
  expect(till.charge({ saleId: 'sale-1', amountInCents: 1799, description: 'x', confirmed: [] })).toMatchObject({ failure: { kind: 'keychain-unavailable' } });
});
