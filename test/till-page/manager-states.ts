import type { Page } from 'playwright';
import type { AccountSums, AllRegisters } from '../../contract/all-registers.ts';
import type { AuditLine, AuditPage } from '../../contract/audit.ts';
import type { CardReader } from '../../contract/card-reader.ts';
import type { ConnectionCheck, SubAccountOffers } from '../../contract/connecting.ts';
import { DIAGNOSTIC_NAMES, type Diagnostics } from '../../contract/diagnostics.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import type { CopyChanges } from '../../contract/settings-copy.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { AT_REST, CUSTOMERS, PAID, WRONG_AMOUNT, latePayment } from './snapshots.ts';
import { type State, answered, press, refused } from './state.ts';

const UNLOCKED = { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } as const;
export const CONNECTED: TillSnapshot = { ...AT_REST, manager: UNLOCKED };
const TRAINING: TillSnapshot = { ...AT_REST, mode: 'training', account: { kind: 'training' }, manager: { kind: 'open' } };
export const ANNA = { id: 'anna', name: 'Anna' };

export const OFFERS: SubAccountOffers = {
  offers: [
    { id: 'acc_trainingShop', name: 'Training Shop', obstacle: null, status: 'enabled', currency: 'USD', takes: { cards: true, bankAccounts: true }, mode: 'test' },
    { id: 'acc_canada', name: 'Training Shop Canada', obstacle: null, status: 'enabled', currency: 'CAD', takes: { cards: true, bankAccounts: false }, mode: 'test' },
    { id: 'acc_new', name: 'A shop that JustiFi still looks at', obstacle: 'not-enabled', status: 'information_needed', currency: 'USD', takes: null, mode: 'test' },
  ],
  isCut: true,
};
const CHECKS: readonly ConnectionCheck[] = [
  { name: 'keychain', result: 'ok' },
  { name: 'network', result: 'ok' },
  { name: 'access', result: { kind: 'credentials-refused', code: 'not_authorized' } },
  { name: 'sub-account', result: 'skipped' },
  { name: 'mode', result: 'skipped' },
  { name: 'form', result: 'ok' },
];
const READERS: readonly CardReader[] = [
  { terminalId: 'trm_1', name: 'Front counter', model: 'Verifone E285', serialNumber: '804-512-771', isConnected: true },
  { terminalId: 'trm_2', name: '804-512-772', model: null, serialNumber: '804-512-772', isConnected: false },
];
const AUDITED: readonly Pick<AuditLine, 'who' | 'action' | 'detail'>[] = [
  { who: { role: 'cashier', name: 'Anna' }, action: 'charge-result', detail: { sale: PAID.saleId, result: 'paid', amountInCents: 1_799 } },
  { who: { role: 'manager', name: null }, action: 'login-ok', detail: {} },
  { who: { role: 'counter', name: null }, action: 'counter-started', detail: { version: '0.1.0' } },
];
const AUDIT: AuditPage = {
  lines: AUDITED.map((line, place) => ({ ...line, sequence: AUDITED.length - place, at: '2026-11-02T15:04:05.000Z', utcOffsetInMinutes: -300, register: 'Register 1' })),
  hasMore: true,
  people: ['Anna', 'manager', 'counter'],
  trouble: { kind: 'repaired', at: '2026-11-02T15:04:05.000Z', missing: [{ from: 4, to: 9 }], gapSinceUtc: '2026-11-02T14:04:05.000Z', setAside: ['audit.db.damaged'] },
};
const DIAGNOSTICS: Diagnostics = {
  lines: DIAGNOSTIC_NAMES.map((name, place) => ({ name, value: ['ok', 'up', 'sound', 'test', '0'][place % 5]!, isTrouble: name === 'keychain' })),
  log: ['{"at":"2026-11-02T15:04:05.000Z","level":"info","event":"counter.started"}'],
  licences: 'react 19 (MIT)',
};
const CHANGES: CopyChanges = { changes: [{ setting: 'limits.largestInCents', old: '100000', new: '250000' }, { setting: 'registerName', old: '"Register 1"', new: '"Back office"' }], locked: ['limits.smallestInCents'] };

