import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIAGNOSTIC_NAMES } from '../../contract/diagnostics.ts';
import { SHOP, expect, openBySecret, test } from './connected-till.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('C-81: diagnostics are read over the phone or saved as a file; they show problems, and contain no secret and no customer', async ({ runningShop: shop }) => {
  const app = await shop.open();
  const { till, counter } = app;
  await app.enter('1799', 'Donut for Mrs Miller');
  await openBySecret(app);
  await till.getByRole('tab', { name: 'Diagnostics' }).click();
  await expect(till.locator('#root').getByText('All is well.')).toBeVisible();
  await expect(till.getByRole('term')).toHaveCount(DIAGNOSTIC_NAMES.length);
  await expect(till.getByRole('definition').nth(3)).toHaveText(`Training Shop · ${SHOP.subAccountId} · client`);
  const file = join(shop.userData, 'diagnostics.txt');
  await counter.answerNextDialog({ canceled: false, filePath: file });
  await till.getByRole('button', { name: 'Save as a file' }).click();
  await expect(till.locator('#root').getByText('The file is saved.')).toBeVisible();
  const text = readFileSync(file, 'utf8');
  for (const name of DIAGNOSTIC_NAMES) expect(text).toContain(`${name}: `);
  expect(text).toContain('info manager.login-ok {"by":"secret"}');
  const tokens = shop.network.justifi.requests().flatMap(({ headers }) => headers['authorization']?.replace('Bearer ', '') ?? []);
  for (const secret of [SHOP.clientId, SHOP.clientSecret, 'Miller', ...tokens]) expect(text).not.toContain(secret);

  // JustiFi becomes unreachable: announced, and marked.
  shop.network.justifi.addFault({ on: 'GET /', kind: 'disconnect', moment: 'before' });
  await till.evaluate(() => window.dispatchEvent(new Event('offline')));
  await expect(till.locator('#root').getByText('No connection', { exact: true })).toBeVisible();
  // An answer that was on its way counts as a connection for a moment.
  await expect(async () => {
    await till.getByRole('button', { name: 'Refresh' }).click();
    await expect(till.locator('#root').getByText('Something needs attention. It is marked below.')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(till.locator('[data-trouble="true"]')).toHaveText(/Connection to JustiFi\s*down/u);
});
