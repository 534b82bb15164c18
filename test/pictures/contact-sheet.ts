import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright';
import { LANGUAGES, type Language } from '../../contract/language.ts';
import { type FirstScreen, type TillApp, openTillApp } from '../e2e/till-app.ts';
import { walkTroubles } from '../e2e/trouble-walk.ts';
import { cutOff, speak, walkScreens } from '../e2e/walk.ts';
import { findChromium } from '../host/chromium-binary.ts';
import { STATES } from '../till-page/states.ts';
import { openTillPage } from '../till-page/till-page.ts';
import { atEnd, temporaryFolder } from '../setup/script.ts';

const root = join(import.meta.dirname, '../..');

/*
 * `npm run contact-sheet`: every screen of the till, in every language, on the screens that counters have, on one sheet for each
 * language in docs/contact-sheet. For a person to look at; what does not fit is printed. `-- --language en --screen 1280x720 --into …` draws less,
 * `--colours dark` other colours.
 */
const SCREENS = [
  // What a maximized window has of 768 lines, between title bar and taskbar.
  { name: '1024 × 688', width: 1024, height: 688 },
  // The same PC at 125 %.
  { name: '1024 × 574', width: 1024, height: 574 },
  { name: '1366 × 688', width: 1366, height: 688 },
  { name: '1920 × 1080', width: 1920, height: 1080 },
  // What a page has of 1920 × 1080 when the operating system enlarges everything.
  { name: '125 %', width: 1536, height: 864 },
  { name: '150 %', width: 1280, height: 720 },
  { name: '200 %', width: 960, height: 540 },
] as const;

/** English in all of them, the other languages in light colours: words do not change with colours. `forced`: as Windows' contrast themes do. */
const COLOURS = ['light', 'dark', 'forced'] as const;
type Colours = (typeof COLOURS)[number];

const sizeOf = ({ width, height }: (typeof SCREENS)[number]) => `${width}x${height}`;
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
    },
  });
  const languages = LANGUAGES.filter((language) => values.language.includes(language));
  const screens = SCREENS.filter((screen) => values.screen.includes(sizeOf(screen)));
  const chosen = values.colours && COLOURS.filter((colours) => values.colours?.includes(colours));
  if (languages.length !== values.language.length || screens.length !== values.screen.length || chosen?.length !== values.colours?.length) {
    console.error(`--language takes ${LANGUAGES.join(', ')}; --screen takes ${ALL_SIZES.join(', ')}; --colours takes ${COLOURS.join(', ')}.`);
    return 1;
  }
  const into = resolve(root, values.into);
  mkdirSync(into, { recursive: true });
  const launching = chromium.launch({ executablePath: findChromium()!, args: ['--no-sandbox'], handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false });
  atEnd(async () => (await launching).close());
  const browser = await launching;
  for (const language of languages) {
    const sheets = await photograph(browser, language, screens, chosen ?? (language === 'en' ? COLOURS : ['light']));
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
async function photograph(browser: Browser, language: Language, screens: readonly (typeof SCREENS)[number][], allColours: readonly Colours[]): Promise<ReadonlyMap<Colours, string[]>> {
  const sheets = new Map(allColours.map((colours): [Colours, string[]] => [colours, []]));

  /** The window as the cashier sees it, the form on it included. */
  async function lookAt(name: string, { till, counter }: TillApp): Promise<void> {
    for (const [colours, rows] of sheets) {
      const cells: string[] = [];
      for (const page of counter.windows()) await page.emulateMedia({ colorScheme: colours === 'dark' ? 'dark' : 'light', forcedColors: colours === 'forced' ? 'active' : 'none' });
      for (const { name: screen, ...size } of screens) {
        await counter.resize(till, size);
        const picture = await counter.screenshot(till);
        for (const what of await cutOff(till)) console.log(`${language}, ${name}, ${screen}, ${colours}: ${what}`);
        cells.push(`<td><img src="data:image/png;base64,${picture.toString('base64')}"></td>`);
      }
      rows.push(`<tr><th>${name}</th>${cells.join('')}</tr>`);
    }
  }

  const opened: Promise<TillApp>[] = [];
  atEnd(async () => void (await Promise.all(opened.map(async (app) => (await app).counter.close()))));
  async function open(userData: string, till: FirstScreen): Promise<TillApp> {
    const opening = openTillApp('chromium-host', userData, { till });
    opened.push(opening);
    return opening;
  }

  const app = await open(temporaryFolder('sheet'), 'keypad');
  await speak(app.till, language);
  await walkScreens(app, (name) => lookAt(name, app));
  await app.counter.close();
  const userData = temporaryFolder('sheet');
  await walkTroubles({
    userData,
    async open(till) {
      const next = await open(userData, till);
      if (opened.length === 2) await speak(next.till, language);
      return next;
    },
    lookAt,
  });
  for (const [colours, rows] of sheets) rows.push(...(await photographStates(browser, language, screens, colours)));
  return sheets;
}

/** What takes a bad day at the counter, a shop that connects, or a manager: on the page of the till, without main. */
async function photographStates(browser: Browser, language: Language, screens: readonly (typeof SCREENS)[number][], colours: Colours): Promise<readonly string[]> {
  const rows: string[] = [];
  for (const { name, snapshot, reach, answers = {} } of STATES) {
    const options = { colorScheme: colours === 'dark' ? 'dark' : 'light', forcedColors: colours === 'forced' ? 'active' : 'none' } as const;
    const { page, close, answer } = await openTillPage(browser, { ...snapshot, appearance: { ...snapshot.appearance, language } }, options);
    for (const [call, value] of Object.entries(answers)) await answer(call, value);
    await reach?.(page);
    const cells: string[] = [];
    for (const { name: screen, ...size } of screens) {
      await page.setViewportSize(size);
      for (const what of await cutOff(page)) console.log(`${language}, ${name}, ${screen}, ${colours}: ${what}`);
      cells.push(`<td><img src="data:image/png;base64,${(await page.screenshot()).toString('base64')}"></td>`);
    }
    rows.push(`<tr><th>${name}</th>${cells.join('')}</tr>`);
    await close();
  }
  return rows;
}
