import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { AllRegisters } from '../../contract/all-registers.ts';
import { type CallInput, type CallName, channels } from '../../contract/channels.ts';
import type { Credentials } from '../../contract/credentials.ts';
import { type Appearance, appearance } from '../../contract/appearance.ts';
import { type RegisterSettings, registerSettings } from '../../contract/register-settings.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { createAccess } from '../../main/manager/access.ts';
import { accountCalls } from '../../main/manager/account-calls.ts';
import { createAudit } from '../../main/manager/audit.ts';
import type { StoredCashier } from '../../main/manager/cashier-list.ts';
import { createCashiers } from '../../main/manager/cashiers.ts';
import { cardReaderCalls } from '../../main/manager/card-reader-calls.ts';
import type { ConnectedAccount } from '../../main/manager/connect-account.ts';
import { customerCalls } from '../../main/manager/customer-calls.ts';
import { diagnostics } from '../../main/manager/diagnostics.ts';
import { type IsStillOpen, LOCKED, guardManager } from '../../main/manager/guard.ts';
import { managerCalls } from '../../main/manager/manager-calls.ts';
import { type StoredPin, hashPin, newPepper } from '../../main/manager/pin-hash.ts';
import { registersCalls } from '../../main/manager/registers-calls.ts';
import { receiptCalls } from '../../main/manager/receipt-calls.ts';
import { settingsCopy } from '../../main/manager/settings-copy.ts';
import type { Till } from '../../main/sale/till.ts';
import { parsePolicy } from '../../main/storage/policy-file.ts';

vi.mock('node:crypto', async (importOriginal) => (await import('./quick-scrypt.ts')).withQuickScrypt(await importOriginal()));

/*
 * a call is sent together with Lock. Each call of the manager's side is made again and again, and the side is locked at one wait
 * of the call after the other. After the lock no effect begins, and a call of several effects has had all of them or none: `connect`
 * that was locked between keychain and settings restores the keychain.
 */

const SECRET: Credentials = { kind: 'client', clientId: 'test_shop', clientSecret: 'sk_4b1e7c93a05d4f6e8d2b' };
const OTHER: Credentials = { kind: 'client', clientId: 'test_shop', clientSecret: 'sk_9a7d2e4415bc4a0b9c3f' };
const PEPPER = newPepper();
const MANAGER_PIN = await hashPin('482913', PEPPER);
const ACCOUNT: ConnectedAccount = { subAccountId: 'acc_shop', name: 'Shop', currency: 'USD', mode: 'test', credentialsKind: 'client' };
const OFFER = { id: 'acc_shop2', name: 'Shop 2', status: 'enabled', currency: 'USD', mode: 'test', takes: null, obstacle: null } as const;
const ANNA = { id: 'c-1', name: 'Anna', pin: MANAGER_PIN, failures: 0 };
const NONE = { count: 0, amountInCents: 0 };
const SUMS = { payments: NONE, voids: NONE, refunds: NONE, netInCents: 0, pending: NONE, pendingRefunds: NONE, failed: NONE, feesInCents: null };
const DAY: AllRegisters = { businessDay: '2026-11-25', from: '', to: '', readAt: '', currency: 'USD', total: SUMS, rows: [], byPaidBy: [], missing: { unreadable: 0, ofOthers: 0, morePayments: false, moreRefunds: false } };
const COPY = JSON.stringify({ version: 1, settings: { registerName: 'Register 9' } });