const NONE = { count: 0, amountInCents: 0 };
const SUMS: AccountSums = { payments: { count: 212, amountInCents: 1_284_350 }, voids: { count: 1, amountInCents: -1_799 }, refunds: { count: 3, amountInCents: -9_950 }, netInCents: 1_272_601, pending: { count: 2, amountInCents: 64_000 }, pendingRefunds: { count: 1, amountInCents: -2_500 }, failed: { count: 9, amountInCents: 41_205 }, feesInCents: 38_530 };
const FEW: AccountSums = { payments: { count: 12, amountInCents: 45_900 }, voids: NONE, refunds: NONE, netInCents: 45_900, pending: NONE, pendingRefunds: NONE, failed: NONE, feesInCents: null };
export const ALL_REGISTERS: AllRegisters = {
  businessDay: '2026-11-25',
  from: '2026-11-25T09:00:00.000Z',
  to: '2026-11-26T09:00:00.000Z',
  readAt: '2026-11-25T20:04:05.000Z',
  currency: 'USD',
  total: SUMS,
  rows: [
    { at: { kind: 'register', id: '5f0c6f0e-1d0b-4c55-9c3f-2f4d1a7be001', name: 'Front counter', isThis: true }, ...SUMS },
    { at: { kind: 'register', id: '9a7d2e44-15bc-4a0b-9c3f-2f4d1a7be002', name: 'Bar in the garden', isThis: false }, ...FEW },
    { at: { kind: 'register', id: 'c2b41f0e-77bc-4a0b-9c3f-2f4d1a7be003', name: null, isThis: false }, ...FEW },
    { at: { kind: 'elsewhere' }, ...FEW },
    { at: { kind: 'not-known' }, ...FEW },
  ],
  byPaidBy: [
    { paidBy: 'card', ...SUMS },
    { paidBy: 'reader', ...FEW },
    { paidBy: 'bank-account', ...FEW },
  ],
  missing: { unreadable: 2, ofOthers: 1, morePayments: true, moreRefunds: false },
};

export const MANAGER_ANSWERS = {
  findSubAccounts: answered(OFFERS),
  testConnection: answered(CHECKS),
  readCardReaders: answered(READERS),
  readCustomers: answered(CUSTOMERS),
  readAllRegisters: answered(ALL_REGISTERS),
  readAudit: answered(AUDIT),
  readDiagnostics: answered(DIAGNOSTICS),
  readSettingsCopy: answered(CHANGES),
};

/** In the order of their tabs while no attention is needed. */
const SECTIONS = ['account', 'PIN', 'limits', 'tips', 'receipt', 'printers', 'cashiers', 'card reader', 'customers', 'all registers', 'screen and sound', 'settings copy', 'audit log', 'diagnostics'] as const;
type Section = (typeof SECTIONS)[number];

export const openManager = (page: Page) => press(page, 'F10');

export async function openSection(page: Page, section: Section): Promise<void> {
  await openManager(page);
  const tabs = page.getByRole('tab');
  await tabs.first().waitFor();
  // One more above them when the manager's attention is needed.
  await tabs.nth((await tabs.count()) - SECTIONS.length + SECTIONS.indexOf(section)).click();
  await page.locator('[role="tabpanel"] h2').first().waitFor();
}

const panelButton = (page: Page, place: number) => page.getByRole('tabpanel').getByRole('button').nth(place);

async function typePin(page: Page, pin: string): Promise<void> {
  await page.locator('.pin-pad input').fill(pin);
  await page.keyboard.press('Enter');
}

