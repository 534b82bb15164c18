import type { MountOrder } from '../../contract/form-order.ts';
import { disregard } from '../../contract/result.ts';
import type { CheckoutWords } from '../../words/checkout.ts';
import { bridge } from './bridge.ts';
import type { CustomerForm, FormParts } from './customer-form.ts';
import { openSezzleWindow } from './sezzle-window.ts';

/*
 * The customer pays later, in Sezzle's window. This document has no component of JustiFi's and no token: main pays, and this page only reports how the window ended.
 */

/** Shorter than main's time limit for a form that does not load. */
const SCRIPT_WITHIN_MS = 4_500;
/** The second half of a double click on Pay must not close the window. */
const CLOSE_ACTS_AFTER_MS = 400;

type State = 'loading' | 'ready' | 'asking' | 'open' | 'over' | 'gone';

export function mountSezzleForm({ checkoutId }: MountOrder, sezzle: NonNullable<MountOrder['sezzle']>, parts: FormParts): CustomerForm {
  const controls = addControls(parts.form);
  const settled = Promise.withResolvers<void>();
  let closeWindow = () => {};
  // SECURITY: Sezzle's script is the only one that this document may add, at the address that main has given.
  window.trustedTypes.createPolicy('default', { createScriptURL: (address) => (address === sezzle.script ? address : null) });

  async function pay(): Promise<void> {
    if (controls.state() !== 'ready') return;
    controls.show('asking');
    parts.say(null);
    // The write-ahead point: from here on the customer may agree at any time.
    if (!(await parts.askToCharge('sezzle'))) return controls.show('ready');
    controls.show('open');
    const opened = openSezzleWindow(sezzle, (end) => {
      controls.show('over');
      const told = end === 'complete' ? bridge.submitted({ checkoutId, paymentStatus: 'sezzle-complete' }) : bridge.failed({ checkoutId, errorCode: `sezzle-${end}` });
      disregard(told, 'main looks for itself');
    });
    closeWindow = opened.close;
  }

  controls.pay.addEventListener('click', () => void pay());
  controls.leave.addEventListener('click', () => closeWindow());
  void loadScript(sezzle.script).then((isThere) => {
    controls.show(isThere ? 'ready' : 'gone');
    if (!isThere) {
      parts.say('noSezzle');
      disregard(bridge.trouble({ what: 'sezzle-unavailable', detail: 'script' }), 'main can do nothing about it');
    }
    settled.resolve();
  });

  return {
    settled: settled.promise,
    speak: controls.speak,
    isFilledIn: () => Promise.resolve(true),
    focusFirst: () => controls.pay.focus(),
    focusMissing: () => controls.pay.focus(),
    // There is no component here that could charge.
    mayCharge: () => false,
    charging() {},
    missing: 'detailsMissing',
    refused: 'detailsNotAccepted',
    plaid: null,
    quote: null,
  };
}

/** False: it did not load. It is requested once. */
function loadScript(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const script = document.createElement('script');
    script.addEventListener('load', () => resolve(window.Checkout !== undefined));
    script.addEventListener('error', () => resolve(false));
    setTimeout(() => resolve(false), SCRIPT_WITHIN_MS);
    script.src = address;
    document.head.append(script);
  });
}

/** The buttons and sentences around Sezzle's window. */
function addControls(form: HTMLElement) {
  const box = document.createElement('div');
  box.className = 'sezzle';
  const [hint, said] = [document.createElement('p'), document.createElement('p')];
  said.setAttribute('role', 'status');
  const [pay, leave] = [button('charge'), button('quiet')];
  box.append(hint, pay, said, leave);
  form.append(box);
  let words: CheckoutWords | null = null;
  let state: State = 'loading';

  function draw(): void {
    box.hidden = state === 'gone';
    hint.hidden = pay.hidden = state === 'open' || state === 'over';
    pay.disabled = state !== 'ready';
    leave.hidden = state !== 'open';
    if (state !== 'open') leave.disabled = true;
    if (words === null) return;
    hint.textContent = words.payLaterHint;
    pay.textContent = words.payLater;
    leave.textContent = words.closeSezzle;
    said.textContent = state === 'open' ? words.atSezzle : state === 'over' ? words.processing : '';
  }

  draw();
  return {
    pay,
    leave,
    state: () => state,
    speak(chosen: CheckoutWords) {
      words = chosen;
      box.lang = document.documentElement.lang;
      draw();
    },
    show(next: State) {
      state = next;
      draw();
      if (next === 'open') setTimeout(() => (leave.disabled = false), CLOSE_ACTS_AFTER_MS);
      if (next === 'ready' && !form.inert && document.activeElement === document.body) pay.focus();
    },
  };
}

function button(look: 'charge' | 'quiet'): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = look;
  return made;
}
