import { describe, expect, test } from 'vitest';
import { channels } from '../../contract/channels.ts';
import { type Sender, admitMessage } from '../../main/shell/ipc-guard.ts';

const till: Sender = { trust: { roles: ['till', 'manager'], origin: 'app://till' }, frame: { origin: 'app://till', parent: null } };
const checkout: Sender = { trust: { roles: ['checkout'], origin: 'http://localhost:47615' }, frame: { origin: 'http://localhost:47615', parent: null } };
const { edit, snapshot } = channels.till.calls;
const { submit } = channels.checkout.calls;
const { setPin } = channels.manager.calls;
const draft = { saleId: '5f0c6f0e-1d0b-4c55-9c3f-2f4d1a7be001', amountInCents: 1799, description: 'One donut' };
const claim = { checkoutId: 'cho_1', componentAmountInCents: 1799, methodType: 'new_card', isAuthorisationShown: false };

describe('S-14: the senders of messages', () => {
  test('a window may make the calls of its own role', () => {
    expect(admitMessage(till, 'till', edit.input, [draft])).toEqual({ kind: 'ok', value: draft });
    expect(admitMessage(till, 'till', snapshot.input, [undefined])).toEqual({ kind: 'ok', value: undefined });
    expect(admitMessage(till, 'till', snapshot.input, [])).toEqual({ kind: 'ok', value: undefined });
    expect(admitMessage(checkout, 'checkout', submit.input, [claim])).toEqual({ kind: 'ok', value: claim });
  });

  test.each<[who: string, sender: Sender, why: string]>([
    ['a window that is not trusted', { ...till, trust: undefined }, 'window is not trusted'],
    ['the checkout window', checkout, 'window is checkout'],
    ['a frame that is gone', { ...till, frame: null }, 'frame is gone'],
    ['a frame inside the page', { ...till, frame: { origin: 'app://till', parent: till.frame } }, 'not the main frame'],
    ['a hosted field inside the page', { ...till, frame: { origin: 'https://components.justifi.ai', parent: till.frame } }, 'not the main frame'],
    ['another page in the window', { ...till, frame: { origin: 'https://evil.example', parent: null } }, 'other origin'],
    ['an opaque origin', { ...till, frame: { origin: 'null', parent: null } }, 'other origin'],
    ['an origin that begins alike', { ...till, frame: { origin: 'app://till.evil.example', parent: null } }, 'other origin'],
    ['the same host by another scheme', { ...till, frame: { origin: 'https://till', parent: null } }, 'other origin'],
    ['an origin with a slash', { ...till, frame: { origin: 'app://till/', parent: null } }, 'other origin'],
  ])('%s may not charge', (_who, sender, why) => {
    expect(admitMessage(sender, 'till', edit.input, [draft])).toEqual({ kind: 'failed', failure: why });
  });

  test.each(['http://localhost:47616', 'http://localhost', 'https://localhost:47615', 'http://127.0.0.1:47615', 'http://localhost.evil.example:47615'])(
    'a checkout page at %s may not submit',
    (origin) => {
      const sender = { ...checkout, frame: { origin, parent: null } };
      expect(admitMessage(sender, 'checkout', submit.input, [claim])).toEqual({ kind: 'failed', failure: 'other origin' });
    },
  );

  test('a window of two roles may make the calls of both, and the checkout window none of the manager’s', () => {
    const typed = { currentPin: null, pin: '482913' };
    expect(admitMessage(till, 'manager', setPin.input, [typed])).toEqual({ kind: 'ok', value: typed });
    expect(admitMessage(checkout, 'manager', setPin.input, [typed])).toEqual({ kind: 'failed', failure: 'window is checkout' });
  });

  test('the till may not make the checkout page’s calls either', () => {
    expect(admitMessage(till, 'checkout', submit.input, [claim])).toEqual({ kind: 'failed', failure: 'window is till and manager' });
  });
});

describe('S-14: the content of messages', () => {
  const withOwnProto = JSON.parse('{"saleId":"a","amountInCents":100,"description":"x","__proto__":{"role":"till"}}') as unknown;
  test.each<[what: string, input: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a word', 'charge'],
    ['a list', [draft]],
    ['a map', new Map(Object.entries(draft))],
    ['too little', { saleId: 'a' }],
    ['something more', { ...draft, currency: 'USD' }],
    ['a prototype as a field', withOwnProto],
    ['a constructor as a field', { ...draft, constructor: { prototype: {} } }],
    ['an amount as text', { ...draft, amountInCents: '1799' }],
    ['half a cent', { ...draft, amountInCents: 17.5 }],
    ['an amount below nothing', { ...draft, amountInCents: -1 }],
    ['an amount above the largest', { ...draft, amountInCents: 100_000_000 }],
    ['no number', { ...draft, amountInCents: Number.NaN }],
    ['no end of money', { ...draft, amountInCents: Number.POSITIVE_INFINITY }],
    ['a bigint', { ...draft, amountInCents: 1799n }],
    ['a sale whose id is none', { ...draft, saleId: 'a-sale' }],
    ['a sale whose id is a card number', { ...draft, saleId: '42424242-4242-4242-8242-424242424242' }],
    ['a very long description', { ...draft, description: 'a'.repeat(10_001) }],
    ['a description that is an object', { ...draft, description: { toString: () => 'x' } }],
  ])('%s is no sale', (_what, input) => {
    expect(admitMessage(till, 'till', edit.input, [input])).toEqual({ kind: 'failed', failure: 'input does not parse' });
  });

  test('a second argument is refused, whatever it is', () => {
    expect(admitMessage(till, 'till', edit.input, [draft, undefined])).toEqual({ kind: 'failed', failure: 'more than one argument' });
    expect(admitMessage(till, 'till', snapshot.input, [undefined, { admin: true }])).toEqual({ kind: 'failed', failure: 'more than one argument' });
  });

  test('an accepted argument has only its fields', () => {
    const admitted = admitMessage(till, 'till', edit.input, [{ ...draft }]);
    expect(admitted.kind === 'ok' && Object.getPrototypeOf(admitted.value)).toBe(Object.prototype);
  });
});
