import { describe, expect, test } from 'vitest';
import { readErrorEvent, readSubmitEvent } from '../../renderer/checkout/component-event.ts';

const completion = { id: 'chc_1', payment_status: 'failed', status: 'failed' };

describe('an event of the component is read in every generation it has had', () => {
  test.each([
    ['6.x', { checkout: completion, message: 'Checkout completed successfully' }],
    ['5.x', { response: { data: completion } }],
    ['4.x', { data: completion }],
  ])('%s', (_generation, detail) => {
    expect(readSubmitEvent(detail)).toEqual({ kind: 'submitted', paymentStatus: 'failed' });
  });

  test('missing fields, and free text, are null', () => {
    for (const detail of [undefined, null, 'x', {}, { checkout: null }, { checkout: { payment_status: 'a card 4242424242424242' } }, { checkout: { payment_status: 7 } }]) {
      expect(readSubmitEvent(detail)).toEqual({ kind: 'submitted', paymentStatus: null });
    }
  });

  test('an error without a message is an error with a code, never the word "undefined" (F-05)', () => {
    expect(readErrorEvent({ errorCode: 'complete-checkout-error', message: undefined })).toEqual({ kind: 'failed', errorCode: 'complete-checkout-error' });
    expect(readErrorEvent({ code: 'fetch-error' })).toEqual({ kind: 'failed', errorCode: 'fetch-error' });
    expect(readErrorEvent(undefined)).toEqual({ kind: 'failed', errorCode: 'unknown' });
  });
});
