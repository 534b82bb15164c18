import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, type Page, chromium } from 'playwright';
import { Agent, fetch } from 'undici';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import { CARDS, cardForm } from '../e2e/card-form.ts';
import { type TillApp, openTillApp } from '../e2e/till-app.ts';
import { findChromium } from '../host/chromium-binary.ts';
import { launchCounter } from '../host/driver.ts';
import { type LiveNetwork, startLiveNetwork } from '../justifi/live-network.ts';
import { serveLiteralPages } from './literal/page.ts';

/*
 * `npm run bench`: Counter against the walk-through done literally, in the same run, on the same machine, against the same
 * JustiFi at a round trip of 50 ms. Medians of ten or more; only the ratio is worth quoting.
 *
 * Literally: a fresh token, three calls in a row, a cold window, the component's lazy build, no config provider; the result
 * is shown when the component's event fires, without asking JustiFi.
 */

const ROUND_TRIP_MS = 50;
const runs = Number(process.argv.find((argument) => /^\d+$/u.test(argument)) ?? 10);
const json = process.argv.includes('--json');
const root = join(import.meta.dirname, '../..');
const shop = trainingSubAccounts[0]!.id;

/** From the first digit to Charge a person needs longer than this: an amount, a description, a look. */
const CASHIER_TYPES_FOR_MS = 2_500;

type Timing = { readonly startMs: number[]; readonly formMs: number[]; readonly resultMs: number[] };
const ours: Timing = { startMs: [], formMs: [], resultMs: [] };
const literal: Timing = { startMs: [], formMs: [], resultMs: [] };

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}

/** When JustiFi's answer to the newest request to pay left: it waits one round trip before it is handled. */
function answeredAt(network: LiveNetwork): number {
  const pay = network.justifi.requests('POST /v1/checkouts/*/complete').at(-1);
  if (pay === undefined) throw new Error('nothing was paid');
  return pay.at + ROUND_TRIP_MS;
}

async function oursOnce(app: TillApp, network: LiveNetwork): Promise<void> {
  const { till } = app;
  await till.keyboard.type('1799');
  await till.getByRole('textbox', { name: 'What is it for?' }).fill(`Sale ${ours.formMs.length + 1}`);
  await pause(CASHIER_TYPES_FOR_MS);
  const charged = performance.now();
  await till.keyboard.press('Enter');
  const form = await app.form();
  ours.formMs.push(performance.now() - charged);
  // What is typed now must stay; the sale only succeeds if it did.
  await form.page.keyboard.type(CARDS.pays);
  await form.fillRest();
  const paid = till.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => document.querySelector('.result-paid') !== null && (resolve(Date.now()), observer.disconnect());
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true });
      }),
  );
  await form.pay();
  ours.resultMs.push((await paid) - answeredAt(network));
  await till.getByRole('button', { name: /New sale/u }).click();
  await till.getByRole('button', { name: '7', exact: true }).waitFor();
}

async function literalOnce(browser: Browser, network: LiveNetwork, pages: { readonly origin: string }): Promise<void> {
  const charged = performance.now();
  const dispatcher = new Agent({ connect: { ca: network.authority } });
  async function call(path: string, headers: Record<string, string>, body: unknown): Promise<Readonly<Record<string, unknown>>> {
    const sent = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body), dispatcher };
    return (await (await fetch(network.justifi.origin + path, sent)).json()) as Readonly<Record<string, unknown>>;
  }
  const { access_token: accessToken } = await call('/oauth/token', {}, { client_id: 'test_training', client_secret: 'training' });
  const bearer = { authorization: `Bearer ${String(accessToken)}` };
  const checkout = await call('/v1/checkouts', { ...bearer, 'sub-account': shop }, { amount: 1799, description: 'One donut', origin_url: pages.origin });
  const token = await call('/v1/web_component_tokens', bearer, { resources: [`write:checkout:${String(checkout['id'])}`, `write:tokenize:${shop}`] });

  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('**/@justifi/webcomponents/latest', (route) => route.fulfill({ json: { version: '6.14.3' } }));
  await page.goto(`${pages.origin}/checkout`);
  await page.evaluate(
    ({ id, authToken }) => {
      const element = document.createElement('justifi-checkout');
      element.setAttribute('auth-token', authToken);
      element.setAttribute('checkout-id', id);
      element.setAttribute('disable-bnpl', 'true');
      element.setAttribute('hide-card-billing-form', 'true');
      element.addEventListener('submit-event', () => {
        document.getElementById('result')!.textContent = `Payment successful ${Date.now()}`;
      });
      document.getElementById('root')!.append(element);
    },
    { id: String(checkout['id']), authToken: String(token['access_token']) },
  );
  await whenTypingStays(page);
  await cardForm(page).field('cardNumber').focus();
  literal.formMs.push(performance.now() - charged);
  const form = cardForm(page);
  await form.payByCard(CARDS.pays);
  const shown = await page.getByText(/Payment successful \d+/u).textContent();
  literal.resultMs.push(Number(/\d+$/u.exec(shown ?? '')?.[0]) - answeredAt(network));
  await context.close();
}

