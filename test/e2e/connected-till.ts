import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Locator, Page, TestInfo } from 'playwright/test';
import { findHeadlessShell } from '../host/chromium-binary.ts';
import type { SharedChromium } from '../host/shared-chromium.ts';
import type { LiveNames } from '../justifi/live-names.ts';
import { type LiveNetwork, startLiveNetwork } from '../justifi/live-network.ts';
import { CARDS, type CardForm } from './card-form.ts';
import type { ClockOrder } from './main-clock.ts';
import { KEYRING_PASSWORD, type RegisterStorage, copyRegisterStorage, newRegisterStorage, removeRegisterStorage, withKeyring } from './register-storage.ts';
import { runProvision } from './provision-run.ts';
import { type OpenOptions, type TillApp, openTillApp } from './till-app.ts';
import { type Opened, type RunningTill, createRunningTill, fromNowOn, justifiFromNowOn } from './running-till.ts';
import { type Target, attachLog, test as base, expect } from './till.ts';

/** A shop's own credentials, as JustiFi's dashboard shows them. The secret is long and unusual enough to be searched for. */
export const SHOP = { clientId: 'test_9f2c61d0b7e8', clientSecret: 'sk_4b1e7c93a05d4f6e8d2b', subAccountId: 'acc_trainingShop' } as const;
/** The same shop for real money, as far as this machine's JustiFi knows of any. */
export const LIVE_SHOP = { clientId: 'live_7d20a9c4f1b6', clientSecret: 'sk_e8a35f0c97d14b62a6d1', subAccountId: 'acc_shopForMoney' } as const;
export type Credentials = { readonly clientId: string; readonly clientSecret: string; readonly subAccountId: string };

const mainClock = pathToFileURL(join(import.meta.dirname, 'main-clock.ts')).href;
/** Of the register that has one. */
export const MANAGER_PIN = '482913';

/** A JustiFi under its real names, and a register with a keyring of its own, whose till can be closed and opened again. */
export type Shop = RegisterStorage & {
  readonly network: LiveNetwork;
  /** Sets how wrong the PC's clock is, also while the till runs. */
  setClock(shiftMs: number): void;
  /** Runs an action while main's clocks and timers are faster, or slower, by this factor; returns its duration by them. The pages' clocks do not change. */
  atPace(pace: number, action: () => Promise<unknown>): Promise<number>;
  /** `till`: the expected first screen; the keypad, unless a sale of the last run comes back. */
  open(how?: OpenHow): Promise<TillApp>;
};
export type OpenHow = Pick<OpenOptions, 'till' | 'env' | 'nodeArgs' | 'chromiumArgs'> & {
  readonly keyring?: 'unlocked' | 'locked' | 'none';
  /** A headless shell of its own where the test crashes it, locks it, or looks at its processes; a whole browser where it looks at what that keeps on the disk, which is more. */
  readonly chromium?: 'shared' | 'own' | 'whole-browser';
};

type ShopParts = {
  keyringFolder: string;
  network: LiveNetwork;
  /** JustiFi knows SHOP's credentials; the till has not been told them yet, and is on its very first start. */
  shop: Shop;
  /** As the manager's side leaves it: connected to SHOP's account, and without a PIN. */
  connectedShop: Shop;
  /** Connected, and with MANAGER_PIN. */
  shopWithPin: Shop;
  /** A connected till that is already running (running-till.ts), in a headless shell; for tests that neither kill nor configure it. */
  runningShop: RunningShop;
  /** The same in training. */
  runningApp: TillApp;
  /** As `runningApp`, in a Chromium with the browser around it: for tests of the focus. */
  runningInBrowser: TillApp;
};
/** `open`: the till as it stands there. */
export type RunningShop = Pick<Shop, 'userData' | 'keyringFolder' | 'network' | 'atPace'> & { open(): Promise<TillApp> };
type OpenedShop = Opened & { readonly shop: Shop };
type Prepared = { connectedRegister: RegisterStorage; registerWithPin: RegisterStorage; runningTill: RunningTill<Opened>; runningTillInBrowser: RunningTill<Opened>; runningConnectedTill: RunningTill<OpenedShop> };

