import { describe, expect, test } from 'vitest';
import { LARGEST_AMOUNT_IN_CENTS } from '../../contract/money.ts';
import { type AmountEntry, EMPTY_ENTRY, type EntryMode, add, backspace, keptEntry, press, totalInCents } from '../../renderer/till/sale/amount-entry.ts';
import fc from '../setup/properties.ts';

/** An entry key by key. `<` is backspace. */
function typed(keys: string, mode: EntryMode = 'cents', from: AmountEntry = EMPTY_ENTRY): AmountEntry {
  let entry = from;
  for (const key of keys) {
    if (key === '+') entry = add(entry, mode);
    else if (key === '<') entry = backspace(entry, mode);
    else {
      const pressed = press(entry, key, mode);
      if (pressed.kind === 'ok') entry = pressed.value;
    }
  }
  return entry;
}

describe('cents first', () => {
  test.each([
    ['3575', 3575],
    ['0005', 5],
    ['35<<7', 7],
    ['12+300', 312],
    ['1250+300+', 1550],
    ['1250++300', 1550],
    ['+300', 300],
    ['1250+300<<<', 1250],
    ['1250+300<<<<<', 125],
    ['1250+<', 1250],
    ['1250+<<', 125],
    ['3.5', 35],
    ['<', 0],
  ])('%s is %s cents', (keys, cents) => {
    expect(totalInCents(typed(keys), 'cents')).toBe(cents);
  });

  test('the next digit after an amount that came back begins a new one; + and backspace work on it', () => {
    const kept = keptEntry(3575, 'cents');
    expect(totalInCents(typed('2', 'cents', kept), 'cents')).toBe(2);
    expect(totalInCents(typed('+200', 'cents', kept), 'cents')).toBe(3775);
    expect(totalInCents(typed('<', 'cents', kept), 'cents')).toBe(357);
  });
});

describe('with the decimal point', () => {
  test.each([
    ['35', 3500],
    ['35.7', 3570],
    ['35.75', 3575],
    ['35.759', 3575],
    ['35..7', 3570],
    ['.5', 50],
    ['007', 700],
    ['35.75<', 3570],
    ['35.75<<<', 3500],
    ['12.5+3', 1550],
    ['0.1+0.2', 30],
  ])('%s is %s cents', (keys, cents) => {
    expect(totalInCents(typed(keys, 'decimal'), 'decimal')).toBe(cents);
  });

  test('an amount that came back is written as money', () => {
    expect(keptEntry(5, 'decimal').typed).toBe('0.05');
    expect(totalInCents(keptEntry(3570, 'decimal'), 'decimal')).toBe(3570);
  });
});

test('for any keys, the total is whole cents between zero and the largest amount', () => {
  const keys = fc.array(fc.constantFrom('0', '00', '1', '9', '5', '.', '+', '<'), { maxLength: 60 });
  fc.assert(
    fc.property(keys, fc.constantFrom<EntryMode>('cents', 'decimal'), (pressed, mode) => {
      const total = totalInCents(typed(pressed.join(''), mode), mode);
      expect(Number.isSafeInteger(total) && total >= 0 && total <= LARGEST_AMOUNT_IN_CENTS).toBe(true);
    }),
  );
});

test('a key that would exceed the largest amount is refused as a whole, a "00" too', () => {
  const full = typed('99999999');
  expect(press(full, '0', 'cents')).toEqual({ kind: 'failed', failure: { kind: 'amount-too-large' } });
  expect(press(typed('9999999'), '00', 'cents').kind).toBe('failed');
  expect(press(typed('99999990+'), '10', 'cents').kind).toBe('failed');
});

test('a tape of a hundred lines takes no more, and the typed amount stays', () => {
  const full = typed('1+'.repeat(100));
  const more = typed('25+', 'cents', full);
  expect([full.added.length, more.added.length, more.typed]).toEqual([100, 100, '25']);
  expect(totalInCents(more, 'cents')).toBe(125);
});
