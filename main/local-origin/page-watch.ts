import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type IncomingHttpHeaders, get } from 'node:http';
import { join } from 'node:path';
import type { Timers } from '../sale/timers.ts';
import type { CheckoutWay } from './checkout-policy.ts';
import { type PageOrigins, type PageRequest, inventoryLineOf } from './page-inventory.ts';
import { PAGE_FILES, pageHeaders } from './server.ts';

/** A page that is under attack could request ever new hosts. */
const MOST_FINDINGS = 20;
const ANSWER_WITHIN_MS = 10_000;
/** After the busy first minute of a start. */
const FIRST_CHECK_AFTER_MS = 60_000;
const CHECK_EVERY_MS = 24 * 60 * 60_000;

type PageWatchParts = {
  /** The folder of the built pages: "checkout/checkout.js" and so on below it. */
  readonly rendererFolder: string;
  /** Each of these files with its SHA-256 in base64, written by the build. */
  readonly built: Readonly<Record<string, string>>;
  /** For the open account. */
  readonly origins: () => PageOrigins;
  /** The present Content-Security-Policy of a path. */
  readonly policy: (path: string) => string;
  /** Called once for each difference in a run. */
  readonly onFinding: (what: string) => void;
};

/**
 * Notices when the page that takes cards differs from its build, or makes a request that the inventory does not list: the
 * change detection of PCI DSS 11.6.1. It prevents nothing; the policy and the request filter do.
 */
export type PageWatch = {
  /** Called with every request of the page and its frames, also refused ones. */
  requested(request: PageRequest, way?: CheckoutWay): void;
  /** Pages whose files differ from the build. */
  changedFiles(): readonly string[];
  /** Compares the files, and the bodies and headers of the checkout page as a browser gets them. */
  check(): Promise<void>;
  /** Every difference of this run, each once. Hosts and file names only. */
  findings(): readonly string[];
};

export function openPageWatch({ rendererFolder, built, origins, policy, onFinding }: PageWatchParts): PageWatch {
  const found = new Set<string>();

  function find(what: string): void {
    if (found.has(what) || found.size >= MOST_FINDINGS) return;
    found.add(what);
    onFinding(what);
  }

  function changedFiles(): readonly string[] {
    return Object.entries(built).flatMap(([name, sum]) => (sumOfFile(join(rendererFolder, name)) === sum ? [] : [name]));
  }

  async function checkServed(path: string, name: string): Promise<void> {
    const served = await receive(`${origins().page}${path}`);
    if (served === null) return find(`no answer: ${path}`);
    if (sumOf(served.body) !== built[`checkout/${name}`]) find(`served otherwise: ${path}`);
    for (const [header, value] of Object.entries({ ...pageHeaders(path), 'Content-Security-Policy': policy(path) })) {
      if (served.headers[header.toLowerCase()] !== value) find(`header: ${header} of ${path}`);
    }
  }

  return {
    changedFiles,
    requested(request, way = 'card-form') {
      if (request.url.startsWith('data:') || inventoryLineOf(request, origins(), way) !== undefined) return;
      // Not the path: an attacker in the page chooses it.
      find(`request: ${request.resourceType} ${request.method} ${URL.canParse(request.url) ? new URL(request.url).host : 'unreadable'}`.slice(0, 200));
    },
    async check() {
      for (const name of changedFiles()) find(`file: ${name}`);
      await Promise.all(Object.entries(PAGE_FILES).map(([path, { name }]) => checkServed(path, name)));
    },
    findings: () => [...found],
  };
}

/** Checks soon after the start and then once a day, for a till that is never switched off. */
export function checkDaily(page: Pick<PageWatch, 'check'>, timers: Timers): void {
  timers.after(FIRST_CHECK_AFTER_MS, function checkPage() {
    timers.after(CHECK_EVERY_MS, checkPage);
    void page.check();
  });
}

function sumOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64');
}

function sumOfFile(file: string): string | null {
  try {
    return sumOf(readFileSync(file));
  } catch {
    // A missing file differs from the build too.
    return null;
  }
}

/** Null without an answer, or when the answer is not the file. */
function receive(url: string): Promise<{ readonly headers: IncomingHttpHeaders; readonly body: Uint8Array } | null> {
  return new Promise((resolve) => {
    const asked = get(url, { timeout: ANSWER_WITHIN_MS, agent: false }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', () => resolve(null));
      answer.on('end', () => resolve(answer.statusCode === 200 ? { headers: answer.headers, body: Buffer.concat(pieces) } : null));
    });
    asked.on('timeout', () => asked.destroy()).on('error', () => resolve(null));
  });
}
