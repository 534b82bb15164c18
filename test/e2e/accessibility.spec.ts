import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { findViolations } from './axe.ts';
import { CARDS } from './card-form.ts';
import { MANAGER_PIN, type OpenHow, SHOP, type Shop, expect, openBySecret, setUpForm, test } from './connected-till.ts';
import { HEBREW, notIsolated } from './isolated-text.ts';
import { typeByHand } from './keys.ts';

/*
 * WCAG 2.2 AA on every screen, in the light and in the dark, by axe and by measure. Each walk goes through one till: every
 * state is as it is at the counter, not as a fixture would have it.
 */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');
test.setTimeout(180_000);

const SMALLEST_SCREEN = { width: 1024, height: 768 };
/** How much faster main's clock runs while the till only waits. */
const QUICKLY = 8;
const gaps = readFileSync(join(import.meta.dirname, '../../docs/accessibility.md'), 'utf8');

/** The sign that goes with each word. */
type Signs = Map<string, string>;
/** 9.5 units of 0.62 % of 1280 px. */
const AMOUNT_SIZE = '75.392px';

/** A till to walk through, with everything that is seen on the way. */
async function beginWalk(shop: Shop, how: OpenHow = {}) {
  const app = await shop.open(how);
  const { till } = app;
  await till.setViewportSize({ width: 1280, height: 800 });
  const signs: Signs = new Map();
  const button = (name: string | RegExp) => till.getByRole('button', { name, exact: true });
  return {
    app,
    till,
    signs,
    button,
    screen: (name: string) => test.step(name, () => lookAt(till, name, signs)),
    async next() {
      await button(/^(?:New sale|Cancel sale)/u).click();
      await button(/^Clear/u).click();
    },
    async sell(digits: string, description: string) {
      await app.enter(digits, description);
      await app.charge();
      return app.form();
    },
  };
}

const ALL = 'no violation in light and dark, targets for fingers, one size of amount';

test(`the keypad and the manager’s side: ${ALL}`, async ({ shop }) => {
  const { till, button, screen } = await beginWalk(shop);
  await screen('nothing typed');
  await button('Manager').click();
  for (const section of ['JustiFi account', 'Manager PIN', 'Sales and limits', 'Receipt', 'Printers', 'Cashiers', 'Screen and sound', 'Copy settings', 'Diagnostics', 'Audit log']) {
    await till.getByRole('tab', { name: section }).click();
    await screen(section);
  }
  await button(/^Everything/u).click();
  await screen('a list that is open');
});

test(`a sale until its form is on the screen: ${ALL}`, async ({ connectedShop: shop }) => {
  const { app, till, button, screen } = await beginWalk(shop);
  const { justifi } = shop.network;
  // Also for the form that is prepared meanwhile: it must not be there already when it is looked at.
  justifi.addFault({ on: 'GET /v2/*', kind: 'hang', moment: 'before' });
  await app.enter('99999999', '');
  await app.charge();
  await expect(till.getByRole('note')).not.toBeEmpty();
  await screen('charged without a description');
  await button(/^Clear/u).click();

  await app.enter('1799', HEBREW.donut);
  await app.charge();
  await app.says('Opening');
  await screen('preparing');
  await till.keyboard.press('Escape');
  justifi.clearFaults();
  justifi.dropHanging();
  await button('7').waitFor();
  await app.charge();
  const form = await app.form();
  await screen('ready');
  await lookAtForm(form.page);
  await form.fillCard(CARDS.invalid);
  await form.pay();
  await expect(form.page.getByRole('alert').filter({ hasText: 'Nothing was charged' })).toBeVisible();
  await lookAtForm(form.page);
  // Not in the form itself: it is gone before the key is let go.
  await till.keyboard.press('Escape');
  await button('7').waitFor();
  await button(/^Clear/u).click();
});

// Not after another sale: what is asked about that one is answered, and an answer is a connection.
test(`a sale without a connection: ${ALL}`, async ({ connectedShop: shop }) => {
  const { app, till, screen } = await beginWalk(shop);
  // Before the connection is lost: otherwise the till knows it at the first digit, and Charge is off.
  await app.preparedForm();
  for (const on of ['GET /', 'POST /v1/checkouts', 'PATCH /v1/checkouts/*']) shop.network.justifi.addFault({ on, kind: 'disconnect', moment: 'before' });
  await app.enter('100', 'Nobody answers');
  await app.charge();
  await app.says('No connection');
  await expect(till.getByRole('note')).not.toBeEmpty();
  await screen('no connection');
});

