/** The stage of the customer's login at their bank. `gone`: it cannot be used in this document. */
export type LoginState = 'linking' | 'ready' | 'connected' | 'gone';

/** JustiFi's component asks for ever, every two seconds, and counts each of its reports anew. */
const MOST_TRIES = 2;

/** The links to Plaid of one document: how many requests failed, and the next step. */
export type PlaidLinks = {
  state(): LoginState;
  /** A request for a link is about to be made. False: too many were made. */
  mayAsk(): boolean;
  /** The request was answered, with any status. */
  answered(): void;
  /** The component can open Plaid. False: not with the last requested link, or it was known before. */
  found(): boolean;
  /** The component reports an error, often twice. `isRetried`: it asks for a new link by itself. */
  failed(isRetried: boolean): 'wait' | 'give-up' | 'login-failed';
  /** A new link is wanted. */
  again(): void;
  /** The customer has connected a bank account. False: too late. */
  connected(): boolean;
  giveUp(): void;
};

export function createPlaidLinks(): PlaidLinks {
  let state: LoginState = 'linking';
  let asked = 0;
  let isAnswered = false;

  function again(): void {
    state = 'linking';
    asked = 0;
    isAnswered = false;
  }

  return {
    state: () => state,
    mayAsk() {
      if (state === 'gone' || asked >= MOST_TRIES) return false;
      asked += 1;
      isAnswered = false;
      return true;
    },
    answered: () => void (isAnswered = asked > 0),
    found() {
      if (state !== 'linking' || !isAnswered) return false;
      state = 'ready';
      asked = 0;
      return true;
    },
    failed(isRetried) {
      if (state === 'gone') return 'wait';
      if (state === 'linking') return asked >= MOST_TRIES ? 'give-up' : 'wait';
      if (isRetried) again();
      else state = 'ready';
      return 'login-failed';
    },
    again,
    connected() {
      if (state === 'gone') return false;
      state = 'connected';
      return true;
    },
    giveUp: () => void (state = 'gone'),
  };
}
