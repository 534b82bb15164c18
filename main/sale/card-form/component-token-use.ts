import type { Timers } from '../timers.ts';

/** JustiFi takes ten attempts with one component token. */
const TRIES_ON_ONE_TOKEN = 8;
/** After two refusals it may be the token and not the card: a token runs out while the PC sleeps. */
const REFUSALS_ON_ONE_TOKEN = 2;
/** A token lives 60 minutes. */
const RENEW_TOKEN_AFTER_MS = 55 * 60_000;

/** How much of the component token of the form on the screen is used up. */
type ComponentTokenUse = {
  /** A form with a token of this time (monotonic ms) is on the screen. */
  begin(tokenSinceMs: number): void;
  /** A try failed inside the form. */
  countFailedTry(what: 'refused' | 'other'): void;
  /** The form is gone. */
  end(): void;
};

/** `onUsedUp`: a form with a fresh token is needed now. */
export function createComponentTokenUse({ timers, monotonicMs }: { readonly timers: Timers; readonly monotonicMs: () => number }, onUsedUp: (why: 'age' | 'refused' | 'tries') => void): ComponentTokenUse {
  let tries = 0;
  let refusals = 0;
  let callOff = () => {};
  return {
    begin(tokenSinceMs) {
      tries = 0;
      refusals = 0;
      callOff = timers.after(Math.max(0, tokenSinceMs + RENEW_TOKEN_AFTER_MS - monotonicMs()), () => onUsedUp('age'));
    },
    countFailedTry(what) {
      tries += 1;
      if (what === 'refused') refusals += 1;
      if (refusals >= REFUSALS_ON_ONE_TOKEN) onUsedUp('refused');
      else if (tries >= TRIES_ON_ONE_TOKEN) onUsedUp('tries');
    },
    end: () => callOff(),
  };
}