test(`every end of a sale: ${ALL}, a sign of its own`, async ({ connectedShop: shop }) => {
  // One of its pages crashes.
  const { app, till, signs, button, screen, next, sell } = await beginWalk(shop, { chromium: 'own' });
  const { justifi } = shop.network;
  const slow = await sell('1799', HEBREW.donut);
  justifi.holdCharges();
  await slow.payByCard(CARDS.pays);
  await app.says('Processing');
  await screen('processing');
  await lookAtForm(slow.page);
  await shop.atPace(QUICKLY, () => app.says('UNKNOWN'));
  await screen('checking');
  await shop.atPace(QUICKLY, () => button('Serve next customer').click({ timeout: 25_000 }));
  await app.says('1 payment to confirm');
  await screen('to confirm');
  justifi.releaseCharges();
  await expect(till.locator('#root').getByText('Earlier payment went through')).toBeVisible();
  await screen('late');
  await button('Keep').click();

  await (await sell('2500', HEBREW.repair)).payByCard(CARDS.pays);
  await app.says('PAID');
  await screen('paid');
  await next();
  await till.keyboard.press('F4');
  await till.getByRole('heading', { name: 'Last sale' }).waitFor();
  await screen('last sale');
  await till.keyboard.press('F4');
  await (await sell('2600', HEBREW.repair)).payByCard(CARDS.declined);
  await app.says('DECLINED');
  await screen('declined');
  await next();
  const bank = await sell('12000', HEBREW.deposit);
  await bank.fillBankAccount();
  await lookAtForm(bank.page);
  await bank.pay();
  await app.says('ACCEPTED');
  await screen('accepted');
  await next();
  const lost = await sell('900', 'Stickers');
  await lost.page.goto('chrome://crash').catch(() => {});
  await app.says('NOT CHARGED');
  await screen('not charged');
  await next();

  const wrong = await sell('1700', HEBREW.repair);
  justifi.changeAmount(app.journal('test').sales.at(-1)!.checkout_id!, 71_700);
  await wrong.payByCard(CARDS.pays);
  await app.says('WRONG AMOUNT');
  await screen('wrong amount');
  await openBySecret(app);
  await till.getByRole('tab', { name: 'Needs attention' }).click();
  await screen('please look');
  await till.getByRole('tab', { name: 'Audit log' }).click();
  await expect(till.locator('.audit-lines tbody tr').first()).toBeVisible();
  await screen('the audit log of it');

  expect([...signs.keys()].toSorted()).toEqual(['ACCEPTED', 'DECLINED', 'NOT CHARGED', 'PAID', 'UNKNOWN', 'WRONG AMOUNT']);
  expect(new Set(signs.values()).size).toBe(signs.size);
});

test(`the account of a register, by the door without a PIN: ${ALL}`, async ({ connectedShop: shop }) => {
  const { app, till, button, screen } = await beginWalk(shop);
  await button('Manager').click();
  await screen('the door without a PIN');
  await till.keyboard.press('Escape');
  await button('7').waitFor();
  await openBySecret(app);
  await screen('the connected account');
  await button('Test connection').click();
  await expect(till.locator('#root').getByText('Ready to take payments.')).toBeVisible();
  await screen('the test of the connection');
  await button('Disconnect, back to training').click();
  await screen('leaving the account');
  await button('Stay connected').click();
  await button('Change the sub account').click();
  await expect(till.getByRole('radio').first()).toBeVisible();
  await screen('another sub account');
});

test(`cashiers, and the manager’s word in place: ${ALL}`, async ({ shopWithPin: shop }) => {
  const { app, till, button, screen } = await beginWalk(shop);
  await button('Manager').click();
  await screen('the door');
  await typePin(till, 'Manager PIN', MANAGER_PIN);
  await till.getByRole('tab', { name: 'Cashiers' }).click();
  await button('Add a cashier').click();
  await screen('a new cashier');
  await till.getByRole('textbox', { name: 'Name' }).fill(HEBREW.cashier);
  await typePin(till, 'Four digits', '4829');
  await expect(till.getByRole('listitem')).toBeVisible();
  await screen('one cashier');
  await till.keyboard.press('Control+l');
  await till.getByRole('heading', { name: 'Who is at the till?' }).waitFor();
  await screen('who is at the till');
  await till.getByRole('group', { name: 'Cashiers' }).getByRole('button', { name: HEBREW.cashier }).click();
  await typePin(till, 'Your PIN', '7351');
  await expect(till.getByRole('note')).not.toBeEmpty();
  await screen('the wrong PIN');
  await typePin(till, 'Your PIN', '4829');
  // By touch: a page that axe keeps busy could take six quick keys for a scanner's.
  for (const key of ['1', '2', '5', '00', '0']) await button(key).click();
  await till.getByRole('textbox', { name: 'Description' }).fill('Television');
  await app.charge();
  await expect(till.getByRole('note')).toContainText('That is a large amount.');
  await expect(button(/^Charge/u)).toBeEnabled();
  await till.keyboard.press('F9');
  await till.getByRole('heading', { name: 'Ask the manager' }).waitFor();
  await screen('the manager’s word');
  await typePin(till, 'Manager PIN', '905172');
  await expect(till.getByRole('note')).not.toBeEmpty();
  await screen('the manager’s word, with another PIN');
});

