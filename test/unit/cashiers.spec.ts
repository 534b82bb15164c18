import { describe, expect, test } from 'vitest';
import type { AuditAction, AuditActor, AuditDetail } from '../../contract/audit.ts';
import { GUARDED_ACTIONS, type Rights, rights } from '../../contract/cashier.ts';
import { failed, ok } from '../../contract/result.ts';
import { MANAGER } from '../../main/manager/audit.ts';
import { type StoredCashier, openCashiers } from '../../main/manager/cashiers.ts';
import { hashPin, newPepper } from '../../main/manager/pin-hash.ts';
import { mayDo } from '../../main/manager/rights.ts';
import { guardTill } from '../../main/manager/till-rights.ts';

const DEFAULTS = rights.parse({});
const ANNA_PIN = '4829';

async function openShop() {
  const pepper = newPepper();
  const managerPin = await hashPin('482913', pepper);
  const shop = { managerPin: managerPin as typeof managerPin | null, cashiers: [] as StoredCashier[] };
  const clock = { ms: 0 };
  const noted: { readonly who: AuditActor; readonly action: AuditAction; readonly detail: AuditDetail }[] = [];
  const state = { busy: false, auditWorks: true };
  let ids = 0;
  const start = () =>
    openCashiers({
      pins: {
        read: () => shop,
        change(change) {
          shop.cashiers = change.cashiers;
          return ok(null);
        },
      },
      readPepper: async () => ok(pepper),
      isBusy: () => state.busy,
      monotonicMs: () => clock.ms,
      newId: () => `cashier-${(ids += 1)}`,
      note(who, action, detail = {}) {
        if (!state.auditWorks) return failed({ kind: 'audit-unwritable' });
        noted.push({ who, action, detail });
        return ok(null);
      },
      onChange: () => {},
    });
  return { shop, clock, noted, state, start };
}

