import { lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Bridge } from '../../contract/channels.ts';
import { CARDS } from './card-form.ts';
import { SHOP, connectAccount, expect, test } from './connected-till.ts';
import { journalNameOf } from '../../main/storage/journal-name.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('A-18: after a day’s work no file of the register can be read by another user of the PC', async ({ shop }) => {
  const app = await shop.open();
  await connectAccount(app);
  await app.enter('1799', 'One donut');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  const set = await app.till.evaluate(() => (window as unknown as { manager: Bridge<'manager'> }).manager.setPin({ currentPin: null, pin: '482913' }));
  expect(set).toEqual({ kind: 'ok', value: null });

  const names = readdirSync(shop.userData, { recursive: true, encoding: 'utf8' });
  for (const name of ['settings.json', 'settings.json.copy', 'pins.json', 'pins.json.copy', 'counter.log', ...['db', 'db-wal', 'draft.json', 'head'].map((ending) => `${journalNameOf('test', SHOP.subAccountId)}.${ending}`), 'audit.db']) expect(names).toContain(name);
  const open = [shop.userData, ...names.map((name) => join(shop.userData, name))].filter((path) => {
    const stat = lstatSync(path);
    return (stat.isFile() || stat.isDirectory()) && (stat.mode & 0o077) !== 0;
  });
  expect(open.map((path) => relative(shop.userData, path))).toEqual([]);
});
