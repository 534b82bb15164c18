import { describe, expect, test } from 'vitest';
import { LARGEST_AMOUNT_IN_CENTS } from '../../contract/money.ts';
import { checkRegisterSettings, registerSettings } from '../../contract/register-settings.ts';
import { parseQuickItems, quickItemLines } from '../../renderer/till/manager/quick-items.ts';
import { type AmountEntry, EMPTY_ENTRY, addItem, backspace, itemsText, keptEntry, press, totalInCents } from '../../renderer/till/sale/amount-entry.ts';
import { openFormats } from '../../words/formats.ts';

const COFFEE = { name: 'Coffee', priceInCents: 350 };
const DONUT = { name: 'Donut', priceInCents: 225 };

function pressed(items: readonly (typeof COFFEE)[], from: AmountEntry = EMPTY_ENTRY): AmountEntry {
  return items.reduce((entry, item) => {
    const next = addItem(entry, item, 'cents');
    return next.kind === 'ok' ? next.value : entry;
  }, from);
}

describe('a quick item on the tape', () => {
  test('an amount typed before becomes a line of its own; the names are counted in their order', () => {
    const typed = press(EMPTY_ENTRY, '125', 'cents');
    const entry = pressed([COFFEE, DONUT, COFFEE], typed.kind === 'ok' ? typed.value : EMPTY_ENTRY);
    expect(entry.added.map(({ name, inCents }) => [name, inCents])).toEqual([[null, 125], ['Coffee', 350], ['Donut', 225], ['Coffee', 350]]);
    expect([totalInCents(entry, 'cents'), itemsText(entry)]).toEqual([1_050, '2 × Coffee, Donut']);
  });

  test('is removed as a whole with Backspace; a typed amount can be edited again', () => {
    const entry = backspace(pressed([COFFEE], keptEntry(125, 'cents')), 'cents');
    expect([totalInCents(entry, 'cents'), itemsText(entry)]).toEqual([125, '']);
    expect(backspace(entry, 'cents').typed).toBe('125');
  });

  test('above the largest amount, and beyond the longest tape, it adds nothing', () => {
    const full = keptEntry(LARGEST_AMOUNT_IN_CENTS, 'cents');
    expect(addItem(full, COFFEE, 'cents')).toEqual({ kind: 'failed', failure: { kind: 'amount-too-large' } });
    const long = pressed(Array.from({ length: 105 }, () => DONUT));
    expect([long.added.length, itemsText(long)]).toEqual([100, '100 × Donut']);
  });

  test('long names make no description that JustiFi would refuse', () => {
    const items = Array.from({ length: 12 }, (_, place) => ({ name: `${place} ${'x'.repeat(57)}`, priceInCents: 1 }));
    expect(itemsText(pressed(items))).toHaveLength(200);
  });

  test('a description that is cut ends with a whole character', () => {
    for (const before of [56, 57]) {
      const text = itemsText(pressed(Array.from({ length: 12 }, (_, place) => ({ name: `${place % 10} ${'🍩'.repeat(before / 2)}`, priceInCents: 1 }))));
      expect([text.isWellFormed(), text.length <= 200]).toEqual([true, true]);
    }
    for (let shift = 0; shift < 2; shift += 1) expect(itemsText(pressed(Array.from({ length: 12 }, (_, place) => ({ name: `${'x'.repeat(shift)}${'🍩'.repeat(20 + place)}`, priceInCents: 1 })))).isWellFormed()).toBe(true);
  });
});

describe('quick items as the manager writes them', () => {
  test.each([
    ['en', 'USD', 'Coffee = $3.50'],
    ['fr', 'CAD', 'Coffee = 3,50\u{a0}$'],
    ['es', 'USD', 'Coffee = $3.50'],
  ] as const)('come back as they were saved, in %s', (language, currency, line) => {
    const formats = openFormats(language, currency);
    expect(quickItemLines([COFFEE], formats)).toEqual([line]);
    expect(parseQuickItems(`\n${quickItemLines([COFFEE, DONUT], formats).join('\n')}\n`, formats)).toEqual({ kind: 'ok', value: [COFFEE, DONUT] });
  });

  test.each(['Coffee', '= 3.50', 'Coffee = ', 'Coffee = 0', 'Coffee = 0.00', 'Coffee = -3.50', 'Coffee = −3.50', 'Coffee = (3.50)', 'Coffee = 1e3', 'Coffee = 3.505', 'Coffee = 99999999999', 'Coffee = three', 'Coffee 3.50'])('"%s" is none, and is named', (line) => {
    expect(parseQuickItems(`Donut = 2.25\n${line}`, openFormats('en', 'USD'))).toEqual({ kind: 'failed', failure: line.trim() });
  });

  test('a name may have the sign too', () => {
    expect(parseQuickItems('2 = 1 offer = 5', openFormats('en', 'USD'))).toEqual({ kind: 'ok', value: [{ name: '2 = 1 offer', priceInCents: 500 }] });
  });

  test('are none as they come; none has a card number for a name', () => {
    const settings = registerSettings.parse({});
    expect(settings.quickItems).toEqual([]);
    const card = { name: 'Gift 4242 4242 4242 4242', priceInCents: 100 };
    expect(checkRegisterSettings({ ...settings, quickItems: [COFFEE, card] })).toEqual({ kind: 'failed', failure: { kind: 'quick-item-invalid', item: card.name } });
    expect(checkRegisterSettings({ ...settings, quickItems: [{ ...COFFEE, name: ' Coffee  to go ' }] })).toMatchObject({ kind: 'ok', value: { quickItems: [{ name: 'Coffee to go', priceInCents: 350 }] } });
  });
});
