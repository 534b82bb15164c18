import { expect, test } from 'vitest';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { NOTHING_OPENED, type Opened, barOf, screenOf, stillOpened } from '../../renderer/till/screen.ts';

type Sale = TillSnapshot['sale'];
const entering = { kind: 'entering', saleId: 'one', amountInCents: 0, description: '', problem: null } satisfies Sale;
const ready = { kind: 'ready', saleId: 'one', amountInCents: 500, tipInCents: 0, description: 'Coffee', tender: 'card-form' } satisfies Sale;
const lastSale = { kind: 'accepted', amountInCents: 500, description: 'Coffee', at: '2026-01-05T10:00:00.000Z' } as unknown as NonNullable<TillSnapshot['lastSale']>;
const noCashiers = { all: [], signedIn: null } as unknown as TillSnapshot['cashiers'];
const manyCashiers = { all: [{ id: 'a', name: 'Ana' }], signedIn: null } as unknown as TillSnapshot['cashiers'];

/** Only the fields that decide about screens. */
function register(changed: Partial<TillSnapshot> = {}): TillSnapshot {
  return { registerState: { kind: 'in-use' }, isFirstRun: false, sale: entering, lastSale: null, cashiers: noCashiers, manager: { kind: 'open' }, ...changed } as TillSnapshot;
}
const manager: Opened = { kind: 'manager' };
const last: Opened = { kind: 'last-sale' };
const allowOnce: Opened = { kind: 'allow-once', asking: { action: 'charge-large', amountInCents: 1, call: async () => ({ kind: 'ok', value: null }) } as never };

test('a register that was never set up shows the first screen, and the set-up once it is chosen', () => {
  expect(screenOf(register({ isFirstRun: true }), NOTHING_OPENED).kind).toBe('first-run');
  expect(screenOf(register({ isFirstRun: true }), { kind: 'set-up' }).kind).toBe('set-up');
});

test('a stopped register shows no sale, and only the manager’s side can be opened over it', () => {
  const stopped = register({ registerState: { kind: 'stopped', why: 'settings-missing' } as TillSnapshot['registerState'], lastSale, cashiers: manyCashiers });
  for (const opened of [NOTHING_OPENED, last, allowOnce]) expect(screenOf(stopped, opened).kind).toBe('stopped');
  expect(screenOf(stopped, manager).kind).toBe('manager');
  expect(barOf(screenOf(stopped, NOTHING_OPENED), stopped)).toEqual({ canManage: true, canLookBack: false, canSignOut: true, canSeeSales: false });
});

test('while main reads the state of the register, no sale can be typed', () => {
  expect(screenOf(register({ registerState: { kind: 'looking' }, cashiers: manyCashiers }), NOTHING_OPENED).kind).toBe('starting');
});

test('a shop with cashiers asks for the cashier before a sale, never during one', () => {
  expect(screenOf(register({ cashiers: manyCashiers }), NOTHING_OPENED).kind).toBe('sign-in');
  expect(screenOf(register({ cashiers: manyCashiers, sale: ready }), NOTHING_OPENED).kind).toBe('sale');
  expect(screenOf(register({ cashiers: { ...manyCashiers, signedIn: { id: 'a', name: 'Ana' } } }), NOTHING_OPENED).kind).toBe('sale');
});

test('the last sale is shown only between sales, and does not come back after the next sale', () => {
  const sold = register({ lastSale });
  expect(screenOf(sold, last)).toEqual({ kind: 'last-sale', sale: lastSale });
  expect(screenOf(register(), last).kind).toBe('sale');
  expect(stillOpened(last, sold)).toBe(last);
  expect(stillOpened(last, { ...sold, sale: ready })).toBe(NOTHING_OPENED);
  expect(barOf({ kind: 'sale' }, { ...sold, sale: ready })).toEqual({ canManage: false, canLookBack: false, canSignOut: false, canSeeSales: false });
});

test('a locked set-up closes, a locked manager’s side shows the PIN screen', () => {
  const locked = register({ manager: { kind: 'locked', opensWith: 'pin', secret: 'direct', waitSeconds: 0 } as unknown as TillSnapshot['manager'] });
  expect(stillOpened({ kind: 'set-up' }, locked)).toBe(NOTHING_OPENED);
  expect(stillOpened(manager, locked)).toBe(manager);
});

test('only the manager can go on after a wrong amount, and the manager’s side is not opened twice', () => {
  const wrong = register({ sale: { ...ready, kind: 'wrong-amount' } as unknown as Sale });
  expect(barOf({ kind: 'sale' }, wrong).canManage).toBe(true);
  expect(barOf({ kind: 'manager' }, wrong).canManage).toBe(false);
  expect(barOf({ kind: 'manager' }, register()).canManage).toBe(false);
});