describe('cashiers', () => {
  test('whoever signs in while a sale begins, or is removed meanwhile, is not at the till', async () => {
    const { start, state, shop } = await openShop();
    const cashiers = start();
    await cashiers.save({ cashierId: null, name: 'Anna', pin: ANNA_PIN });
    const [anna] = shop.cashiers;
    const during = cashiers.signIn({ cashierId: anna!.id, pin: ANNA_PIN });
    await Promise.resolve();
    state.busy = true;
    expect(await during).toEqual({ kind: 'failed', failure: { kind: 'sale-in-progress' } });
    state.busy = false;
    const gone = cashiers.signIn({ cashierId: anna!.id, pin: ANNA_PIN });
    const renamed = cashiers.save({ cashierId: anna!.id, name: 'Anna B', pin: '7351' });
    cashiers.remove(anna!.id);
    expect((await gone).kind).toBe('failed');
    expect(await renamed).toEqual({ kind: 'failed', failure: { kind: 'cashier-unknown' } });
    expect(cashiers.view()).toEqual({ all: [], signedIn: null });
  });

  test('are added by the manager, sign in with their own PIN, and are who did it from then on', async () => {
    const { start, noted, shop } = await openShop();
    const cashiers = start();
    expect(cashiers.actor()).toEqual({ role: 'cashier', name: null });
    expect(await cashiers.save({ cashierId: null, name: '  Anna   B. ', pin: ANNA_PIN })).toEqual({ kind: 'ok', value: null });
    expect(JSON.stringify(shop.cashiers)).not.toContain(ANNA_PIN);
    const [anna] = cashiers.view().all;
    expect(anna!.name).toBe('Anna B.');
    expect(await cashiers.signIn({ cashierId: anna!.id, pin: '9052' })).toMatchObject({ failure: { kind: 'pin-wrong' } });
    expect(cashiers.view().signedIn).toBeNull();
    expect(await cashiers.signIn({ cashierId: anna!.id, pin: ANNA_PIN })).toEqual({ kind: 'ok', value: null });
    expect(cashiers.actor()).toEqual({ role: 'cashier', name: 'Anna B.' });
    cashiers.signOut();
    expect(noted.map(({ who, action }) => [who.name ?? who.role, action])).toEqual([['manager', 'setting-changed'], ['Anna B.', 'cashier-failed'], ['Anna B.', 'cashier-in'], ['Anna B.', 'cashier-out']]);
    // Nobody is signed in after a restart.
    await cashiers.signIn({ cashierId: anna!.id, pin: ANNA_PIN });
    expect(start().view().signedIn).toBeNull();
  });

  test('S-26: a cashier’s PIN cannot be guessed either, also over a restart, and a new PIN from the manager ends the wait', async () => {
    const { start, clock, shop } = await openShop();
    let cashiers = start();
    await cashiers.save({ cashierId: null, name: 'Anna', pin: ANNA_PIN });
    await cashiers.save({ cashierId: null, name: 'Bert', pin: '9052' });
    const [anna, bert] = cashiers.view().all;
    const answers = await Promise.all(Array.from({ length: 500 }, (_, index) => cashiers.signIn({ cashierId: anna!.id, pin: String(1_000 + index) })));
    expect(answers.filter((answer) => answer.kind === 'failed' && answer.failure.kind === 'pin-wrong')).toHaveLength(4);
    shop.cashiers = shop.cashiers.map((cashier) => (cashier.id === anna!.id ? { ...cashier, failures: 10 } : cashier));
    cashiers = start();
    clock.ms += 29 * 60_000;
    expect(await cashiers.signIn({ cashierId: anna!.id, pin: ANNA_PIN })).toMatchObject({ failure: { kind: 'locked-out', waitSeconds: 60 } });
    expect(await cashiers.signIn({ cashierId: bert!.id, pin: '9052' })).toEqual({ kind: 'ok', value: null });
    expect(await cashiers.save({ cashierId: anna!.id, name: 'Anna', pin: '7351' })).toEqual({ kind: 'ok', value: null });
    expect(await cashiers.signIn({ cashierId: anna!.id, pin: '7351' })).toEqual({ kind: 'ok', value: null });
  });

  test('S-25: no easy PIN, no name twice, none without a manager PIN, none that the audit log does not know', async () => {
    const { start, shop, state } = await openShop();
    const cashiers = start();
    for (const pin of ['1234', '0000', '482', '48291', 'abcd', null]) expect((await cashiers.save({ cashierId: null, name: 'Anna', pin })).kind).toBe('failed');
    await cashiers.save({ cashierId: null, name: 'Anna', pin: ANNA_PIN });
    for (const name of ['anna', ' ANNA ', 'Manager', 'counter']) expect(await cashiers.save({ cashierId: null, name, pin: ANNA_PIN })).toMatchObject({ failure: { kind: 'cashier-name-taken' } });
    expect(await cashiers.save({ cashierId: 'nobody', name: 'Bert', pin: ANNA_PIN })).toMatchObject({ failure: { kind: 'cashier-unknown' } });
    state.auditWorks = false;
    expect(await cashiers.save({ cashierId: null, name: 'Bert', pin: ANNA_PIN })).toMatchObject({ failure: { kind: 'audit-unwritable' } });
    shop.managerPin = null;
    expect(await cashiers.save({ cashierId: null, name: 'Bert', pin: ANNA_PIN })).toMatchObject({ failure: { kind: 'manager-pin-first' } });
    expect(cashiers.view().all).toHaveLength(1);
  });

  test('nobody takes over, leaves or is removed while a card form is on the screen', async () => {
    const { start, state } = await openShop();
    const cashiers = start();
    await cashiers.save({ cashierId: null, name: 'Anna', pin: ANNA_PIN });
    const { id } = cashiers.view().all[0]!;
    await cashiers.signIn({ cashierId: id, pin: ANNA_PIN });
    state.busy = true;
    for (const answer of [await cashiers.signIn({ cashierId: id, pin: ANNA_PIN }), cashiers.signOut(), cashiers.remove(id)]) expect(answer).toMatchObject({ failure: { kind: 'sale-in-progress' } });
    state.busy = false;
    expect(cashiers.remove(id).kind).toBe('ok');
    expect(cashiers.view()).toEqual({ all: [], signedIn: null });
  });
});

