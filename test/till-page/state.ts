import type { Page } from 'playwright';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';

/** One screen of the till. */
export type State = {
  readonly name: string;
  readonly snapshot: TillSnapshot;
  /** Main's answers, by the name of the call. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** The presses that open the screen, by keys and positions only, so that they work in every language. */
  readonly reach?: (page: Page) => Promise<void>;
};

export const answered = (value: unknown) => ({ kind: 'ok', value });
export const refused = (kind: string, more: object = {}) => ({ kind: 'failed', failure: { kind, ...more } });

/** Held as long as by a finger: a shorter press is a scanner's. */
export const press = (page: Page, key: string) => page.keyboard.press(key, { delay: 60 });

/** One after the other, at the pace of a slow typist. */
export async function typeSlowly(page: Page, keys: string): Promise<void> {
  await page.keyboard.type(keys, { delay: 130 });
}
