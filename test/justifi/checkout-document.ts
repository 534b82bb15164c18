import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type CheckoutBrowser, type CheckoutPage, startCheckoutBrowser } from './checkout-browser.ts';
import { type TestJustifi, startJustifi } from './justifi.ts';
import { type Shop, openShop } from './shop.ts';

type PageOrder = Parameters<CheckoutBrowser['open']>[0];

/** The fixtures of a spec of Counter's checkout page. */
type CheckoutDocument = {
  readonly justifi: TestJustifi;
  /** Of the document that is open. */
  readonly checkoutId: string;
  readonly customer: CheckoutPage;
  /** Opens the document of a new checkout. `inBrowser`: another one than the spec's. */
  open(order: (shop: Shop, checkoutId: string) => Promise<Omit<PageOrder, 'origin' | 'checkoutId'>>, inBrowser?: CheckoutBrowser): Promise<void>;
};

/** One browser for a file; a JustiFi, and the document of one checkout, for each of its tests. */
export function checkoutDocument(prepare: (justifi: TestJustifi) => void = () => {}): CheckoutDocument {
  let browser: CheckoutBrowser;
  let justifi: TestJustifi;
  let checkoutId: string;
  let customer: CheckoutPage;

  beforeAll(async () => {
    browser = await startCheckoutBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    justifi = await startJustifi();
    prepare(justifi);
  });
  afterEach(async () => {
    customer.close();
    await justifi.close();
  });

  return {
    get justifi() {
      return justifi;
    },
    get checkoutId() {
      return checkoutId;
    },
    get customer() {
      return customer;
    },
    async open(order, inBrowser = browser) {
      const shop = await openShop(justifi.origin);
      checkoutId = await shop.newCheckout();
      customer = await inBrowser.open({ ...(await order(shop, checkoutId)), origin: justifi.origin, checkoutId });
    },
  };
}

/** The requests that pay a checkout, and no others. */
export function payingToken(shop: Shop, checkoutId: string): Promise<string> {
  return shop.componentToken(`write:checkout:${checkoutId}`, 'write:tokenize:acc_trainingShop');
}
