import { afterEach, beforeEach } from 'vitest';
import { type TestJustifi, startJustifi } from './justifi.ts';
import { type Shop, openShop } from './shop.ts';

/** The fixtures of a spec of JustiFi's own side: a shop, and a checkout with the token of its component. */
type ComponentCalls = {
  readonly justifi: TestJustifi;
  readonly shop: Shop;
  readonly checkoutId: string;
  readonly token: string;
  /** A POST as the component makes it: without a Sub-Account. `of`: another token. */
  post(path: string, body: unknown, of?: string): ReturnType<Shop['call']>;
};

/** Calls under this path of JustiFi's API. */
export function componentCalls(under: string): ComponentCalls {
  let justifi: TestJustifi;
  let shop: Shop;
  let checkoutId: string;
  let token: string;

  beforeEach(async () => {
    justifi = await startJustifi();
    shop = await openShop(justifi.origin);
    checkoutId = await shop.newCheckout();
    token = await shop.componentToken(`write:checkout:${checkoutId}`, 'write:tokenize:acc_trainingShop');
  });
  afterEach(() => justifi.close());

  return {
    get justifi() {
      return justifi;
    },
    get shop() {
      return shop;
    },
    get checkoutId() {
      return checkoutId;
    },
    get token() {
      return token;
    },
    post: (path, body, of = token) => shop.call(`POST ${under}${path}`, { body, token: of, subAccount: '' }),
  };
}
