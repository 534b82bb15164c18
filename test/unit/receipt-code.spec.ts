import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { readReceiptCode, receiptCode, shownReceiptCode } from '../../contract/receipt-code.ts';
import fc from '../setup/properties.ts';

const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((each) => each.join(''));

/** GS1's algorithm, independent of Counter's own code. */
function upcOf(eleven: string): string {
  const sum = Array.from(eleven, Number).reduce((total, digit, place) => total + digit * (place % 2 === 0 ? 3 : 1), 0);
  return `${eleven}${(10 - (sum % 10)) % 10}`;
}

test('the code of a receipt is 12 digits, always the same for a sale, and read back as it was printed, typed or scanned', () => {
  fc.assert(
    fc.property(fc.uuid(), (saleId) => {
      const code = receiptCode(saleId);
      expect(code).toMatch(/^\d{12}$/u);
      expect(receiptCode(saleId)).toBe(code);
      expect(readReceiptCode(code)).toBe(code);
      expect(readReceiptCode(` ${shownReceiptCode(code)} `)).toBe(code);
    }),
  );
});

test('no code of a receipt is a UPC, in 20,000 sales', () => {
  for (let sale = 0; sale < 20_000; sale += 1) {
    const code = receiptCode(randomUUID());
    expect(upcOf(code.slice(0, 11))).not.toBe(code);
  }
});

test('no UPC, EAN-13 or EAN-8 is taken for the code of a receipt', () => {
  fc.assert(fc.property(digits(11), (eleven) => readReceiptCode(upcOf(eleven)) === null), { numRuns: 5_000 });
  fc.assert(fc.property(digits(13), (ean) => readReceiptCode(ean) === null));
  fc.assert(fc.property(digits(8), (ean) => readReceiptCode(ean) === null));
});

test('one wrong digit, or two swapped neighbours, are always noticed', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 0, max: 10 }), fc.integer({ min: 1, max: 9 }), (saleId, place, by) => {
      const code = receiptCode(saleId);
      expect(readReceiptCode(`${code.slice(0, place)}${(Number(code[place]) + by) % 10}${code.slice(place + 1)}`)).toBeNull();
      const swapped = `${code.slice(0, place)}${code[place + 1]}${code[place]}${code.slice(place + 2)}`;
      if (swapped !== code) expect(readReceiptCode(swapped)).toBeNull();
    }),
    { numRuns: 5_000 },
  );
});

test('about one in a hundred random numbers is taken for one', () => {
  const taken = fc.sample(digits(12), 5_000).filter((number) => readReceiptCode(number) !== null).length;
  expect(taken).toBeLessThan(5_000 / 40);
});

test.each(['', '12345678901', '1234567890123', 'donut', '35.75', '4242'])('"%s" is no code of a receipt', (text) => {
  expect(readReceiptCode(text)).toBeNull();
});
