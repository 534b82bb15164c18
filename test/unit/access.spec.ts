import { describe, expect, test, vi } from 'vitest';
import type { JustifiFailure } from '../../main/sale/justifi-failure.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { createAccess } from '../../main/manager/access.ts';
import type { AccessEvent } from '../../main/manager/access-event.ts';
import type { StoredPin } from '../../main/manager/pin-hash.ts';
import { createPepper } from '../../main/manager/pepper.ts';

vi.mock('node:crypto', async (importOriginal) => (await import('./quick-scrypt.ts')).withQuickScrypt(await importOriginal()));

const PIN = '482913';
const WRONG = '111222';
const SECRET = { kind: 'client', clientId: 'test_shop', clientSecret: 'sk_right' } as const;
const MINUTE_MS = 60_000;

type Pins = { managerPin: StoredPin | null; managerFailures: number };

/** The data that outlives a run of Counter: its files and the keychain. */
function openShop({ account = true }: { account?: boolean } = {}) {
  return {
    pins: { managerPin: null, managerFailures: 0 } as Pins,
    keychain: { pepper: null as string | null, managerPin: null as StoredPin | null, credentials: account ? SECRET : null, isLocked: false },
    account,
    diskIsFull: false,
    auditIsFull: false,
    justifi: failed({ kind: 'unauthorised', code: 'not_authenticated', status: 401 }) as Result<null, JustifiFailure>,
  };
}
type Shop = ReturnType<typeof openShop>;

