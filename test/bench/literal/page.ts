import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const component = join(import.meta.dirname, '../../../node_modules/@justifi/webcomponents/dist/webcomponents');

/** Pages as the walk-through has them: the component's lazy build by a script tag, and nothing done ahead of time. */
const PAGES: Readonly<Record<string, string>> = {
  '/till': '<!doctype html><script type="module" src="/component/webcomponents.esm.js"></script><input id="amount" autofocus>',
  '/checkout': '<!doctype html><script type="module" src="/component/webcomponents.esm.js"></script><div id="root"></div><p id="result"></p>',
};

export async function serveLiteralPages(): Promise<{ readonly origin: string; close(): void }> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const page = PAGES[path];
    if (page !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      return;
    }
    const file = join(component, path.replace('/component/', ''));
    const known = path.startsWith('/component/') && existsSync(file);
    response.writeHead(known ? 200 : 404, { 'content-type': 'text/javascript' }).end(known ? readFileSync(file) : undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, 'localhost', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { origin: `http://localhost:${address.port}`, close: () => server.close() };
}
