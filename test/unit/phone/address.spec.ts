import { describe, expect, test } from 'vitest';
import { hostedCheckoutAddress } from '../../../main/account/hosted-checkout.ts';

describe('the address of the page', () => {
  test('is JustiFi’s own, over https, and not long', () => {
    expect(hostedCheckoutAddress('https://components.justifi.ai', 'cho_1', false)).toBe('https://components.justifi.ai/hosted-checkout/cho_1');
  });

  test.each([
    ['not over https', 'http://components.justifi.ai', 'cho_1'],
    ['of another host', 'https://components.justifi.ai.evil.example', 'cho_1'],
    ['of another port', 'https://components.justifi.ai:8443', 'cho_1'],
    ['of this PC', 'http://127.0.0.1:4000', 'cho_1'],
    ['without end', 'https://components.justifi.ai', 'c'.repeat(300)],
    ['no address', 'nowhere', 'cho_1'],
  ])('%s is not shown with an account', (_what, origin, checkoutId) => {
    expect(hostedCheckoutAddress(origin, checkoutId, false)).toBeNull();
  });

  test('is on this PC in training, and a checkout’s id cannot lead elsewhere', () => {
    expect(hostedCheckoutAddress('http://127.0.0.1:4000', 'cho_1', true)).toBe('http://127.0.0.1:4000/hosted-checkout/cho_1');
    expect(hostedCheckoutAddress('https://components.justifi.ai', '../../@evil.example/?x=#', false)).toBe('https://components.justifi.ai/hosted-checkout/..%2F..%2F%40evil.example%2F%3Fx%3D%23');
  });
});
