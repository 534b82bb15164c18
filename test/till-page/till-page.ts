import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { type Handlers, channels } from '../../contract/channels.ts';
import { type RegisterSettings, registerSettings } from '../../contract/register-settings.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { receiptSvg } from '../../main/receipt/receipt-svg.ts';
import { PLACES, exampleReceipt } from '../receipts/receipts.ts';
import { newBuiltPage } from './built-pages.ts';
import { paint } from './unpainted.ts';

/** The built page of the till without a main: it shows any state at once, even rare ones. */
export type TillPage = {
  readonly page: Page;
  /** As main pushes it. */
  push(snapshot: TillSnapshot): Promise<void>;
  /** The calls of this name to main, the oldest first. */
  asked(name: string): Promise<readonly unknown[]>;
  /** Main's answer to this call from now on. */
  answer(name: string, answer: unknown): Promise<void>;
  close(): Promise<void>;
};

/** Functions that run in a page of its own before its scripts; nothing outside of them is there. `main`: a scripted main; without it, calls are only answered. */
export type InPage = {
  readonly clock?: () => void;
  readonly main?: (first: TillSnapshot, push: (snapshot: TillSnapshot) => void) => Partial<Handlers<'till'> & Handlers<'manager'>>;
};

/** Pages of a till without a scripted main, for reuse by the next test. */
const running = new WeakSet<Page>();

/** `answers`: main's, by the name of the call; they are there before the first screen asks. `isPainted`: see unpainted.ts. */
type TillPageOptions = BrowserContextOptions & { readonly answers?: Readonly<Record<string, unknown>>; readonly isPainted?: boolean };

/** Without `inPage` the page may be one that another test has had: the till is restarted there instead of being loaded. */
export async function openTillPage(browser: Browser, snapshot: TillSnapshot, { answers = {}, isPainted = true, ...options }: TillPageOptions = {}, inPage?: InPage): Promise<TillPage> {
  const { page, load, close } = await newBuiltPage(browser, options);
  if (!isPainted) await paint(page, false);
  const beginsAnew = () => page.evaluate(([first, given]) => (window as unknown as Scripted).beginAnew(first, given), [snapshot, answers] as const).catch(() => false);
  if (inPage !== undefined || !running.has(page) || !(await beginsAnew())) {
    const { clock = () => undefined, main = () => ({}) } = inPage ?? {};
    const given = JSON.stringify({ ...ALWAYS, snapshot, answers } satisfies Given);
    await load('till', `(${clock.toString()})(); (${answerAsMain.toString()})(${given}, ${main.toString()});`);
    if (!isPainted) await paint(page, false);
    if (inPage === undefined) running.add(page);
    else running.delete(page);
  }
  await page.locator('#root > *').first().waitFor();
  return {
    page,
    push: (next) => page.evaluate((pushed) => (window as unknown as Scripted).pushSnapshot(pushed), next),
    asked: (name) => page.evaluate((wanted) => (window as unknown as Scripted).asked.filter(([each]) => each === wanted).map(([, input]) => input), name),
    answer: (name, next) => page.evaluate(([called, value]) => void (window as unknown as Scripted).answers.set(called as string, value), [name, next]),
    async close() {
      if (!isPainted) await paint(page, true);
      await close();
    },
  };
}

/** The same for every page. */
const ALWAYS: Omit<Given, 'snapshot' | 'answers'> = {
  preview: { svg: receiptSvg(exampleReceipt(PLACES[0]), '80'), hasLogo: false },
  settings: registerSettings.parse({}),
  names: [channels.till, channels.manager].flatMap(({ calls }) => Object.keys(calls)),
};

type Given = { readonly preview: { readonly svg: string; readonly hasLogo: boolean }; readonly snapshot: TillSnapshot; readonly answers: Readonly<Record<string, unknown>>; readonly settings: RegisterSettings; readonly names: readonly string[] };
type Scripted = {
  pushSnapshot(snapshot: TillSnapshot): void;
  /** False: it does not, and the page has to be loaded. */
  beginAnew(first: TillSnapshot, given: Given['answers']): Promise<boolean>;
  readonly answers: Map<string, unknown>;
  readonly asked: readonly (readonly [name: string, input: unknown])[];
};

/** Runs in the page: main's answers. */
function answerAsMain({ preview, snapshot, answers: firstAnswers, settings, names }: Given, main: NonNullable<InPage['main']>): void {
  const listeners: ((pushed: TillSnapshot) => void)[] = [];
  const ok = (value: unknown) => ({ kind: 'ok', value });
  const pushSnapshot = (pushed: TillSnapshot) => listeners.forEach((listener) => listener(pushed));
  const asked: [string, unknown][] = [];
  const answers = new Map<string, unknown>();
  function forget(first: TillSnapshot, given: Given['answers']): void {
    asked.length = 0;
    answers.clear();
    for (const [name, value] of Object.entries({ snapshot: first, readSettings: settings, previewReceipt: preview, readPrinters: [] })) answers.set(name, ok(value));
    for (const [name, answer] of Object.entries(given)) answers.set(name, answer);
  }

  /** When the till's rendering fails, its guard replaces everything that React drew, and its button renders it again. */
  async function beginAnew(first: TillSnapshot, given: Given['answers']): Promise<boolean> {
    forget(first, given);
    pushSnapshot({} as TillSnapshot);
    if (!asked.some(([name]) => name === 'pageBroke')) return false;
    forget(first, given);
    pushSnapshot(first);
    document.querySelector('#announcements')!.replaceChildren();
    window.scrollTo(0, 0);
    const guard = document.querySelector('#root > main')!;
    guard.querySelector('button')!.click();
    await new Promise((resolve) => setTimeout(resolve));
    return !guard.isConnected;
  }

  forget(snapshot, firstAnswers);
  const noted = (name: string, handler: (input: never) => unknown) => (input: never) => {
    asked.push([name, input]);
    return handler(input);
  };
  const bridge: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(names.map((name) => [name, noted(name, () => Promise.resolve(answers.get(name) ?? ok(null)))])),
    onSnapshot: (listener: (pushed: TillSnapshot) => void) => {
      listeners.push(listener);
      return () => undefined;
    },
    ...Object.fromEntries(Object.entries(main(snapshot, pushSnapshot)).map(([name, handler]) => [name, noted(name, handler)])),
  };
  Object.assign(window, { till: bridge, manager: bridge, asked, answers, pushSnapshot, beginAnew });
}
