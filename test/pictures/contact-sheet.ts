import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, type Page, chromium } from 'playwright';
import { appearance } from '../../contract/appearance.ts';
import type { Bridge } from '../../contract/channels.ts';
import { LANGUAGES, type Language } from '../../contract/language.ts';
import { type Size, placeViews } from '../../main/shell/view-layout.ts';
import { typeByHand } from '../e2e/keys.ts';
import { openTillApp } from '../e2e/till-app.ts';
import { expect } from '../e2e/till.ts';
import { findHeadlessShell } from '../host/chromium-binary.ts';
import { atEnd, temporaryFolder } from '../setup/script.ts';
import { cutOff } from '../till-page/cut-off.ts';
import { openState } from '../till-page/open-state.ts';
import type { State } from '../till-page/state.ts';
import { STATES } from '../till-page/states.ts';
import { resizeTo } from '../till-page/window-size.ts';

const root = join(import.meta.dirname, '../..');

/*
 * `npm run contact-sheet`: every screen of the till, in every language, on the screens that counters have, on one sheet for each
 * language in docs/contact-sheet. For a person to look at; texts that do not fit are printed. `-- --language en --screen 1280x720 --into …` draws less,
 * `--colours dark` other colours, `--state PAID` one screen and JustiFi's form.
 */
const SCREENS = [
  // The height of a maximized window on 768 lines, between title bar and taskbar.
  { name: '1024 × 688', width: 1024, height: 688 },
  // The same PC at 125 %.
  { name: '1024 × 574', width: 1024, height: 574 },
  { name: '1366 × 688', width: 1366, height: 688 },
  { name: '1920 × 1080', width: 1920, height: 1080 },
  // The size of a page on 1920 × 1080 when the operating system scales everything.
  { name: '125 %', width: 1536, height: 864 },
  { name: '150 %', width: 1280, height: 720 },
  { name: '200 %', width: 960, height: 540 },
] as const;

/** English in all of them, the other languages in light colours: words do not change with colours. `forced`: as Windows' contrast themes do. */
const COLOURS = ['light', 'dark', 'forced'] as const;
type Colours = (typeof COLOURS)[number];

type Screen = (typeof SCREENS)[number];
const sizeOf = ({ width, height }: Screen) => `${width}x${height}`;
const ALL_SIZES = SCREENS.map(sizeOf);

/** The exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      into: { type: 'string', default: 'docs/contact-sheet' },
      language: { type: 'string', multiple: true, default: [...LANGUAGES] },
      screen: { type: 'string', multiple: true, default: ALL_SIZES },
      colours: { type: 'string', multiple: true },
      state: { type: 'string', multiple: true },
    },
  });
  const languages = LANGUAGES.filter((language) => values.language.includes(language));
  const screens = SCREENS.filter((screen) => values.screen.includes(sizeOf(screen)));
  const chosen = values.colours && COLOURS.filter((colours) => values.colours?.includes(colours));
  if (languages.length !== values.language.length || screens.length !== values.screen.length || chosen?.length !== values.colours?.length) {
    console.error(`--language takes ${LANGUAGES.join(', ')}; --screen takes ${ALL_SIZES.join(', ')}; --colours takes ${COLOURS.join(', ')}.`);
    return 1;
  }
  const states = values.state === undefined ? STATES : STATES.filter(({ name }) => values.state?.includes(name));
  if (states.length < (values.state?.length ?? 0)) {
    console.error(`--state takes ${STATES.map(({ name }) => name).join(', ')}.`);
    return 1;
  }
  const into = resolve(root, values.into);
  mkdirSync(into, { recursive: true });
  const launching = chromium.launch({ executablePath: findHeadlessShell()!, args: ['--no-sandbox'], handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false });
  atEnd(async () => (await launching).close());
  const browser = await launching;
  for (const language of languages) {
    const sheets = await photograph(browser, states, language, screens, chosen ?? (language === 'en' ? COLOURS : ['light']));
    for (const [colours, rows] of sheets) {
      const name = `${language}${colours === 'light' ? '' : `-${colours}`}.jpg`;
      const page = await browser.newPage({ viewport: { width: 1760, height: 1000 } });
      // Hundreds of pictures in one page take a while to be decoded.
      page.setDefaultTimeout(300_000);
      await page.setContent(
        `<style>body{margin:8px;font:12px sans-serif}img{width:260px;border:1px solid #999}th{text-align:left;width:80px}td{padding:3px;vertical-align:top}</style><h1>Counter, ${language}, ${colours}</h1><table><tr><th></th>${screens.map((screen) => `<th>${screen.name}</th>`).join('')}</tr>${rows.join('')}</table>`,
      );
      await page.screenshot({ path: join(into, name), type: 'jpeg', quality: 75, fullPage: true });
      await page.close();
      console.log(`${join(values.into, name)}: ${rows.length} screens on ${screens.length} sizes`);
    }
  }
  return 0;
}

/** For each of the colours a row of the table for each screen of the till. */
async function photograph(browser: Browser, states: readonly State[], language: Language, screens: readonly Screen[], allColours: readonly Colours[]): Promise<ReadonlyMap<Colours, string[]>> {
  const sheets = new Map<Colours, string[]>();
  for (const colours of allColours) sheets.set(colours, await photographStates(browser, states, language, screens, colours));
  await photographForm(language, screens, sheets);
  return sheets;
}

