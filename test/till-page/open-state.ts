import type { Browser, BrowserContextOptions } from 'playwright';
import type { Appearance } from '../../contract/appearance.ts';
import type { State } from './state.ts';
import { type InPage, type TillPage, openTillPage } from './till-page.ts';

type Options = BrowserContextOptions & { readonly appearance?: Partial<Appearance>; readonly isPainted?: boolean };

/** Opens the till's page and this screen. `appearance`: differences from the default. `isPainted`, `inPage`: as for `openTillPage`. */
export async function openState(browser: Browser, { snapshot, answers = {}, reach }: State, { appearance = {}, ...options }: Options = {}, inPage?: InPage): Promise<TillPage> {
  const till = await openTillPage(browser, { ...snapshot, appearance: { ...snapshot.appearance, ...appearance } }, { ...options, answers }, inPage);
  await reach?.(till.page);
  await till.page.locator('#root main').first().waitFor();
  return till;
}
