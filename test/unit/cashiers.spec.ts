import { describe, expect, test, vi } from 'vitest';
import type { AuditAction, AuditActor, AuditDetail } from '../../contract/audit.ts';
import { GUARDED_ACTIONS, type Rights, rights } from '../../contract/cashier.ts';
import { failed, ok } from '../../contract/result.ts';
import { MANAGER } from '../../main/manager/audit.ts';
import type { StoredCashier } from '../../main/manager/cashier-list.ts';
import { type CashiersParts, type Cashiers, createCashiers } from '../../main/manager/cashiers.ts';
import { hashPin, newPepper } from '../../main/manager/pin-hash.ts';
import { mayDo } from '../../main/manager/rights.ts';
import { guardTill } from '../../main/manager/till-rights.ts';
import { CLOSED_DAY, COMPARISON, DAY_CHART, DAY_VIEW } from '../till-page/snapshots.ts';

vi.mock('node:crypto', async (importOriginal) => (await import('./quick-scrypt.ts')).withQuickScrypt(await importOriginal()));

const DEFAULTS = rights.parse({});
const ANNA_PIN = '4829';

async function openShop() {
  const pepper = newPepper();
  const managerPin = await hashPin('482913', pepper);
  const shop = { managerPin: managerPin as typeof managerPin | null, cashiers: [] as StoredCashier[], cashierFailures: 0 };
  const clock = { ms: 0 };
  const noted: { readonly who: AuditActor; readonly action: AuditAction; readonly detail: AuditDetail }[] = [];
  const state = { busy: false, auditWorks: true, keychainWorks: true };
  let ids = 0;
  const noteFirst: CashiersParts['noteFirst'] = (who, action, detail = {}) => {
    if (!state.auditWorks) return failed({ kind: 'audit-unwritable' });
    noted.push({ who, action, detail });
    return ok(null);
  };
  const start = () =>
    createCashiers({
      pins: {
        read: () => shop,
        change(change) {
          Object.assign(shop, change);
          return ok(null);
        },
      },
      readPepper: async () => (state.keychainWorks ? ok(pepper) : failed({ kind: 'keychain-locked' as const })),
      isBusy: () => state.busy,
      monotonicMs: () => clock.ms,
      newId: () => `cashier-${(ids += 1)}`,
      note: (...line) => void noteFirst(...line),
      noteFirst,
      onChange: () => {},
    });
  return { shop, clock, noted, state, start };
}

