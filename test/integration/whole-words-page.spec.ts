import { expect, test } from 'vitest';
import { LANGUAGES } from '../../contract/language.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { AT_REST } from '../till-page/snapshots.ts';
import { see } from '../till-page/seen-till.ts';
import { answered, press } from '../till-page/state.ts';

/* The manager's side at 1024: what is read as one is in one line. */

const UNLOCKED: TillSnapshot = { ...AT_REST, manager: { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } };
const READERS = [
  { terminalId: 'trm_1', name: 'Front counter, left', model: 'Verifone E285', isConnected: true },
  { terminalId: 'trm_2', name: 'Back', model: null, isConnected: false },
];
const SECTION = { en: 'Card reader', es: 'Lector de tarjetas', fr: 'Lecteur de cartes' } as const;
const viewport = { width: 1024, height: 688 };

test.each(LANGUAGES)('a card reader’s name and each of its buttons are in one line, and on the page (%s)', (language) =>
  see({ ...UNLOCKED, cardReader: { terminalId: 'trm_1', name: 'Front counter, left', isFirst: true }, appearance: { ...AT_REST.appearance, language } }, async ({ page, answer }) => {
    await answer('readCardReaders', answered(READERS));
    await press(page, 'F10');
    await page.getByRole('tab', { name: SECTION[language] }).click();
    await page.locator('#root').getByText('Verifone E285').waitFor();
    const wrong = await page.locator('.cashier-list li :is(bdi, button)').evaluateAll((parts) =>
      parts
        .filter((part) => {
          const words = document.createRange();
          words.selectNodeContents(part);
          const tops = new Set([...words.getClientRects()].map(({ top }) => Math.round(top)));
          return tops.size !== 1 || part.getBoundingClientRect().right > innerWidth;
        })
        .map((part) => part.textContent),
    );
    expect(wrong).toEqual([]);
  }, { viewport }));

test.each(LANGUAGES)('the ids of two registers, which are compared, are whole in their lines (%s)', (language) =>
  see({ ...UNLOCKED, registerId: '4c1d7f5e-6a54-4a0c-9d0a-3f0f3f3c9a12', copiedFrom: '5d2e806f-7b65-4b1d-8e1b-4f1f4f4dab23', appearance: { ...AT_REST.appearance, language } }, async ({ page }) => {
    await press(page, 'F10');
    await page.locator('.attention article').first().waitFor();
    const lines = await page.locator('.attention article p').evaluateAll((sentences) =>
      sentences.flatMap((sentence) => {
        const texts = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
        const found: number[] = [];
        for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
          for (const { index, 0: id } of (text.textContent ?? '').matchAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gu)) {
            const range = document.createRange();
            range.setStart(text, index);
            range.setEnd(text, index + id.length);
            found.push(new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size);
          }
        }
        return found;
      }),
    );
    expect(lines.length).toBeGreaterThan(0);
    expect(new Set(lines)).toEqual(new Set([1]));
  }, { viewport }));
