import type { CheckoutWords } from '../../words/checkout.ts';
import type { Quote } from './insurance.ts';

/** The argument of the component's preCompleteHook. */
export type ComponentState = Parameters<NonNullable<HTMLJustifiCheckoutElement['preCompleteHook']>>[0];

/** JustiFi's component in this document, with the controls of its way to pay. */
export type CustomerForm = {
  /** Settles when the customer can use it. Has no time limit of its own. */
  readonly settled: Promise<unknown>;
  /** Counter's own texts on it. Called before it is shown. */
  speak(words: CheckoutWords): void;
  /** Whether the form is complete, as far as it can check. */
  isFilledIn(): Promise<boolean>;
  /** Focuses the first field. */
  focusFirst(): void;
  /** Focuses the first invalid field. */
  focusMissing(): void;
  /** Whether this is the customer's choice; not a token of another way to pay, or one that was charged. */
  mayCharge(state: ComponentState): boolean;
  /** Main has allowed the charge. */
  charging(state: ComponentState): void;
  /** The sentences for an incomplete form, and for a refusal of JustiFi's. */
  readonly missing: 'detailsMissing' | 'connectFirst' | 'answerInsurance';
  readonly refused: 'detailsNotAccepted' | 'bankTrouble';
  /** Null: this document does not offer Plaid. */
  readonly plaid: PlaidRequests | null;
  /** Null: this document offers no insurance. */
  readonly quote: Quote | null;
};

/** The calls of the page's `fetch` guard to this form. */
export type PlaidRequests = {
  /** Whether the component may ask JustiFi for a link to Plaid. It never gives up by itself. */
  mayAskForLink(): boolean;
  linkAnswered(): void;
  /** JustiFi has made this token of the connected bank account. */
  tokenMade(token: string): void;
};

/** The parameters of a form. */
export type FormParts = {
  readonly form: HTMLElement;
  /** Token, checkout and listeners; before the component is attached. */
  readonly connect: (component: HTMLJustifiCheckoutElement | HTMLJustifiModularCheckoutElement) => void;
  /** The component has read its checkout: before that its requests name no account, and JustiFi refuses them. */
  readonly checkoutKnown: (component: HTMLElement) => Promise<void>;
  readonly isShown: () => boolean;
  readonly isSubmitted: () => boolean;
  readonly pressTab: () => void;
  /** The write-ahead point of a way that main itself pays. False: it is not allowed, and the payment must not begin. */
  readonly askToCharge: (methodType: string) => Promise<boolean>;
  /** The bank debit authorisation. */
  readonly showAuthorisation: (isShown: boolean) => void;
  /** JustiFi's present total; until the form is shown, the confirmed amount. */
  readonly totalInCents: () => { readonly shown: number | null; readonly confirmed: number | null };
  readonly say: (sentence: keyof Omit<CheckoutWords, 'payAgainIn' | 'withInsurance'> | null) => void;
};

/** The focused element, through the component's shadow roots. */
export function focusedElement(): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement && focused !== document.body ? focused : null;
}
