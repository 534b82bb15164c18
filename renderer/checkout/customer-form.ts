import type { CheckoutWords } from '../../words/checkout.ts';
import type { Quote } from './insurance.ts';

/** What the component hands to its preCompleteHook. */
export type ComponentState = Parameters<NonNullable<HTMLJustifiCheckoutElement['preCompleteHook']>>[0];

/** JustiFi's component in this document, with all that belongs to its way to pay. */
export type CustomerForm = {
  /** Settles when the customer can use it. Has no time limit of its own. */
  readonly settled: Promise<unknown>;
  /** Counter's own texts on it. Called before it is shown. */
  speak(words: CheckoutWords): void;
  /** Nothing is missing, as far as the form can tell. */
  isFilledIn(): Promise<boolean>;
  /** Where the customer begins. */
  focusFirst(): void;
  /** What they have to correct. */
  focusMissing(): void;
  /** Is this what the customer chose? A token of another way, or one that was charged, is not. */
  mayCharge(state: ComponentState): boolean;
  /** Main has allowed the charge. */
  charging(state: ComponentState): void;
  /** What is said when something is missing, and when JustiFi did not take it. */
  readonly missing: 'detailsMissing' | 'connectFirst' | 'answerInsurance';
  readonly refused: 'detailsNotAccepted' | 'bankTrouble';
  /** Null: this document does not offer Plaid. */
  readonly plaid: PlaidRequests | null;
  /** Null: this document offers no insurance. */
  readonly quote: Quote | null;
};

/** What the page's guard of `fetch` asks of this form and tells it. */
export type PlaidRequests = {
  /** May the component ask JustiFi for a link to Plaid? It never gives up by itself. */
  mayAskForLink(): boolean;
  linkAnswered(): void;
  /** JustiFi has made this token of the connected bank account. */
  tokenMade(token: string): void;
};

/** What the page gives to a form. */
export type FormParts = {
  readonly form: HTMLElement;
  /** Token, checkout and listeners; before the component is attached. */
  readonly connect: (component: HTMLJustifiCheckoutElement | HTMLJustifiModularCheckoutElement) => void;
  /** The component has taken in its checkout: before that its requests name no account, and JustiFi refuses them. */
  readonly checkoutKnown: (component: HTMLElement) => Promise<void>;
  readonly isShown: () => boolean;
  readonly isSubmitted: () => boolean;
  readonly pressTab: () => void;
  /** The write-ahead point of a way that main itself pays. False: it is not allowed, and nothing may be begun. */
  readonly askToCharge: (methodType: string) => Promise<boolean>;
  /** What the customer agrees to by paying from a bank account. */
  readonly showAuthorisation: (isShown: boolean) => void;
  /** The total that JustiFi has now; until the form is shown, the amount that is confirmed. */
  readonly totalInCents: () => { readonly shown: number | null; readonly confirmed: number | null };
  readonly say: (sentence: keyof Omit<CheckoutWords, 'payAgainIn' | 'withInsurance'> | null) => void;
};

/** Through the component's shadow roots, to where the keyboard really is. */
export function focusedElement(): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement && focused !== document.body ? focused : null;
}
