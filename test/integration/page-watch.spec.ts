import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { JUSTIFI_ORIGINS, checkoutPolicy, wayAt } from '../../main/local-origin/checkout-policy.ts';
import type { CheckoutWay } from '../../main/local-origin/checkout-policy.ts';
import { INVENTORIES, type PageRequest } from '../../main/local-origin/page-inventory.ts';
import { PERMISSIONS_POLICY } from '../../main/local-origin/permissions-policy.ts';
import { type PageWatch, openPageWatch } from '../../main/local-origin/page-watch.ts';
import { type LocalOrigin, serveLocalOrigin } from '../../main/local-origin/server.ts';

/* Changes of the page that takes cards are detected, and reported once. */

const FILES = ['checkout/index.html', 'checkout/checkout.js', 'checkout/checkout.css', 'till/till.js'];
const sumOf = (text: string) => createHash('sha256').update(text).digest('base64');
const policy = (path: string) => checkoutPolicy(JUSTIFI_ORIGINS, wayAt(path));

let folder: string;
let local: LocalOrigin;
let told: string[];

beforeEach(async () => {
  told = [];
  folder = mkdtempSync(join(tmpdir(), 'counter-pages-'));
  for (const page of ['checkout', 'till']) mkdirSync(join(folder, page));
  for (const name of FILES) writeFileSync(join(folder, name), name);
  const served = await serveLocalOrigin({ folder: join(folder, 'checkout'), policy, log: () => {}, preferredPort: 0 });
  if (served.kind === 'failed') throw new Error(served.failure.detail);
  local = served.value;
});
afterEach(() => {
  local.close();
  rmSync(folder, { recursive: true });
});

function watch(page = local.origin): PageWatch {
  const built = Object.fromEntries(FILES.map((name) => [name, sumOf(name)]));
  return openPageWatch({ rendererFolder: folder, built, origins: () => ({ page, ...JUSTIFI_ORIGINS }), policy, onFinding: (what) => told.push(what) });
}