type Inputs = { readonly [Name in CallName<'manager'>]: CallInput<'manager', Name> };
const SETTINGS = registerSettings.parse({});
const INPUTS: Inputs = {
  stillHere: undefined,
  setPin: { currentPin: '482913', pin: '905172' },
  acknowledgeWrongAmount: { saleId: 's-1' },
  endUnresolved: { saleId: 's-1' },
  acknowledgePaymentTrouble: { saleId: 's-1' },
  acknowledgeRepairs: undefined,
  acknowledgeComparison: undefined,
  acknowledgeCopy: undefined,
  readSettings: undefined,
  changeSettings: { ...SETTINGS, registerName: 'Register 7' },
  exportSettings: undefined,
  readSettingsCopy: undefined,
  applySettingsCopy: { keepName: false },
  previewReceipt: { receipt: SETTINGS.receipt, paper: '80' },
  chooseLogo: undefined,
  removeLogo: undefined,
  readPrinters: undefined,
  testPrinter: undefined,
  openDrawer: undefined,
  changeAppearance: { ...appearance.parse({}), theme: 'dark' },
  saveCashier: { cashierId: null, name: 'Bert', pin: '9052' },
  removeCashier: { cashierId: ANNA.id },
  readDiagnostics: { screen: '1024' },
  exportDiagnostics: { screen: '1024' },
  readAudit: { filter: { group: null, who: null, day: null }, before: null },
  exportAudit: { filter: { group: null, who: null, day: null } },
  acknowledgeAuditTrouble: undefined,
  findSubAccounts: OTHER,
  connect: { subAccountId: 'acc_shop2' },
  testConnection: undefined,
  disconnect: { openPayments: 0 },
  readCardReaders: undefined,
  pairCardReader: { terminalId: 'trm_1', isFirst: true },
  renameCardReader: { terminalId: 'trm_1', name: 'Front' },
  identifyCardReader: { terminalId: 'trm_1' },
  checkCardReader: { terminalId: 'trm_1' },
  readCustomers: { search: '' },
  readAllRegisters: { day: null },
  stopAllRegisters: undefined,
  printAllRegisters: undefined,
  saveAllRegisters: undefined,
  removeSavedCard: { customerId: 'c-1', methodId: 'pm_1' },
  forgetCustomer: { customerId: 'c-1' },
};

/** The data that a call can change, and its initial content. */
type Effect = 'credentials' | 'settings' | 'pins' | 'pin binding' | 'file' | 'audit' | 'till' | 'logo' | 'printer';