async function typePin(till: Page, label: string, pin: string): Promise<void> {
  await till.getByLabel(label, { exact: true }).fill(pin);
  await till.keyboard.press('Enter');
}

async function lookAt(page: Page, name: string, signs: Signs): Promise<void> {
  // A result takes no press in its first moment, and looks so.
  await expect(page.locator('.result .next button[data-disabled]')).toHaveCount(0);
  expect.soft(await findViolations(page), name).toEqual([]);
  expect.soft(await smallTargets(page), name).toEqual([]);
  expect.soft(await notIsolated(page), name).toEqual([]);
  for (const size of await sizesOf(page)) expect.soft(size).toBe(AMOUNT_SIZE);
  for (const [word, drawing] of await page.locator(':is(.result-words, .state):has(> .sign)').evaluateAll((states) => states.map((state) => [state.querySelector('.word')!.firstChild!.textContent!, state.querySelector('.sign')!.innerHTML] as const))) {
    signs.set(word, drawing);
  }
  const before = page.viewportSize();
  await page.setViewportSize(SMALLEST_SCREEN);
  expect.soft(await cutOff(page), `${name} at 1024 × 768`).toEqual([]);
  if (before !== null) await page.setViewportSize(before);
}

/** Around JustiFi's form nothing may be wrong; what is wrong inside is JustiFi's, and stands in the docs by name. */
async function lookAtForm(page: Page): Promise<void> {
  expect.soft(await findViolations(page, { exclude: 'justifi-checkout' })).toEqual([]);
  const known = (violation: string) => gaps.includes(`\`${violation.split(' ')[0]}\``);
  expect.soft((await findViolations(page, { include: 'justifi-checkout' })).filter((violation) => !known(violation))).toEqual([]);
  expect.soft(await smallTargets(page)).toEqual([]);
  expect.soft(await notIsolated(page)).toEqual([]);
  for (const size of await sizesOf(page)) expect.soft(size).toBe(AMOUNT_SIZE);
}

/** Keys of the keypad 64 px, everything else that is pressed 44 px. JustiFi's form is JustiFi's. */
function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const pressed = [...document.querySelectorAll<HTMLElement>('button:not([tabindex="-1"]), input, textarea, [role=tab], [role=option], .check')].filter((element) => element.matches('.check') || element.closest('.check, justifi-checkout') === null);
    return pressed
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && getComputedStyle(element).clipPath === 'none' && element.closest('[aria-hidden=true]') === null)
      .map((element) => ({ element, ...(({ width, height }) => ({ width, height }))((element.closest('label') ?? element).getBoundingClientRect()), least: element.classList.contains('key') ? 64 : 44 }))
      .filter(({ width, height, least }) => width < least || height < least)
      .map(({ element, width, height }) => `${element.outerHTML.slice(0, 100)} ${width} × ${height}`);
  });
}

const sizesOf = (page: Page) => page.locator('.amount:visible').evaluateAll((amounts) => amounts.map((amount) => getComputedStyle(amount).fontSize));

