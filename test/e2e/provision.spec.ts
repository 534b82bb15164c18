import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { CARDS } from './card-form.ts';
import { type ConnectedShop, SHOP, expect, test } from './connected-till.ts';

/* `counter --provision`, as a real process: a chain connects its registers by its own device management. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const root = join(import.meta.dirname, '../..');
type Ended = { readonly code: number | null; readonly said: string; readonly complained: string; readonly seenByOthers: string };

/** Runs the built app with these arguments and this on its standard input; beside it, what every other user of the PC could read of it. */
async function run(shop: ConnectedShop, input: string, args: readonly string[] = ['--provision']): Promise<Ended> {
  const { env, nodeArgs, chromiumArgs } = shop.network.launch;
  const program = [process.execPath, ...nodeArgs, '--import', pathToFileURL(join(root, 'test/host/register.ts')).href, join(root, 'out/main/index.js'), ...args];
  const child = spawn('bash', [join(root, 'test/setup/with-keyring.sh'), ...program], {
    env: {
      ...process.env,
      ...env,
      COUNTER_TEST_KEYRING_FOLDER: shop.keyringFolder,
      COUNTER_TEST_KEYRING_PASSWORD: 'the right one',
      COUNTER_HOST_APP_PATH: root,
      COUNTER_HOST_USER_DATA: shop.userData,
      COUNTER_HOST_CHROMIUM_ARGS: JSON.stringify(chromiumArgs),
    },
  });
  const said = text(child.stdout);
  const complained = text(child.stderr);
  const seen = new Set<string>();
  const watch = setInterval(() => processesOf(child.pid!).forEach((line) => seen.add(line)), 20);
  // A program that has heard enough hangs up.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  clearInterval(watch);
  expect([...seen].some((line) => line.includes('out/main/index.js'))).toBe(true);
  return { code, said: (await said).trim(), complained: await complained, seenByOthers: [...seen].join('\n') };
}

/** The command lines and environments of a process and all that it started. */
function processesOf(first: number): string[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/u.test(name)).map(Number);
  const read = (pid: number, what: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${what}`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  };
  const parents = new Map(all.map((pid) => [pid, Number(/^PPid:\s*(\d+)/mu.exec(read(pid, 'status'))?.[1] ?? 0)]));
  const belongs = (pid: number): boolean => pid === first || (pid > 1 && belongs(parents.get(pid) ?? 0));
  return all.filter(belongs).map((pid) => `${read(pid, 'cmdline')} ${read(pid, 'environ')}`);
}

function filesWith(folder: string, secret: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile() && readFileSync(path).includes(secret));
}

test('one line on standard input connects a register without a window; the secret is in no command line, no environment and no file', async ({ shop }) => {
  const order = JSON.stringify({ ...SHOP, registerName: 'Front counter' });
  const done = await run(shop, order);
  expect(done).toMatchObject({ code: 0, said: 'Counter is connected to Training Shop (acc_trainingShop), test.' });
  expect(done.seenByOthers).not.toContain(SHOP.clientSecret);
  expect(done.complained).not.toContain(SHOP.clientSecret);
  expect(filesWith(shop.userData, SHOP.clientSecret)).toEqual([]);

  // Once: whoever comes later has to mean it.
  const again = await run(shop, order);
  expect(again).toMatchObject({ code: 1, complained: expect.stringContaining('Counter was not connected (already-connected). Nothing was changed.') });
  expect(await run(shop, JSON.stringify({ ...SHOP, subAccountId: 'acc_trainingShopCanada', replace: true }))).toMatchObject({ code: 0, said: 'Counter is connected to Training Shop Canada (acc_trainingShopCanada), test.' });

  const app = await shop.open();
  await expect(app.till.getByText('TEST. No money moves.')).toBeVisible();
  await expect(app.till.getByText('Front counter')).toBeVisible();
  await app.enter('1900', 'Repair');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  expect(shop.network.justifi.charges()).toMatchObject([{ amount: 1900 }]);
  // While it runs nobody provisions it behind its back.
  expect(await run(shop, order)).toMatchObject({ code: 1, complained: expect.stringContaining('Counter is running. Close it, then provision.') });
});

test('an order that is wrong in any way connects nothing, and says in one line why', async ({ shop }) => {
  const cases: readonly (readonly [input: string, sentence: string])[] = [
    ['', 'order-invalid'],
    ['{"clientId":"test_1"', 'order-invalid'],
    [JSON.stringify({ ...SHOP, surprise: 1 }), 'order-invalid'],
    ['x'.repeat(200_000), 'order-invalid'],
    [JSON.stringify({ ...SHOP, clientSecret: 'sk_the_wrong_one' }), 'credentials-refused, not_authenticated'],
    [JSON.stringify({ ...SHOP, subAccountId: 'acc_trainingShopClosed' }), 'sub-account-not-enabled'],
    [JSON.stringify({ brokerUrl: 'http://keys.example.com', registerKey: 'k'.repeat(40), subAccountId: SHOP.subAccountId }), 'broker-url-not-https'],
  ];
  for (const [input, why] of cases) {
    const { code, said, complained } = await run(shop, input);
    expect({ code, said, complained }).toEqual({ code: 1, said: '', complained: expect.stringContaining(`Counter was not connected (${why}). Nothing was changed.`) });
  }
  const told = await run(shop, '', ['--provision', '--client-secret=sk_of_nobody']);
  expect(told).toMatchObject({ code: 1, complained: expect.stringContaining('Nothing may follow --provision') });
  const app = await shop.open({ till: 'first-run' });
  await expect(app.till.getByText('Welcome to Counter')).toBeVisible();
});
