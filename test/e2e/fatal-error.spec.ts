import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, payHeld, test } from './connected-till.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const nodeArgs = ['--import', pathToFileURL(join(import.meta.dirname, 'main-fault.ts')).href];

test('E-11: a fault of main while a payment is under way ends Counter, which starts again and says PAID; after three in ten minutes it says what is known of the money', async ({ connectedShop }) => {
  const { justifi } = connectedShop.network;
  const app = await connectedShop.open({ nodeArgs });
  await payHeld(app, justifi, '1250', 'Secret donut');
  process.kill(app.counter.pid, 'SIGUSR2');
  expect(await app.counter.exited).toMatchObject({ code: 1 });
  expect(await app.counter.recorded('app.relaunch')).toHaveLength(1);
  const line = app.log().split('\n').filter((each) => each.includes('counter.failed'));
  expect(line).toEqual([expect.stringMatching(/"error":"TypeError","at":"[^"]*main-fault\.ts:\d+:\d+\)?","interrupted":"payment","restarts":"yes"\}$/u)]);
  justifi.releaseCharges();
  await expect.poll(() => justifi.charges().length).toBe(1);

  // What Electron starts then.
  let again = await connectedShop.open({ till: 'result', nodeArgs });
  await again.says('PAID');
  expect(justifi.charges()).toMatchObject([{ amount: 1250 }]);
  await expect(again.till.getByRole('button', { name: /New sale/u })).toBeEnabled();
  await again.till.keyboard.press('Enter');
  await expect(again.till.getByRole('button', { name: 'Manager', exact: true })).toBeEnabled();

  for (const signal of ['SIGPWR', 'SIGUSR2'] as const) {
    process.kill(again.counter.pid, signal);
    expect(await again.counter.exited).toMatchObject({ code: 1 });
    expect(await again.counter.recorded('app.relaunch')).toHaveLength(1);
    again = await connectedShop.open({ nodeArgs });
  }
  process.kill(again.counter.pid, 'SIGUSR2');
  expect(await again.counter.exited).toMatchObject({ code: 1 });
  expect(await again.counter.recorded('app.relaunch')).toEqual([]);
  expect(await again.counter.recorded('dialog.showErrorBox')).toEqual([{ title: 'Counter has stopped', content: 'Counter failed several times and has stopped. No payment was under way. Call the manager.' }]);
});

test('E-21: a till’s page that crashes again and again is not reloaded for ever: Counter starts itself again', async ({ connectedShop }) => {
  const { counter, log } = await connectedShop.open();
  for (let crash = 1; crash <= 4; crash += 1) {
    const page = await counter.window('app://till/');
    await expect(page.getByRole('button', { name: '7', exact: true })).toBeVisible();
    const crashed = page.waitForEvent('crash');
    await page.goto('chrome://crash').catch(() => undefined);
    await crashed;
  }
  expect(await counter.exited).toMatchObject({ code: 1 });
  expect(await counter.recorded('app.relaunch')).toHaveLength(1);
  expect(log()).toMatch(/counter\.failed .*"interrupted":"nothing","restarts":"yes"/u);
});

test('E-21: a till’s page that closes itself leaves no empty window: Counter starts itself again', async ({ openTill }) => {
  const { till, counter, log } = await openTill();
  // In Electron by `window.close()`, which this Chromium does not obey.
  await till.close();
  expect(await counter.exited).toMatchObject({ code: 1 });
  expect(await counter.recorded('app.relaunch')).toHaveLength(1);
  expect(log()).toMatch(/counter\.failed .*"interrupted":"nothing","restarts":"yes"/u);
});
