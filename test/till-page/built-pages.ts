import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { BrowserContext } from 'playwright';

const BUILT = join(import.meta.dirname, '../../out/renderer');
const ORIGIN = 'http://till.invalid';
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };

export const addressOf = (page: 'till' | 'display') => `${ORIGIN}/${page}/index.html`;

/** The pages of this context get the built files. */
export function serveBuiltPages(context: BrowserContext): Promise<unknown> {
  return context.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    await route.fulfill({ body: await readFile(join(BUILT, path)), contentType: TYPES[extname(path)] ?? 'application/octet-stream' });
  });
}
