import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { LANGUAGES } from '../../contract/look.ts';
import { openTillApp } from '../e2e/till-app.ts';
import { cutOff, speak, walkScreens } from '../e2e/walk.ts';
import { findChromium } from '../host/chromium-binary.ts';

/*
 * `npm run contact-sheet`: every screen of the till, in every language, on the screens that counters have, on one sheet for each
 * language in docs/contact-sheet. For a person to look at; what does not fit is printed.
 */
const SCREENS = [
  { name: '1024 × 768', width: 1024, height: 768 },
  { name: '1366 × 768', width: 1366, height: 768 },
  { name: '1920 × 1080', width: 1920, height: 1080 },
  // What a page has of 1920 × 1080 when the operating system enlarges everything.
  { name: '125 %', width: 1536, height: 864 },
  { name: '150 %', width: 1280, height: 720 },
  { name: '200 %', width: 960, height: 540 },
] as const;

const into = join(import.meta.dirname, '../../docs/contact-sheet');
mkdirSync(into, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium()!, args: ['--no-sandbox'] });
for (const language of LANGUAGES) {
  const userData = mkdtempSync(join(tmpdir(), 'counter-sheet-'));
  const app = await openTillApp('chromium-host', userData);
  const { till } = app;
  await speak(till, language);
  const rows: string[] = [];
  await walkScreens(app, async (name) => {
    const cells: string[] = [];
    for (const { name: screen, ...size } of SCREENS) {
      await till.setViewportSize(size);
      const picture = await till.screenshot({ type: 'jpeg', quality: 70, animations: 'disabled' });
      for (const what of await cutOff(till)) console.log(`${language}, ${name}, ${screen}: ${what}`);
      cells.push(`<td><img src="data:image/jpeg;base64,${picture.toString('base64')}"></td>`);
    }
    rows.push(`<tr><th>${name}</th>${cells.join('')}</tr>`);
  });
  await app.counter.close();
  rmSync(userData, { recursive: true, force: true });
  const page = await browser.newPage({ viewport: { width: 1760, height: 1000 } });
  await page.setContent(
    `<style>body{margin:8px;font:12px sans-serif}img{width:260px;border:1px solid #999}th{text-align:left;width:80px}td{padding:3px;vertical-align:top}</style><h1>Counter, ${language}</h1><table><tr><th></th>${SCREENS.map(({ name }) => `<th>${name}</th>`).join('')}</tr>${rows.join('')}</table>`,
  );
  await page.screenshot({ path: join(into, `${language}.jpg`), type: 'jpeg', quality: 75, fullPage: true });
  await page.close();
  console.log(`docs/contact-sheet/${language}.jpg: ${rows.length} screens on ${SCREENS.length} sizes`);
}
await browser.close();