/** One run of Counter, with its clocks moved by hand. */
function start(shop: Shop) {
  const clock = { ms: 1_000_000, wallMs: 1_700_000_000_000 };
  const events: AccessEvent[] = [];
  const timers = new Set<{ readonly atMs: number; readonly ring: () => void }>();
  const hasAccount = () => shop.account;
  const item = <Value>(value: Value | null) => (shop.keychain.isLocked || value === null ? failed({ kind: 'keychain-locked' as const }) : ok(value));
  const pepper = createPepper({
    keychain: {
      readPepper: async () => item(shop.keychain.pepper),
      read: async () => item(shop.keychain.credentials),
      async savePepper(value) {
        if (shop.keychain.isLocked) return failed({ kind: 'keychain-unavailable' });
        shop.keychain.pepper = value;
        return ok(null);
      },
      async bindPin(_registerId, pin) {
        if (shop.keychain.isLocked) return failed({ kind: 'keychain-unavailable' });
        shop.keychain.managerPin = pin;
        return ok(null);
      },
    },
    registerId: () => 'register-1',
    managerPin: () => shop.pins.managerPin,
    hasAccount,
    protect: () => {},
  });
  const access = createAccess({
    pins: {
      read: () => shop.pins,
      change(change) {
        if (shop.diskIsFull) return failed('disk full');
        shop.pins = { ...shop.pins, ...change };
        return ok(null);
      },
    },
    readPepper: pepper.read,
    ensurePepper: pepper.ensure,
    bindPin: pepper.bindPin,
    accountCredentialsKind: () => (shop.account ? 'client' : null),
    readCredentials: async () => item(shop.keychain.credentials),
    tryCredentials: async () => shop.justifi,
    timers: {
      after(ms, ring) {
        const timer = { atMs: clock.ms + ms, ring };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
    monotonicMs: () => clock.ms,
    wallMs: () => clock.wallMs,
    note(event) {
      if (shop.auditIsFull) return failed('audit-unwritable');
      events.push(event);
      return ok(null);
    },
    onChange: () => {},
  });
  return {
    access,
    pepper,
    events,
    clock,
    /** Advances both clocks. */
    pass(ms: number) {
      clock.ms += ms;
      clock.wallMs += ms;
      for (const timer of timers) {
        if (timer.atMs > clock.ms) continue;
        timers.delete(timer);
        timer.ring();
      }
    },
  };
}

async function shopWithPin(): Promise<Shop> {
  const shop = openShop();
  const { access } = start(shop);
  await access.proveSecret(SECRET);
  expect(await access.setPin({ currentPin: null, pin: PIN }, access.whileOpen())).toEqual({ kind: 'ok', value: null });
  return shop;
}

/** Wrong PINs, each as soon as one is accepted; returns the waits in between, in seconds. */
async function missPin({ access, pass }: ReturnType<typeof start>, times: number): Promise<number[]> {
  const waits: number[] = [];
  for (let each = 0; each < times; each += 1) {
    const answer = await access.unlock(WRONG);
    if (answer.kind !== 'failed' || answer.failure.kind !== 'pin-wrong') throw new Error(`not a miss: ${JSON.stringify(answer)}`);
    waits.push(answer.failure.waitSeconds);
    pass(answer.failure.waitSeconds * 1_000);
  }
  return waits;
}

describe('S-26: guessing the manager PIN', () => {
  test('three misses cost nothing, then each waits longer, and the tenth locks for half an hour', async () => {
    const shop = await shopWithPin();
    const waits = await missPin(start(shop), 12);
    expect(waits).toEqual([0, 0, 0, 5, 15, 30, 60, 120, 300, 1_800, 1_800, 1_800]);
  });

  test('during the wait not even the right PIN opens, and no PIN is compared', async () => {
    const shop = await shopWithPin();
    const run = start(shop);
    await missPin(run, 9);
    await run.access.unlock(WRONG);
    expect(await run.access.unlock(PIN)).toEqual({ kind: 'failed', failure: { kind: 'locked-out', waitSeconds: 1_800 } });
    run.pass(30 * MINUTE_MS - 1_000);
    expect(await run.access.unlock(PIN)).toMatchObject({ failure: { kind: 'locked-out', waitSeconds: 1 } });
    run.pass(1_000);
    expect(await run.access.unlock(PIN)).toEqual({ kind: 'ok', value: null });
    expect(shop.pins.managerFailures).toBe(0);
    expect(await missPin(start(shop), 3)).toEqual([0, 0, 0]);
  });

  test('a restart starts the wait again, wherever the wall clock was set', async () => {
    const shop = await shopWithPin();
    const first = start(shop);
    await missPin(first, 9);
    await first.access.unlock(WRONG);
    first.pass(20 * MINUTE_MS);
    for (const wallMs of [0, 4_000_000_000_000]) {
      const next = start(shop);
      next.clock.wallMs = wallMs;
      expect(next.access.view()).toEqual({ kind: 'locked', opensWith: 'pin', secret: 'client', waitSeconds: 1_800 });
      expect(await next.access.unlock(PIN)).toMatchObject({ failure: { kind: 'locked-out' } });
    }
  });

  test('10,000 guesses sent at once: three are compared for nothing, the fourth waits, the rest are turned away', async () => {
    const shop = await shopWithPin();
    const { access, events } = start(shop);
    const guesses = Array.from({ length: 10_000 }, (_, index) => access.unlock(String(100_000 + index)));
    const answers = await Promise.all(guesses);
    const kinds = answers.map((answer) => (answer.kind === 'failed' ? answer.failure.kind : answer.kind));
    expect(kinds.filter((kind) => kind === 'pin-wrong')).toHaveLength(4);
    expect(kinds.filter((kind) => kind === 'locked-out')).toHaveLength(9_996);
    expect(shop.pins.managerFailures).toBe(4);
    // Nor do they fill the audit log.
    expect(events.filter(({ kind }) => kind === 'login-failed')).toHaveLength(4);
  });

  test('a try is on the disk before it is compared; without a disk there is no try', async () => {
    const shop = await shopWithPin();
    const run = start(shop);
    const answer = run.access.unlock(WRONG);
    await Promise.resolve();
    await Promise.resolve();
    expect(shop.pins.managerFailures).toBe(1);
    await answer;
    shop.diskIsFull = true;
    expect(await run.access.unlock(PIN)).toEqual({ kind: 'failed', failure: { kind: 'settings-unwritable' } });
  });

  test('a locked keychain does not count as a wrong PIN', async () => {
    const shop = await shopWithPin();
    shop.keychain.isLocked = true;
    const { access } = start(shop);
    expect(await access.unlock(PIN)).toEqual({ kind: 'failed', failure: { kind: 'keychain-locked' } });
    expect(shop.pins.managerFailures).toBe(0);
  });
});

describe('S-27: a forgotten PIN', () => {
  test('the secret opens, also while the PIN is locked out, a new PIN can be set without the old one, and both are noted', async () => {
    const shop = await shopWithPin();
    const run = start(shop);
    await missPin(run, 9);
    await run.access.unlock(WRONG);
    expect(await run.access.proveSecret(SECRET)).toEqual({ kind: 'ok', value: null });
    expect(await run.access.setPin({ currentPin: null, pin: '905172' }, run.access.whileOpen())).toEqual({ kind: 'ok', value: null });
    expect(run.events.slice(-2)).toEqual([{ kind: 'login-ok', by: 'secret' }, { kind: 'pin-set', how: 'forgotten' }]);
    run.access.lock();
    expect(await run.access.unlock(PIN)).toMatchObject({ failure: { kind: 'pin-wrong' } });
    expect(await run.access.unlock('905172')).toEqual({ kind: 'ok', value: null });
  });

  test('another secret does not, and JustiFi decides where the keychain cannot be read', async () => {
    const shop = await shopWithPin();
    const { access, events } = start(shop);
    expect(await access.proveSecret({ ...SECRET, clientSecret: 'sk_wrong' })).toMatchObject({ failure: { kind: 'secret-wrong' } });
    expect(events).toMatchObject([{ kind: 'login-failed', by: 'secret' }]);
    expect(access.view().kind).toBe('locked');
    shop.keychain.isLocked = true;
    expect(await access.proveSecret(SECRET)).toMatchObject({ failure: { kind: 'secret-wrong' } });
    shop.justifi = ok(null);
    expect(await access.proveSecret(SECRET)).toEqual({ kind: 'ok', value: null });
  });

  test('a text that is no secret is neither sent nor logged; and without an audit log there is no new PIN', async () => {
    const shop = await shopWithPin();
    const { access, events } = start(shop);
    expect(await access.proveSecret({ ...SECRET, clientSecret: '' })).toEqual({ kind: 'failed', failure: { kind: 'secret-wrong', code: 'client-secret-empty' } });
    expect(events).toEqual([]);
    await access.proveSecret(SECRET);
    shop.auditIsFull = true;
    expect(await access.setPin({ currentPin: null, pin: '905172' }, access.whileOpen())).toEqual({ kind: 'failed', failure: { kind: 'settings-unwritable' } });
    shop.auditIsFull = false;
    expect((await access.unlock(PIN)).kind).toBe('ok');
  });

  test('only with this register’s kind of credentials: a page cannot make main call an address of its own', async () => {
    const shop = await shopWithPin();
    shop.justifi = ok(null);
    const { access } = start(shop);
    expect(await access.proveSecret({ kind: 'broker', url: 'https://evil.example/?till', key: 'k'.repeat(64) })).toEqual({ kind: 'failed', failure: { kind: 'secret-wrong', code: 'another-way' } });
    expect(access.view().kind).toBe('locked');
  });

  test('one question at a time: of a thousand secrets sent at once, JustiFi is asked about one', async () => {
    const shop = await shopWithPin();
    const { access, events } = start(shop);
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, index) => access.proveSecret({ ...SECRET, clientSecret: `sk_guess_${index}` })));
    expect(answers.filter(({ kind, ...answer }) => kind === 'failed' && 'failure' in answer && answer.failure.kind === 'still-asking')).toHaveLength(999);
    expect(events).toHaveLength(1);
  });

  test('a keychain that was reset while Counter ran gets its pepper back with the new key', async () => {
    const shop = await shopWithPin();
    const run = start(shop);
    expect((await run.access.unlock(PIN)).kind).toBe('ok');
    shop.keychain = { pepper: null, managerPin: null, credentials: SECRET, isLocked: false };
    await run.pepper.keep();
    expect((await start(shop).access.unlock(PIN)).kind).toBe('ok');
  });

  test('a reset keychain of a connected register gets no new pepper', async () => {
    const shop = await shopWithPin();
    shop.keychain.pepper = null;
    shop.keychain.credentials = null;
    shop.justifi = ok(null);
    const { access } = start(shop);
    await access.proveSecret(SECRET);
    expect(await access.setPin({ currentPin: null, pin: '905172' }, access.whileOpen())).toEqual({ kind: 'failed', failure: { kind: 'keychain-locked' } });
    expect(shop.keychain.pepper).toBeNull();
  });
});

