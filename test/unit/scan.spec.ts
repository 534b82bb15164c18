import { describe, expect, test } from 'vitest';
import { AFTER_SCAN_MS, hasOddSigns, LONGEST_TAP_MS, QUICK_GAP_MS } from '../../renderer/till/scan/scan.ts';
import { LONGEST_GAP_MS } from '../../renderer/till/scan/longest-gap.ts';
import { steady, type Stroke, typeAt } from './typed-till.ts';
import fc from '../setup/properties.ts';

const code = (text: string, ...suffix: readonly string[]) => [...text.split(''), ...suffix];
const kinds = (till: ReturnType<typeof typeAt>) => till.found.map(({ kind }) => kind);

describe('a scan is not an amount, and charges nothing', () => {
  test('F-26: a code and its Enter leave the amount as it was', () => {
    const till = typeAt(steady(code('4006381333931', 'Enter'), 8), 'keypad', '12');
    expect(till).toMatchObject({ amountInCents: 12, charged: [], acted: [] });
    expect(till.found).toEqual([{ kind: 'scan', code: '4006381333931', sinceMs: 1_000, isField: false }]);
  });

  test('F-26: and so does a code without any key behind it, with or without letters, signs and Shift', () => {
    expect(typeAt(steady(code('9780201379624'), 8), 'keypad', '12')).toMatchObject({ amountInCents: 12, charged: [] });
    const till = typeAt(steady(['Shift', 'A', 'B', 'Shift', 'C', '-', '1', '2', '3', 'Tab'], 20));
    expect(till.found).toEqual([{ kind: 'scan', code: 'ABC-123', sinceMs: 1_020, isField: false }]);
  });

  test('C-03: five digits and Enter at 8 ms a key', () => {
    expect(typeAt(steady(code('48213', 'Enter'), 8))).toMatchObject({ amountInCents: 0, charged: [] });
    expect(typeAt(steady(code('48213'), 8))).toMatchObject({ amountInCents: 0, charged: [] });
  });

  test('C-04: the second Enter of a scanner that ends with CR LF', () => {
    for (const gapMs of [2, 8, 40, 100]) {
      expect(typeAt(steady(code('4006381333931', 'Enter', 'Enter'), gapMs), 'keypad', '1250')).toMatchObject({ amountInCents: 1_250, charged: [] });
    }
    // A later Enter counts as typed by hand again.
    const later = { key: 'Enter', atMs: 1_000 + 14 * 8 + AFTER_SCAN_MS + 1, upAfterMs: 80 };
    expect(typeAt([...steady(code('4006381333931', 'Enter', 'Enter'), 8), later], 'keypad', '1250').charged).toEqual([1_250]);
  });

  test('C-05: eight digits with 60 ms between them, and up to 100 ms', () => {
    for (const gapMs of [60, 80, 100]) {
      for (const upAfterMs of [1, 60, null]) expect(typeAt(steady(code('96385074', 'Enter'), gapMs, { upAfterMs }))).toMatchObject({ amountInCents: 0, charged: [] });
    }
  });

  test('C-06: letters, a sign and two digits while the cursor is in the description stay there, and their Enter charges nothing', () => {
    const till = typeAt(steady(code('AB-12', 'Enter'), 8), 'description', '1250');
    expect(till).toMatchObject({ field: 'AB-12', amountInCents: 1_250, charged: [] });
    expect(till.found).toEqual([{ kind: 'scan', code: 'AB-12', sinceMs: 1_000, isField: true }]);
  });

  test('C-07: on a screen where nothing is typed no key of a scan does anything, however short or slow it is', () => {
    for (const text of ['7', '12', 'A 1', '48213']) {
      for (const gapMs of [2, 8, 50, 100]) expect(typeAt(steady(code(text, 'Enter', 'Enter'), gapMs), 'elsewhere').acted).toEqual([]);
    }
  });

  test('in a form of the manager its characters stay, and its Enter sends nothing', () => {
    expect(typeAt(steady(code('4006381', 'Enter'), 8), 'form')).toMatchObject({ field: '4006381', acted: [] });
  });

  test('a hitch in the middle makes no amount of either half', () => {
    for (const at of [2, 6]) {
      const strokes = steady(code('4006381333931', 'Enter'), 8).map((stroke, index) => (index < at ? stroke : { ...stroke, atMs: stroke.atMs + 200 }));
      const till = typeAt(strokes, 'keypad', '12');
      expect(till).toMatchObject({ amountInCents: 12, charged: [] });
      expect(till.found.at(-1)).toMatchObject({ kind: 'scan', code: '4006381333931' });
    }
  });

  test('a person who types right after a scan loses only the keys of a moment', () => {
    const till = typeAt([...steady(code('4006381333931', 'Enter'), 8), ...steady(code('1250', 'Enter'), 200, { atMs: 1_000 + 13 * 8 + AFTER_SCAN_MS + 10, upAfterMs: 90 })]);
    expect(till.charged).toEqual([1_250]);
  });

  test('C-54: digits that arrive as the signs of another keyboard are distinguished from a code with a sign', () => {
    expect(['(§)', '!@#$%^&*()', '&é"\'(-è_çà'].map((text) => hasOddSigns(text))).toEqual([false, true, true]);
    expect(['AB-12', '4006381333931', '12(3)', ''].map((text) => hasOddSigns(text))).toEqual([false, false, false, false]);
  });
});

