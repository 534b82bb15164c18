import type { Browser } from 'playwright';
import { beforeEach, describe, test } from 'vitest';
import { pageBrowser } from '../host/page-browser.ts';
import { everyLook } from '../till-page/looks/every-look.ts';
import { MANAGER_SIDE_STATES } from '../till-page/states.ts';

let browser: Browser;
beforeEach(async () => {
  browser = await pageBrowser();
});

describe('every screen of the manager’s side is accessible, whole in every language and size, and walked by Tab', () => {
  test.each(MANAGER_SIDE_STATES)('$name', (state) => everyLook(browser, state));
});
