import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Locator, type Page, expect } from 'playwright/test';
import { type LiveNetwork, startLiveNetwork } from '../justifi/live-network.ts';
import { type FirstScreen, type TillApp, openTillApp } from './till-app.ts';
import { type TillOptions, test as base } from './till.ts';

/** A shop's own credentials, as JustiFi's dashboard shows them. The secret is long and odd enough to be searched for. */
export const SHOP = { clientId: 'test_9f2c61d0b7e8', clientSecret: 'sk_4b1e7c93a05d4f6e8d2b', subAccountId: 'acc_trainingShop' } as const;
export type Credentials = { readonly clientId: string; readonly clientSecret: string; readonly subAccountId: string };

const shiftedClock = pathToFileURL(join(import.meta.dirname, 'shifted-clock.ts')).href;
const withKeyring = join(import.meta.dirname, '../setup/with-keyring.sh');

/** A JustiFi under its real names, and a till with a keyring of its own, that can be closed and opened again. */
export type ConnectedShop = {
  readonly network: LiveNetwork;
  readonly userData: string;
  readonly keyringFolder: string;
  /** How wrong the PC's clock is from now on, also while the till runs. */
  setClock(shiftMs: number): void;
  /** `till`: what the till is expected to show first; the keypad, unless a sale of the last run comes back. */
  open(how?: { readonly keyring?: 'unlocked' | 'locked' | 'none'; readonly env?: Readonly<Record<string, string>>; readonly till?: FirstScreen; readonly nodeArgs?: readonly string[] }): Promise<TillApp>;
};

/** `shop`: JustiFi knows SHOP's credentials; the till has not been told them yet. */
export const test = base.extend<TillOptions & { shop: ConnectedShop }>({
  shop: async ({ target, userData }, use, info) => {
    const clock = join(userData, 'wall-clock');
    const keyringFolder = mkdtempSync(join(tmpdir(), 'counter-keyring-'));
    const network = await startLiveNetwork({ credentials: [SHOP] });
    const apps: TillApp[] = [];
    await use({
      network,
      userData,
      keyringFolder,
      setClock: (shiftMs) => writeFileSync(clock, String(shiftMs)),
      async open({ keyring = 'unlocked', env = {}, till = 'keypad', nodeArgs = [] } = {}) {
        const { launch } = network;
        const app = await openTillApp(target, userData, {
          till,
          ...launch,
          nodeArgs: [...launch.nodeArgs, '--import', shiftedClock, ...nodeArgs],
          ...(keyring === 'none' ? {} : { wrap: ['bash', withKeyring] }),
          env: {
            ...launch.env,
            ...(keyring === 'none'
              ? { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
              : { COUNTER_TEST_KEYRING_FOLDER: keyringFolder, COUNTER_TEST_KEYRING_PASSWORD: keyring === 'unlocked' ? 'the right one' : 'another' }),
            COUNTER_TEST_CLOCK: clock,
            ...env,
          },
        });
        apps.push(app);
        return app;
      },
    });
    const last = apps.at(-1);
    if (last !== undefined && info.status !== info.expectedStatus) console.log(`${last.counter.output}\n${last.log()}`);
    for (const app of apps) await app.counter.close();
    await network.close();
    rmSync(keyringFolder, { recursive: true, force: true });
  },
});

/** The manager's screen on which the account is connected. */
export type SetUpForm = {
  open(): Promise<void>;
  enter(credentials: Partial<Credentials>): Promise<void>;
  /** Presses Next and waits until JustiFi, or whoever else, has answered. */
  next(): Promise<void>;
  /** Chooses the shop: one of the list by its name, or by its id. */
  choose(shop: { readonly name: string } | { readonly id: string }): Promise<void>;
  connect(): Promise<void>;
  /** Both values as they stand on the screen. */
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
      // The radio itself is out of sight; people press its line.
      const press = (name: string | RegExp) => till.locator('label').filter({ has: till.getByRole('radio', { name }) }).click();
      if ('name' in shop) return press(new RegExp(`^${shop.name} acc_`, 'u'));
      await press('Another one, by its id');
      return field('Sub account id').fill(shop.id);
    },
    async connect() {
      await till.getByRole('button', { name: 'Connect', exact: true }).click();
      await answered();
    },
    async typed() {
      return { clientId: await field('Client id').inputValue(), clientSecret: await secret.inputValue() };
    },
    sentence: till.getByRole('alert'),
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
  await expect(till.getByText('TEST. No money moves.', { exact: true })).toBeVisible();
  await untilBackAtTheTill(till);
}

/** The manager's side of a till with an account and without a PIN, opened by whoever knows the secret. */
export async function openBySecret({ till }: TillApp, { clientId, clientSecret }: Pick<Credentials, 'clientId' | 'clientSecret'> = SHOP): Promise<void> {
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
  await till.getByRole('textbox', { name: 'Client id', exact: true }).fill(clientId);
  await till.getByLabel('Client secret').fill(clientSecret);
  await till.getByRole('button', { name: 'Open', exact: true }).click();
}

/** The banner changes a moment before the manager's screen goes away; what is typed in between is nobody's. */
export async function untilBackAtTheTill(till: Page): Promise<void> {
  await expect(till.getByRole('button', { name: 'Manager', exact: true })).toBeEnabled();
}

export { expect } from 'playwright/test';