describe('where a scanner and a hand cannot be distinguished, no money is at risk', () => {
  test('C-05: five digits at a steady 95 ms stand, their Enter charges nothing and that is said; the next Enter charges', () => {
    const scan = steady(code('48213', 'Enter'), 95, { upAfterMs: 70 });
    expect(typeAt(scan)).toMatchObject({ amountInCents: 48_213, charged: [] });
    expect(kinds(typeAt(scan))).toEqual(['unclear']);
    expect(typeAt([...scan, { key: 'Enter', atMs: 2_000, upAfterMs: 80 }]).charged).toEqual([48_213]);
    // The LF of a CR LF is not that next one.
    expect(typeAt(steady(code('48213', 'Enter', 'Enter'), 95, { upAfterMs: 70 })).charged).toEqual([]);
  });

  test('a scanner that comes while a hand is still typing charges nothing', () => {
    const hand = steady(code('125'), 90, { upAfterMs: 120 });
    const till = typeAt([...hand, ...steady(code('4006381333931', 'Enter', 'Enter'), 8, { atMs: 1_000 + 2 * 90 + 100 })]);
    expect(till.charged).toEqual([]);
    expect(kinds(till)).toEqual(['unclear']);
  });

  test('C-03: the last one or two digits of a code, after a hitch that is longer than any, charge nothing with their Enter', () => {
    for (const rest of ['1', '31']) {
      const head = steady(code('4006381333931'.slice(0, -rest.length)), 8);
      const tail = steady(code(rest, 'Enter', 'Enter'), 8, { atMs: 2_000 });
      const till = typeAt([...head, ...tail], 'keypad', '1250');
      expect(till.charged).toEqual([]);
      expect(kinds(till)).toEqual(['scan', 'unclear']);
      expect(typeAt([...head, ...tail, { key: 'Enter', atMs: 4_000, upAfterMs: 80 }], 'keypad', '1250').charged).toEqual([Number(`1250${rest}`)]);
    }
  });

  test('C-03: the Enter of a code, alone after a hitch, charges nothing and that is said; a finger’s Enter at the same moment charges', () => {
    const head = steady(code('4006381333931'), 8);
    const enter = (atMs: number, upAfterMs: number) => ({ key: 'Enter', atMs, upAfterMs });
    const late = typeAt([...head, enter(2_500, 3)], 'keypad', '1250');
    expect(late.charged).toEqual([]);
    expect(kinds(late)).toEqual(['scan', 'unclear']);
    expect(typeAt([...head, enter(2_500, 3), enter(4_000, 80)], 'keypad', '1250').charged).toEqual([1_250]);
    expect(typeAt([...head, enter(2_500, 80)], 'keypad', '1250').charged).toEqual([1_250]);
    // A scan has only one Enter.
    expect(typeAt([...steady(code('4006381333931', 'Enter'), 8), enter(2_500, 3)], 'keypad', '1250').charged).toEqual([1_250]);
  });

  test('three digits and Enter quicker than a hand stand, and charge with the next Enter only', () => {
    const quick = steady(code('482', 'Enter'), 8);
    expect(typeAt(quick)).toMatchObject({ amountInCents: 482, charged: [] });
    expect(typeAt([...quick, { key: 'Enter', atMs: 2_000, upAfterMs: 80 }]).charged).toEqual([482]);
  });
});

