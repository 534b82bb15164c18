import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, type Page, chromium } from 'playwright';
import { Agent, fetch } from 'undici';
import { CARDS, cardForm } from '../e2e/card-form.ts';
import { SHOP, connectAccount } from '../e2e/connected-till.ts';
import { typeByHand } from '../e2e/keys.ts';
import { type TillApp, openTillApp } from '../e2e/till-app.ts';
import { findChromium, findHeadlessShell } from '../host/chromium-binary.ts';
import type { launchCounter } from '../host/driver.ts';
import { type LiveNetwork, startLiveNetwork } from '../justifi/live-network.ts';
import { openPrintCapture } from '../receipts/print-capture.ts';
import { atEnd, temporaryFolder } from '../setup/script.ts';
import { CASHIER_TYPES_FOR_MS, type Measured, type Ratios, type TypesForMs, judgePause, slowerRows, ratiosOf, stepsOf } from './baseline.ts';
import { type HistoryTimes, historyExceeded, measureHistory } from './history-search.ts';
import { measurePause } from './journal-pause.ts';
import { paidAt } from './press-time.ts';
import { type SavedCardTimes, measureSavedCard, saveCards, savedCardExceeded } from './saved-card.ts';
import { type SpeedTargets, measureTargets, printReceipts, targetsExceeded } from './speed-targets.ts';
import { serveLiteralPages } from './literal/page.ts';
import { measureStart } from './start-steps.ts';

/*
 * `npm run bench`: Counter against the walk-through done literally, in the same run, on the same machine, against the same
 * JustiFi at a round trip of 50 ms. Medians of ten or more; only the ratio is worth quoting.
 *
 * Literally: a fresh token, three calls in a row, a cold window, the component's lazy build, no config provider; the result
 * is shown when the component's event fires, without asking JustiFi.
 *
 * The last row: the worst pause of the process that sells, while the journal of years is checked and backed up; literally, that is done in this process.
 *
 *   npm run bench -- 20         twenty of each
 *   npm run bench -- --sales 5000   a smaller journal; the figures of baseline.json are of 100,000 sales
 *   npm run bench -- --pace 500   only a cashier who charges so many milliseconds after the first digit
 *   npm run bench -- --check    fails when a ratio is much worse than in baseline.json, or the worst pause is over 50 ms on a quiet machine, or the history is too slow there;
 *                               --save writes that file
 *   npm run bench -- --shell    in a headless shell, which draws less: a quick run that shows that the bench works; its ratios are others than those of baseline.json
 *   npm run bench -- --json     one JSON object as the last line
 */

const ROUND_TRIP_MS = 50;
const NAME_WIDTH = 70;
const root = join(import.meta.dirname, '../..');
const baselineFile = join(import.meta.dirname, 'baseline.json');

/** The printer's answers to DLE EOT 2 and 4: online, with paper. */
const READY = [0x12, 0x12] as const;

/** A finger is on a key for longer than this. */
const FINGER_MS = 60;

const ours: Measured = { starts: [], formMs: { 500: [], 1_000: [], 2_500: [] }, resultMs: [], pauseMs: [] };
/** One list: it is the same for every pace. */
const literalFormMs: number[] = [];
const literal: Measured = { starts: [], formMs: { 500: literalFormMs, 1_000: literalFormMs, 2_500: literalFormMs }, resultMs: [], pauseMs: [] };

/** When JustiFi's answer to the newest request to pay left: it waits one round trip before it is handled. */
function answeredAt(network: LiveNetwork): number {
  const pay = network.justifi.requests('POST /v1/checkouts/*/complete').at(-1);
  if (pay === undefined) throw new Error('nothing was paid');
  return pay.at + ROUND_TRIP_MS;
}

async function oursOnce(app: TillApp, network: LiveNetwork, typesForMs: TypesForMs): Promise<void> {
  const { till } = app;
  const began = performance.now();
  await typeByHand(till, '1799');
  await till.getByRole('textbox', { name: 'Description' }).fill(`Sale ${ours.resultMs.length + 1}`);
  await pause(Math.max(0, typesForMs - (performance.now() - began)));
  const charged = performance.now();
  await till.keyboard.press('Enter', { delay: FINGER_MS });
  const form = await app.form();
  ours.formMs[typesForMs].push(performance.now() - charged);
  // The typed number must stay; the sale only succeeds if it does.
  await form.page.keyboard.type(CARDS.pays);
  await form.fillRest();
  const paid = paidAt(till);
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
  const { access_token: accessToken } = await call('/oauth/token', {}, { client_id: SHOP.clientId, client_secret: SHOP.clientSecret });
  const bearer = { authorization: `Bearer ${String(accessToken)}` };
  const checkout = await call('/v1/checkouts', { ...bearer, 'sub-account': SHOP.subAccountId }, { amount: 1799, description: 'One donut', origin_url: pages.origin });
  const token = await call('/v1/web_component_tokens', bearer, { resources: [`write:checkout:${String(checkout['id'])}`, `write:tokenize:${SHOP.subAccountId}`] });

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
  literalFormMs.push(performance.now() - charged);
  const form = cardForm(page);
  await form.payByCard(CARDS.pays);
  const shown = await page.getByText(/Payment successful \d+/u).textContent();
  literal.resultMs.push(Number(/\d+$/u.exec(shown ?? '')?.[0]) - answeredAt(network));
  await context.close();
}

