/**
 * Custom schemes as https origins
 *
 * A scheme of the app's own cannot be registered over CDP, so Chromium sees `app://till/page` as
 * `https://till.app.invalid/page` (`.invalid` never resolves, RFC 2606). Main must only ever see the first form.
 */
export type SchemeName = string;

const mappedHost = /^(?<host>.+)\.(?<scheme>[a-z][a-z0-9+-]*)\.invalid$/u;
const otherUrl = /^(?<scheme>[a-z][a-z0-9+-]*):\/\/(?<host>[^/?#]+)(?<rest>.*)$/isu;
const chromiumSchemes = new Set(['http', 'https', 'ws', 'wss', 'file', 'ftp', 'chrome', 'devtools', 'blob', 'data', 'about']);

/** The form that Chromium gets. */
export function toWire(url: string): string {
  const parts = otherUrl.exec(url)?.groups;
  if (parts === undefined) return url;
  const scheme = parts.scheme!.toLowerCase();
  if (chromiumSchemes.has(scheme)) return url;
  return `https://${parts.host!.toLowerCase()}.${scheme}.invalid${parts.rest === '' ? '/' : parts.rest!}`;
}

/** The form that main, and a test, sees. */
export function fromWire(url: string): string {
  if (!url.startsWith('https://')) return url;
  const parsed = URL.parse(url);
  const parts = parsed === null ? undefined : mappedHost.exec(parsed.hostname)?.groups;
  if (parsed === null || parts === undefined) return url;
  return `${parts.scheme!}://${parts.host!}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

/** An origin in the form of `webFrameMain.origin`: without a path, and 'null' where it is opaque. */
export function originFromWire(securityOrigin: string): string {
  const parsed = URL.parse(securityOrigin);
  if (parsed?.protocol === 'file:') return 'file://';
  if (parsed === null || parsed.host === '') return 'null';
  const own = mappedHost.exec(parsed.hostname)?.groups;
  return own === undefined ? parsed.origin : `${own.scheme!}://${own.host!}`;
}

/** The scheme that a request of Chromium's really means, if it is one of the app's own. */
export function ownScheme(wireUrl: string): SchemeName | undefined {
  return mappedHost.exec(URL.parse(wireUrl)?.hostname ?? '')?.groups?.scheme;
}
