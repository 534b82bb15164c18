import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { receiptCode } from '../../contract/receipt-code.ts';
import { receiptPage } from '../../main/receipt/receipt-page.ts';
import { receiptText } from '../../main/receipt/receipt-text.ts';
import { hasReversalReceipt } from '../../main/receipt/reversal-receipt.ts';
import { CHARACTERS_PER_LINE, thermalBytes } from '../../main/receipt/thermal.ts';
import { printedBy, spelt } from '../receipts/escpos.ts';
import { PAID_SALE, PLACES, REFUND, exampleReversalReceipt } from '../receipts/receipts.ts';

const golden = (name: string) => join(import.meta.dirname, '../receipts/golden', name);
const US = PLACES[0];
const VOID = { ...REFUND, kind: 'void', amountInCents: PAID_SALE.chargedInCents } as const;

describe.each(PLACES.filter(({ locale }) => locale !== 'en-CA'))('the receipt of a refund in $locale', (place) => {
  const receipt = exampleReversalReceipt(place, { ...REFUND, cashier: 'Zoë', reason: 'customer_request' }, { copyNumber: 1 }, { mode: 'training' });

  test.each(['58', '80'] as const)('on paper of %s mm is what it was', async (paper) => {
    const bytes = thermalBytes(receipt, { commands: 'escpos', paper });
    await expect(spelt(bytes)).toMatchFileSnapshot(golden(`refund-${place.locale}-${paper}mm.escpos`));
    const printed = printedBy(bytes);
    expect(printed).toMatchObject({ codes: [receiptCode(PAID_SALE.id)], cuts: 1, pulses: 0 });
    for (const line of printed.lines) expect(line.length, line).toBeLessThanOrEqual(CHARACTERS_PER_LINE[paper]);
    expect(printed.lines.join('\n')).not.toContain('?');
  });

  test('on A4, and as text, is what it was', async () => {
    await expect(receiptPage(receipt, 'a4')).toMatchFileSnapshot(golden(`refund-${place.locale}-a4.html`));
    await expect(receiptText(receipt)).toMatchFileSnapshot(golden(`refund-${place.locale}.txt`));
  });

  test.each(['star', 'star-line'] as const)('Star printers get their own commands (%s)', (commands) => {
    expect(thermalBytes(receipt, { commands, paper: '80' }).toString('latin1')).toContain(`P${receiptCode(PAID_SALE.id)}`);
  });
});

test('a void says so, with the whole amount and nothing left', () => {
  const text = receiptText(exampleReversalReceipt(US, VOID));
  expect(text).toMatch(/^VOID$/mu);
  expect(text).toContain('Voided: $1,234.56');
  expect(text).toContain('Back to: Visa **** 4242');
  expect(text).toContain('Net paid: $0.00');
});

test('R-02, R-05: each refund has a receipt of its own, with the rest after it; a later one changes no copy of it', () => {
  const second = { ...REFUND, id: 'r2', amountInCents: 2_000, askedAt: '2026-11-30T15:00:00.000Z' } as const;
  const all = [REFUND, { ...REFUND, id: 'r0', state: 'refused' }, second] as const;
  const first = exampleReversalReceipt(US, REFUND, { reversals: all });
  expect(first).toEqual(exampleReversalReceipt(US, REFUND, { reversals: [REFUND] }));
  expect(receiptText(first)).toMatch(/Refunded: \$10\.00[\s\S]*Charged: \$1,234\.56\nGiven back so far: -\$10\.00\nNet paid: \$1,224\.56/u);
  expect(receiptText(exampleReversalReceipt(US, second, { reversals: all }))).toMatch(/Refunded: \$20\.00[\s\S]*Given back so far: -\$30\.00\nNet paid: \$1,204\.56/u);
});

test('a pending one says so, and is in no sum of reversals', () => {
  const text = receiptText(exampleReversalReceipt(US, { ...REFUND, state: 'pending' }));
  expect(text).toContain('Refund (pending): $10.00');
  expect(text).toContain('Not confirmed yet');
  expect(text).not.toContain('Refunded:');
  expect(text).toMatch(/Given back so far: \$0\.00\nNet paid: \$1,234\.56/u);
});

test('one that failed, or has no answer, has no receipt', () => {
  expect((['asked', 'refused', 'pending', 'done'] as const).filter((state) => hasReversalReceipt({ ...REFUND, state }))).toEqual(['pending', 'done']);
});

test('R-10: a copy shows its number; the merchant’s copy says so, and has none of the shop’s own text', () => {
  expect(receiptText(exampleReversalReceipt(US, REFUND))).not.toMatch(/COPY|TRAINING|TEST/u);
  expect(receiptText(exampleReversalReceipt(US, REFUND, { copyNumber: 2 }))).toContain('*** COPY 2 ***');
  const merchants = receiptText(exampleReversalReceipt(US, REFUND, { copyFor: 'merchant' }));
  expect(merchants).toContain('Merchant copy');
  expect(merchants).not.toContain('Returns within');
});