export const test = base.extend<ShopParts, Prepared>({
  connectedRegister: [async ({ liveNames, chromium }, use) => {
    const storage = await prepareRegister({}, liveNames, chromium);
    await use(storage);
    removeRegisterStorage(storage);
  }, { scope: 'worker' }],
  registerWithPin: [async ({ liveNames, chromium }, use) => {
    const storage = await prepareRegister({ registerName: 'Front counter', newManagerPin: MANAGER_PIN }, liveNames, chromium);
    await use(storage);
    removeRegisterStorage(storage);
  }, { scope: 'worker' }],
  runningTill: [async ({ target }, use) => {
    const running = createRunningTill(() => openTraining(target, findHeadlessShell()));
    await use(running);
    await running.close();
  }, { scope: 'worker' }],
  runningTillInBrowser: [async ({ target }, use) => {
    const running = createRunningTill(() => openTraining(target));
    await use(running);
    await running.close();
  }, { scope: 'worker' }],
  runningConnectedTill: [async ({ target, connectedRegister }, use) => {
    const running = createRunningTill<OpenedShop>(async () => {
      const storage = copyRegisterStorage(connectedRegister);
      // Under names of its own: other tests' JustiFis come and go under the worker's.
      const network = await startLiveNetwork({ credentials: [SHOP] });
      const { shop, close } = createShop(storage, network, target, (options) => openTillApp(target, storage.userData, { chromiumBinary: findHeadlessShell(), ...options }));
      const app = await shop.open();
      return {
        app,
        shop,
        mode: 'test',
        justifi: network.justifi,
        async close() {
          await app.counter.close();
          close();
          await network.close();
          removeRegisterStorage(storage);
        },
      };
    });
    await use(running);
    await running.close();
  }, { scope: 'worker' }],
  runningApp: ({ runningTill }, use, info) => lend(runningTill, use, info),
  runningInBrowser: ({ runningTillInBrowser }, use, info) => lend(runningTillInBrowser, use, info),
  runningShop: async ({ runningConnectedTill }, use, info) => {
    const opened = await runningConnectedTill.lend();
    const { shop } = opened;
    const app = fromNowOn(opened);
    await use({ ...shop, network: { ...shop.network, justifi: justifiFromNowOn(shop.network.justifi) }, open: () => Promise.resolve(app) });
    await attachLog(app, info);
    await runningConnectedTill.takeBack();
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  keyringFolder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'counter-keyring-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  network: async ({ liveNames }, use) => {
    const network = await startLiveNetwork({ credentials: [SHOP, LIVE_SHOP] }, liveNames);
    await use(network);
    await network.close();
  },
  shop: async ({ target, network, userData, keyringFolder, openTill }, use) => {
    const { shop, close } = createShop({ userData, keyringFolder }, network, target, openTill);
    await use(shop);
    close();
  },
  connectedShop: async ({ connectedRegister, shop }, use) => {
    copyRegisterStorage(connectedRegister, shop);
    await use(shop);
  },
  shopWithPin: async ({ registerWithPin, shop }, use) => {
    copyRegisterStorage(registerWithPin, shop);
    await use(shop);
  },
});

async function openTraining(target: Target, chromiumBinary?: string): Promise<Opened> {
  const userData = mkdtempSync(join(tmpdir(), 'counter-till-'));
  const app = await openTillApp(target, userData, { chromiumBinary });
  return {
    app,
    mode: 'training',
    async close() {
      await app.counter.close();
      rmSync(userData, { recursive: true, force: true });
    },
  };
}

async function lend(running: RunningTill<Opened>, use: (app: TillApp) => Promise<void>, info: TestInfo): Promise<void> {
  const app = fromNowOn(await running.lend());
  await use(app);
  await attachLog(app, info);
  await running.takeBack();
}

/** Connected by the product itself, without a window. `more`: further settings of the order. */
async function prepareRegister(more: object, liveNames: LiveNames, chromium: SharedChromium | undefined): Promise<RegisterStorage> {
  const storage = newRegisterStorage();
  const network = await startLiveNetwork({ credentials: [SHOP] }, liveNames);
  const { code, complained } = await runProvision(storage, network, JSON.stringify({ ...SHOP, ...more }), { chromium });
  await network.close();
  if (code !== 0) throw new Error(`The register was not connected: ${complained}`);
  return storage;
}

