import type { Page } from 'playwright';
import { describe } from 'vitest';
import { registerSettings } from '../../contract/register-settings.ts';
import { failed, ok } from '../../contract/result.ts';
import type { ConnectProblem } from '../../contract/problem.ts';
import { watchWords } from '../e2e/plain-words.ts';
import { CONNECTED, OFFERS } from '../till-page/manager-states.ts';
import { AT_REST } from '../till-page/snapshots.ts';
import { type ScriptedTill, TRAINING, expect, testOn } from '../till-page/scripted-till.ts';

/* The set-up of a register, and its sentences when connecting an account fails. Main's handling of JustiFi's answers: integration/connecting; the whole way: e2e/connected-sale. */

const KEY = { clientId: 'test_shop', clientSecret: 'sk_of_the_test_key' };
const PIN = '804173';

const test = testOn({ ...TRAINING, isFirstRun: true });

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const secret = (page: Page) => page.getByLabel('Client secret', { exact: true });
const typed = async (page: Page) => ({ clientId: await field(page, 'Client id').inputValue(), clientSecret: await secret(page).inputValue() });

async function toKey({ page, wait }: ScriptedTill): Promise<void> {
  await wait();
  await page.getByRole('button', { name: /^Connect JustiFi/u }).click();
  await wait();
}

async function press(app: ScriptedTill, name: string): Promise<void> {
  await app.wait();
  await app.touch(name);
}

/** Main answers the next call of this name only when it is told to. */
async function hold({ page }: ScriptedTill, call: string): Promise<(answer: unknown) => Promise<void>> {
  type Held = Window & { readonly answers: Map<string, unknown>; tell: (answer: unknown) => void };
  await page.evaluate((name) => {
    const held = window as unknown as Held;
    held.answers.set(name, new Promise((resolve) => (held.tell = resolve)));
  }, call);
  return (answer) => page.evaluate((said) => (window as unknown as Held).tell(said), answer);
}

test('whatever is refused while an account is connected is one sentence, nothing typed is lost, and a press that is not answered yet takes no second', async ({ app }) => {
  const { page } = app;
  const words = await watchWords(page);
  await toKey(app);
  await field(page, 'Client id').fill(KEY.clientId);
  await secret(page).fill(KEY.clientSecret);
  const keys: readonly (readonly [ConnectProblem, RegExp])[] = [
    [{ kind: 'client-id-empty' }, /^Type the client id\.$/u],
    [{ kind: 'client-secret-empty' }, /^Type the client secret\.$/u],
    [{ kind: 'client-id-odd' }, /^That is not a client id\./u],
    [{ kind: 'client-secret-odd' }, /^That is not a client secret\./u],
    [{ kind: 'credentials-refused', code: 'not_authenticated' }, /^JustiFi refused the client id or the secret\..*\(not_authenticated\)$/u],
    [{ kind: 'service-trouble', code: 'not-json' }, /^JustiFi did not answer as it should\. Nothing was saved\..*\(not-json\)$/u],
    [{ kind: 'no-connection', trouble: 'no-answer', code: 'UND_ERR_SOCKET' }, /^No connection to JustiFi\. Nothing was saved\./u],
    [{ kind: 'no-permission', code: 'not_authorized' }, /^These credentials may not use this sub account\./u],
  ];
  for (const [problem, sentence] of keys) {
    await app.answer('findSubAccounts', failed(problem));
    await press(app, 'Next');
    await expect(page.getByRole('note')).toHaveText(sentence);
    expect(await typed(page)).toEqual(KEY);
  }

  const answer = await hold(app, 'findSubAccounts');
  await press(app, 'Next');
  await expect(page.getByRole('button', { name: 'Asking JustiFi…' })).toBeDisabled();
  await expect(page.getByRole('note')).toBeEmpty();
  await answer(ok(OFFERS));
  // Those that cannot take payments say why; any other goes by its id.
  await expect(page.getByRole('radio', { name: /^A shop that JustiFi still looks at .*Cannot take payments: JustiFi calls it information_needed\.$/u })).toBeDisabled();
  await expect(page.getByRole('radio', { name: /^Training Shop acc_trainingShop .*Test – no real payments · US dollars · cards, bank accounts$/u })).toBeChecked();
  await page.locator('label').filter({ hasText: 'Another one, by id' }).click();
  await field(page, 'Sub account id').fill('acc_other');
  const shops: readonly (readonly [ConnectProblem, RegExp])[] = [
    [{ kind: 'sub-account-invalid' }, /It begins with acc_/u],
    [{ kind: 'sub-account-not-enabled', status: 'disabled' }, /cannot take payments yet: JustiFi calls it disabled\.$/u],
    [{ kind: 'keychain-locked' }, /^This PC’s keychain is locked or was reset\./u],
    [{ kind: 'keychain-unavailable' }, /^This PC’s keychain cannot be used, so nothing was saved\./u],
    [{ kind: 'keychain-damaged' }, /^What Counter keeps in this PC’s keychain is damaged\./u],
    [{ kind: 'no-connection', trouble: 'no-answer', code: 'redirect-refused' }, /^No connection to JustiFi\. Nothing was saved\./u],
  ];
  for (const [problem, sentence] of shops) {
    await app.answer('connect', failed(problem));
    await press(app, 'Connect');
    await expect(page.getByRole('note')).toHaveText(sentence);
    await expect(field(page, 'Sub account id')).toHaveValue('acc_other');
  }
  expect(await app.asked('connect')).toEqual(shops.map(() => ({ subAccountId: 'acc_other' })));
  await words.expectPlain();
});

