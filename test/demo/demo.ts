import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Page } from 'playwright';
import { CARDS } from '../e2e/card-form.ts';
import { type TillApp, openTillApp } from '../e2e/till-app.ts';

/*
 * `npm run demo`: one complete training sale without a display, from typed amount to PAID, through the real main process,
 * the real preloads, the real till and JustiFi's real component in a real browser. Each step is printed with its time.
 * Then one sale each that ends otherwise, for a picture of every state. `--json` prints one JSON object as the last line.
 */

const root = join(import.meta.dirname, '../..');
/** `--into docs/pictures` renews the pictures of the README. */
const into = process.argv.indexOf('--into');
const pictures = join(root, into === -1 ? 'demo' : (process.argv[into + 1] ?? 'demo'));
const json = process.argv.includes('--json');

type Step = { readonly name: string; readonly ms: number };
const steps: Step[] = [];
const screenshots: string[] = [];

async function step<Value>(name: string, action: () => Promise<Value>): Promise<Value> {
  const started = performance.now();
  const value = await action();
  const ms = Math.round(performance.now() - started);
  steps.push({ name, ms });
  console.log(`${String(ms).padStart(6)} ms  ${name}`);
  return value;
}

/** What is in the card fields stays out of every picture, though these are test cards. */
async function picture(page: Page, name: string): Promise<void> {
  const path = join(pictures, `${name}.png`);
  await page.screenshot({ path, mask: name.includes('form-empty') ? [] : [page.locator('iframe')], maskColor: '#d5dae1' });
  screenshots.push(relative(root, path));
}

async function sellByCard(app: TillApp): Promise<void> {
  await step('type $17.99 and what it is for', () => app.enter('1799', 'One chocolate donut'));
  await picture(app.till, '1-enter');
  await step('Charge → the card form is on the screen', async () => {
    await app.charge();
    await app.till.getByRole('status').filter({ hasText: /Opening|Ready/u }).waitFor();
    await picture(app.till, '2-preparing');
    await app.form();
  });
  const form = await app.form();
  await picture(app.till, '3-ready');
  await picture(form.page, '4-form-empty');
  await step('the customer types the card', () => form.fillCard(CARDS.pays));
  await step('Pay → PAID on the till', async () => {
    await form.pay();
    await app.says('Processing').then(() => picture(app.till, '5-processing'));
    await app.says('PAID');
  });
  await app.says('$17.99');
  await picture(app.till, '6-paid');
}

async function showTheOtherEnds(app: TillApp): Promise<void> {
  const next = async () => {
    await app.till.getByRole('button', { name: /New sale|Cancel sale/u }).click();
    await app.till.getByRole('button', { name: '7', exact: true }).waitFor();
  };

  await next();
  await app.enter('2500', 'Repair');
  await app.charge();
  await (await app.form()).payByCard(CARDS.declined);
  await app.says('DECLINED');
  await picture(app.till, '7-declined');
  await next();

  await app.enter('12000', 'Deposit');
  await app.charge();
  const bank = await app.form();
  await bank.fillBankAccount();
  await bank.pay();
  await app.says('ACCEPTED');
  await picture(app.till, '8-accepted');
  await next();

  await app.enter('900', 'Stickers');
  await app.charge();
  const lost = await app.form();
  // The window with the card form crashes.
  await lost.page.goto('chrome://crash').catch(() => {});
  await app.says('NOT CHARGED');
  await picture(app.till, '9-not-charged');
  await next();

  await app.enter('4200', 'Coffee for all');
  await app.charge();
  const cut = await app.form();
  // The network is cut in the moment of paying, on the form's side only.
  await cut.page.route('**/complete', (route) => route.abort());
  await cut.payByCard(CARDS.pays);
  await app.says('We don’t know yet');
  await picture(app.till, '10-checking');
}

const userData = mkdtempSync(join(tmpdir(), 'counter-demo-'));
rmSync(pictures, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });
console.log('Counter: one training sale, without a display.\n');
const app = await step('start the app → the keypad is there', () => openTillApp('chromium-host', userData));
let sold = { state: 'failed', amountInCents: 0, last4: '' };
try {
  await sellByCard(app);
  // Not what the screen says, but what the till wrote down.
  const sale = JSON.parse(app.journal().sales.at(0)?.state ?? '{}');
  sold = { state: sale.kind, amountInCents: sale.purchase?.totalInCents, last4: sale.paidWith?.last4 };
  if (sold.state !== 'paid' || sold.amountInCents !== 1799) throw new Error(`The journal says ${JSON.stringify(sold)}.`);
  await step('a declined card, a bank transfer, a crashed form, a cut network: a picture of each', () => showTheOtherEnds(app));
} catch (error) {
  console.error(`\n${app.counter.output}\n${app.log()}`);
  console.error(error);
  process.exitCode = 1;
} finally {
  await app.counter.close();
  rmSync(userData, { recursive: true, force: true });
}

const { version: componentVersion } = JSON.parse(readFileSync(join(root, 'node_modules/@justifi/webcomponents/package.json'), 'utf8'));
console.log(`\n${process.exitCode === 1 ? 'Something went wrong.' : `PAID $17.99 with JustiFi's component ${componentVersion}.`} Pictures: ${relative(root, pictures)}/`);
if (json) {
  console.log(JSON.stringify({ ...sold, componentVersion, steps, screenshots }));
}
