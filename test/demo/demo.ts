import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import { hasReceipt, receiptOf } from '../../main/receipt/receipt.ts';
import { receiptText } from '../../main/receipt/receipt-text.ts';
import { rollPage } from '../../main/receipt/roll-page.ts';
import { parseSale } from '../../main/storage/journal-rows.ts';
import { CARDS, type CardForm } from '../e2e/card-form.ts';
import { type TillApp, openTillApp } from '../e2e/till-app.ts';
import { findHeadlessShell } from '../host/chromium-binary.ts';
import { launchPageBrowser } from '../host/page-browser.ts';
import { atEnd, temporaryFolder } from '../setup/script.ts';

/*
 * `npm run demo`: one complete training sale without a display, from typed amount to PAID, through the real main process,
 * the real preloads, the real till and JustiFi's real component in a real browser. Each step is printed with its time.
 * Then one sale for each other end, for a picture of each; `--end declined` shows only that one. `--json` prints one JSON object as the last line.
 */

const root = join(import.meta.dirname, '../..');

type Demo = {
  /** Prints the step and its time. */
  step<Value>(name: string, action: () => Promise<Value>): Promise<Value>;
  picture(page: Page, name: string): Promise<void>;
};

async function sellByCard(app: TillApp, { step, picture }: Demo): Promise<void> {
  await step('type $17.99 and what it is for', () => app.enter('1799', 'One chocolate donut'));
  await picture(app.till, '1-enter');
  await step('Charge → the card form is on the screen', async () => {
    await app.charge();
    await app.till.locator('.state').filter({ hasText: /Opening|Ready/u }).waitFor();
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

/** As the manager's screen saves it. The stand-in has no real printer: its paper is a PDF. */
async function choosePrinter({ till }: TillApp): Promise<void> {
  const saved = await till.evaluate(async () => {
    const { manager } = window as unknown as { readonly manager: Bridge<'manager'> };
    const settings = await manager.readSettings();
    if (settings.kind === 'failed') return settings.failure.kind;
    const receipt = { shopName: 'The Corner Bakery', address: ['12 Main Street', 'Springfield'], taxId: '12-3456789', header: [], footer: ['Thank you!'] };
    const answer = await manager.changeSettings({ ...settings.value, receipt, printing: { ...settings.value.printing, way: 'driver', queue: 'Office', paper: 'letter', auto: true } });
    return answer.kind;
  });
  if (saved !== 'ok') throw new Error(`The printer was not saved: ${saved}`);
}

/** The printed receipt, and the same as a text and as a picture of the roll. */
async function showReceipt(app: TillApp, folder: string, paper: string): Promise<void> {
  await app.till.locator('.receipt-said', { hasText: 'Receipt sent to the printer.' }).waitFor();
  const [printed] = readdirSync(paper);
  copyFileSync(join(paper, printed!), join(folder, 'receipt.pdf'));
  const sale = parseSale(app.journal().sales.at(0)?.state ?? '');
  if (sale.kind === 'failed' || !hasReceipt(sale.value)) throw new Error('The sale has no receipt.');
  const settings = parseSettings(readFileSync(join(app.userData, 'settings.json'), 'utf8'));
  const receipt = receiptOf({ sale: sale.value, copyFor: 'customer', copyNumber: 0 }, { shop: settings.receipt, logo: null, mode: 'training', registerName: settings.registerName, cashier: null, language: 'en' });
  console.log(`\n${receiptText(receipt)}`);
  const browser = await launchPageBrowser();
  try {
    const page = await browser.newPage({ deviceScaleFactor: 3 });
    await page.setContent(rollPage(receipt, '80').html);
    await page.locator('img').screenshot({ path: join(folder, 'receipt.png') });
  } finally {
    await browser.close();
  }
}

function parseSettings(text: string) {
  return registerSettings.parse(JSON.parse(text));
}

type End = { readonly digits: string; readonly description: string; readonly pay: (form: CardForm) => Promise<void>; readonly says: string; readonly picture: string };

/** The other ends of a sale. */
const OTHER_ENDS: Readonly<Record<string, End>> = {
  declined: { digits: '2500', description: 'Repair', pay: (form) => form.payByCard(CARDS.declined), says: 'DECLINED', picture: '7-declined' },
  accepted: {
    digits: '12000',
    description: 'Deposit',
    async pay(form) {
      await form.fillBankAccount();
      await form.pay();
    },
    says: 'ACCEPTED',
    picture: '8-accepted',
  },
  'not-charged': {
    digits: '900',
    description: 'Stickers',
    async pay({ page }) {
      // The window with the card form crashes.
      await page.goto('chrome://crash').catch(() => {});
    },
    says: 'NOT CHARGED',
    picture: '9-not-charged',
  },
  // The last one: nothing leads on from it at once.
  checking: {
    digits: '4200',
    description: 'Coffee for all',
    async pay(form) {
      // The network is cut in the moment of paying, on the form's side only.
      await form.page.route('**/complete', (route) => route.abort());
      await form.payByCard(CARDS.pays);
    },
    says: 'We don’t know yet',
    picture: '10-checking',
  },
};

async function showOtherEnds(app: TillApp, demo: Demo, ends: readonly End[]): Promise<void> {
  for (const { digits, description, pay, says, picture } of ends) {
    await app.till.getByRole('button', { name: /New sale|Cancel sale/u }).click();
    await app.till.getByRole('button', { name: '7', exact: true }).waitFor();
    await app.enter(digits, description);
    await app.charge();
    await pay(await app.form());
    await app.says(says);
    await demo.picture(app.till, picture);
  }
}

/** The exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      // `--into docs/pictures` renews the pictures of the README.
      into: { type: 'string', default: 'demo' },
      end: { type: 'string', multiple: true, default: Object.keys(OTHER_ENDS) },
    },
  });
  const unknown = values.end.find((name) => !Object.hasOwn(OTHER_ENDS, name));
  if (unknown !== undefined) {
    console.error(`--end takes ${Object.keys(OTHER_ENDS).join(', ')}.`);
    return 1;
  }
  const ends = Object.entries(OTHER_ENDS).filter(([name]) => values.end.includes(name));
  const pictures = resolve(root, values.into);
  const steps: { readonly name: string; readonly ms: number }[] = [];
  const screenshots: string[] = [];
  const demo: Demo = {
    async step(name, action) {
      const started = performance.now();
      const value = await action();
      const ms = Math.round(performance.now() - started);
      steps.push({ name, ms });
      console.log(`${String(ms).padStart(6)} ms  ${name}`);
      return value;
    },
    // The content of the card fields is in no picture, though these are test cards.
    async picture(page, name) {
      const path = join(pictures, `${name}.png`);
      // In the first moment of a result its buttons are disabled and grey.
      await page.locator('.result .charge[data-disabled]').waitFor({ state: 'detached' });
      await page.screenshot({ path, mask: name.includes('form-empty') ? [] : [page.locator('iframe')], maskColor: '#d5dae1' });
      screenshots.push(relative(root, path));
    },
  };

  mkdirSync(pictures, { recursive: true });
  for (const name of readdirSync(pictures).filter((each) => /^\d+-[a-z-]+\.png$/u.test(each))) rmSync(join(pictures, name));
  console.log('Counter: one training sale, without a display.\n');
  const paper = temporaryFolder('paper');
  const opening = openTillApp('chromium-host', temporaryFolder('demo'), { chromiumBinary: findHeadlessShell(), env: { COUNTER_HOST_PRINT_FOLDER: paper } });
  atEnd(async () => (await opening).counter.close());
  const app = await demo.step('start the app → the keypad is there', () => opening);
  let sold: { readonly state: string; readonly amountInCents?: number; readonly last4?: string } = { state: 'failed' };
  let code = 0;
  try {
    await demo.step('a driver’s printer is chosen, which prints each receipt', () => choosePrinter(app));
    await sellByCard(app, demo);
    // From the till's own records, not from the screen.
    const sale = JSON.parse(app.journal().sales.at(0)?.state ?? '{}');
    sold = { state: sale.kind, amountInCents: sale.purchase?.totalInCents, last4: sale.paidWith?.last4 };
    if (sold.state !== 'paid' || sold.amountInCents !== 1799) throw new Error(`The journal says ${JSON.stringify(sold)}.`);
    await demo.step('its receipt: printed by the driver, as a text and as a picture', () => showReceipt(app, pictures, paper));
    await demo.step(`the other ends, with a picture of each: ${ends.map(([name]) => name).join(', ')}`, () => showOtherEnds(app, demo, ends.map(([, end]) => end)));
  } catch (error) {
    console.error(`\n${app.counter.output}\n${app.log()}`);
    console.error(error);
    code = 1;
  }

  const { version: componentVersion } = JSON.parse(readFileSync(join(root, 'node_modules/@justifi/webcomponents/package.json'), 'utf8'));
  console.log(`\n${code === 0 ? `PAID $17.99 with JustiFi's component ${componentVersion}.` : 'Something went wrong.'} Pictures: ${relative(root, pictures)}/`);
  if (values.json) console.log(JSON.stringify({ ...sold, componentVersion, steps, screenshots }));
  return code;
}
