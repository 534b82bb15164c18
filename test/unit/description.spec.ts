import { describe, expect, test } from 'vitest';
import { containsCardNumber } from '../../contract/card-number.ts';
import { LONGEST_DESCRIPTION, checkDescription } from '../../contract/description.ts';
import fc from '../setup/properties.ts';

const kindOf = (text: string) => {
  const checked = checkDescription(text);
  return checked.kind === 'ok' ? 'ok' : checked.failure.kind;
};

describe('the description of a sale', () => {
  test('nothing, or only spaces, is not a description', () => {
    expect(kindOf('')).toBe('description-empty');
    expect(kindOf(' \n\t ')).toBe('description-empty');
  });

  test('2,000 characters are too many; an emoji counts as one', () => {
    expect(kindOf('x'.repeat(2_000))).toBe('description-too-long');
    expect(kindOf('👩‍👩‍👧‍👦'.repeat(LONGEST_DESCRIPTION))).toBe('ok');
    expect(kindOf('👩‍👩‍👧‍👦'.repeat(LONGEST_DESCRIPTION + 1))).toBe('description-too-long');
  });

  test('it is kept on one line', () => {
    expect(checkDescription('  two\n  lines ')).toEqual({ kind: 'ok', value: 'two lines' });
  });
});

describe('a card number never passes as text (F-27)', () => {
  test.each([
    '4242424242424242',
    '4242 4242 4242 4242',
    '4242-4242-4242-4242',
    'paid with 4242.4242.4242.4242 thanks',
    'card 378282246310005 amex',
    '4242424242424242 12/30 123',
    '4242424242424242 1230',
    '42424242424242421230123',
    '４２４２４２４２４２４２４２４２',
    '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢',
    '6011000990139424',
    'Ref 12 5555 5555 5555 4444',
  ])('%s', (text) => {
    expect(containsCardNumber(text)).toBe(true);
    expect(kindOf(text)).toBe('description-card-number');
  });

  test.each(['4242424242424241', 'order 1234567890123', '000000000000000', 'phone 555-0100 and 555-0199', 'ISBN 978-3-16', '2026-11-23 15:04', 'iPhone 15 Pro 256'])(
    '%s is no card number',
    (text) => {
      expect(containsCardNumber(text)).toBe(false);
    },
  );

  test('whatever text is around it', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'Z', ' ', '!', 'é', '漢', '👍'), maxLength: 20 });
    fc.assert(
      fc.property(words, words, fc.constantFrom('4242424242424242', '5555555555554444', '3782 822463 10005'), (before, after, card) => {
        expect(containsCardNumber(`${before}${card}${after}`)).toBe(true);
      }),
    );
  });
});