describe('who may do what', () => {
  const standing = { rights: DEFAULTS, hasCashiers: false, isSignedIn: false, hasManagerPin: true };

  test('without cashiers everybody charges and voids, and a refund needs the manager where there is a PIN', () => {
    expect(GUARDED_ACTIONS.map((action) => mayDo(action, standing))).toEqual(['yes', 'yes', 'yes', 'manager']);
    expect(GUARDED_ACTIONS.map((action) => mayDo(action, { ...standing, hasManagerPin: false }))).toEqual(['yes', 'yes', 'yes', 'yes']);
  });

  test('with cashiers nothing happens before somebody signed in, and the table decides', () => {
    const named = { ...standing, hasCashiers: true };
    expect(GUARDED_ACTIONS.map((action) => mayDo(action, named))).toEqual(['sign-in', 'sign-in', 'sign-in', 'sign-in']);
    expect(GUARDED_ACTIONS.map((action) => mayDo(action, { ...named, isSignedIn: true }))).toEqual(['yes', 'manager', 'yes', 'manager']);
    for (const action of GUARDED_ACTIONS) {
      for (const right of ['cashier', 'manager'] as const) {
        expect(mayDo(action, { ...named, isSignedIn: true, rights: { ...DEFAULTS, [action]: right } })).toBe(right === 'cashier' ? 'yes' : 'manager');
      }
    }
  });

  function openTill({ table = DEFAULTS, signedIn = true }: { table?: Rights; signedIn?: boolean } = {}) {
    const done: string[] = [];
    const noted: [AuditActor, AuditAction, AuditDetail][] = [];
    const anna = { id: 'a', name: 'Anna' };
    const did = (what: string) => async () => {
      done.push(what);
      return ok(null);
    };
    const guarded = guardTill(
      { charge: did('charge'), tryAgain: did('tryAgain'), settleLate: async ({ how }) => did(how)() },
      {
        rights: () => table,
        confirmAboveInCents: () => 100_000,
        hasManagerPin: () => true,
        cashiers: { view: () => ({ all: [anna], signedIn: signedIn ? anna : null }), actor: () => ({ role: 'cashier', name: 'Anna' }) },
        access: { checkPin: async (pin) => (pin === '482913' ? ok(null) : failed({ kind: 'pin-wrong', waitSeconds: 0 })) },
        note(who, action, detail = {}) {
          noted.push([who, action, detail]);
          return ok(null);
        },
      },
    );
    return { guarded, done, noted };
  }
  const order = { saleId: 's', amountInCents: 125_000, description: 'TV', confirmed: ['amount-unusual' as const], managerPin: null as string | null };

  test('an amount above the limit is charged with the manager’s PIN, once, and the override is noted', async () => {
    const { guarded, done, noted } = openTill();
    expect(await guarded.charge(order)).toEqual({ kind: 'failed', failure: { kind: 'needs-manager', action: 'charge-above-limit' } });
    expect(await guarded.charge({ ...order, managerPin: '000000' })).toMatchObject({ failure: { kind: 'not-allowed-by-manager', problem: { kind: 'pin-wrong' } } });
    expect(done).toEqual([]);
    expect(await guarded.charge({ ...order, managerPin: '482913' })).toEqual({ kind: 'ok', value: null });
    expect(done).toEqual(['charge']);
    expect(noted).toEqual([
      [{ role: 'cashier', name: 'Anna' }, 'not-allowed', { action: 'charge-above-limit', sale: 's' }],
      [MANAGER, 'override', { action: 'charge-above-limit', sale: 's', for: 'Anna' }],
    ]);
    // The next one asks again.
    expect(await guarded.charge(order)).toMatchObject({ failure: { kind: 'needs-manager' } });
    expect(await guarded.charge({ ...order, amountInCents: 99_999 })).toEqual({ kind: 'ok', value: null });
  });

  test('who may not charge without the manager may not charge a large amount either', async () => {
    const { guarded, done } = openTill({ table: { ...DEFAULTS, charge: 'manager', 'charge-above-limit': 'cashier' } });
    for (const amountInCents of [500, 125_000]) expect(await guarded.charge({ ...order, amountInCents })).toEqual({ kind: 'failed', failure: { kind: 'needs-manager', action: 'charge' } });
    expect(done).toEqual([]);
  });

  test('a refund asks for the manager, a void does not, keeping is everybody’s', async () => {
    const { guarded, done } = openTill();
    for (const how of ['keep', 'void', 'refund'] as const) await guarded.settleLate({ saleId: 's', how, managerPin: null });
    expect(done).toEqual(['keep', 'void']);
    await guarded.settleLate({ saleId: 's', how: 'refund', managerPin: '482913' });
    expect(done).toEqual(['keep', 'void', 'refund']);
  });

  test('nothing is charged, tried again or given back with nobody at the till', async () => {
    const { guarded, done } = openTill({ signedIn: false });
    const answers = [await guarded.charge({ ...order, amountInCents: 100, managerPin: '482913' }), await guarded.tryAgain({ saleId: 's' }), await guarded.settleLate({ saleId: 's', how: 'void', managerPin: null })];
    for (const answer of answers) expect(answer).toEqual({ kind: 'failed', failure: { kind: 'needs-sign-in' } });
    expect(done).toEqual([]);
  });

  test('a page that asks a thousand times fills no log', async () => {
    const { guarded, noted } = openTill();
    for (let each = 0; each < 1_000; each += 1) await guarded.charge(order);
    expect(noted).toHaveLength(1);
  });
});