describe('S-28: the manager’s side locks itself', () => {
  test('after two minutes without a call, and says so', async () => {
    const { access, events, pass } = start(await shopWithPin());
    await access.unlock(PIN);
    pass(2 * MINUTE_MS - 1);
    expect(access.mayManage()).toBe(true);
    pass(2 * MINUTE_MS - 1);
    expect(access.view()).toMatchObject({ kind: 'unlocked', secondsLeft: 1 });
    pass(1);
    expect(access.view()).toMatchObject({ kind: 'locked' });
    expect(access.mayManage()).toBe(false);
    expect(events.at(-1)).toEqual({ kind: 'locked', why: 'idle' });
  });

  test('a clock that is set back does not keep it open longer, and a PC that slept wakes locked', async () => {
    const { access, clock, pass } = start(await shopWithPin());
    await access.unlock(PIN);
    clock.wallMs -= 60 * MINUTE_MS;
    pass(2 * MINUTE_MS);
    expect(access.mayManage()).toBe(false);
    await access.unlock(PIN);
    clock.wallMs += 8 * 60 * MINUTE_MS;
    expect(access.mayManage()).toBe(false);
  });

  test('on Lock, at once', async () => {
    const { access, events } = start(await shopWithPin());
    await access.unlock(PIN);
    access.lock();
    expect(access.mayManage()).toBe(false);
    expect(events.at(-1)).toEqual({ kind: 'locked', why: 'asked' });
    await access.unlock(PIN);
    access.lock('action');
    expect(access.mayManage()).toBe(false);
    expect(events.at(-1)).toEqual({ kind: 'locked', why: 'action' });
  });

  test('a call from before a lock does not open it afterwards: not the PIN, not the secret, not a new PIN', async () => {
    const shop = await shopWithPin();
    const { access } = start(shop);
    for (const ask of [() => access.unlock(PIN), () => access.proveSecret(SECRET)]) {
      const asking = ask();
      access.lock();
      expect(await asking).toEqual({ kind: 'ok', value: null });
      expect(access.view().kind).toBe('locked');
    }
    await access.unlock(PIN);
    const setting = access.setPin({ currentPin: PIN, pin: '905172' }, access.whileOpen());
    access.lock();
    expect(await setting).toEqual({ kind: 'failed', failure: { kind: 'locked' } });
    expect(access.view().kind).toBe('locked');
    expect((await access.unlock('905172')).kind).toBe('failed');
    expect((await access.unlock(PIN)).kind).toBe('ok');
  });

  test('a session does not outlive the run', async () => {
    const shop = await shopWithPin();
    await start(shop).access.unlock(PIN);
    expect(start(shop).access.mayManage()).toBe(false);
  });
});

