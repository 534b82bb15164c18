import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { receiptCode } from '../../contract/receipt-code.ts';
import { receiptPage } from '../../main/receipt/receipt-page.ts';
import { receiptSvg } from '../../main/receipt/receipt-svg.ts';
import { receiptText } from '../../main/receipt/receipt-text.ts';
import { testReceipt } from '../../main/receipt/receipt.ts';
import { CHARACTERS_PER_LINE, drawerPulse, thermalBytes } from '../../main/receipt/thermal.ts';
import { withTip } from '../../main/sale/purchase.ts';
import { printedBy, spelt } from '../receipts/escpos.ts';
import { PAID_SALE, PLACES, REFUND, SHOP, exampleReceipt } from '../receipts/receipts.ts';
import fc from '../setup/properties.ts';

const golden = (name: string) => join(import.meta.dirname, '../receipts/golden', name);
const US = PLACES[0];

describe.each(PLACES)('a receipt in $locale', (place) => {
  const receipt = exampleReceipt(place, { sale: { ...PAID_SALE, reversals: [REFUND] } as typeof PAID_SALE, copyNumber: 2 }, { mode: 'training' });

  test.each(['58', '80'] as const)('on paper of %s mm is what it was', async (paper) => {
    const bytes = thermalBytes(receipt, { commands: 'escpos', paper });
    await expect(spelt(bytes)).toMatchFileSnapshot(golden(`${place.locale}-${paper}mm.escpos`));
    const printed = printedBy(bytes);
    expect(printed).toMatchObject({ codes: [receiptCode(PAID_SALE.id)], cuts: 1, pulses: 0 });
    for (const line of printed.lines) expect(line.length, line).toBeLessThanOrEqual(CHARACTERS_PER_LINE[paper]);
    expect(printed.lines.join('\n')).not.toContain('?');
  });

  test('on A4, and as text, is what it was', async () => {
    await expect(receiptPage(receipt, 'a4')).toMatchFileSnapshot(golden(`${place.locale}-a4.html`));
    await expect(receiptText(receipt)).toMatchFileSnapshot(golden(`${place.locale}.txt`));
  });
});

describe.each([PLACES[0], PLACES[2], PLACES[3]])('a receipt with a tip in $locale', (place) => {
  const receipt = exampleReceipt(place, { sale: { ...PAID_SALE, purchase: withTip({ ...PAID_SALE.purchase, lines: [{ kind: 'goods', description: 'Lunch', amountInCents: 2_000 }], totalInCents: 2_000 }, 360), chargedInCents: 2_360 } as typeof PAID_SALE });

  test.each(['58', '80'] as const)('on paper of %s mm is what it was', async (paper) => {
    await expect(spelt(thermalBytes(receipt, { commands: 'escpos', paper }))).toMatchFileSnapshot(golden(`tip-${place.locale}-${paper}mm.escpos`));
  });

  test('on A4, and as text, is what it was', async () => {
    await expect(receiptPage(receipt, 'a4')).toMatchFileSnapshot(golden(`tip-${place.locale}-a4.html`));
    await expect(receiptText(receipt)).toMatchFileSnapshot(golden(`tip-${place.locale}.txt`));
  });
});

test.each(['star', 'star-line'] as const)('Star printers get their own commands (%s)', (commands) => {
  const bytes = thermalBytes(exampleReceipt(US), { commands, paper: '80' });
  expect(bytes.length).toBeGreaterThan(500);
  // 'P': 80 dots high.
  expect(bytes.toString('latin1')).toContain(`P${receiptCode(PAID_SALE.id)}`);
});

test('S-06: no form of a receipt has more of a card than its last four, and none has an expiry', () => {
  const receipt = exampleReceipt(US);
  for (const face of [receiptText(receipt), receiptPage(receipt, 'letter'), JSON.stringify(receipt)]) {
    expect(face).toContain('Visa **** 4242');
    expect(face).not.toMatch(/\b\d{1,2}\/\d{2}\b|expir/iu);
  }
});

test('C-52: in a mail, a description in Hebrew does not turn the amount behind it; on a page, name and amount are boxes of their own', () => {
  const receipt = exampleReceipt(US, { sale: { ...PAID_SALE, purchase: { ...PAID_SALE.purchase, description: 'תיקון 12', lines: [{ kind: 'goods', description: 'תיקון 12', amountInCents: PAID_SALE.purchase.totalInCents }] } } as typeof PAID_SALE });
  expect(receiptText(receipt)).toMatch(/^\u2068תיקון 12\u2069: \$/mu);
  expect(receiptText(receipt).replaceAll(/\u2068[^\u2069]*\u2069/gu, '')).not.toContain('תיקון');
  expect(receiptPage(receipt, 'a4')).toMatch(/<span>תיקון 12<\/span> <span>\$/u);
  expect(receiptPage(receipt, 'a4')).toContain('.pair { display: flex;');
});

test('R-10: a reprint says which copy it is; a first print does not', () => {
  expect(receiptText(exampleReceipt(US))).not.toMatch(/COPY/u);
  expect(receiptText(exampleReceipt(US, { copyNumber: 3 }))).toContain('*** COPY 3 ***');
});