/** A register with an account, a PIN and a cashier; its manager's side is open. `lockAt`: at which wait it is locked; `isLate`: right after that wait. */
async function openSide(by: 'pin' | 'secret' = 'secret') {
  let settings: RegisterSettings & { appearance: Appearance; account: ConnectedAccount | null; copiedFrom: string | null; cardReader: { terminalId: string; name: string; ofAccount: string; isFirst: boolean } | null } = { ...SETTINGS, cardReader: null, appearance: appearance.parse({}), account: ACCOUNT, copiedFrom: 'another' };
  let pins = { managerPin: MANAGER_PIN as StoredPin | null, managerFailures: 0, cashiers: [ANNA] as StoredCashier[], cashierFailures: 0 };
  let credentials: Credentials | null = SECRET;
  const written: { readonly what: Effect; readonly wasLocked: boolean }[] = [];
  const restored = new Set<Effect>();
  let waits = 0;
  let lockAt = { wait: Infinity, isLate: false };
  let isLocked = false;

  const write = (what: Effect) => void written.push({ what, wasLocked: isLocked });
  async function wait<Value>(value: Value): Promise<Value> {
    await nextTurn();
    waits += 1;
    if (waits === lockAt.wait && lockAt.isLate) setImmediate(lock);
    else if (waits === lockAt.wait) lock();
    return value;
  }
  function lock(): void {
    isLocked = true;
    access.lock();
  }
  const did = (what: Effect) => () => {
    write(what);
    return ok(null);
  };
  const keychain = {
    read: () => wait(credentials === null ? failed({ kind: 'keychain-locked' as const }) : ok(credentials)),
    async save(kept: Credentials) {
      write('credentials');
      credentials = kept;
      return wait(ok(null));
    },
    remember: () => {
      const before = credentials;
      return wait(async () => {
        credentials = before;
        restored.add('credentials');
      });
    },
    async remove() {
      write('credentials');
      credentials = null;
      return wait(ok(null));
    },
  };
  const tryCredentials = () => ({ access: () => wait(ok(null)), list: () => wait(ok({ offers: [OFFER], isCut: false })), read: () => wait(ok(OFFER)) });
  const timers = { after: () => () => {} };
  const store = {
    locked: [],
    isHeld: () => false,
    read: () => settings,
    change(change: Partial<typeof settings>) {
      write('settings');
      settings = { ...settings, ...change };
      return ok(null);
    },
  };
  const kept = {
    read: () => pins,
    change(change: Partial<typeof pins>) {
      // A count of tries is no effect.
      if ('managerPin' in change || 'cashiers' in change) write('pins');
      pins = { ...pins, ...change };
      return ok(null);
    },
  };
  /** As the dialog of main/shell/save-file.ts. */
  async function saveFile(_name: string, _text: string, isStillOpen: IsStillOpen): Promise<Result<null, { readonly kind: 'locked' }>> {
    await wait(null);
    if (!isStillOpen()) return failed({ kind: 'locked' });
    return did('file')();
  }
  const audit = createAudit({
    store: () => ({ write: () => ok(null), read: () => ok([]), people: () => ok([]), trouble: () => null, acknowledgeTrouble: did('audit') }),
    registerName: () => 'Front',
    saveFile,
    systemLocale: () => 'en',
    onUnwritable: () => {},
  });
  const till = { isBusy: () => false, snapshot: () => ({ openPayments: 0 }), acknowledgeWrongAmount: did('till'), endUnresolved: did('till'), acknowledgePaymentTrouble: did('till'), acknowledgeRepairs: did('till'), acknowledgeComparison: did('till') } as unknown as Till;
  const access = createAccess({
    pins: kept,
    readPepper: () => wait(ok(PEPPER)),
    ensurePepper: () => wait(ok(PEPPER)),
    bindPin() {
      write('pin binding');
      return wait(ok(async () => void restored.add('pin binding')));
    },
    accountCredentialsKind: () => settings.account?.credentialsKind ?? null,
    readCredentials: keychain.read,
    tryCredentials: () => wait(ok(null)),
    timers,
    monotonicMs: () => 0,
    wallMs: () => 0,
    note({ kind }) {
      if (kind === 'locked') accountSide.forget();
      return ok(null);
    },
    onChange: () => {},
  });
  const cashiers = createCashiers({ pins: kept, readPepper: () => wait(ok(PEPPER)), isBusy: () => false, monotonicMs: () => 0, newId: () => 'c-2', note: audit.note, noteFirst: audit.noteFirst, onChange: () => {} });
  const accountSide = accountCalls({ till, isAccountSure: () => true, access, audit, settings: store, tryCredentials, keychain, timers, probeApi: () => wait(null), probeForm: () => wait(null), reopen: async () => {}, protect: () => {}, log: () => {} });
  const seen = { registerName: '', registerId: '', mode: 'test', account: { kind: 'starting' }, connectionFailure: null, cardReader: null, toConfirm: 0, journalNotice: null, comparisonNotice: null, policy: { locked: [], trouble: null } } as const;
  const reader = { terminalId: 'trm_1', name: 'Front', model: 'e285', serialNumber: '888', isConnected: true };
  const readers = {
    list: () => wait(ok([reader])),
    rename() {
      write('till');
      return wait(ok(reader));
    },
    identify: () => wait(ok(null)),
    isConnected: () => wait(ok(true)),
  };
  /** The request to JustiFi is the effect: the local steps after it are always carried out. */
  const forgets = () => {
    write('till');
    return wait(ok(null));
  };
  const { forget: _forget, ...account } = accountSide;
  const toPrinter = async () => did('printer')();
  const desk = { preview: () => wait(''), printers: () => wait([]), testPage: toPrinter, openDrawer: toPrinter };
  const calls = guardManager(
    {
      ...managerCalls({ till, access, audit, cashiers, settings: store, reopen: async () => {}, showTheme: () => {}, onChange: () => {}, onSaved: () => {} }),
      ...receiptCalls({ audit, desk, chooseLogo: () => wait(ok('AAAA')), logo: { read: () => null, write: did('logo') } }),
      ...account,
      ...cardReaderCalls({ terminals: () => readers, accountId: () => 'acc_shop', isBusy: () => false, audit, settings: store, onChange: () => {} }),
      ...customerCalls({ customers: () => ({ find: () => ok({ customers: [], isCut: false }), removeMethod: forgets, forget: forgets }), audit, onChange: () => {} }),
      ...registersCalls({ reading: () => ({ read: () => wait(ok(DAY)), stop() {} }), papers: { print: toPrinter, save: async (isStillOpen) => ((await saveFile('all-registers.csv', '', isStillOpen)).kind === 'ok' ? ok(null) : LOCKED) } }),
      ...diagnostics({ snapshot: () => seen, readKeychain: keychain.read, journalHealth: () => '', auditTrouble: () => null, settings: () => ({ now: {}, asItComes: {} }), fixed: { version: '', engine: '', system: '', startedUtc: '' }, pageFindings: () => [], port: () => '', logTail: () => ['a line'], licences: () => '', redact: (text) => text, saveFile }),
      ...settingsCopy({ till, audit, settings: store, saveFile, openFile: () => wait(ok(COPY)), parse: parsePolicy, reopen: async () => {} }),
    },
    { mayManage: access.mayManage, whileOpen: access.whileOpen, afterAction() {}, onRefused: () => {} },
  );
  await (by === 'secret' ? access.proveSecret(SECRET) : access.unlock('482913'));
  // The initial state of two of the calls.
  await calls.findSubAccounts(OTHER);
  await calls.readSettingsCopy();
  waits = 0;
  return {
    written,
    /** The effects of the call, without those that it undid. */
    effects: () => [...new Set(written.map(({ what }) => what))].filter((what) => !restored.has(what)),
    lock,
    lockAtWait: (wait_: number, isLate: boolean) => (lockAt = { wait: wait_, isLate }),
    wasLocked: () => isLocked,
    call: (name: CallName<'manager'>) => (calls[name] as (input: unknown) => Promise<Result<unknown, { readonly kind: string }>>)(INPUTS[name]),
    access,
    cashiers,
  };
}

