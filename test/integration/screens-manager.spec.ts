import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { everyLook } from '../till-page/looks/every-look.ts';
import { MANAGER_SIDE_STATES } from '../till-page/states.ts';
import { launchForTillPages } from '../till-page/till-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchForTillPages();
});
afterAll(() => browser.close());

describe('every screen of the manager’s side is accessible, whole in every language and size, and walked by Tab', () => {
  test.each(MANAGER_SIDE_STATES)('$name', (state) => everyLook(browser, state));
});
