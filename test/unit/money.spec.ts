import { describe, expect, test } from 'vitest';
import { LARGEST_AMOUNT_IN_CENTS, SMALLEST_AMOUNT_IN_CENTS, checkAmount, formatMoney, parseAmount } from '../../contract/money.ts';
import fc from '../setup/properties.ts';

const usd = (amountInCents: number) => ({ amountInCents, currency: 'USD' as const });

describe('the amounts that may be charged (F-28)', () => {
  test.each([
    [0, 'amount-empty'],
    [-1, 'amount-empty'],
    [1.5, 'amount-empty'],
    [Number.NaN, 'amount-empty'],
    [Number.POSITIVE_INFINITY, 'amount-empty'],
    [1, 'amount-too-small'],
    [49, 'amount-too-small'],
    [50, 'amount-too-small'],
    [51, 'ok'],
    [99_999_999, 'ok'],
    [100_000_000, 'amount-too-large'],
  ])('%s cents: %s', (cents, expected) => {
    const checked = checkAmount(cents, { smallestInCents: SMALLEST_AMOUNT_IN_CENTS, largestInCents: LARGEST_AMOUNT_IN_CENTS });
    expect(checked.kind === 'ok' ? 'ok' : checked.failure.kind).toBe(expected);
  });
});

describe('money is written and read by locale', () => {
  test('the largest amount loses no cent', () => {
    expect(formatMoney(usd(99_999_999), 'en-US')).toBe('$999,999.99');
    expect(formatMoney(usd(5), 'en-US')).toBe('$0.05');
    expect(formatMoney({ amountInCents: 3575, currency: 'CAD' }, 'fr-CA').replaceAll(/\s/gu, ' ')).toBe('35,75 $');
  });

  test('a formatted amount is read back as the same cents, in every locale, for every amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LARGEST_AMOUNT_IN_CENTS }), fc.constantFrom('en-US', 'en-CA', 'fr-CA', 'es-US'), (cents, locale) => {
        expect(parseAmount(formatMoney(usd(cents), locale), locale)).toEqual({ kind: 'ok', value: cents });
      }),
    );
  });

  test.each(['', ' ', '-5.00', '1,23', '1.2', '1.234', '12,34.56', '1e3', 'NaN', 'abc', '5 apples', '٣', '0x10', '1.00.00', '(5.00)'])('"%s" is refused, not guessed', (text) => {
    expect(parseAmount(text, 'en-US').kind).toBe('failed');
  });

  test.each([
    ['1,234.56', 123_456],
    ['$35.75', 3575],
    ['35', 3500],
    [' 0.51 ', 51],
  ])('"%s" is %s cents', (text, cents) => {
    expect(parseAmount(text, 'en-US')).toEqual({ kind: 'ok', value: cents });
  });
});