/** The fields have their final address and style, and the component's hidden input has lost the focus for the second time. */
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

/** Opens the app, and closes it at the end of the script at the latest. */
async function open(launch: Partial<Parameters<typeof openTillApp>[2]>, userData = temporaryFolder('bench')): Promise<TillApp> {
  const opening = openTillApp('chromium-host', userData, launch);
  atEnd(async () => (await opening).counter.close());
  return opening;
}

/** A register that is set up, as on any morning but the first. */
async function setUpRegister(launch: Partial<Launch>): Promise<string> {
  const { counter, userData } = await open(launch);
  await counter.close();
  return userData;
}

type Launch = Parameters<typeof launchCounter>[0];

async function startOurs(setUp: string, both: Launch): Promise<void> {
  const userData = temporaryFolder('bench');
  cpSync(setUp, userData, { recursive: true });
  const steps = await measureStart({
    launch: { ...both, mainFile: join(root, 'out/main/index.js'), userData },
    address: 'app://till/',
    // By selectors, as in the literal app: computing every accessible name on a screen takes longer than the digit.
    async typeDigit(till) {
      await till.locator('.key').first().waitFor();
      await till.keyboard.press('7');
      await till.waitForFunction(() => document.querySelector('.amount')?.textContent.includes('$0.07') === true);
    },
  });
  ours.starts.push(steps);
}

async function startLiteral(network: LiveNetwork, pageOrigin: string, both: Launch): Promise<void> {
  const client = JSON.stringify({ client_id: SHOP.clientId, client_secret: SHOP.clientSecret });
  const env = { ...network.launch.env, BENCH_JUSTIFI: network.justifi.origin, BENCH_PAGE: pageOrigin, BENCH_CLIENT: client };
  const steps = await measureStart({
    launch: { ...both, mainFile: join(import.meta.dirname, 'literal/main.mjs'), userData: temporaryFolder('bench'), env },
    address: `${pageOrigin}/till`,
    async typeDigit(page) {
      await page.locator('#amount').press('7');
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#amount')?.value === '7');
    },
  });
  literal.starts.push(steps);
}

