import { createHash } from 'node:crypto';
import type { TrainingAnswer, TrainingRequest } from './exchange.ts';
import { pressSezzle } from './sezzle.ts';
import type { World } from './world.ts';

/*
 * A simulation of Sezzle's script and its window: the part of the SDK's contract that a page of its own uses (https://docs.sezzle.com/docs/guides/direct/sdk). The
 * script is served at Sezzle's own path. The text here runs in the browser, and uses only features of the pinned Chromium.
 */

const SCRIPT_PATH = '/checkout.min.js';
const WINDOW_PATH = /^\/checkout\/(?<order>ord_\w{1,60})$/u;
const PRESSES = ['approve', 'cancel', 'fail'] as const;

/** The SDK; undefined: the request is for another page. */
export function sezzleScript(method: string, path: string): TrainingAnswer | undefined {
  if (method !== 'GET' || path !== SCRIPT_PATH) return undefined;
  return { status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }, body: SEZZLE_SCRIPT };
}

/** Sezzle's window of an order, and the presses in it; undefined: the request is for another page. */
export function sezzleWindow(world: World, { method, path, body }: Pick<TrainingRequest, 'method' | 'path' | 'body'>): TrainingAnswer | undefined {
  const order = WINDOW_PATH.exec(path)?.groups?.['order'];
  if (order === undefined || (method !== 'GET' && method !== 'POST')) return undefined;
  if (method === 'GET') return { status: 200, headers: WINDOW_HEADERS, body: WINDOW_PAGE };
  const press = PRESSES.find((one) => one === body);
  return { status: press !== undefined && pressSezzle(world, order, press) ? 204 : 409, headers: {}, body: '' };
}

/** It is not told when the window is closed by its X. */
const SEZZLE_SCRIPT = String.raw`
window.Checkout = class {
  #heard = {};

  init(listeners) {
    this.#heard = listeners;
  }

  startCheckout({ checkout_url }) {
    const { origin } = new URL(checkout_url);
    const opened = window.open(checkout_url, 'sezzle-checkout', 'popup,width=480,height=680');
    addEventListener('message', ({ data, source, origin: from }) => {
      if (opened === null || source !== opened || from !== origin) return;
      const { onComplete, onCancel, onFailure } = this.#heard;
      const told = { data: { status: data.press === 'approve' ? 'success' : 'failure', session_uuid: 'session-training', order_uuid: checkout_url.split('/').at(-1) } };
      ({ approve: onComplete, cancel: onCancel, fail: onFailure })[data.press]?.(told);
    });
  }
};
`;

const WINDOW_STYLE = `
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f3effa; font: 400 18px/1.5 system-ui, sans-serif; color: #111; }
main { box-sizing: border-box; width: min(24rem, 92vw); padding: 20px; display: grid; gap: 10px; background: #fff; border: 1px solid #111; border-radius: 12px; }
h1 { margin: 0; font-size: 22px; }
p { margin: 0; }
button { min-height: 48px; font: inherit; font-weight: 600; color: #111; background: #fff; border: 1px solid #555; border-radius: 8px; }
button:first-of-type { color: #fff; background: #382757; }
button:focus-visible { outline: 3px solid #0b5fff; outline-offset: 2px; }
`;

const WINDOW_SCRIPT = String.raw`
for (const button of document.querySelectorAll('button')) button.addEventListener('click', async () => {
  for (const each of document.querySelectorAll('button')) each.disabled = true;
  const { ok } = await fetch(location.href, { method: 'POST', body: button.value });
  // The message is no secret: any page that opened this window may get it.
  opener?.postMessage({ press: ok ? button.value : 'fail' }, '*');
  close();
});
document.querySelector('button').focus();
`;

const WINDOW_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sezzle (training)</title>
<style>${WINDOW_STYLE}</style>
<main>
<h1>Pay later</h1>
<p>This plays Sezzle: in a real sale the customer signs in here and agrees to four payments. Close the window by its X to see what happens then.</p>
<button value="approve">Approve the order</button>
<button value="cancel">Cancel</button>
<button value="fail">Sezzle refuses the customer</button>
</main>
<script type="module">${WINDOW_SCRIPT}</script>
</html>
`;

const WINDOW_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  // SECURITY: it runs its own script only, asks for nothing but its own address, and no page frames it.
  'content-security-policy': `default-src 'none'; script-src '${hashOf(WINDOW_SCRIPT)}'; style-src '${hashOf(WINDOW_STYLE)}'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