describe('cashiers', () => {
  test('a cashier who signs in while a sale begins, or is removed meanwhile, is not at the till', async () => {
    const { start, state, shop } = await openShop();
    const cashiers = start();
    await cashiers.save({ cashierId: null, name: 'Anna', pin: ANNA_PIN }, () => true);
    const [anna] = shop.cashiers;
    const during = cashiers.signIn({ cashierId: anna!.id, pin: ANNA_PIN });
    await Promise.resolve();
    state.busy = true;
    expect(await during).toEqual({ kind: 'failed', failure: { kind: 'sale-in-progress' } });
    state.busy = false;
    const gone = cashiers.signIn({ cashierId: anna!.id, pin: ANNA_PIN });
    const renamed = cashiers.save({ cashierId: anna!.id, name: 'Anna B', pin: '7351' }, () => true);
    cashiers.remove(anna!.id);
    expect((await gone).kind).toBe('failed');
    expect(await renamed).toEqual({ kind: 'failed', failure: { kind: 'cashier-unknown' } });
    expect(cashiers.view()).toEqual({ all: [], signedIn: null });
  });

  test('are added by the manager, sign in with their own PIN, and are named in the audit log from then on', async () => {
    const { start, noted, shop } = await openShop();
    const cashiers = start();
    expect(cashiers.actor()).toEqual({ role: 'cashier', name: null });
    expect(await cashiers.save({ cashierId: null, name: '  Anna   B. ', pin: ANNA_PIN }, () => true)).toEqual({ kind: 'ok', value: null });
    expect(JSON.stringify(shop.cashiers)).not.toContain(ANNA_PIN);
    const [anna] = cashiers.view().all;
    expect(anna!.name).toBe('Anna B.');
    expect(await cashiers.signIn({ cashierId: anna!.id, pin: '9052' })).toMatchObject({ failure: { kind: 'pin-wrong' } });
    expect(cashiers.view().signedIn).toBeNull();
    expect(await cashiers.signIn({ cashierId: anna!.id, pin: ANNA_PIN })).toEqual({ kind: 'ok', value: null });
    expect(cashiers.actor()).toEqual({ role: 'cashier', name: 'Anna B.' });
    cashiers.signOut();
    expect(noted.map(({ who, action }) => [who.name ?? who.role, action])).toEqual([['manager', 'setting-changed'], ['Anna B.', 'cashier-failed'], ['Anna B.', 'cashier-in'], ['Anna B.', 'cashier-out']]);
    // No cashier is signed in after a restart.
    await cashiers.signIn({ cashierId: anna!.id, pin: ANNA_PIN });
    expect(start().view().signedIn).toBeNull();
  });

  test('S-26: a cashier’s PIN cannot be guessed either, also over a restart, and a new PIN from the manager ends the wait', async () => {
    const { start, clock, shop } = await openShop();
    let cashiers = start();
    await cashiers.save({ cashierId: null, name: 'Anna', pin: ANNA_PIN }, () => true);
    await cashiers.save({ cashierId: null, name: 'Bert', pin: '9052' }, () => true);
    const [anna, bert] = cashiers.view().all;
    const answers = await Promise.all(Array.from({ length: 500 }, (_, index) => cashiers.signIn({ cashierId: anna!.id, pin: String(1_000 + index) })));
    expect(answers.filter((answer) => answer.kind === 'failed' && answer.failure.kind === 'pin-wrong')).toHaveLength(4);
    shop.cashiers = shop.cashiers.map((cashier) => (cashier.id === anna!.id ? { ...cashier, failures: 10 } : cashier));
    cashiers = start();
    clock.ms += 29 * 60_000;
    expect(await cashiers.signIn({ cashierId: anna!.id, pin: ANNA_PIN })).toMatchObject({ failure: { kind: 'locked-out', waitSeconds: 60 } });
    expect(await cashiers.signIn({ cashierId: bert!.id, pin: '9052' })).toEqual({ kind: 'ok', value: null });
    expect(await cashiers.save({ cashierId: anna!.id, name: 'Anna', pin: '7351' }, () => true)).toEqual({ kind: 'ok', value: null });
    expect(await cashiers.signIn({ cashierId: anna!.id, pin: '7351' })).toEqual({ kind: 'ok', value: null });
  });

  test('A-14: a PIN that the manager replaces while it is compared signs no cashier in', async () => {
    const { start, shop } = await openShop();
    const cashiers = start();
    await cashiers.save({ cashierId: null, name: 'Anna', pin: ANNA_PIN }, () => true);
    const { id } = cashiers.view().all[0]!;
    const signingIn = cashiers.signIn({ cashierId: id, pin: ANNA_PIN });
    shop.cashiers = shop.cashiers.map((cashier) => ({ ...cashier, pin: { ...cashier.pin, hash: 'A'.repeat(44) } }));
    expect(await signingIn).toMatchObject({ failure: { kind: 'pin-wrong' } });
    expect(cashiers.view().signedIn).toBeNull();
  });

  describe('A-15: one PIN tried at every cashier', () => {
    const NAMES = Array.from({ length: 12 }, (_, index) => `Cashier ${String.fromCodePoint(65 + index)}`);
    /** Twelve cashiers with one PIN; hashing twelve takes long. */
    async function openFullShop() {
      const full = await openShop();
      await full.start().save({ cashierId: null, name: 'Anna', pin: ANNA_PIN }, () => true);
      const [{ pin }] = full.shop.cashiers as [StoredCashier];
      full.shop.cashiers = NAMES.map((name, index) => ({ id: `c-${index}`, name, pin, failures: 0 }));
      return { ...full, ids: full.shop.cashiers.map(({ id }) => id) };
    }
    const kindOf = (answer: Awaited<ReturnType<Cashiers['signIn']>>) => (answer.kind === 'ok' ? 'ok' : answer.failure.kind);
    const MINUTE_MS = 60_000;

    test('ten tries at the register are compared, for any cashiers; then one every ten minutes, and the register says how long', async () => {
      const { start, ids, clock, noted } = await openFullShop();
      const cashiers = start();
      const kinds = await Promise.all(ids.flatMap((cashierId) => Array.from({ length: 10 }, async () => kindOf(await cashiers.signIn({ cashierId, pin: '9052' })))));
      expect(kinds.filter((kind) => kind === 'pin-wrong')).toHaveLength(10);
      expect(kinds.filter((kind) => kind === 'locked-out')).toHaveLength(110);
      // The right PIN of a cashier who was not tried has to wait as well.
      expect(await cashiers.signIn({ cashierId: ids.at(-1)!, pin: ANNA_PIN })).toEqual({ kind: 'failed', failure: { kind: 'locked-out', waitSeconds: 600 } });
      expect(noted.at(-1)).toMatchObject({ action: 'cashier-failed', detail: { waitSeconds: 600 } });
      clock.ms += 10 * MINUTE_MS - 1;
      expect(await cashiers.signIn({ cashierId: ids[11]!, pin: '9052' })).toMatchObject({ failure: { kind: 'locked-out', waitSeconds: 1 } });
      clock.ms += 1;
      expect(await cashiers.signIn({ cashierId: ids[11]!, pin: '9052' })).toEqual({ kind: 'failed', failure: { kind: 'pin-wrong', waitSeconds: 600 } });
      clock.ms += 10 * MINUTE_MS;
      expect(kindOf(await cashiers.signIn({ cashierId: ids[10]!, pin: ANNA_PIN }))).toBe('ok');
    });

    test('a cashier’s right PIN resets that cashier’s own wrong tries, and no other’s', async () => {
      const { start, ids, shop } = await openFullShop();
      const cashiers = start();
      for (const cashierId of ids.slice(0, 6)) await cashiers.signIn({ cashierId, pin: '9052' });
      await cashiers.signIn({ cashierId: ids[11]!, pin: '9052' });
      expect(shop.cashierFailures).toBe(7);
      for (let each = 0; each < 5; each += 1) expect(kindOf(await cashiers.signIn({ cashierId: ids[11]!, pin: ANNA_PIN }))).toBe('ok');
      expect(shop.cashierFailures).toBe(6);
      for (const cashierId of ids.slice(6, 10)) expect(kindOf(await cashiers.signIn({ cashierId, pin: '9052' }))).toBe('pin-wrong');
      expect(kindOf(await cashiers.signIn({ cashierId: ids[10]!, pin: '9052' }))).toBe('locked-out');
    });

    test('a restart resets no count, and begins the wait again; a day without a wrong PIN resets all', async () => {
      const { start, ids, clock, shop } = await openFullShop();
      const first = start();
      for (const cashierId of ids.slice(0, 10)) await first.signIn({ cashierId, pin: '9052' });
      clock.ms += 9 * MINUTE_MS;
      const next = start();
      expect(await next.signIn({ cashierId: ids[10]!, pin: ANNA_PIN })).toMatchObject({ failure: { kind: 'locked-out', waitSeconds: 600 } });
      clock.ms += 100 * MINUTE_MS;
      expect(kindOf(await next.signIn({ cashierId: ids[10]!, pin: ANNA_PIN }))).toBe('ok');
      expect(shop.cashierFailures).toBe(0);
    });

    test('a keychain that does not open counts nothing, and a day of right PINs neither', async () => {
      const { start, ids, shop, state } = await openFullShop();
      const cashiers = start();
      state.keychainWorks = false;
      for (const cashierId of ids) expect(kindOf(await cashiers.signIn({ cashierId, pin: '9052' }))).toBe('keychain-locked');
      state.keychainWorks = true;
      for (const cashierId of ids) expect(kindOf(await cashiers.signIn({ cashierId, pin: ANNA_PIN }))).toBe('ok');
      expect(shop).toMatchObject({ cashierFailures: 0, cashiers: ids.map(() => ({ failures: 0 })) });
    });
  });

  test('S-25: no easy PIN, no name twice, none without a manager PIN, none without an audit line', async () => {
    const { start, shop, state } = await openShop();
    const cashiers = start();
    for (const pin of ['1234', '0000', '482', '48291', 'abcd', null]) expect((await cashiers.save({ cashierId: null, name: 'Anna', pin }, () => true)).kind).toBe('failed');
    await cashiers.save({ cashierId: null, name: 'Anna', pin: ANNA_PIN }, () => true);
    for (const name of ['anna', ' ANNA ', 'Manager', 'counter']) expect(await cashiers.save({ cashierId: null, name, pin: ANNA_PIN }, () => true)).toMatchObject({ failure: { kind: 'cashier-name-taken' } });
    // nor a card number as a name, however it is written.
    for (const name of ['4242424242424242', 'Anna 4242–4242–4242–4242', '４２４２４２４２４２４２４２４２']) expect(await cashiers.save({ cashierId: null, name, pin: ANNA_PIN }, () => true)).toMatchObject({ failure: { kind: 'cashier-name-card-number' } });
    expect(await cashiers.save({ cashierId: 'unknown', name: 'Bert', pin: ANNA_PIN }, () => true)).toMatchObject({ failure: { kind: 'cashier-unknown' } });
    state.auditWorks = false;
    expect(await cashiers.save({ cashierId: null, name: 'Bert', pin: ANNA_PIN }, () => true)).toMatchObject({ failure: { kind: 'audit-unwritable' } });
    shop.managerPin = null;
    expect(await cashiers.save({ cashierId: null, name: 'Bert', pin: ANNA_PIN }, () => true)).toMatchObject({ failure: { kind: 'manager-pin-first' } });
    expect(cashiers.view().all).toHaveLength(1);
  });

  test('no cashier takes over, leaves or is removed while a card form is on the screen', async () => {
    const { start, state } = await openShop();
    const cashiers = start();
    await cashiers.save({ cashierId: null, name: 'Anna', pin: ANNA_PIN }, () => true);
    const { id } = cashiers.view().all[0]!;
    await cashiers.signIn({ cashierId: id, pin: ANNA_PIN });
    state.busy = true;
    for (const answer of [await cashiers.signIn({ cashierId: id, pin: ANNA_PIN }), cashiers.signOut(), cashiers.remove(id)]) expect(answer).toMatchObject({ failure: { kind: 'sale-in-progress' } });
    state.busy = false;
    expect(cashiers.remove(id).kind).toBe('ok');
    expect(cashiers.view()).toEqual({ all: [], signedIn: null });
  });
});

