/**
 * With a process for each cross-site frame, Playwright now and then never learns of a card field's frame (about one sale in twenty), beside
 * another program that is attached or alone. The isolation between the frames is the same without; that fields in processes of their own work, and
 * that Tab leads into them, is shown in lifecycle.spec.ts.
 */
export const ONE_PROCESS_PER_PAGE = ['--disable-site-isolation-trials', '--disable-features=IsolateOrigins,site-per-process'];
