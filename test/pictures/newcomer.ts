import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CARDS } from '../e2e/card-form.ts';
import { type TillApp, openTillApp } from '../e2e/till-app.ts';
import { findHeadlessShell } from '../host/chromium-binary.ts';
import { atEnd, temporaryFolder } from '../setup/script.ts';

const root = join(import.meta.dirname, '../..');

/* `npm run newcomer`: the first ten minutes with Counter, using only the text on the screen, with a picture of every step for docs/first-ten-minutes.md. */

/** The PC of most counters, less title bar and taskbar. */
const WINDOW = { width: 1366, height: 688 };

/** The newcomer at the till: presses buttons by their text, and takes the pictures. */
type Newcomer = {
  press(...names: readonly (string | RegExp)[]): Promise<void>;
  /** Waits until it can be read. */
  read(words: string | RegExp): Promise<void>;
  look(step: string): Promise<void>;
};

async function walk({ till, form: cardForm }: TillApp, { press, read, look }: Newcomer): Promise<void> {
  await look('first-screen');
  await press(/^Try it in training mode/u);
  await read('Your first sale');
  await look('keypad');

  await press('1', '7', '9', '9', 'Counter sale');
  await look('amount-and-description');
  await press('Charge $17.99');
  const form = await cardForm();
  await look('card-form');
  await form.payByCard(CARDS.pays);
  await read(/^PAID/u);
  await look('paid');

  await press('New sale', '2', '5', '00', 'Repair', 'Charge $25.00');
  await (await cardForm()).payByCard(CARDS.declined);
  await read(/^DECLINED/u);
  await look('declined');
  await press('Cancel sale');

  await press('Sales');
  await read(/\$17\.99/u);
  await look('sales');
  await press(/\$17\.99/u);
  await look('sale');
  await press('Void or refund');
  await look('void');
  await press('Void $17.99');
  await read('$17.99 was given back.');
  await look('voided');
  await press('Back');
  await read('What happened');
  await press('Back', 'Day report');
  await read('Net');
  await look('day-report');
  await press('Back');

  await press('Manager');
  await read('Connect JustiFi');
  await look('manager');
  await press('Receipt');
  await read('Shop name on receipts');
  await till.getByRole('img', { name: 'Preview of a receipt' }).waitFor();
  await look('receipt');
}

/** The exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { into: { type: 'string', default: 'docs/pictures/newcomer' } } });
  const into = resolve(root, values.into);
  mkdirSync(into, { recursive: true });
  for (const name of readdirSync(into).filter((each) => /^\d+-[a-z-]+\.png$/u.test(each))) rmSync(join(into, name));

  const opening = openTillApp('chromium-host', temporaryFolder('newcomer'), { till: 'first-run', chromiumBinary: findHeadlessShell() });
  atEnd(async () => (await opening).counter.close());
  const app = await opening;
  const { till, counter } = app;
  await counter.resize(till, WINDOW);
  let steps = 0;
  await walk(app, {
    async press(...names) {
      for (const name of names) {
        const named = { name, exact: typeof name === 'string' };
        await till.getByRole('button', named).or(till.getByRole('option', named)).or(till.getByRole('tab', named)).and(till.locator(':not([data-disabled])')).click();
      }
    },
    read: (words) => till.locator('#root').getByText(words, { exact: typeof words === 'string' }).first().waitFor(),
    async look(step) {
      steps += 1;
      // Buttons do not act in the first moment of a screen; a newcomer looks longer than that.
      await till.locator('.result, .give-back, .paying').locator('[data-disabled]').first().waitFor({ state: 'detached' });
      writeFileSync(join(into, `${steps}-${step}.png`), await counter.screenshot(till));
    },
  });
  console.log(`${steps} steps. Pictures: ${relative(root, into)}/`);
  return 0;
}