/** Another server, with Counter's answers except for the test's change. */
async function standIn(change: (path: string, headers: Record<string, string>) => string | null): Promise<{ readonly origin: string; readonly server: Server }> {
  const server = createServer(({ url = '' }, response) => {
    const name = url.startsWith('/checkout/') ? url.slice('/checkout/'.length) : 'index.html';
    const headers: Record<string, string> = {
      'Content-Security-Policy': policy(url),
      'Cross-Origin-Resource-Policy': 'same-origin',
      // Sezzle's window keeps its opener.
      'Cross-Origin-Opener-Policy': url === '/sezzle' ? 'same-origin-allow-popups' : 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Permissions-Policy': PERMISSIONS_POLICY,
      'Cache-Control': 'no-store',
    };
    const body = change(url, headers);
    response.writeHead(200, headers).end(body ?? `checkout/${name}`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { origin: `http://127.0.0.1:${address.port}`, server };
}

describe('S-05: the page that takes cards', () => {
  test('equals its build: no report', async () => {
    const page = watch();
    await page.check();
    expect([page.changedFiles(), page.findings(), told]).toEqual([[], [], []]);
  });

  test.each(FILES)('is noticed when %s is added to or removed, and reported once, however often it is checked', async (name) => {
    const page = watch();
    appendFileSync(join(folder, name), ';fetch("https://evil.example")');
    expect(page.changedFiles()).toEqual([name]);
    await page.check();
    await page.check();
    rmSync(join(folder, name));
    expect(page.changedFiles()).toEqual([name]);
    await page.check();
    expect(told).toEqual([`file: ${name}`]);
    expect(page.findings()).toEqual(told);
  });

  test('is noticed when a browser gets another script than the one on the disk, or no answer', async () => {
    const other = await standIn((path) => (path === '/checkout/checkout.js' ? 'stolen' : null));
    await watch(other.origin).check();
    expect(told).toEqual(['served otherwise: /checkout/checkout.js']);
    other.server.close();
    told = [];
    await watch(other.origin).check();
    expect(told.toSorted()).toEqual(['no answer: /', 'no answer: /checkout/checkout.css', 'no answer: /checkout/checkout.js', 'no answer: /insured', 'no answer: /plaid', 'no answer: /sezzle']);
  });

  test.each<[header: string, change: (value: string) => string | null]>([
    ['Content-Security-Policy', (value) => value.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")],
    ['Content-Security-Policy', () => null],
    ['Cross-Origin-Resource-Policy', () => 'cross-origin'],
    ['Cross-Origin-Opener-Policy', () => null],
    ['X-Content-Type-Options', () => null],
    ['Referrer-Policy', () => 'unsafe-url'],
    ['Permissions-Policy', () => 'camera=*'],
    ['Cache-Control', () => 'max-age=31536000'],
  ])('is noticed when its header %s changes', async (header, change) => {
    const other = await standIn((path, headers) => {
      const value = change(headers[header]!);
      if (path === '/' && value === null) delete headers[header];
      if (path === '/' && value !== null) headers[header] = value;
      return null;
    });
    await watch(other.origin).check();
    other.server.close();
    expect(told).toEqual([`header: ${header} of /`]);
  });
});

describe('S-02, S-05: the page’s requests', () => {
  const script = (url: string, change: Partial<PageRequest> = {}): PageRequest => ({ resourceType: 'script', method: 'GET', url, ...change });

  test('in the inventory are not reported; each line of the inventory matches its own request', () => {
    const page = watch();
    const hosts = { page: local.origin, ...JUSTIFI_ORIGINS, sezzleWindows: JUSTIFI_ORIGINS.sezzleWindows[0]! };
    for (const [way, inventory] of Object.entries(INVENTORIES) as readonly (readonly [CheckoutWay, (typeof INVENTORIES)[CheckoutWay]])[]) {
      for (const { at, type, method, path } of inventory) {
        const url = `${hosts[at]}${path === '*' ? '/v2/field.js' : path.replace('<checkout>', 'cho_1a2B3c').replace('<account>', 'acc_1').replace('<quote>', 'iqu_1')}`;
        page.requested({ resourceType: type === 'inside' ? 'script' : type, method: method === '*' ? 'GET' : method, url }, way);
      }
    }
    // Plaid's login asks Plaid's own hosts.
    page.requested({ resourceType: 'xhr', method: 'POST', url: 'https://production.plaid.com/link/client/get' }, 'plaid');
    page.requested({ resourceType: 'image', method: 'GET', url: 'data:image/svg+xml,x' });
    expect(told).toEqual([]);
  });

  test.each<[what: string, request: PageRequest, finding: string]>([
    ['a script of another host', script('https://cdn.plaid.com/link/v2/stable/link-initialize.js?number=4242'), 'request: script GET cdn.plaid.com'],
    ['a new host of JustiFi’s', script('https://stats.justifi.ai/v1/x.js'), 'request: script GET stats.justifi.ai'],
    ['a script of JustiFi’s API host', script('https://wc-proxy.justifi.ai/x.js'), 'request: script GET wc-proxy.justifi.ai'],
    ['a second script of our own', script('<page>/checkout/second.js'), 'request: script GET <host>'],
    ['a frame that is no hosted field', script('https://components.justifi.ai/v2/pin', { resourceType: 'subFrame' }), 'request: subFrame GET components.justifi.ai'],
    ['another call of the API', script('https://wc-proxy.justifi.ai/v1/payments', { resourceType: 'xhr' }), 'request: xhr GET wc-proxy.justifi.ai'],
    ['another way to call it', script('https://wc-proxy.justifi.ai/v1/checkouts/cho_1/complete', { resourceType: 'xhr', method: 'PUT' }), 'request: xhr PUT wc-proxy.justifi.ai'],
    ['a path that hides behind an id', script('https://wc-proxy.justifi.ai/v1/checkouts/cho_1/x/complete', { resourceType: 'xhr', method: 'POST' }), 'request: xhr POST wc-proxy.justifi.ai'],
    ['plain http', script('http://components.justifi.ai/v2/cardNumber', { resourceType: 'subFrame' }), 'request: subFrame GET components.justifi.ai'],
    ['a socket', script('wss://components.justifi.ai/', { resourceType: 'webSocket' }), 'request: webSocket GET components.justifi.ai'],
    ['what is no address', script('::'), 'request: script GET unreadable'],
    ['a call of Plaid’s from the card form', script('https://wc-proxy.justifi.ai/v1/plaid/acc_1/link', { resourceType: 'xhr', method: 'POST' }), 'request: xhr POST wc-proxy.justifi.ai'],
    ['a quote of an insurance from the card form', script('https://wc-proxy.justifi.ai/v1/insurance/quotes', { resourceType: 'xhr', method: 'POST' }), 'request: xhr POST wc-proxy.justifi.ai'],
    ['a frame of Plaid’s in the card form', script('https://cdn.plaid.com/link/v2/stable/link.html', { resourceType: 'subFrame' }), 'request: subFrame GET cdn.plaid.com'],
  ])('is told once when it is %s, without what stands in the address', (_what, request, finding) => {
    const page = watch();
    const url = request.url.replace('<page>', local.origin);
    for (const time of [1, 2]) page.requested({ ...request, url: `${url}${time === 1 ? '' : '#again'}` });
    expect(told).toEqual([finding.replace('<host>', new URL(local.origin).host)]);
    expect(told.join()).not.toContain('4242');
  });

  test.each<[what: string, request: PageRequest, finding: string]>([
    ['a card field', script('https://components.justifi.ai/v2/cardNumber', { resourceType: 'subFrame' }), 'request: subFrame GET components.justifi.ai'],
    ['another script of Plaid’s', script('https://static.plaid.com/x.js', { resourceType: 'subFrame' }), 'request: subFrame GET static.plaid.com'],
    ['a host that only sounds like Plaid’s', script('https://cdn.plaid.com.evil.example/x.js'), 'request: script GET cdn.plaid.com.evil.example'],
    ['Plaid by plain http', script('http://cdn.plaid.com/link/v2/stable/link-initialize.js'), 'request: script GET cdn.plaid.com'],
  ])('is told when the document of Plaid asks for %s', (_what, request, finding) => {
    watch().requested(request, 'plaid');
    expect(told).toEqual([finding]);
  });

  test('to ever new hosts fill neither the log nor the memory', () => {
    const page = watch();
    for (let each = 0; each < 5_000; each += 1) page.requested(script(`https://host-${each}.evil.example/${'x'.repeat(10_000)}`));
    expect(told).toHaveLength(20);
    expect(page.findings().join().length).toBeLessThan(20 * 200);
  });
});

test('S-05: the build writes down every file of every page, and main holds it', () => {
  const bundle = readFileSync(join(import.meta.dirname, '../../out/main/index.js'), 'utf8');
  const names = ['till', 'checkout', 'display'].flatMap((page) => readdirSync(join(import.meta.dirname, '../../out/renderer', page)).map((file) => `${page}/${file}`));
  expect(names).toEqual(expect.arrayContaining(['till/index.html', 'till/till.js', 'till/LaterScreen.js', 'till/till.css', 'checkout/index.html', 'checkout/checkout.js', 'checkout/checkout.css', 'display/index.html', 'display/display.js', 'display/display.css']));
  for (const name of names) {
    const sum = createHash('sha256').update(readFileSync(join(import.meta.dirname, '../../out/renderer', name))).digest('base64');
    expect(bundle.includes(sum), name).toBe(true);
  }
});
