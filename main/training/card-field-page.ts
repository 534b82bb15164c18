import { createHash } from 'node:crypto';
import type { TrainingAnswer } from './exchange.ts';
import { fieldScript } from './field-script.ts';

/** The hosted fields of JustiFi's card form and bank account form. */
const fieldPaths: readonly string[] = [
  '/v2/cardNumber',
  '/v2/expirationMonth',
  '/v2/expirationYear',
  '/v2/CVV',
  '/v2/accountNumber',
  '/v2/routingNumber',
];

/** The border, the background and the focus ring belong to the component around the field. */
const fieldStyle = `
html, body { margin: 0; background: transparent; overflow: hidden; }
body { display: flex; align-items: center; }
input {
  flex: 1; min-width: 0; box-sizing: border-box; padding: 6px 12px; border: 0; outline: 0; background: transparent;
  font: 400 16px/1.5 system-ui, sans-serif; color: #212529;
}
input::placeholder { color: #6c757d; opacity: 1; }
output { padding-right: 12px; font: 500 13px/1 system-ui, sans-serif; color: #6c757d; }
output:empty { display: none; }
`;

/**
 * The page of one field. It is the same page for all: the field finds out from its own address which one it is.
 *
 * @param checkoutPage the only origin that may frame it, as a Content-Security-Policy says it
 */
export function cardFieldPage(method: string, path: string, checkoutPage: string): TrainingAnswer | undefined {
  if (method !== 'GET' || !fieldPaths.includes(path)) return undefined;
  return { status: 200, headers: fieldHeaders(checkoutPage), body: fieldHtml };
}

const fieldHtml = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Card field</title>
<style>${fieldStyle}</style>
<input inputmode="numeric" spellcheck="false" autocapitalize="off">
<output aria-live="polite"></output>
<script type="module">${fieldScript}</script>
</html>
`;

const fieldHeaders = (checkoutPage: string) => ({
  'content-type': 'text/html; charset=utf-8',
  // SECURITY: a card field runs its own script only, talks to its own server only, and is framed by the till only.
  'content-security-policy': [
    "default-src 'none'",
    `script-src '${hashOf(fieldScript)}'`,
    `style-src '${hashOf(fieldStyle)}'`,
    "connect-src 'self'",
    `frame-ancestors ${checkoutPage}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
