import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CARDS } from './card-form.ts';
import { expect, test } from './connected-till.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const yaml: { load(text: string): { readonly appId: string } } = createRequire(import.meta.url)('js-yaml');

test('E-20: to JustiFi the card form is plain Chromium: no request of it names Electron or Counter, and no frame can read their names; to Windows it is Counter', async ({ runningShop: shop, target }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  await app.enter('1350', 'Bread');
  await app.charge();
  const form = await app.form();
  const plain = /^Mozilla\/5\.0 \([^()]+\) AppleWebKit\/537\.36 \(KHTML, like Gecko\) Chrome\/\d+\.0\.0\.0 Safari\/537\.36$/u;
  for (const frame of form.page.frames()) expect(await frame.evaluate(() => navigator.userAgent)).toMatch(plain);
  await form.payByCard(CARDS.pays);
  await app.says('PAID');
  const agents = new Set(justifi.requests().flatMap(({ headers }) => (headers['host'] === 'api.justifi.ai' ? [] : [headers['user-agent']])));
  expect([...agents]).toEqual([expect.stringMatching(plain)]);

  const { appId } = yaml.load(readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8'));
  if (target === 'chromium-host') expect(await app.counter.recorded('app.setAppUserModelId')).toEqual([appId]);
});
