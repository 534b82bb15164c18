import { disregard } from '../../contract/result.ts';
import { bridge } from './bridge.ts';
import type { FormParts } from './customer-form.ts';
import type { PlaidControls } from './plaid-controls.ts';
import type { PlaidLinks } from './plaid-links.ts';

const SDK_BLOCKED = 'plaid-sdk-load-failed';
/** Shorter than main's time limit for a form that does not load. */
const FIRST_LINK_WITHIN_MS = 4_500;
/** The pause after an error at the bank; the component waits two seconds before it asks again. */
const NEXT_LINK_WITHIN_MS = 10_000;
/** From JustiFi's answer the component has a new login at Plaid well within that. */
export const LOOK_EVERY_MS = 50;

type PlaidLoginParts = {
  readonly plaid: HTMLJustifiPlaidPaymentMethodElement;
  readonly links: PlaidLinks;
  readonly controls: PlaidControls;
  readonly say: FormParts['say'];
  /** The form can be used, or has failed for good. */
  readonly onSettled: () => void;
};

/** The customer's login at their bank: waits for its link, opens its window, reports its errors. */
type PlaidLogin = {
  awaitFirstLink(): void;
  /** Opens Plaid. After an error the first press of the component's row only gets a new link; then it is pressed again. */
  open(): Promise<void>;
  /** The component reports an error. `isRetried`: it asks for a new link by itself. */
  failed(code: unknown, isRetried: boolean): void;
};

export function createPlaidLogin({ plaid, links, controls, say, onSettled }: PlaidLoginParts): PlaidLogin {
  let lookForLink: ReturnType<typeof setInterval> | undefined;
  let giveUpTimer: ReturnType<typeof setTimeout> | undefined;
  let opensWhenReady = false;

  function wait(withinMs: number): void {
    stopWaiting();
    giveUpTimer = setTimeout(() => giveUp('too-late'), withinMs);
    lookForLink = setInterval(() => void plaid.isReadyForAuthentication().then((isReady) => isReady && ready()), LOOK_EVERY_MS);
  }

  function stopWaiting(): void {
    clearInterval(lookForLink);
    clearTimeout(giveUpTimer);
  }

  function ready(): void {
    if (!links.found()) return;
    stopWaiting();
    controls.show(links.state());
    onSettled();
    if (opensWhenReady) void plaid.handleSelectionClick();
    opensWhenReady = false;
  }

  function giveUp(why: string): void {
    if (links.state() === 'gone') return;
    links.giveUp();
    stopWaiting();
    plaid.remove();
    controls.show('gone');
    say('noPlaid');
    disregard(bridge.trouble({ what: 'plaid-unavailable', detail: why }), 'main can do nothing about it');
    onSettled();
  }

  return {
    awaitFirstLink: () => wait(FIRST_LINK_WITHIN_MS),
    async open() {
      say(null);
      const isAfterTrouble = (await plaid.getErrorInfo()) !== null;
      if (isAfterTrouble) {
        links.again();
        controls.show('linking');
        wait(NEXT_LINK_WITHIN_MS);
        opensWhenReady = true;
      }
      await plaid.handleSelectionClick();
    },
    failed(code, isRetried) {
      if (code === SDK_BLOCKED) return giveUp(SDK_BLOCKED);
      const next = links.failed(isRetried);
      if (next === 'give-up') return giveUp(typeof code === 'string' ? code.slice(0, 60) : 'unknown');
      if (next !== 'login-failed') return;
      say('bankTrouble');
      controls.show(links.state());
      if (links.state() === 'linking') wait(NEXT_LINK_WITHIN_MS);
    },
  };
}