describe('S-32: there is no PIN until one is set', () => {
  test('a first run without an account is open, so that it can be set up', async () => {
    const shop = openShop({ account: false });
    const { access } = start(shop);
    expect(access.view()).toEqual({ kind: 'open' });
    expect(access.mayManage()).toBe(true);
    for (const pin of ['', '000000', '123456', 'admin']) expect(await access.unlock(pin)).toEqual({ kind: 'failed', failure: { kind: 'pin-not-set' } });
    await access.setPin({ currentPin: null, pin: PIN }, access.whileOpen());
    access.lock();
    expect(access.mayManage()).toBe(false);
  });

  test('with an account but without a PIN, only the secret opens', async () => {
    const { access } = start(openShop());
    expect(access.view()).toEqual({ kind: 'locked', opensWith: 'secret', secret: 'client', waitSeconds: 0 });
    expect(access.mayManage()).toBe(false);
  });

  test('the PIN is changed with the current PIN, and guessing it there is counted as well', async () => {
    const shop = await shopWithPin();
    const { access } = start(shop);
    await access.unlock(PIN);
    expect(await access.setPin({ currentPin: null, pin: '905172' }, access.whileOpen())).toMatchObject({ failure: { kind: 'pin-wrong' } });
    expect(await access.setPin({ currentPin: WRONG, pin: '905172' }, access.whileOpen())).toMatchObject({ failure: { kind: 'pin-wrong' } });
    expect(shop.pins.managerFailures).toBe(2);
    expect(await access.setPin({ currentPin: PIN, pin: '123456' }, access.whileOpen())).toMatchObject({ failure: { kind: 'pin-too-simple' } });
    expect(await access.setPin({ currentPin: PIN, pin: '905172' }, access.whileOpen())).toEqual({ kind: 'ok', value: null });
  });
});