/** Runs the call with the side locked at its first wait, then at its second, …, until it ends without one. */
async function lockedAtEach(name: CallName<'manager'>, by: 'pin' | 'secret'): Promise<void> {
  const unlocked = await openSide(by);
  expect(await unlocked.call(name), name).toMatchObject({ kind: 'ok' });
  const all = unlocked.effects();
  for (let wait = 0; wait < 50; wait += 1) {
    for (const isLate of [false, true]) {
      const side = await openSide(by);
      side.lockAtWait(wait, isLate);
      const asking = side.call(name);
      if (wait === 0) side.lock();
      const answer = await asking;
      if (!side.wasLocked()) return;
      const where = `${name}, locked at its wait ${wait}${isLate ? ', a moment later' : ''}`;
      expect(side.written.filter(({ wasLocked }) => wasLocked), where).toEqual([]);
      const effects = side.effects();
      expect([[], all], where).toContainEqual(effects);
      if (effects.length > 0) expect(answer.kind, where).toBe('ok');
      // It may have answered before the lock came.
      else if (!isLate && wait > 0) expect(answer.kind, where).toBe('failed');
    }
  }
  throw new Error(`${name} never ends`);
}

describe('A-14: a call that is sent together with Lock', () => {
  test.each(Object.keys(channels.manager.calls) as CallName<'manager'>[])('%s has no effect after it', async (name) => {
    await lockedAtEach(name, 'secret');
  });

  test('setPin with the current PIN has no effect after it', async () => {
    await lockedAtEach('setPin', 'pin');
  });

  test('opening the side again does not continue the call', async () => {
    const side = await openSide();
    const asking = side.call('saveCashier');
    side.lock();
    await side.access.proveSecret(SECRET);
    expect(await asking).toEqual({ kind: 'failed', failure: { kind: 'locked' } });
    expect(side.cashiers.view().all.map(({ name }) => name)).toEqual(['Anna']);
  });

  test('each call has its effect when it is not locked', async () => {
    const done: string[] = [];
    for (const name of Object.keys(channels.manager.calls) as CallName<'manager'>[]) {
      const side = await openSide();
      if ((await side.call(name)).kind === 'ok' && side.written.length > 0) done.push(name);
    }
    expect(done).toEqual(['setPin', 'acknowledgeWrongAmount', 'acknowledgePaymentTrouble', 'endUnresolved', 'acknowledgeRepairs', 'acknowledgeComparison', 'acknowledgeCopy', 'changeSettings', 'exportSettings', 'applySettingsCopy', 'chooseLogo', 'removeLogo', 'testPrinter', 'openDrawer', 'changeAppearance', 'saveCashier', 'removeCashier', 'pairCardReader', 'renameCardReader', 'removeSavedCard', 'forgetCustomer', 'printAllRegisters', 'saveAllRegisters', 'exportDiagnostics', 'exportAudit', 'acknowledgeAuditTrouble', 'connect', 'disconnect']);
  });
});

describe('A-14: changes while a PIN is compared', () => {
  test('a PIN that was changed meanwhile opens nothing, and one that was set meanwhile is not set again', async () => {
    const side = await openSide();
    const opening = side.access.checkPin('482913');
    const setting = [side.call('setPin'), side.call('setPin')];
    const kinds = (await Promise.all(setting)).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['failed', 'ok']);
    await opening;
    expect(side.written.map(({ what }) => what)).toEqual(['pin binding', 'pins']);
  });
});