/** The shop of a storage, and a clock for its main. */
function createShop(storage: RegisterStorage, network: LiveNetwork, target: Target, openTill: (options: OpenOptions) => Promise<TillApp>): { readonly shop: Shop; close(): void } {
  const clockFolder = mkdtempSync(join(tmpdir(), 'counter-clock-'));
  const clock = join(clockFolder, 'clock.json');
  let order: ClockOrder = { shiftMs: 0, pace: 1 };
  const setClock = (change: Partial<ClockOrder>) => {
    order = { ...order, ...change };
    writeFileSync(`${clock}.new`, JSON.stringify(order));
    renameSync(`${clock}.new`, clock);
  };
  const shop: Shop = {
    ...storage,
    network,
    setClock: (shiftMs) => setClock({ shiftMs }),
    async atPace(pace, action) {
      const started = performance.now();
      setClock({ pace });
      await action();
      setClock({ pace: 1 });
      return (performance.now() - started) * (target === 'electron' ? 1 : pace);
    },
    open({ keyring = 'unlocked', env = {}, till = 'keypad', nodeArgs = [], chromium = 'shared', chromiumArgs = [] } = {}) {
      const launch = launchOn(storage, network);
      return openTill({
        till,
        ...launch,
        ...(keyring === 'none' ? { wrap: [] } : {}),
        ...(chromium === 'shared' ? {} : { chromium: undefined }),
        ...(chromium === 'whole-browser' ? { chromiumBinary: undefined } : {}),
        nodeArgs: [...launch.nodeArgs, '--import', mainClock, ...nodeArgs],
        chromiumArgs: [...launch.chromiumArgs, ...chromiumArgs],
        env: {
          ...launch.env,
          ...(keyring === 'locked' ? { COUNTER_TEST_KEYRING_PASSWORD: 'another' } : {}),
          ...(keyring === 'none' ? { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' } : {}),
          COUNTER_TEST_CLOCK: clock,
          ...env,
        },
      });
    },
  };
  return { shop, close: () => rmSync(clockFolder, { recursive: true, force: true }) };
}

/** How a till starts on this storage, with JustiFi's names leading to this network. */
function launchOn({ keyringFolder }: RegisterStorage, { launch }: LiveNetwork) {
  return {
    ...launch,
    wrap: ['bash', withKeyring],
    env: { ...launch.env, COUNTER_TEST_KEYRING_FOLDER: keyringFolder, COUNTER_TEST_KEYRING_PASSWORD: KEYRING_PASSWORD },
  };
}

/** The manager's screen on which the account is connected. */
export type SetUpForm = {
  open(): Promise<void>;
  enter(credentials: Partial<Credentials>): Promise<void>;
  /** Presses Next and waits until JustiFi, or another server, has answered. */
  next(): Promise<void>;
  /** Chooses the shop: one of the list by its name, or by its id. */
  choose(shop: { readonly name: string } | { readonly id: string }): Promise<void>;
  connect(): Promise<void>;
  /** Both values as shown on the screen. */
  typed(): Promise<Pick<Credentials, 'clientId' | 'clientSecret'>>;
  readonly sentence: Locator;
};

export function setUpForm(till: Page): SetUpForm {
  const field = (name: string) => till.getByRole('textbox', { name, exact: true });
  // A password has no role of its own.
  const secret = till.getByLabel('Client secret', { exact: true });
  const answered = () => expect(till.getByRole('button', { name: 'Asking JustiFi…' })).toBeHidden();
  return {
    open: () => till.getByRole('button', { name: 'Manager', exact: true }).click(),
    async enter({ clientId, clientSecret }) {
      if (clientId !== undefined) await field('Client id').fill(clientId);
      if (clientSecret !== undefined) await secret.fill(clientSecret);
    },
    async next() {
      await till.getByRole('button', { name: 'Next', exact: true }).click();
      await answered();
    },
    async choose(shop) {
      // The radio itself is hidden; people press its line.
      const press = (name: string | RegExp) => till.locator('label').filter({ has: till.getByRole('radio', { name }) }).click();
      if ('name' in shop) return press(new RegExp(`^${shop.name} acc_`, 'u'));
      await press('Another one, by id');
      return field('Sub account id').fill(shop.id);
    },
    async connect() {
      await till.getByRole('button', { name: 'Connect', exact: true }).click();
      await answered();
    },
    async typed() {
      return { clientId: await field('Client id').inputValue(), clientSecret: await secret.inputValue() };
    },
    sentence: till.getByRole('note'),
  };
}

/** Connects the shop's account as a manager does. */
export async function connectAccount({ till }: TillApp): Promise<void> {
  const form = setUpForm(till);
  await form.open();
  await form.enter(SHOP);
  await form.next();
  await form.choose({ name: 'Training Shop' });
  await form.connect();
  await expect(till.locator('#root').getByText('TEST – no real payments', { exact: true })).toBeVisible();
  await untilBackAtTheTill(till);
}

/** A sale whose request to pay JustiFi has, and does not answer yet. Returns its form. */
export async function payHeld(app: TillApp, justifi: LiveNetwork['justifi'], digits: string, description: string): Promise<CardForm> {
  await app.enter(digits, description);
  await app.charge();
  const form = await app.form();
  const before = justifi.requests('POST /v1/checkouts/*/complete').length;
  justifi.holdCharges();
  await form.payByCard(CARDS.pays);
  await app.says('Processing payment. Don’t close this window.');
  await expect.poll(() => justifi.requests('POST /v1/checkouts/*/complete').length).toBeGreaterThan(before);
  return form;
}

/** The manager's side of a till with an account and without a PIN, opened with the secret. */
export async function openBySecret({ till }: TillApp, { clientId, clientSecret }: Pick<Credentials, 'clientId' | 'clientSecret'> = SHOP): Promise<void> {
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
  await till.getByRole('textbox', { name: 'Client id', exact: true }).fill(clientId);
  await till.getByLabel('Client secret').fill(clientSecret);
  await till.getByRole('button', { name: 'Open', exact: true }).click();
}

/** The banner changes a moment before the manager's screen closes; keys typed in between are lost. */
export async function untilBackAtTheTill(till: Page): Promise<void> {
  await expect(till.getByRole('button', { name: 'Manager', exact: true })).toBeEnabled();
}

export { expect } from './till.ts';
