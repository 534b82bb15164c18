import { describe, expect, test } from 'vitest';
import { LONGEST_GAP_MS, watchForScans } from '../../renderer/till/scan.ts';

/** Each key with the pause before it; the verdicts. */
function type(keys: readonly string[], gapMs: number, watch = watchForScans(), startMs = 1_000, repeat = false) {
  return keys.map((key, index) => watch({ key, atMs: startMs + index * gapMs, repeat }));
}
const kinds = (verdicts: ReturnType<typeof type>) => verdicts.map(({ kind }) => kind);

describe('F-26: a scanner is told from a hand', () => {
  test('a code and its Enter are a scan, from the sixth key on and with the first five to undo', () => {
    const verdicts = type([...'4006381333931'.split(''), 'Enter'], 8);
    expect(kinds(verdicts).slice(0, 5)).toEqual(['hand', 'hand', 'hand', 'hand', 'hand']);
    expect(kinds(verdicts).slice(5)).toEqual([...Array.from({ length: 8 }, () => 'scanning'), 'ended']);
    expect(verdicts.at(-1)).toEqual({ kind: 'ended', scan: { code: '4006381333931', sinceMs: 1_000 } });
  });

  test('letters, signs and the Shift between them are part of the code', () => {
    expect(type(['Shift', 'A', 'B', 'Shift', 'C', '-', '1', '2', '3', 'Tab'], 20).at(-1)).toEqual({ kind: 'ended', scan: { code: 'ABC-123', sinceMs: 1_020 } });
  });

  test('a slow scanner is still one, a quick hand is none, and neither is a key that is held down', () => {
    expect(kinds(type([...'123456'.split(''), 'Enter'], LONGEST_GAP_MS - 1)).at(-1)).toBe('ended');
    expect(kinds(type([...'123456789'.split(''), 'Enter'], LONGEST_GAP_MS))).not.toContain('scanning');
    expect(kinds(type('00000000'.split(''), 33, watchForScans(), 1_000, true))).not.toContain('scanning');
  });

  test('half an amount that was typed before is not part of the code', () => {
    const watch = watchForScans();
    type('12'.split(''), 200, watch, 0);
    expect(type([...'4006381'.split(''), 'Enter'], 8, watch, 2_000).at(-1)).toEqual({ kind: 'ended', scan: { code: '4006381', sinceMs: 2_000 } });
  });

  test('the Enter of a hand after a scan is the hand’s', () => {
    const watch = watchForScans();
    type('4006381'.split(''), 8, watch, 0);
    expect(kinds(type(['Enter'], 0, watch, 500))).toEqual(['hand']);
  });

  test('two quick digits and Enter, as a practised cashier has it, are no scan', () => {
    expect(kinds(type(['3', '5', 'Enter'], 30))).toEqual(['hand', 'hand', 'hand']);
  });
});
