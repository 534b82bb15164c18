import type { Browser, Page } from 'playwright';
import type { CustomerView } from '../../contract/customer-display.ts';
import { newBuiltPage } from './built-pages.ts';

/** The built page of the customer's screen without a main. */
export type DisplayPage = {
  readonly page: Page;
  /** As main pushes it. */
  push(view: CustomerView): Promise<void>;
  close(): Promise<void>;
};

type Scripted = { pushView(view: CustomerView): void };

export async function openDisplayPage(browser: Browser, first: CustomerView): Promise<DisplayPage> {
  const { page, load, close } = await newBuiltPage(browser, { locale: 'en-US' });
  await load('display', `(${answerAsMain.toString()})(${JSON.stringify(first)});`);
  return {
    page,
    push: (view) => page.evaluate((pushed) => (window as unknown as Scripted).pushView(pushed), view),
    close,
  };
}

/** Runs in the page. */
function answerAsMain(first: CustomerView): void {
  const listeners: ((view: CustomerView) => void)[] = [];
  Object.assign(window, {
    display: { view: () => Promise.resolve({ kind: 'ok', value: first }), onView: (listener: (view: CustomerView) => void) => listeners.push(listener) },
    pushView: (view: CustomerView) => listeners.forEach((listener) => listener(view)),
  });
}