test('training and test receipts say that no money moved; a live one has no such word', () => {
  expect(receiptText(exampleReceipt(US, {}, { mode: 'training' }))).toContain('TRAINING – NOT A REAL PAYMENT');
  expect(receiptText(exampleReceipt(US, {}, { mode: 'test' }))).toContain('TEST – NOT A REAL PAYMENT');
  expect(receiptText(exampleReceipt(US))).not.toMatch(/TRAINING|TEST|^\*{3} /mu);
});

test('the merchant’s copy says so, and has none of the shop’s own text', () => {
  const text = receiptText(exampleReceipt(US, { copyFor: 'merchant' }));
  expect(text).toContain('Merchant copy');
  expect(text).not.toContain('Returns within');
});

test('R-02, R-05: reversals are on the receipt one by one, each with its day, and with the rest', () => {
  const sale = { ...PAID_SALE, reversals: [REFUND, { ...REFUND, id: 'r2', amountInCents: 56, state: 'pending' }, { ...REFUND, id: 'r3', state: 'refused' }] } as typeof PAID_SALE;
  const text = receiptText(exampleReceipt(US, { sale }));
  expect(text.match(/Refund.*/gu)).toEqual(['Refunded, Nov 29, 2026, 10:00 AM: -$10.00', 'Refund (pending), Nov 29, 2026, 10:00 AM: -$0.56']);
  expect(text).toContain('Net paid: $1,224.56');
});

test('a bank transfer says that it can still fail; JustiFi’s amount is printed where it differs', () => {
  const pending = { ...PAID_SALE, kind: 'accepted', isPending: true, paidWith: { kind: 'bank', brand: null, last4: '6789' } } as typeof PAID_SALE;
  expect(receiptText(exampleReceipt(US, { sale: pending }))).toMatch(/Bank transfer \*\*\*\* 6789: \$1,234\.56\nBank transfer accepted/u);
  expect(receiptText(exampleReceipt(US, { sale: { ...PAID_SALE, chargedInCents: 500 } as typeof PAID_SALE }))).toContain('Charged: $5.00');
});

test('a card at a reader is printed with its brand, its last four and its entry mode; a typed one without a reader', () => {
  const sale = { ...PAID_SALE, tender: 'reader', paidWith: { kind: 'card-present', brand: 'visa', last4: '2970' } } as typeof PAID_SALE;
  const words = PLACES.map((place) => /^Visa \*{4} 2970: .*\n(?<entry>.*)$/mu.exec(receiptText(exampleReceipt(place, { sale })))?.groups?.['entry']);
  expect(words).toEqual(['Entry mode: card reader', 'Entry mode: card reader', 'Mode de saisie: lecteur de cartes', 'Modo de entrada: lector de tarjetas']);
  expect(receiptText(exampleReceipt(US))).not.toContain('Entry mode');
});

test('no text of the shop or the sale becomes a command, a rule or markup', () => {
  const hostile = ['{command:\\x1bp0}', '---', '=', '^^^', '`', '{image:AAAA}', '|a|b|', '\\n', '"', '<img src=x onerror=alert(1)>', '{code:1}', '~', '_', '-', '\\x1b'];
  for (const text of hostile) {
    const sale = { ...PAID_SALE, purchase: { ...PAID_SALE.purchase, lines: [{ kind: 'goods', description: text, amountInCents: 1 }] } } as typeof PAID_SALE;
    const receipt = exampleReceipt(US, { sale }, { shop: { ...SHOP, header: [text], footer: [text] } });
    const printed = printedBy(thermalBytes(receipt, { commands: 'escpos', paper: '80' }));
    expect(printed.lines.filter((line) => line.includes(text)), text).toHaveLength(3);
    expect(printed).toMatchObject({ codes: [receiptCode(PAID_SALE.id)], cuts: 1, pulses: 0 });
    expect(receiptPage(receipt, 'a4'), text).not.toMatch(/<img|<script/u);
  }
});

test('any text is printed within the paper, and ends in one code and one cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constantFrom('58', '80'), (description, paper) => {
      const text = description.replaceAll(/\p{C}/gu, '');
      const sale = { ...PAID_SALE, purchase: { ...PAID_SALE.purchase, lines: [{ kind: 'goods', description: text, amountInCents: 99_999_999 }] } } as typeof PAID_SALE;
      const printed = printedBy(thermalBytes(exampleReceipt(US, { sale }, { shop: { ...SHOP, footer: [text] } }), { commands: 'escpos', paper }));
      expect(printed).toMatchObject({ cuts: 1, pulses: 0 });
      expect(printed.codes).toHaveLength(1);
    }),
  );
});

test('the picture names no other file and is the same each time', () => {
  const [one, other] = [1, 2].map(() => receiptSvg(exampleReceipt(US, { copyNumber: 1 }), '80'));
  expect(one).toBe(other);
  expect(one).not.toMatch(/https?:(?!\/\/www\.w3\.org\/)|@import|<style/u);
});

test('the test page shows the letters of all three languages, and none of them is a question mark', () => {
  const page = testReceipt({ shop: SHOP, logo: null, registerName: 'Register 1', language: 'en' }, 'now');
  const { lines } = printedBy(thermalBytes(page, { commands: 'escpos', paper: '58' }));
  expect(lines.join('\n').replace('¿?', '')).not.toContain('?');
});

test('the pulse for a cash drawer is long enough to open it every time', () => {
  expect([...drawerPulse('escpos')]).toEqual([0x1b, 0x70, 0, 25, 250]);
  expect(drawerPulse('star').at(-1)).toBe(7);
});
