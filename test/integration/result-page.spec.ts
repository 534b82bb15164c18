import { type ScriptedTill, expect, test } from '../till-page/scripted-till.ts';

/* The result of a sale: shown again, and its sound. */

const total = ({ page }: ScriptedTill) => page.getByRole('heading', { level: 1 });

test('F-29: a PAID screen that was dismissed by mistake can be seen again with one key, and the text typed meanwhile stays', async ({ app }) => {
  const { page } = app;
  await app.enter('1799', 'One donut');
  await app.charge();
  await app.pay('paid');
  await app.says('PAID');
  await page.getByRole('button', { name: 'New sale' }).click();
  await expect(page.getByRole('button', { name: '7', exact: true })).toBeVisible();
  await app.type('35');
  await app.type(['F4']);
  await expect(page.getByRole('heading', { name: 'Last sale' })).toBeVisible();
  for (const words of ['PAID', '$17.99', '4242', 'One donut']) await app.says(words);
  // Keys of the keypad behind it do nothing now.
  await app.type('9');
  await app.type(['F4']);
  await expect(total(app)).toHaveText('$0.35');
  await app.type('75');
  await expect(total(app)).toHaveText('$35.75');
  // Enter on a button that Tab went to is that button's.
  await app.type(['F4']);
  await page.getByRole('button', { name: /^Void or refund/u }).focus();
  await app.type(['Enter']);
  await expect(page.locator('main.history')).toBeVisible();
});

test('PAID and DECLINED have one sound each where sounds are on, and none where they are off', async ({ app }) => {
  const { page } = app;
  const heard = () => page.evaluate(() => (window as unknown as { readonly tones: readonly number[] }).tones.length);
  await page.evaluate(() => {
    const tones: number[] = [];
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function begin(this: OscillatorNode, ...when) {
      tones.push(this.frequency.value);
      start.apply(this, when);
    };
    Object.assign(window, { tones });
  });
  const sell = async (digits: string, ending: 'paid' | 'declined', word: string) => {
    await app.enter(digits, 'Donut');
    await app.charge();
    await app.pay(ending);
    await app.says(word);
    await page.getByRole('button', { name: /^(?:New sale|Cancel sale)/u }).click();
    await expect(page.getByRole('button', { name: '7', exact: true })).toBeVisible();
  };
  await sell('1799', 'paid', 'PAID');
  expect(await heard()).toBe(0);
  await app.type(['F10']);
  await page.getByRole('tab', { name: 'Screen and sound' }).click();
  await page.locator('#root').getByText('Sounds for paid and declined').click();
  await expect(page.getByRole('checkbox', { name: /Sounds/u })).toBeChecked();
  await app.touch('Back to the till');
  await sell('1899', 'paid', 'PAID');
  expect(await heard()).toBe(2);
  await sell('1999', 'declined', 'DECLINED');
  expect(await heard()).toBe(3);
  await app.type(['F4']);
  await page.getByRole('button', { name: /^Back to the till/u }).click();
  expect(await heard()).toBe(3);
});