/** The fields have their final address and style, and the component's hidden input has let go of the focus for the second time. */
async function whenTypingStays(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const all = (from: ParentNode): Element[] => [...from.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot === null ? [] : all(one.shadowRoot))]);
      const elements = all(document);
      const input = elements.find((one) => one.matches('hidden-input input')) as (HTMLInputElement & { blurs?: number }) | undefined;
      if (input !== undefined && input.blurs === undefined) {
        input.blurs = 0;
        input.blur = () => {
          input.blurs = (input.blurs ?? 0) + 1;
          HTMLElement.prototype.blur.call(input);
        };
      }
      const frames = elements.filter((one): one is HTMLIFrameElement => one instanceof HTMLIFrameElement && one.src.includes('/v2/'));
      return frames.length >= 4 && frames.every((frame) => /fontFamily=[^&]+/u.test(frame.src) && frame.offsetHeight > 20) && (input?.blurs ?? 0) >= 2;
    },
    null,
    { polling: 10 },
  );
}

async function startOurs(launch: Partial<Parameters<typeof openTillApp>[2]>): Promise<number> {
  const userData = mkdtempSync(join(tmpdir(), 'counter-bench-'));
  const started = performance.now();
  const app = await openTillApp('chromium-host', userData, launch);
  await app.till.keyboard.press('7');
  await app.till.getByText('$0.07').first().waitFor();
  const ms = performance.now() - started;
  await app.counter.close();
  rmSync(userData, { recursive: true, force: true });
  return ms;
}

async function startLiteral(network: LiveNetwork, pageOrigin: string): Promise<number> {
  const userData = mkdtempSync(join(tmpdir(), 'counter-bench-'));
  const started = performance.now();
  const counter = await launchCounter({
    target: 'chromium-host',
    mainFile: join(import.meta.dirname, 'literal/main.mjs'),
    appPath: root,
    userData,
    env: { ...network.launch.env, BENCH_JUSTIFI: network.justifi.origin, BENCH_PAGE: pageOrigin },
    chromiumArgs: network.launch.chromiumArgs,
  });
  const page = await counter.window(`${pageOrigin}/till`);
  await page.waitForLoadState('load');
  await page.locator('#amount').press('7');
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#amount')?.value === '7');
  const ms = performance.now() - started;
  await counter.close();
  rmSync(userData, { recursive: true, force: true });
  return ms;
}

function launchChromium(args: readonly string[]): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking', ...args] });
}

async function connect(app: TillApp): Promise<void> {
  const { till } = app;
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
  await till.getByRole('textbox', { name: 'Client id' }).fill('test_training');
  await till.getByRole('textbox', { name: 'Client secret' }).fill('training');
  await till.getByRole('textbox', { name: 'Sub account id' }).fill(shop);
  await till.getByRole('button', { name: 'Connect', exact: true }).click();
  await till.getByText('TEST. No money moves.').waitFor();
}

const network = await startLiveNetwork({ roundTripMs: ROUND_TRIP_MS });
const pages = await serveLiteralPages();
const keyring = process.platform === 'linux' ? { wrap: ['bash', join(root, 'test/setup/with-keyring.sh')] } : {};
try {
  for (let run = 0; run < runs; run += 1) {
    ours.startMs.push(await startOurs({}));
    literal.startMs.push(await startLiteral(network, pages.origin));
  }
  const userData = mkdtempSync(join(tmpdir(), 'counter-bench-'));
  const app = await openTillApp('chromium-host', userData, { ...network.launch, ...keyring });
  const browser = await launchChromium(network.launch.chromiumArgs);
  await connect(app);
  for (let run = 0; run < runs; run += 1) {
    await oursOnce(app, network);
    await literalOnce(browser, network, pages);
  }
  await browser.close();
  await app.counter.close();
  rmSync(userData, { recursive: true, force: true });
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
pages.close();
await network.close();

const rows = (
  [
    ['start → keypad accepts digits', 'startMs'],
    ['Charge → card number keeps what is typed', 'formMs'],
    ['Pay answered → result on the screen', 'resultMs'],
  ] as const
).map(([name, key]) => {
  const [oursMs, literalMs] = [median(ours[key]), median(literal[key])];
  return { name, oursMs, literalMs, ratio: Math.round((literalMs / oursMs) * 100) / 100 };
});
if (rows.some(({ ratio }) => !Number.isFinite(ratio))) process.exitCode = 1;
console.log(`Medians of ${runs} at a round trip of ${ROUND_TRIP_MS} ms, against the walk-through done literally:\n`);
for (const { name, oursMs, literalMs, ratio } of rows) console.log(`${name.padEnd(44)} ${String(oursMs).padStart(6)} ms ${String(literalMs).padStart(6)} ms   ${ratio} times`);
if (json) console.log(JSON.stringify({ rows }));