describe('keys typed by hand count', () => {
  test('two quick digits and Enter', () => {
    expect(typeAt(steady(code('35', 'Enter'), 30, { upAfterMs: 90 }))).toMatchObject({ amountInCents: 35, charged: [35] });
  });

  test('a practised hand that rolls over the keys, 60 to 90 ms a key, each down for 30 ms into the next', () => {
    for (const gapMs of [60, 75, 90]) {
      for (const digits of ['1799', '123456', '12345678']) {
        expect(typeAt(steady(code(digits, 'Enter'), gapMs, { upAfterMs: gapMs + 30 }))).toMatchObject({ amountInCents: Number(digits), charged: [Number(digits)], found: [] });
      }
    }
  });

  test('two fingers at nearly the same moment', () => {
    const digits: Stroke[] = [
      { key: '1', atMs: 0, upAfterMs: 80 },
      { key: '2', atMs: 4, upAfterMs: 85 },
      { key: '5', atMs: 150, upAfterMs: 80 },
      { key: '0', atMs: 155, upAfterMs: 80 },
      { key: 'Enter', atMs: 300, upAfterMs: 80 },
    ];
    expect(typeAt(digits)).toMatchObject({ amountInCents: 1_250, charged: [1_250] });
  });

  test('a key that is held, an amount that a pause divides, and a correction', () => {
    expect(typeAt(steady(code('12345678', 'Enter'), LONGEST_GAP_MS + 1))).toMatchObject({ amountInCents: 12_345_678, charged: [12_345_678] });
    expect(typeAt(steady(['1', '7', '9', '8', 'Backspace', '9'], 100, { upAfterMs: 70 }))).toMatchObject({ amountInCents: 1_799 });
  });

  test('Enter that begins the next sale waits no longer than a finger needs, and the digits after it count', () => {
    const strokes = [{ key: 'Enter', atMs: 0, upAfterMs: 80 }, ...steady(code('22'), 120, { atMs: 120, upAfterMs: 80 })];
    expect(typeAt(strokes)).toMatchObject({ acted: ['Enter'], amountInCents: 22 });
  });

  test('keys act in the order in which they were pressed, also when one of them is pressed with Ctrl', () => {
    for (const upAfterMs of [1, 80]) {
      const [first, second, lock, last] = steady(['F1', 'F1', 'l', 'F10'], 30, { upAfterMs });
      expect(typeAt([first!, second!, { ...lock!, isChord: true }, last!], 'elsewhere').acted).toEqual(['F1', 'F1', 'chord l', 'F10']);
    }
  });

  test('but a chord in the middle of a scan lets none of its keys act: some send Ctrl+] for the separator of a GS1 code', () => {
    const strokes = steady(code('0104006381333931]17', 'Enter'), 8).map((stroke) => ({ ...stroke, isChord: stroke.key === ']' }));
    expect(typeAt(strokes, 'keypad', '12')).toMatchObject({ amountInCents: 12, charged: [] });
  });
});

/* Random ones. */

const digit = fc.constantFrom(...'0123456789'.split(''));
const amount = fc.array(digit, { minLength: 1, maxLength: 7 }).filter(([first]) => first !== '0');

/**
 * A hand at a ten-key pad. Gaps are log-normal around a pace of 60 to 300 ms; keys are down for 45 to 120 ms; now and then two fingers come
 * down together. One finger cannot press a key that it still holds.
 */
const typing = fc
  .record({ digits: amount, paceMs: fc.integer({ min: 60, max: 300 }), downMs: fc.integer({ min: 45, max: 120 }), spread: fc.double({ min: 0.1, max: 0.4, noNaN: true }) })
  .chain(({ digits, paceMs, downMs, spread }) =>
    fc
      .array(fc.record({ normal: normal(), downNormal: normal(), together: fc.integer({ min: 0, max: 9 }), togetherMs: fc.integer({ min: 0, max: 20 }) }), { minLength: digits.length + 1, maxLength: digits.length + 1 })
      .map((fingers) => {
        let atMs = 10_000;
        let wasTogether = true;
        const upMs = new Map<string, number>();
        return [...digits, 'Enter'].map((key, index): Stroke => {
          const { normal: gapNormal, downNormal, together, togetherMs } = fingers[index]!;
          const upAfterMs = Math.min(120, Math.max(45, downMs * Math.exp(0.2 * downNormal)));
          const isTogether = index > 0 && together === 0 && !wasTogether && key !== 'Enter' && (upMs.get(key) ?? 0) < atMs;
          const gapMs = Math.max(60, paceMs * Math.exp(spread * gapNormal));
          if (index > 0) atMs = isTogether ? atMs + togetherMs : Math.max(atMs + gapMs, (upMs.get(key) ?? 0) + 20);
          upMs.set(key, atMs + upAfterMs);
          wasTogether = isTogether;
          return { key, atMs, upAfterMs };
        });
      }),
  );

