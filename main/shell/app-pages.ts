import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from 'electron';
import { PERMISSIONS_POLICY } from '../local-origin/permissions-policy.ts';
import { TILL_SCHEME } from './desktop.ts';

/** SECURITY: our pages load only their own files and reach no host. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', woff2: 'font/woff2' };

/**
 * Serves a page to the windows of a session: its index.html as "/", and its scripts and style sheet as "/till/till.js". SECURITY: only the
 * files that are in its folder now, under exactly these paths, each read whole; no path is built from a request.
 */
export function serveApp(session: Session, rendererFolder: string, page: 'till' | 'display'): void {
  const folder = join(rendererFolder, page);
  const files = new Map(builtFiles(folder).map((name) => [name === 'index.html' ? '/' : `/${page}/${name}`, name]));
  session.protocol.handle(TILL_SCHEME, (request) => {
    const name = files.get(new URL(request.url).pathname);
    if (name === undefined) return new Response(null, { status: 404 });
    const headers = {
      'Content-Type': TYPES[extensionOf(name)]!,
      'Content-Security-Policy': PAGE_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Permissions-Policy': PERMISSIONS_POLICY,
    };
    return new Response(new Uint8Array(readFileSync(join(folder, name))), { headers });
  });
}

function builtFiles(folder: string): readonly string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => name).filter((name) => Object.hasOwn(TYPES, extensionOf(name)));
}

function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