test('C-65: a shop is led from the key to the test; neither the PIN that was just set nor the name is asked for again, and one Next saves what was typed', async ({ app }) => {
  const { page } = app;
  await app.answer('findSubAccounts', ok(OFFERS));
  await toKey(app);
  // Copied from the dashboard as a whole: sorted into the fields.
  await field(page, 'Client id').evaluate((input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, `Client ID: ${KEY.clientId}\nClient Secret: ${KEY.clientSecret}`);
  expect(await typed(page)).toEqual(KEY);
  await press(app, 'Next');
  await page.locator('label').filter({ hasText: 'Training Shop Canada' }).click();
  await press(app, 'Connect');
  await field(page, 'Name of this register').fill('Front counter');
  expect(await app.asked('connect')).toEqual([{ subAccountId: 'acc_canada' }]);
  await press(app, 'Next');
  for (const label of ['New PIN', 'New PIN again']) {
    await page.getByLabel(label, { exact: true }).fill(PIN);
    await page.keyboard.press('Enter');
  }
  expect(await app.asked('setPin')).toEqual([{ currentPin: null, pin: PIN }]);
  await app.push(CONNECTED);
  await expect(field(page, 'Smallest amount')).toBeVisible();
  await expect(field(page, 'Name of this register')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Next' })).toHaveCount(1);
  await field(page, 'Largest amount').fill('500');
  await press(app, 'Next');
  const settings = registerSettings.parse({});
  expect(await app.asked('changeSettings')).toEqual([{ ...settings, registerName: 'Front counter' }, { ...settings, limits: { ...settings.limits, largestInCents: 50_000 } }]);
  await app.answer('testConnection', ok((['keychain', 'network', 'access', 'sub-account', 'mode', 'form'] as const).map((name) => ({ name, result: 'ok' }))));
  await press(app, 'Test connection');
  await expect(page.locator('#root').getByText('Ready to take payments.')).toBeVisible();
  await expect(page.getByRole('listitem')).toHaveCount(6);
  await press(app, 'Start selling');
  await expect(page.getByRole('heading', { name: 'Welcome to Counter' })).toBeHidden();
});

describe('a connected register whose keychain does not give the key', () => {
  test.override('snapshot', AT_REST);

  test('says what is wrong with it, each in a sentence of its own, and is no first run', async ({ app }) => {
    const { page } = app;
    for (const [kind, sentence] of [
      ['keychain-locked', "This PC’s keychain is locked or was reset. Nothing was charged. Unlock it, then press Try again, or call the manager."],
      ['keychain-unavailable', 'This PC has no keychain that Counter can use. Nothing was charged. Call the manager.'],
      ['keychain-damaged', "What Counter keeps in this PC’s keychain is damaged. Nothing was charged. Call the manager."],
    ] as const) {
      await app.push({ ...AT_REST, account: { kind: 'broken', problem: { kind } } });
      await expect(page.getByRole('note').filter({ hasText: 'keychain' })).toContainText(sentence);
      await expect(page.getByRole('button', { name: '7', exact: true })).toBeVisible();
    }
  });
});
