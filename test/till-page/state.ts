import type { Page } from 'playwright';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';

/** One screen of the till. */
export type State = {
  readonly name: string;
  readonly snapshot: TillSnapshot;
  /** What main answers, by the name of the call. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** What is pressed to come there, by keys and places alone, so that it works in every language. */
  readonly reach?: (page: Page) => Promise<void>;
};

export const answered = (value: unknown) => ({ kind: 'ok', value });
export const refused = (kind: string, more: object = {}) => ({ kind: 'failed', failure: { kind, ...more } });

/** Held as long as a finger holds a key: a shorter one is a scanner's. */
export const press = (page: Page, key: string) => page.keyboard.press(key, { delay: 60 });

/** One after the other, as slowly as a person who looks for the keys. */
export async function typeSlowly(page: Page, keys: string): Promise<void> {
  await page.keyboard.type(keys, { delay: 130 });
}
