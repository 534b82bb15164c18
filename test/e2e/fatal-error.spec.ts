import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, payHeld, test, untilBackAtTheTill } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const nodeArgs = ['--import', pathToFileURL(join(import.meta.dirname, 'main-fault.ts')).href];

test('E-11, E-21: Counter ends by a fault of main while a payment is under way, by a till’s page that closes itself, and by one that crashes again and again: it starts again, and shows PAID; after three failures in ten minutes it shows the state of the money', async ({ connectedShop }) => {
  const { justifi } = connectedShop.network;
  const hasFailed = async ({ counter }: TillApp) => {
    expect(await counter.exited).toMatchObject({ code: 1 });
    return counter.recorded('app.relaunch');
  };
  const first = await connectedShop.open({ nodeArgs });
  await payHeld(first, justifi, '1250', 'Secret donut');
  process.kill(first.counter.pid, 'SIGUSR2');
  expect(await hasFailed(first)).toHaveLength(1);
  const line = first.log().split('\n').filter((each) => each.includes('counter.failed'));
  expect(line).toEqual([expect.stringMatching(/"error":"TypeError","at":"[^"]*main-fault\.ts:\d+:\d+\)?","interrupted":"payment","restarts":"yes"\}$/u)]);
  justifi.releaseCharges();
  await expect.poll(() => justifi.charges().length).toBe(1);

  // The program that Electron starts then.
  const second = await connectedShop.open({ till: 'result', nodeArgs });
  await second.says('PAID');
  expect(justifi.charges()).toMatchObject([{ amount: 1250 }]);
  await expect(second.till.getByRole('button', { name: /New sale/u })).toBeEnabled();
  await second.till.keyboard.press('Enter');
  await untilBackAtTheTill(second.till);
  // It leaves no empty window. In Electron by `window.close()`, which this Chromium does not obey.
  await second.till.close();
  expect(await hasFailed(second)).toHaveLength(1);
  expect(second.log().match(/counter\.failed .*"interrupted":"nothing","restarts":"yes"/gu)).toHaveLength(1);

  const third = await connectedShop.open({ nodeArgs });
  for (let crash = 1; crash <= 4; crash += 1) {
    const page = await third.counter.window('app://till/');
    await expect(page.getByRole('button', { name: '7', exact: true })).toBeVisible();
    const crashed = page.waitForEvent('crash');
    await page.goto('chrome://crash').catch(() => undefined);
    await crashed;
  }
  expect(await hasFailed(third)).toHaveLength(1);
  expect(third.log().match(/counter\.failed .*"interrupted":"nothing","restarts":"yes"/gu)).toHaveLength(2);

  const last = await connectedShop.open({ nodeArgs });
  process.kill(last.counter.pid, 'SIGPWR');
  expect(await hasFailed(last)).toEqual([]);
  expect(await last.counter.recorded('dialog.showErrorBox')).toEqual([{ title: 'Counter has stopped', content: 'Counter failed several times and has stopped. No payment was under way. Call the manager.' }]);
});