async function launchChromium(executablePath: string, args: readonly string[]): Promise<Browser> {
  const options = { executablePath, args: ['--no-sandbox', '--disable-background-networking', ...args], handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const launching = chromium.launch(options);
  atEnd(async () => (await launching).close());
  return launching;
}

async function measure({ runs, sales, paces, chromiumBinary }: Extent): Promise<{ readonly ratios: Ratios; readonly pause: ReturnType<typeof judgePause>; readonly history: HistoryTimes; readonly savedCard: SavedCardTimes; readonly targets: SpeedTargets }> {
  // First: nothing else is running in this process yet.
  const longest = await measurePause(sales);
  ours.pauseMs.push(longest.oursMs);
  literal.pauseMs.push(longest.literalMs);
  const history = measureHistory(sales);
  const network = await startLiveNetwork({ roundTripMs: ROUND_TRIP_MS, credentials: [SHOP] });
  atEnd(() => network.close());
  const pages = await serveLiteralPages();
  atEnd(() => pages.close());
  const setUp = await setUpRegister({ chromiumBinary });
  const both: Launch = { target: 'chromium-host', mainFile: '', appPath: root, userData: '', chromiumBinary, chromiumArgs: network.launch.chromiumArgs };
  for (let each = 0; each < runs; each += 1) {
    await startOurs(setUp, both);
    await startLiteral(network, pages.origin, both);
  }
  const keyring = process.platform === 'linux' ? { wrap: ['bash', join(root, 'test/setup/with-keyring.sh')] } : {};
  const launch = { ...network.launch, ...keyring, chromiumBinary, env: { ...network.launch.env, COUNTER_TEST_KEYRING_FOLDER: temporaryFolder('bench-keyring') } };
  const app = await open(launch);
  const browser = await launchChromium(chromiumBinary, network.launch.chromiumArgs);
  await connectAccount(app);
  for (let each = 0; each < runs; each += 1) {
    for (const typesForMs of paces) {
      await oursOnce(app, network, typesForMs);
      // Meanwhile the next form is prepared, as between two customers.
      await literalOnce(browser, network, pages);
    }
  }
  await app.counter.close();
  saveCards(app.userData, network.justifi);
  const printer = await openPrintCapture({ status: READY });
  atEnd(() => printer.close());
  printReceipts(app.userData, printer.port);
  const again = await open(launch, app.userData);
  const savedCard = await measureSavedCard(again.till, runs);
  const targets = await measureTargets(again, printer, runs);
  return { ratios: ratiosOf(ours, literal, paces), pause: judgePause(longest.oursMs, longest.aloneMs), history, savedCard, targets };
}

type Extent = { readonly runs: number; readonly sales: number; readonly paces: readonly TypesForMs[]; readonly chromiumBinary: string };

/** The exit code: 1 when `--check` finds that something became slower. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, check: { type: 'boolean', default: false }, shell: { type: 'boolean', default: false }, save: { type: 'boolean', default: false }, sales: { type: 'string', default: '100000' }, pace: { type: 'string', multiple: true, default: CASHIER_TYPES_FOR_MS.map(String) } },
  });
  const runs = Number(positionals[0] ?? 10);
  if (!Number.isSafeInteger(runs) || runs < 1) {
    console.error(`"${positionals[0]}" is no number of runs.`);
    return 1;
  }
  const sales = Number(values.sales);
  if (!Number.isSafeInteger(sales) || sales < 1) {
    console.error(`"${values.sales}" is no number of sales.`);
    return 1;
  }
  const paces = CASHIER_TYPES_FOR_MS.filter((ms) => values.pace.includes(String(ms)));
  if (paces.length < values.pace.length) {
    console.error(`--pace takes ${CASHIER_TYPES_FOR_MS.join(', ')}.`);
    return 1;
  }
  if (values.shell && (values.check || values.save)) {
    console.error('baseline.json is of a whole Chromium: --shell goes with neither --check nor --save.');
    return 1;
  }
  const chromiumBinary = values.shell ? findHeadlessShell() : findChromium();
  if (chromiumBinary === undefined) {
    console.error('There is no Chromium here.');
    return 1;
  }
  const { ratios, pause: pauseVerdict, history, savedCard, targets } = await measure({ runs, sales, paces, chromiumBinary });
  console.log(`Medians of ${runs} at a round trip of ${ROUND_TRIP_MS} ms, against the walk-through done literally; a journal of ${sales} sales:\n`);
  for (const { name, oursMs, literalMs, ratio } of ratios) console.log(`${name.padEnd(NAME_WIDTH)} ${String(oursMs).padStart(6)} ms ${String(literalMs).padStart(6)} ms   ${ratio} times`);
  console.log('\nThe start, step by step:\n');
  const steps = stepsOf(ours, literal);
  for (const { step, oursMs, literalMs } of steps) console.log(`${step.padEnd(NAME_WIDTH)} ${String(oursMs).padStart(6)} ms ${String(literalMs).padStart(6)} ms`);
  console.log('\nThe history of the same journal, in the thread beside the till:\n');
  for (const [name, ms] of [['read from the journal, once', history.readMs], ['first page', history.firstPageMs], ['search, 95 of 100', history.searchP95Ms], ['next page, 95 of 100', history.nextPageMs]] as const) console.log(`${name.padEnd(NAME_WIDTH)} ${String(Math.round(ms)).padStart(6)} ms`);
  console.log('\nA saved card:\n');
  for (const [name, ms] of [['Charge → a saved card can be chosen', savedCard.waysMs], ['saved card chosen → customers', savedCard.customersMs], ['customer chosen → the card can be charged', savedCard.chargeMs]] as const) console.log(`${name.padEnd(NAME_WIDTH)} ${String(ms).padStart(6)} ms`);
  console.log('\nAt the counter:\n');
  for (const [name, ms] of [['a key → its digit, 99 of 100', targets.digitMs], ['New sale → keypad, the slowest', targets.newSaleMs], ['PAID → the receipt at the printer, the slowest', targets.receiptMs]] as const) console.log(`${name.padEnd(NAME_WIDTH)} ${String(ms).padStart(6)} ms`);
  if (targets.rest !== null) for (const [name, { corePercent, memoryMb }] of [['at rest, the main process', targets.rest.main], ['at rest, with the stand-in’s Chromium', targets.rest.all]] as const) console.log(`${name.padEnd(NAME_WIDTH)} ${String(memoryMb).padStart(6)} MB ${String(corePercent).padStart(6)} % of a core`);
  for (const sentence of targetsExceeded(targets)) console.log(`Not reached: ${sentence}`);
  if (values.save) writeFileSync(baselineFile, `${JSON.stringify({ runs, ratios }, null, 2)}\n`);
  const baseline: { readonly ratios: Ratios } = JSON.parse(readFileSync(baselineFile, 'utf8'));
  const slower = values.check ? [...slowerRows(ratios, baseline.ratios), ...(pauseVerdict.exceeded === null ? [] : [pauseVerdict.exceeded]), ...(pauseVerdict.asked ? [...historyExceeded(history), ...savedCardExceeded(savedCard)] : [])] : [];
  if (values.check && !pauseVerdict.asked) console.log('\nThe machine was not quiet, so the limit of the worst pause was not asked for.');
  if (values.check) console.log(`\n${slower.length === 0 ? 'No ratio is much worse than in baseline.json.' : slower.join('\n')}`);
  if (values.json) console.log(JSON.stringify({ runs, ratios, steps, history, savedCard, targets, slower }));
  return slower.length === 0 ? 0 : 1;
}