/** Roughly normal: the sum of three random numbers. */
function normal(): fc.Arbitrary<number> {
  const die = fc.double({ min: -1, max: 1, noNaN: true });
  return fc.tuple(die, die, die).map(([one, two, three]) => one + two + three);
}

/** A scanner: 4 to 40 characters, 2 to 100 ms between keys with a tenth of jitter, with any prefix and suffix. */
const scan = fc
  .record({
    text: fc.array(fc.oneof({ weight: 5, arbitrary: digit }, { weight: 1, arbitrary: fc.constantFrom(...'ABCxyz-+./ !@#$%&*()'.split('')) }), { minLength: 4, maxLength: 40 }),
    gapMs: fc.integer({ min: 2, max: 100 }),
    prefix: fc.constantFrom<readonly string[]>([], ['F1'], ['F9'], ['F12'], ['Enter'], ['Escape'], ['Tab'], ['~'], [']', 'C', '1']),
    suffix: fc.constantFrom<readonly string[]>([], ['Enter'], ['Enter', 'Enter'], ['Tab'], ['F9'], ['ArrowDown']),
    /** Down for a moment, for a part of the gap, or never reported up (a program that types). */
    down: fc.constantFrom('tap', 'part', 'never'),
  })
  .chain((set) => {
    const keys = [...set.prefix, ...set.text, ...set.suffix];
    return fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: keys.length, maxLength: keys.length }).map((jitter) => {
      let atMs = 10_000;
      const strokes = keys.map((key, index): Stroke => {
        if (index > 0) atMs += set.gapMs * (1 + jitter[index]!);
        // A prefix key is released at once: only that distinguishes an Enter before a code from a typed one.
        const isPrefix = index < set.prefix.length;
        const partMs = Math.max(0.5, set.gapMs * 0.8);
        return { key, atMs, upAfterMs: set.down === 'tap' || isPrefix ? Math.min(LONGEST_TAP_MS / 2, partMs) : set.down === 'part' ? partMs : null };
      });
      return { ...set, strokes };
    });
  });

const runs = { numRuns: 2_000 };

describe('random input', () => {
  test('a hand never loses or changes an amount; at the worst it presses Enter twice', () => {
    fc.assert(
      fc.property(typing, (strokes) => {
        const typed = Number(strokes.slice(0, -1).map(({ key }) => key).join(''));
        const once = typeAt(strokes);
        expect(once.amountInCents).toBe(typed);
        expect([[], [typed]]).toContainEqual(once.charged);
        const twice = typeAt([...strokes, { key: 'Enter', atMs: strokes.at(-1)!.atMs + 600, upAfterMs: 80 }]);
        if (once.charged.length === 0) expect(twice.charged).toEqual([typed]);
      }),
      runs,
    );
  });

  test('a hand at an ordinary pace never presses Enter twice', () => {
    fc.assert(
      fc.property(typing, (strokes) => {
        const slow = strokes.map((stroke) => ({ ...stroke, atMs: 10_000 + (stroke.atMs - 10_000) * 2 }));
        expect(typeAt(slow).charged).toHaveLength(1);
      }),
      runs,
    );
  });

  test('a scanner never charges, on any screen', () => {
    fc.assert(
      fc.property(scan, fc.constantFrom('keypad', 'description', 'elsewhere'), ({ strokes }, place) => {
        expect(typeAt(strokes, place, '1250').charged).toEqual([]);
      }),
      runs,
    );
  });

  test('a scanner never changes an amount, unless its code is short and as slow as a hand; and in the description none does', () => {
    fc.assert(
      fc.property(scan, ({ strokes, text, gapMs, prefix, down }) => {
        const isSure = down === 'tap' || gapMs * 1.1 <= QUICK_GAP_MS || text.length + prefix.filter(({ length }) => length === 1).length >= 8;
        if (isSure) expect(typeAt(strokes, 'keypad', '1250').amountInCents).toBe(1_250);
        if (!prefix.includes('Escape')) expect(typeAt(strokes, 'description', '1250').amountInCents).toBe(1_250);
      }),
      runs,
    );
  });
});
