import { receiptCode } from '../../contract/receipt-code.ts';
import { printedBy } from '../receipts/escpos.ts';
import { openPrintCapture } from '../receipts/print-capture.ts';
import { CARDS } from './card-form.ts';
import { expect, test } from './connected-till.ts';

test('F-22, R-10, R-11, R-14: a paid sale is printed by a receipt printer in the network, printed again as a copy, and handed to the mail program; New sale never waits; it is in the day report; its void and the closed day are printed, too, and the next report is empty', async ({ app }) => {
  const printer = await openPrintCapture();
  try {
    await app.till.getByRole('button', { name: /^Manager/u }).click();
    await app.till.getByRole('tab', { name: 'Printers' }).click();
    const panel = app.till.getByRole('tabpanel');
    await panel.getByRole('button', { name: /^None/u }).click();
    await app.till.getByRole('option', { name: 'Receipt printer on the network' }).click();
    await panel.getByRole('textbox', { name: 'Address of the printer' }).fill(`127.0.0.1:${printer.port}`);
    await panel.getByText('Print the receipt of each paid sale').click();
    await panel.getByRole('button', { name: 'Save' }).click();
    await panel.getByText('Saved.').waitFor();
    await app.till.keyboard.press('F10', { delay: 60 });

    await app.enter('1799', 'One donut');
    await app.charge();
    await (await app.form()).payByCard(CARDS.pays);
    await app.says('PAID');
    await app.till.locator('.receipt-said', { hasText: 'Receipt sent to the printer.' }).waitFor();
    const { id } = app.journal().sales[0]!;
    const [first] = printer.jobs().map(printedBy);
    expect(first).toMatchObject({ codes: [receiptCode(id)], cuts: 1, pulses: 0 });
    expect(first!.lines.join('\n')).toMatch(/TRAINING[\s\S]*One donut +\$17\.99[\s\S]*Visa \*{4} 4242/u);
    expect(first!.lines.join('\n')).not.toContain('COPY');

    await app.till.getByRole('button', { name: 'Print again' }).click();
    await expect.poll(() => printer.jobs().length).toBe(2);
    expect(printedBy(printer.jobs()[1]!).lines.join('\n')).toContain('COPY 1');

    await app.till.getByRole('button', { name: 'E-mail' }).click();
    await expect.poll(() => app.counter.recorded('shell.openExternal')).toEqual([expect.stringMatching(/^mailto:\?subject=Receipt%20\d{4}%20\d{4}%20\d{4}&body=.*One%20donut/u)]);
    await expect(app.till.getByRole('button', { name: 'Text message' })).toBeHidden();
    await app.till.getByRole('button', { name: /^New sale/u }).click();
    await app.till.getByRole('button', { name: '7', exact: true }).waitFor();

    const net = app.till.locator('.report-net');
    await app.till.keyboard.press('F7', { delay: 60 });
    await expect(net).toHaveText('Net $17.99');
    await app.till.keyboard.press('Escape', { delay: 60 });
    await app.till.getByRole('button', { name: '7', exact: true }).waitFor();

    const printed = (place: number) => printedBy(printer.jobs()[place]!).lines.join('\n');
    await app.till.keyboard.press('F4', { delay: 60 });
    await app.till.locator('.last-sale').waitFor();
    await app.till.keyboard.press('F8', { delay: 60 });
    await app.till.getByRole('button', { name: /^Void \$17\.99/u }).click();
    // By itself, as the receipt of the sale was.
    await app.till.locator('.receipt-said', { hasText: 'Receipt sent to the printer.' }).waitFor();
    expect(printed(2)).toMatch(/TRAINING[\s\S]*VOID[\s\S]*Voided +\$17\.99[\s\S]*Net paid +\$0\.00/u);
    expect(printed(2)).not.toContain('COPY');

    await app.till.keyboard.press('Escape', { delay: 60 });
    await app.till.locator('.sale-page').waitFor();
    await app.till.keyboard.press('Escape', { delay: 60 });
    await app.till.getByRole('button', { name: '7', exact: true }).waitFor();
    await app.till.keyboard.press('F7', { delay: 60 });
    await app.till.getByRole('button', { name: /^Close the day/u }).click();
    await app.till.getByRole('button', { name: /^Close as Z 1/u }).click();
    await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('The day is closed: Z 1.');
    await app.till.getByRole('button', { name: /^Print/u }).click();
    await expect.poll(() => printer.jobs().length).toBe(4);
    expect(printed(3)).toMatch(/Z 1[\s\S]*Net +\$0\.00/u);
    expect(printed(3)).not.toContain('COPY');
    await app.till.keyboard.press('Escape', { delay: 60 });
    await app.till.getByRole('button', { name: '7', exact: true }).waitFor();
    await app.till.keyboard.press('F7', { delay: 60 });
    await expect(net).toHaveText('Net $0.00');
    await app.till.getByRole('button', { name: 'Closed days' }).click();
    await expect(app.till.getByRole('button', { name: /^Z 1/u })).toBeVisible();
  } finally {
    await printer.close();
  }
});
