import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from 'electron';
import { TILL_SCHEME } from './desktop.ts';

/** SECURITY: a page of ours talks to main only; it loads nothing but its own files and reaches no host. */
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

const TYPES: Readonly<Record<string, string>> = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

/** Serves the named files of a folder to the windows of a session, each read whole: nothing else can be asked for. */
export function serveApp(session: Session, folder: string, files: Readonly<Record<string, string>>): void {
  session.protocol.handle(TILL_SCHEME, (request) => {
    const name = files[new URL(request.url).pathname];
    if (name === undefined) return new Response(null, { status: 404 });
    const headers = {
      'Content-Type': TYPES[name.slice(name.lastIndexOf('.') + 1)]!,
      'Content-Security-Policy': PAGE_POLICY,
      'X-Content-Type-Options': 'nosniff',
    };
    return new Response(new Uint8Array(readFileSync(join(folder, name))), { headers });
  });
}
