import { createHash } from 'node:crypto';
import type { TrainingAnswer } from './exchange.ts';

/*
 * A simulation of Plaid's script and its login: the part of its contract that JustiFi's component uses (https://plaid.com/docs/link/web/). Both are served at Plaid's own
 * paths. The text here runs in the browser, and uses only features of the pinned Chromium.
 */

const SCRIPT_PATH = '/link/v2/stable/link-initialize.js';
const LOGIN_PATH = '/link/v2/stable/link.html';

/** The script, and the page in the frame that it opens; undefined: the request is for another page. `checkoutPage`: the only origin that may frame it. */
export function plaidPage(method: string, path: string, checkoutPage: string): TrainingAnswer | undefined {
  if (method !== 'GET') return undefined;
  if (path === SCRIPT_PATH) return { status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }, body: PLAID_SCRIPT };
  return path === LOGIN_PATH ? { status: 200, headers: loginHeaders(checkoutPage), body: LOGIN_PAGE } : undefined;
}

const PLAID_SCRIPT = String.raw`
(() => {
  const { origin, href } = new URL(document.currentScript.src);
  const NO_ANSWER = { error_type: 'INSTITUTION_ERROR', error_code: 'INSTITUTION_NOT_RESPONDING', error_message: 'this institution is not currently responding to this request', display_message: null };
  const LOCKED = { error_type: 'ITEM_ERROR', error_code: 'ITEM_LOCKED', error_message: 'this account is locked', display_message: null };

  window.Plaid = {
    create({ token, onSuccess, onExit, onEvent, onLoad }) {
      let frame = null;

      function open() {
        if (frame !== null) return;
        frame = document.createElement('iframe');
        frame.title = 'Plaid';
        frame.src = new URL('link.html?token=' + encodeURIComponent(token), href).href;
        Object.assign(frame.style, { position: 'fixed', inset: '0', inlineSize: '100%', blockSize: '100%', border: '0', zIndex: '9999' });
        addEventListener('message', hear);
        document.body.append(frame);
        onEvent?.('OPEN', {});
      }

      function close() {
        removeEventListener('message', hear);
        frame?.remove();
        frame = null;
      }

      function hear({ data, source, origin: from }) {
        if (frame === null || source !== frame.contentWindow || from !== origin) return;
        const error = { 'no-answer': NO_ANSWER, locked: LOCKED }[data.press] ?? null;
        if (data.press !== 'close' && error === null && !/^\d$/.test(data.press)) return;
        close();
        if (error !== null) {
          onEvent?.('ERROR', error);
          onExit?.(error, {});
        } else if (data.press === 'close') {
          onExit?.(null, {});
        } else {
          onEvent?.('HANDOFF', {});
          onSuccess('public-training-' + data.press + '-' + token, { institution: { name: 'Training Bank', institution_id: 'ins_training' }, accounts: [] });
        }
      }

      setTimeout(() => onLoad?.());
      return { open, exit: close, destroy: close };
    },
  };
})();
`;

const LOGIN_STYLE = `
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: rgb(0 0 0 / 45%); font: 400 18px/1.5 system-ui, sans-serif; color: #111; }
main { box-sizing: border-box; width: min(24rem, 92vw); max-height: 96vh; overflow: auto; padding: 20px; display: grid; gap: 10px; background: #fff; border: 1px solid #111; border-radius: 12px; }
h1 { margin: 0; font-size: 22px; }
p { margin: 0; }
button { min-height: 48px; font: inherit; font-weight: 600; color: #111; background: #fff; border: 1px solid #555; border-radius: 8px; }
button:first-of-type { color: #fff; background: #111; }
button:focus-visible { outline: 3px solid #0b5fff; outline-offset: 2px; }
`;

const LOGIN_SCRIPT = String.raw`
const around = location.ancestorOrigins[0];
const press = (what) => parent.postMessage({ press: what }, around);
for (const button of document.querySelectorAll('button')) button.addEventListener('click', () => press(button.value));
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  // Else main hears it, and takes the customer back.
  event.preventDefault();
  press('close');
});
document.querySelector('button').focus();
`;

const LOGIN_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Plaid (training)</title>
<style>${LOGIN_STYLE}</style>
<main>
<h1>Training Bank</h1>
<p>This plays Plaid: in a real sale the customer chooses a bank here and logs in.</p>
<button value="0">Connect the account</button>
<button value="1">Connect an account without enough money</button>
<button value="no-answer">The bank does not answer</button>
<button value="locked">The bank has locked the account</button>
<button value="close">Close</button>
</main>
<script type="module">${LOGIN_SCRIPT}</script>
</html>
`;

const loginHeaders = (checkoutPage: string) => ({
  'content-type': 'text/html; charset=utf-8',
  // SECURITY: it runs its own script only, asks for nothing, and is framed by the till only.
  'content-security-policy': `default-src 'none'; script-src '${hashOf(LOGIN_SCRIPT)}'; style-src '${hashOf(LOGIN_STYLE)}'; frame-ancestors ${checkoutPage}; base-uri 'none'; form-action 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