/** The manager's side of a connected shop, and of one in training. */
export const MANAGER_STATES: readonly State[] = [
  ...SECTIONS.map((section): State => ({
    name: `manager: ${section}`,
    snapshot: { ...CONNECTED, cashiers: { all: [ANNA], signedIn: ANNA }, cardReader: { terminalId: 'trm_1', name: 'Front counter', isFirst: true } },
    answers: MANAGER_ANSWERS,
    reach: (page) => openSection(page, section),
  })),
  {
    name: 'manager: tips are on',
    snapshot: CONNECTED,
    answers: { ...MANAGER_ANSWERS, readSettings: answered(registerSettings.parse({ tips: { offered: 'percents', amountsBelowInCents: 1_000 } })) },
    reach: (page) => openSection(page, 'tips'),
  },
  { name: 'manager: the account, in training', snapshot: TRAINING, answers: MANAGER_ANSWERS, reach: (page) => openSection(page, 'account') },
  {
    name: 'manager: the connection is tested',
    snapshot: CONNECTED,
    answers: MANAGER_ANSWERS,
    async reach(page) {
      await openSection(page, 'account');
      await panelButton(page, 0).click();
      await page.locator('.checks li').first().waitFor();
    },
  },
  {
    name: 'manager: another sub account',
    snapshot: CONNECTED,
    answers: MANAGER_ANSWERS,
    async reach(page) {
      await openSection(page, 'account');
      await panelButton(page, 1).click();
      await page.getByRole('radio').first().waitFor();
    },
  },
  {
    name: 'manager: leaving the account',
    snapshot: { ...CONNECTED, openPayments: 2 },
    answers: MANAGER_ANSWERS,
    async reach(page) {
      await openSection(page, 'account');
      await panelButton(page, 3).click();
    },
  },
  {
    name: 'manager: a new cashier',
    snapshot: CONNECTED,
    answers: MANAGER_ANSWERS,
    async reach(page) {
      await openSection(page, 'cashiers');
      await panelButton(page, 0).click();
      await page.locator('.pin-pad').waitFor();
    },
  },
  {
    name: 'manager: a day of all registers',
    snapshot: CONNECTED,
    answers: MANAGER_ANSWERS,
    async reach(page) {
      await openSection(page, 'all registers');
      await panelButton(page, 0).click();
      await page.locator('.report-table').waitFor();
    },
  },
  {
    name: 'manager: all registers are being read, and JustiFi wants a pause',
    snapshot: { ...CONNECTED, registersProgress: { step: 'payments', read: 12_300, isWaiting: true } },
    answers: MANAGER_ANSWERS,
    reach: (page) => openSection(page, 'all registers'),
  },
  {
    name: 'manager: a choice that is open',
    snapshot: CONNECTED,
    answers: MANAGER_ANSWERS,
    async reach(page) {
      await openSection(page, 'audit log');
      await page.getByRole('tabpanel').locator('[aria-haspopup="listbox"]').first().click();
      await page.getByRole('listbox').waitFor();
    },
  },
  {
    name: 'manager: needs attention',
    snapshot: {
      ...CONNECTED,
      sale: WRONG_AMOUNT,
      copiedFrom: '3f7c6f2b-8f39-4a3e-9d36-0f8f6f1c2d3e',
      auditTrouble: 'read-only',
      unresolved: [{ saleId: PAID.saleId, amountInCents: 1_799, description: 'One donut', since: '2026-11-02T15:04:05.000Z', mayEnd: true }],
      troubledPayments: (['transfer-failed', 'disputed'] as const).map((kind, place) => ({ kind, saleId: latePayment(place).saleId, amountInCents: 2_500, givenBackInCents: place * 2_500, description: 'One donut', paidWith: latePayment(1).paidWith, at: latePayment(1).at })),
      journalNotice: { kind: 'restored', gapSinceUtc: '2026-11-02T14:04:05.000Z', isLookedInto: true, found: { count: 2, amountInCents: 4_300 }, onOtherPc: 1, unreadable: 1, isComplete: false },
      comparisonNotice: { unknown: { count: 1, amountInCents: 1_799 }, onOtherPc: { count: 1, amountInCents: 2_500 }, missingAtJustifi: { count: 1, amountInCents: 900 }, unreadable: 2, isComplete: false, disputes: { unreadable: 1, isComplete: false } },
    },
    answers: MANAGER_ANSWERS,
    async reach(page) {
      await openManager(page);
      await page.locator('.attention').waitFor();
    },
  },
  { name: 'the door without a PIN', snapshot: { ...AT_REST, manager: { kind: 'locked', opensWith: 'secret', secret: 'client', waitSeconds: 0 } }, reach: openManager },
  {
    name: 'a cashier’s wrong PIN',
    snapshot: { ...AT_REST, cashiers: { all: [ANNA], signedIn: null } },
    answers: { signIn: refused('pin-wrong', { waitSeconds: 0 }) },
    async reach(page) {
      await page.locator('.cashier-names button').first().click();
      await typePin(page, '7351');
      await page.locator('.problem:not(:empty)').first().waitFor();
    },
  },
];

const NEW: TillSnapshot = { ...TRAINING, isFirstRun: true };

async function enterKey(page: Page): Promise<void> {
  await page.locator('.first-run-way').nth(1).click();
  for (const [place, text] of ['ck_shop', 'cs_shop'].entries()) await page.locator('form .field input').nth(place).fill(text);
  await page.keyboard.press('Enter');
  await page.getByRole('radio').first().waitFor();
}

async function connect(page: Page): Promise<void> {
  await enterKey(page);
  await page.getByRole('radio').first().press('Space');
  await page.locator('button.charge').click();
  await page.locator('form input').first().waitFor();
}

async function toPin(page: Page): Promise<void> {
  await connect(page);
  await page.locator('button.charge').click();
  await page.locator('.pin-pad').waitFor();
}

/** The set-up of a new register, step by step. */
export const SET_UP_STATES: readonly State[] = (
  [
    ['the shop', enterKey],
    ['the name', connect],
    ['the PIN', toPin],
    [
      'the limits',
      async (page: Page) => {
        await toPin(page);
        await page.locator('.set-up-next button').click();
        await page.locator('form input').nth(1).waitFor();
      },
    ],
    [
      'the test',
      async (page: Page) => {
        await toPin(page);
        await page.locator('.set-up-next button').click();
        await page.locator('form input').nth(1).waitFor();
        await page.locator('form button.charge').click();
        await page.locator('.set-up-next').waitFor();
      },
    ],
  ] as const
).map(([name, reach]): State => ({ name: `set-up: ${name}`, snapshot: NEW, answers: MANAGER_ANSWERS, reach }));
