import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import { startBroker } from '../broker/broker.ts';
import { SHOP, expect, test, untilBackAtTheTill } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

/* A register whose shop keeps the client secret in its back office: a broker written from docs/token-broker.md, over TLS. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const KEY = '9b1f44c07d2e4a6f8c3051be72d9a8f60c14e5b793a2d86f';

async function enterKey({ till }: TillApp, url: string, key: string, action: string): Promise<void> {
  await till.getByRole('textbox', { name: 'Address of the key server' }).fill(url);
  await till.getByLabel('Register key').fill(key);
  await till.getByRole('button', { name: action, exact: true }).click();
  await expect(till.getByRole('button', { name: 'Asking JustiFi…' })).toBeHidden();
}

test('a register connects by the shop’s token broker: the client secret is never on this PC, and a revoked key ends it', async ({ shop }) => {
  const { justifi } = shop.network;
  // The back office trusts this JustiFi, too.
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), shop.network.authority]);
  const keys = new Map([['any', KEY]]);
  const broker = await startBroker({
    keys,
    async fetchToken() {
      const body = JSON.stringify({ client_id: SHOP.clientId, client_secret: SHOP.clientSecret });
      const answer = await fetch(`${justifi.origin}/oauth/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      return (await answer.json()) as { access_token: string; expires_in: number };
    },
  });
  const authorities = join(shop.userData, 'authorities.pem');
  writeFileSync(authorities, `${shop.network.authority}\n${broker.authority}`);
  const app = await shop.open({ env: { NODE_EXTRA_CA_CERTS: authorities } });
  const { till } = app;
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
  await till.locator('label').filter({ hasText: 'Key server of the shop' }).click();

  await enterKey(app, broker.url, KEY.replace('9', '8'), 'Next');
  await expect(till.getByRole('note')).toHaveText(/^The key server refused this register\..* \(broker-signature\)$/u);
  await enterKey(app, broker.url, KEY, 'Next');
  await till.getByRole('button', { name: 'Connect', exact: true }).click();
  await untilBackAtTheTill(till);
  await expect(till.locator('#root').getByText('TEST – no real payments')).toBeVisible();
  await app.enter('1900', 'Repair');
  await app.charge();
  await app.form();
  for (const secret of [KEY, SHOP.clientSecret]) expect(app.log()).not.toContain(secret);
  expect(justifi.charges()).toEqual([]);
  await till.keyboard.press('Escape');

  // The key is in the keychain, and the door asks for it.
  await untilBackAtTheTill(till);
  await till.keyboard.press('Control+l');
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
  await enterKey(app, broker.url, KEY, 'Open');
  await till.getByRole('button', { name: 'Test connection' }).click();
  await expect(till.locator('#root').getByText('Ready to take payments.')).toBeVisible();
  broker.revoke('any');
  await till.getByRole('button', { name: 'Test connection' }).click();
  await expect(till.getByRole('listitem').filter({ hasText: 'JustiFi accepts the key' })).toContainText('(broker-unknown_register)');
  await broker.close();
});