/** On the page of the till, without main. */
async function photographStates(browser: Browser, states: readonly State[], language: Language, screens: readonly Screen[], colours: Colours): Promise<string[]> {
  const rows: string[] = [];
  for (const state of states) {
    // Each on a page of its own: the visible focus ring depends on earlier presses.
    const { page, close } = await openState(browser, state, { ...mediaOf(colours), appearance: { language } }, {});
    const cells: string[] = [];
    for (const { name: screen, ...size } of screens) {
      await resizeTo(page, size);
      for (const what of await cutOff(page)) console.log(`${language}, ${state.name}, ${screen}, ${colours}: ${what}`);
      cells.push(cellOf(await page.screenshot()));
    }
    rows.push(rowOf(state.name, cells));
    await close();
  }
  return rows;
}

/** The window of a whole till as the cashier sees it, JustiFi's form in it. */
async function photographForm(language: Language, screens: readonly Screen[], sheets: ReadonlyMap<Colours, string[]>): Promise<void> {
  const opening = openTillApp('chromium-host', temporaryFolder('sheet'), { till: 'keypad', chromiumBinary: findHeadlessShell() });
  atEnd(async () => (await opening).counter.close());
  const app = await opening;
  const { till, counter } = app;
  await speak(till, language);
  await typeByHand(till, '1799');
  await till.locator('.presets button').first().click();
  await till.locator('.hand > .charge').click();
  const { page: form } = await app.form();
  for (const [colours, rows] of sheets) {
    const { colorScheme, forcedColors } = mediaOf(colours);
    for (const page of counter.windows()) await page.emulateMedia({ colorScheme, forcedColors });
    const cells: string[] = [];
    for (const { name: _, ...size } of screens) {
      await counter.resize(till, size);
      const { till: whole, form: half } = placeViews(size);
      await Promise.all([hasSize(till, whole), hasSize(form, half)]);
      cells.push(cellOf(await counter.screenshot(till)));
    }
    rows.push(rowOf('JustiFi’s form', cells));
  }
}

/** The two pages of a window follow its size one after the other. */
function hasSize(page: Page, { width, height }: Size): Promise<void> {
  return expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

/** Chooses the language, as a manager does. */
async function speak(till: Page, language: Language): Promise<void> {
  await till.evaluate((next) => (window as unknown as { manager: Bridge<'manager'> }).manager.changeAppearance(next), { ...appearance.parse({}), language });
  await till.locator(`html[lang="${language}"]`).waitFor();
}

function mediaOf(colours: Colours): { readonly colorScheme: 'dark' | 'light'; readonly forcedColors: 'active' | 'none' } {
  return { colorScheme: colours === 'dark' ? 'dark' : 'light', forcedColors: colours === 'forced' ? 'active' : 'none' };
}

const cellOf = (picture: Buffer) => `<td><img src="data:image/png;base64,${picture.toString('base64')}"></td>`;
const rowOf = (name: string, cells: readonly string[]) => `<tr><th>${name}</th>${cells.join('')}</tr>`;
