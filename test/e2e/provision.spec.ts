import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANAGER_PIN, SHOP, type Shop, expect, test } from './connected-till.ts';
import { contentsUnder } from './evidence.ts';
import { type Provisioned, runProvision } from './provision-run.ts';

/* `counter --provision`, as a real process: a chain connects its registers by its own device management. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

/** Runs it, and collects meanwhile every text of it that other users of the PC could read. */
async function runWatched(shop: Shop, input: string): Promise<Provisioned & { readonly seenByOthers: string }> {
  const seen = new Set<string>();
  const ended = await runProvision(shop, shop.network, input, { whileItRuns: (pid) => processesOf(pid).forEach((line) => seen.add(line)) });
  expect([...seen].some((line) => line.includes('out/main/index.js'))).toBe(true);
  return { ...ended, seenByOthers: [...seen].join('\n') };
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
  return contentsUnder(folder).filter(({ content }) => content.includes(secret)).map(({ path }) => path);
}

test('A-04: one line on standard input connects a register without a window; the secret is in no command line, no environment and no file; another order moves it only with `replace` and its PIN', async ({ shop, chromium }) => {
  const order = JSON.stringify({ ...SHOP, registerName: 'Front counter', newManagerPin: MANAGER_PIN });
  const run = (input: string) => runProvision(shop, shop.network, input, { chromium });
  const done = await runWatched(shop, order);
  expect(done).toMatchObject({ code: 0, said: 'Counter is connected to Training Shop (acc_trainingShop), test.' });
  expect(done.seenByOthers).not.toContain(SHOP.clientSecret);
  expect(done.complained).not.toContain(SHOP.clientSecret);
  expect(filesWith(shop.userData, SHOP.clientSecret)).toEqual([]);

  expect(await run(order)).toMatchObject({ code: 1, complained: expect.stringContaining('Counter was not connected (already-connected). Nothing was changed.') });
  const move = (managerPin: string) => run(JSON.stringify({ ...SHOP, subAccountId: 'acc_trainingShopCanada', replace: true, managerPin }));
  expect(await move('739154')).toMatchObject({ code: 1, complained: expect.stringContaining('Counter was not connected (not-proved). Nothing was changed.') });
  // Piped input counts, and a file of an earlier order is deleted all the same (E-03).
  const file = join(shop.userData, 'provision.json');
  writeFileSync(file, '{', { mode: 0o600 });
  expect(await move(MANAGER_PIN)).toMatchObject({ code: 0, said: 'Counter is connected to Training Shop Canada (acc_trainingShopCanada), test.' });
  expect(existsSync(file)).toBe(false);
  expect(JSON.parse(readFileSync(join(shop.userData, 'settings.json'), 'utf8'))).toMatchObject({ registerName: 'Front counter', account: { subAccountId: 'acc_trainingShopCanada' } });
});

test('a register is not provisioned while it runs', async ({ runningShop: shop, chromium }) => {
  await shop.open();
  expect(await runProvision(shop, shop.network, JSON.stringify({ ...SHOP, replace: true }), { chromium })).toMatchObject({ code: 1, complained: expect.stringContaining('Counter is running. Close it, then provision.') });
});

test('E-03: with an empty standard input, a file that only this user can read connects the register; it is deleted in any case', async ({ shop, chromium }) => {
  const file = join(shop.userData, 'provision.json');
  const run = async (order: string, mode: number) => {
    mkdirSync(shop.userData, { recursive: true });
    writeFileSync(file, order, { mode });
    const ended = await runProvision(shop, shop.network, '', { chromium });
    expect(existsSync(file)).toBe(false);
    return ended;
  };
  const order = JSON.stringify(SHOP);
  expect(await run(order, 0o640)).toMatchObject({ code: 1, complained: expect.stringContaining('Other users of this PC could read provision.json. It was deleted, and nothing was changed: replace the secret that was in it.') });
  expect(await run(order, 0o600)).toMatchObject({ code: 0, said: 'Counter is connected to Training Shop (acc_trainingShop), test.' });
  expect(filesWith(shop.userData, SHOP.clientSecret)).toEqual([]);
});

// Invalid orders and refused accounts: unit/provision, integration/connecting.
test('E-02: an order that cannot be carried out connects nothing, and says in one line why: one that is too long, a wrong secret, --no-sandbox without an order, and one on the command line, where others of the PC could read it', async ({ shop, chromium }) => {
  const run = (input: string, args?: readonly string[]) => runProvision(shop, shop.network, input, { chromium, ...(args && { args }) });
  for (const [input, why, args] of [
    ['x'.repeat(200_000), 'order-invalid'],
    [JSON.stringify({ ...SHOP, clientSecret: 'sk_the_wrong_one' }), 'credentials-refused, not_authenticated'],
    // Root needs it on Linux; it ends no start.
    ['', 'order-invalid', ['--no-sandbox', '--provision']],
  ] as const) {
    expect(await run(input, args)).toEqual({ code: 1, said: '', complained: expect.stringContaining(`Counter was not connected (${why}). Nothing was changed.`) });
  }
  expect(await run('', ['--provision', '--client-secret=sk_of_nobody'])).toMatchObject({ code: 1, complained: expect.stringContaining('Nothing may follow --provision') });
});