describe('rights', () => {
  const standing = { rights: DEFAULTS, hasCashiers: false, isSignedIn: false, hasManagerPin: true };

  test('without cashiers anyone charges and voids, and a refund and closing the day need the manager where there is a PIN', () => {
    expect(GUARDED_ACTIONS.map((action) => mayDo(action, standing))).toEqual(['yes', 'yes', 'yes', 'manager', 'yes', 'manager']);
    expect(GUARDED_ACTIONS.map((action) => mayDo(action, { ...standing, hasManagerPin: false }))).toEqual(['yes', 'yes', 'yes', 'yes', 'yes', 'yes']);
  });

  test('with cashiers nothing happens before one has signed in, and the table decides', () => {
    const named = { ...standing, hasCashiers: true };
    expect(GUARDED_ACTIONS.map((action) => mayDo(action, named))).toEqual(['sign-in', 'sign-in', 'sign-in', 'sign-in', 'sign-in', 'sign-in']);
    expect(GUARDED_ACTIONS.map((action) => mayDo(action, { ...named, isSignedIn: true }))).toEqual(['yes', 'manager', 'yes', 'manager', 'yes', 'manager']);
    for (const action of GUARDED_ACTIONS) {
      for (const right of ['cashier', 'manager'] as const) {
        expect(mayDo(action, { ...named, isSignedIn: true, rights: { ...DEFAULTS, [action]: right } })).toBe(right === 'cashier' ? 'yes' : 'manager');
      }
    }
  });

  function openTill({ table = DEFAULTS, isSignedIn = () => true }: { table?: Rights; isSignedIn?: () => boolean } = {}) {
    const done: string[] = [];
    const noted: [AuditActor, AuditAction, AuditDetail][] = [];
    const anna = { id: 'a', name: 'Anna' };
    const did = (what: string) => async () => {
      done.push(what);
      return ok(null);
    };
    const guarded = guardTill(
      { charge: did('charge'), chooseTip: did('chooseTip'), tryAgain: did('tryAgain'), payBy: did('payBy'), quoteInsurance: did('quoteInsurance'), findCustomers: async () => (done.push('find'), ok({ customers: [], isCut: false })), readCustomer: async () => (done.push('read'), failed({ kind: 'customer-unknown' as const })), paySaved: did('paySaved'), saveCard: did('saveCard'), resolveLatePayment: async ({ how }) => did(how)(), giveBack: async ({ kind }) => (done.push(`give back by ${kind}`), ok({ reversalId: 'r1', state: 'done' as const })), readReport: async () => (done.push('report'), ok(DAY_VIEW)), readDayChart: async () => (done.push('chart'), ok(DAY_CHART)), closeDay: async () => (done.push('close'), ok(CLOSED_DAY)), printReport: did('print'), saveReport: did('save'), compareReport: async () => (done.push('compare'), ok(COMPARISON)) },
      {
        rights: () => table,
        confirmAboveInCents: () => 100_000,
        hasManagerPin: () => true,
        cashiers: { view: () => ({ all: [anna], signedIn: isSignedIn() ? anna : null }), actor: () => ({ role: 'cashier', name: 'Anna' }) },
        access: { checkPin: async (pin) => (pin === '482913' ? ok(null) : failed({ kind: 'pin-wrong', waitSeconds: 0 })) },
        note: (who, action, detail = {}) => void noted.push([who, action, detail]),
      },
    );
    return { guarded, done, noted };
  }
  const order = { saleId: 's', amountInCents: 125_000, description: 'TV', confirmed: ['amount-unusual' as const], managerPin: null as string | null };

  test('no customer is read, no saved card charged and none saved before a cashier signs in', async () => {
    const { guarded, done } = openTill({ isSignedIn: () => false });
    const asked = [guarded.findCustomers({ search: '' }), guarded.readCustomer({ customerId: 'c' }), guarded.paySaved({ saleId: 's', customerId: 'c', methodId: 'pm_1' }), guarded.saveCard({ saleId: 's', customerId: null, name: 'Ana', phone: '', email: '', isAgreed: true })];
    for (const answer of await Promise.all(asked)) expect(answer).toEqual({ kind: 'failed', failure: { kind: 'needs-sign-in' } });
    expect(done).toEqual([]);
  });

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
    // The next cashier is asked again.
    expect(await guarded.charge(order)).toMatchObject({ failure: { kind: 'needs-manager' } });
    expect(await guarded.charge({ ...order, amountInCents: 99_999 })).toEqual({ kind: 'ok', value: null });
  });

  test('a cashier who may not charge without the manager may not charge a large amount either', async () => {
    const { guarded, done } = openTill({ table: { ...DEFAULTS, charge: 'manager', 'charge-above-limit': 'cashier' } });
    for (const amountInCents of [500, 125_000]) expect(await guarded.charge({ ...order, amountInCents })).toEqual({ kind: 'failed', failure: { kind: 'needs-manager', action: 'charge' } });
    expect(done).toEqual([]);
  });

  test('a refund asks for the manager, a void does not, and any cashier keeps a payment', async () => {
    const { guarded, done } = openTill();
    for (const how of ['keep', 'void', 'refund'] as const) await guarded.resolveLatePayment({ saleId: 's', how, managerPin: null });
    expect(done).toEqual(['keep', 'void']);
    await guarded.resolveLatePayment({ saleId: 's', how: 'refund', managerPin: '482913' });
    expect(done).toEqual(['keep', 'void', 'refund']);
  });

  test('F-20: any sale is voided by right, and refunded with the manager’s PIN', async () => {
    const { guarded, done, noted } = openTill();
    const giving = { saleId: 's', amountInCents: 500, leftInCents: 500, reason: null, returnsFees: false, managerPin: null } as const;
    expect(await guarded.giveBack({ ...giving, kind: 'void' })).toMatchObject({ kind: 'ok' });
    expect(await guarded.giveBack({ ...giving, kind: 'refund' })).toEqual({ kind: 'failed', failure: { kind: 'needs-manager', action: 'refund' } });
    expect(await guarded.giveBack({ ...giving, kind: 'refund', managerPin: '000000' })).toMatchObject({ failure: { kind: 'not-allowed-by-manager' } });
    expect(done).toEqual(['give back by void']);
    expect(await guarded.giveBack({ ...giving, kind: 'refund', managerPin: '482913' })).toMatchObject({ kind: 'ok' });
    expect(done).toEqual(['give back by void', 'give back by refund']);
    expect(noted.map(([, action]) => action)).toEqual(['not-allowed', 'override']);
    expect(await openTill({ isSignedIn: () => false }).guarded.giveBack({ ...giving, kind: 'void' })).toMatchObject({ failure: { kind: 'needs-sign-in' } });
  });

  test('the day report is seen by right, and the day closed with the manager’s PIN, once', async () => {
    const { guarded, done, noted } = openTill();
    expect(await guarded.readReport({ before: null, managerPin: null })).toMatchObject({ kind: 'ok' });
    expect(await guarded.closeDay({ number: 5, managerPin: null })).toEqual({ kind: 'failed', failure: { kind: 'needs-manager', action: 'close-day' } });
    expect(await guarded.closeDay({ number: 5, managerPin: '000000' })).toMatchObject({ failure: { kind: 'not-allowed-by-manager' } });
    expect(done).toEqual(['report']);
    expect(await guarded.closeDay({ number: 5, managerPin: '482913' })).toMatchObject({ kind: 'ok' });
    expect(done).toEqual(['report', 'close']);
    expect(noted).toEqual([
      [{ role: 'cashier', name: 'Anna' }, 'not-allowed', { action: 'close-day' }],
      [MANAGER, 'override', { action: 'close-day', for: 'Anna' }],
    ]);
    const blind = openTill({ table: { ...DEFAULTS, 'see-report': 'manager' } });
    expect(await blind.guarded.readReport({ before: null, managerPin: null })).toEqual({ kind: 'failed', failure: { kind: 'needs-manager', action: 'see-report' } });
    expect(await blind.guarded.readDayChart({ managerPin: null })).toMatchObject({ failure: { kind: 'needs-manager' } });
    for (const call of [blind.guarded.printReport, blind.guarded.saveReport, blind.guarded.compareReport]) expect(await call({ sequence: null, managerPin: null })).toMatchObject({ failure: { kind: 'needs-manager' } });
    expect(blind.done).toEqual([]);
    expect(await openTill({ isSignedIn: () => false }).guarded.closeDay({ number: 5, managerPin: '482913' })).toMatchObject({ failure: { kind: 'needs-sign-in' } });
  });

  test('nothing is charged, tried again or given back while no cashier is signed in', async () => {
    const { guarded, done } = openTill({ isSignedIn: () => false });
    const answers = [await guarded.charge({ ...order, amountInCents: 100, managerPin: '482913' }), await guarded.tryAgain({ saleId: 's' }), await guarded.payBy({ saleId: 's', tender: 'reader' }), await guarded.resolveLatePayment({ saleId: 's', how: 'void', managerPin: null })];
    for (const answer of answers) expect(answer).toEqual({ kind: 'failed', failure: { kind: 'needs-sign-in' } });
    expect(done).toEqual([]);
  });

  test('A-14: an action that the manager allowed is not done for a cashier who has signed out meanwhile', async () => {
    const state = { signedIn: true };
    const { guarded, done, noted } = openTill({ isSignedIn: () => state.signedIn });
    for (const ask of [() => guarded.charge({ ...order, managerPin: '482913' }), () => guarded.resolveLatePayment({ saleId: 's', how: 'refund', managerPin: '482913' })]) {
      state.signedIn = true;
      const asking = ask();
      state.signedIn = false;
      expect(await asking).toEqual({ kind: 'failed', failure: { kind: 'needs-sign-in' } });
    }
    expect({ done, noted }).toEqual({ done: [], noted: [] });
  });

  test('a page that repeats a call a thousand times fills no log', async () => {
    const { guarded, noted } = openTill();
    for (let each = 0; each < 1_000; each += 1) await guarded.charge(order);
    expect(noted).toHaveLength(1);
  });
});
