import type { PAYMENT_METHODS } from '@justifi/webcomponents';

/**
 * Choosing Plaid or Sezzle does not clear an earlier token, which would then be charged (docs/justifi.md); choosing again, without an id, does.
 * The component reports the chosen method many times; only a change matters.
 */
export function clearTokenWhenChosen(component: HTMLElement, modular: () => HTMLJustifiModularCheckoutElement | null): void {
  let last: unknown;
  component.addEventListener('checkout-changed', (event) => {
    const type: unknown = (event as CustomEvent).detail?.selectedPaymentMethod?.type;
    if (type === last) return;
    last = type;
    if (type === 'plaid' || type === 'sezzle') void modular()?.setSelectedPaymentMethod({ type: type as PAYMENT_METHODS });
  });
}

/** Tokens of the bank accounts that were connected in this document. Each is charged once. */
type BankTokens = {
  made(token: string): void;
  /** False: it is of another way to pay, or was charged. */
  isUnused(token: string | undefined): boolean;
  use(token: string | undefined): void;
};

export function createBankTokens(): BankTokens {
  const unused = new Set<string | undefined>();
  return {
    made: (token) => void unused.add(token),
    isUnused: (token) => unused.has(token),
    use: (token) => void unused.delete(token),
  };
}
