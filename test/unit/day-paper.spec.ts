import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../contract/language.ts';
import { dayPaper } from '../../main/receipt/day-paper.ts';
import { receiptPage } from '../../main/receipt/receipt-page.ts';
import { receiptText } from '../../main/receipt/receipt-text.ts';
import { thermalBytes } from '../../main/receipt/thermal.ts';
import { dayCsv } from '../../main/report/day-csv.ts';
import { printedBy } from '../receipts/escpos.ts';
import { SHOP } from '../receipts/receipts.ts';
import { CLOSED_DAY, DAY_VIEW } from '../till-page/snapshots.ts';

/* A day's report on paper and in a file. */

const AT = '2026-11-03T12:00:00.000Z';
const place = { shop: SHOP, logo: null, mode: 'test', registerName: 'Front counter', language: 'en' } as const;

describe('on paper', () => {
  test.each(['58', '80'] as const)('a closed day on a roll of %s mm: whole lines, every total, and that no money was real', (paper) => {
    const { lines, cuts, pulses, codes } = printedBy(thermalBytes(dayPaper({ report: CLOSED_DAY.report, closed: CLOSED_DAY, at: AT, copyNumber: 0 }, place), { commands: 'escpos', paper }));
    const text = lines.join('\n').replaceAll(/ {2,}/gu, ' ');
    expect({ cuts, pulses, codes }).toEqual({ cuts: 1, pulses: 0, codes: [] });
    expect(Math.max(...lines.map((line) => line.trimEnd().length))).toBeLessThanOrEqual(paper === '58' ? 32 : 48);
    for (const part of ['TEST', 'Z 5', 'Anna', 'Payments (112) $3,542.15', 'Refunds (3) -$95.40', 'Voids (2) -$35.98', '$3,410.77', 'Card reader $2,477.00', '1,201–1,934'.replace('–', '-')]) expect(text.replaceAll('–', '-')).toContain(part);
  });

  test('the present report says that it is not a closed day', () => {
    const text = receiptText(dayPaper({ report: DAY_VIEW.report, closed: null, at: AT, copyNumber: 0 }, { ...place, mode: 'live' }));
    expect(text).toContain('Day report (X)');
    expect(text).not.toMatch(/\bZ \d|TEST/u);
  });

  test.each(LANGUAGES)('a page for a printer with a driver, in %s; a description is text and no markup', (language) => {
    const [line] = DAY_VIEW.report.latePayments.lines;
    const report = { ...DAY_VIEW.report, latePayments: { ...DAY_VIEW.report.latePayments, lines: [{ ...line!, description: '<img src=x onerror=alert(1)>' }] } };
    const page = receiptPage(dayPaper({ report, closed: CLOSED_DAY, at: AT, copyNumber: 0 }, { ...place, language }), 'a4');
    expect(page).toContain('&lt;img src=x');
    expect(page).not.toContain('<img src=x');
  });
});

describe('in a file', () => {
  test('amounts are numbers of this PC’s spreadsheet, and a name that looks like a formula is text', () => {
    const [first] = CLOSED_DAY.report.byCashier;
    const report = { ...CLOSED_DAY.report, byCashier: [{ ...first!, cashier: '=HYPERLINK("http://evil.example")' }] };
    const english = dayCsv(report, CLOSED_DAY, 'en', 'en-US');
    expect(english).toContain('"How it was paid","Card reader","84","2517.00","0","0.00","1","-40.00","0","0.00","2477.00"');
    expect(english).not.toContain('"=HYPERLINK');
    expect(english.split('\r\n')[0]).toBe('\uFEFF"Z 5","2026-11-02","Register 1"');
    const french = dayCsv(report, null, 'fr', 'fr-CA');
    expect(french).toContain('"Lecteur de cartes";"84";"2517,00"');
  });

  test('items outside the totals are listed with their sales', () => {
    const text = dayCsv(CLOSED_DAY.report, CLOSED_DAY, 'en', 'en-US');
    expect(text).toContain('"Bank transfers not settled yet","2","100.00"');
    expect(text.match(/"50\.00"/gu)).toHaveLength(2);
  });
});