/** What has to be scrolled to, or runs over its edge. A manager's section may be scrolled. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const runsOver = (element: Element) => (element.scrollHeight > element.clientHeight + 1 && !element.matches('.amount')) || element.scrollWidth > element.clientWidth + 1;
    return [document.documentElement, ...document.querySelectorAll('main, header, section, button, .amount')]
      .filter((element) => element.clientHeight > 0 && element.closest('.manager, .manager-door') === null && runsOver(element))
      .map((element) => element.outerHTML.slice(0, 100));
  });
}

test('the theme of the manager counts at once, in both windows, and after a restart; the ring of the focus is seen on every ground', async ({ openTill }) => {
  const app = await openTill();
  const { till } = app;
  const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
  await till.getByRole('tab', { name: 'Screen and sound' }).click();
  await till.getByRole('button', { name: /Theme$/u }).click();
  await till.getByRole('option', { name: 'Dark' }).click();
  await expect.poll(() => ground(till)).toBe('rgb(14, 18, 23)');
  await till.getByRole('button', { name: 'Back to the till' }).click();
  await app.enter('1799', 'One donut');
  await app.charge();
  const form = await app.form();
  expect(await ground(form.page)).toBe('rgb(25, 31, 39)');
  await app.counter.close();
  const again = await openTill();
  await expect.poll(() => ground(again.till)).toBe('rgb(14, 18, 23)');
  for (const theme of ['Dark', 'Light']) {
    await again.till.getByRole('button', { name: 'Manager', exact: true }).click();
    await again.till.getByRole('tab', { name: 'Screen and sound' }).click();
    await again.till.getByRole('button', { name: /Theme$/u }).click();
    await again.till.getByRole('option', { name: theme }).click();
    await again.till.getByRole('button', { name: 'Back to the till' }).click();
    expect(await faintRings(again.till)).toEqual([]);
  }
});

/** Tab through everything on the screen; each must show a ring of 2 px or more and of 3:1 against what lies around it. */
async function faintRings(page: Page): Promise<readonly string[]> {
  const faint: string[] = [];
  const walked = new Set<string>();
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const { name, width, contrast } = await page.evaluate(() => {
      const channels = (colour: string) => colour.match(/[\d.]+/gu)!.slice(0, 3).map((channel) => Number(channel) / 255);
      const luminance = (colour: string) => channels(colour).map((channel) => (channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)).reduce((sum, channel, index) => sum + channel * [0.2126, 0.7152, 0.0722][index]!, 0);
      const focused = document.activeElement!;
      const { outlineColor, outlineWidth, outlineStyle } = getComputedStyle(focused);
      let around = focused.parentElement;
      while (around !== null && /, 0\)$|transparent/u.test(getComputedStyle(around).backgroundColor)) around = around.parentElement;
      const [light, dark] = [luminance(outlineColor), luminance(getComputedStyle(around ?? document.documentElement).backgroundColor)].toSorted((one, other) => other - one);
      return { name: focused === document.body ? '' : `${focused.localName} ${focused.textContent} ${focused.getAttribute('aria-label') ?? ''}`, width: outlineStyle === 'solid' ? Number.parseFloat(outlineWidth) : 0, contrast: (light! + 0.05) / (dark! + 0.05) };
    });
    if (name !== '' && walked.has(name)) break;
    walked.add(name);
    if (name !== '' && (width < 2 || contrast < 3)) faint.push(`${name} ${width}px ${contrast.toFixed(1)}`);
  }
  expect(walked.size).toBeGreaterThan(10);
  return faint;
}

test('the screens of setting up, of help and of the customer: no violation in light and dark either', async ({ shop }) => {
  const app = await shop.open({ till: 'first-run' });
  const { till, counter } = app;
  await till.setViewportSize({ width: 1280, height: 800 });
  const signs: Signs = new Map();
  const screen = (name: string) => test.step(name, () => lookAt(till, name, signs));
  await screen('the very first screen');
  await till.getByRole('button', { name: /^Connect JustiFi/u }).click();
  await screen('step 1: the key');
  const form = setUpForm(till);
  await form.enter(SHOP);
  await form.next();
  await screen('step 1: the shop');
  await form.connect();
  await screen('step 2: the name');
  await till.getByRole('button', { name: 'Next' }).click();
  for (const label of ['New PIN', 'New PIN again']) await typePin(till, label, MANAGER_PIN);
  await till.getByRole('textbox', { name: 'Smallest amount' }).waitFor();
  await screen('set-up: limits');
  await till.getByRole('button', { name: 'Next' }).click();
  await till.getByRole('button', { name: 'Test connection' }).click();
  await expect(till.locator('#root').getByText('Ready to take payments.')).toBeVisible();
  await screen('step 5: the test');
  await till.getByRole('button', { name: 'Start selling' }).click();
  await typeByHand(till, '1250+300');
  await till.locator('.tape').waitFor();
  await screen('the tape');
  await till.keyboard.press('F1');
  await screen('the keys');
  await till.keyboard.press('F1');
  await till.keyboard.press('Control+l');
  await till.keyboard.press('F10');
  await typePin(till, 'Manager PIN', MANAGER_PIN);
  await till.getByRole('tab', { name: 'Screen and sound' }).click();
  await till.locator('#root').getByText('Show the sale to the customer on a second screen').click();
  await till.getByRole('button', { name: 'Back to the till' }).click();
  await counter.screens(2);
  const display = await counter.window('app://display/');
  await till.getByRole('textbox', { name: 'Description' }).fill(HEBREW.repair);
  await display.locator('.amount:not(:empty)').waitFor();
  await expect(display.locator('.described')).toHaveText(HEBREW.repair);
  expect(await notIsolated(display), 'the customer’s screen').toEqual([]);
  expect(await findViolations(display), 'the customer’s screen').toEqual([]);
});
