import type { CheckoutWords } from '../../words/checkout.ts';
import type { LoginState } from './plaid-links.ts';

/** The buttons and sentences around Plaid's window. */
export type PlaidControls = {
  readonly login: HTMLButtonElement;
  readonly pay: HTMLButtonElement;
  speak(words: CheckoutWords): void;
  show(state: LoginState): void;
  enablePay(): void;
  /** The button of the next step. */
  focus(): void;
};

export function addControls(form: HTMLElement): PlaidControls {
  const box = document.createElement('div');
  box.className = 'plaid';
  const [hint, said] = [document.createElement('p'), document.createElement('p')];
  said.setAttribute('role', 'status');
  const [login, pay] = [button(), button()];
  pay.id = 'pay';
  // The name in JustiFi's own form and in the authorisation.
  pay.textContent = 'Pay';
  pay.disabled = true;
  box.append(hint, login, said, pay);
  form.append(box);
  let words: CheckoutWords | null = null;
  let state: LoginState = 'linking';

  function draw(): void {
    box.hidden = state === 'gone';
    hint.hidden = login.hidden = state === 'connected';
    login.disabled = state === 'linking';
    if (state !== 'connected') pay.disabled = true;
    if (words === null) return;
    hint.textContent = words.logInHint;
    login.textContent = words.logIn;
    said.textContent = state === 'linking' ? words.linking : state === 'connected' ? words.connected : '';
  }

  draw();
  return {
    login,
    pay,
    speak(chosen) {
      words = chosen;
      // JustiFi's form around it is English.
      box.lang = document.documentElement.lang;
      draw();
    },
    show(next) {
      const isNext = next !== state;
      state = next;
      draw();
      if (isNext && next === 'ready' && !form.inert && document.activeElement === document.body) login.focus();
    },
    enablePay() {
      if (state !== 'connected') return;
      pay.disabled = false;
      if (!form.inert) pay.focus();
    },
    focus: () => (state === 'connected' ? pay : login).focus(),
  };
}

function button(): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'charge';
  return made;
}
