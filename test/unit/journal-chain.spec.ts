import { describe, expect, test } from 'vitest';
import { reconstruct } from '../../main/storage/journal-reconstruction.ts';
import { BEGINNING, type Entry, type Head, type LinkedEntry, firstWrong, follow } from '../../main/storage/journal-chain.ts';
import { SEAL, SEAL_FROM_END, parseMirror, parseRest, renderHeader, renderLine, unsealed } from '../../main/storage/journal-mirror-line.ts';

function entry(sequence: number, change: Partial<Entry> = {}): Entry {
  const saleId = `sale-${sequence}`;
  return { sequence, at: `2026-11-23T15:00:${String(sequence).padStart(2, '0')}.000Z`, utcOffsetInMinutes: -300, saleId, event: '{"kind":"left"}', state: '{"kind":"left","amountInCents":1799}', ...change };
}

function chainOf(length: number, after: Head = BEGINNING): LinkedEntry[] {
  const entries: LinkedEntry[] = [];
  for (let sequence = after.sequence + 1; sequence <= after.sequence + length; sequence += 1) entries.push(follow(entries.at(-1) ?? after, entry(sequence)));
  return entries;
}

/** Without the entries of these numbers. */
const without = (entries: readonly LinkedEntry[], ...numbers: readonly number[]) => entries.filter(({ sequence }) => !numbers.includes(sequence));
const numbersOf = (entries: readonly Entry[]) => entries.map(({ sequence }) => sequence);

describe('the chain of the journal', () => {
  const chain = chainOf(5);

  test('holds when nothing was touched, from the beginning or from any entry on', () => {
    expect(firstWrong(BEGINNING, chain, [])).toBeNull();
    expect(firstWrong(chain[1]!, chain.slice(2), [])).toBeNull();
  });

  test.each<[string, Partial<LinkedEntry>]>([
    ['the time', { at: '2026-11-24T15:00:03.000Z' }],
    ['the offset from UTC', { utcOffsetInMinutes: -240 }],
    ['the sale', { saleId: 'sale-4' }],
    ['the event', { event: '{"kind":"left" }' }],
    ['the state of the sale', { state: '{"kind":"paid"}' }],
    ['the link', { link: '0'.repeat(64) }],
  ])('breaks when %s of one entry is changed', (_, change) => {
    expect(firstWrong(BEGINNING, chain.with(2, { ...chain[2]!, ...change }), [])?.sequence).toBe(3);
  });

  test('breaks when an entry is taken out, put in twice, or changes places', () => {
    expect(firstWrong(BEGINNING, without(chain, 3), [])?.sequence).toBe(4);
    expect(firstWrong(BEGINNING, chain.toSpliced(2, 0, chain[1]!), [])?.sequence).toBe(2);
    expect(firstWrong(BEGINNING, [chain[1]!, chain[0]!, ...chain.slice(2)], [])?.sequence).toBe(2);
  });

  test('breaks when an entry is taken out and the numbers are closed up', () => {
    const closed = without(chain, 3).map((kept, index) => ({ ...kept, sequence: index + 1 }));
    expect(firstWrong(BEGINNING, closed, [])?.sequence).toBe(3);
  });

  test('does not confuse one field with the next', () => {
    const one = follow(BEGINNING, entry(1, { saleId: 'a', event: '"b"' }));
    const other = follow(BEGINNING, entry(1, { saleId: 'a","\\"b\\""', event: '' }));
    expect(one.link).not.toBe(other.link);
  });

  test('may start anew only where a repair says so', () => {
    expect(firstWrong(BEGINNING, without(chain, 3), [{ missingFrom: 3, before: 4 }])).toBeNull();
    expect(firstWrong(BEGINNING, without(chain, 3, 4), [{ missingFrom: 3, before: 4 }])?.sequence).toBe(5);
    expect(firstWrong(BEGINNING, without(chain, 2), [{ missingFrom: 3, before: 4 }])?.sequence).toBe(3);
  });
});

describe('a line of the second copy', () => {
  const line = renderLine(follow(BEGINNING, entry(1, { event: '{"kind":"left","why":"Müller & Söhne\\n☕"}' })));

  test('is read back as it was, with names of any script', () => {
    const { lines, flawed, endsWhole } = parseMirror(Buffer.concat([renderHeader(BEGINNING), line]));
    expect(lines).toEqual([{ sealed: true, entry: follow(BEGINNING, entry(1, { event: '{"kind":"left","why":"Müller & Söhne\\n☕"}' })) }]);
    expect({ flawed, endsWhole }).toEqual({ flawed: false, endsWhole: true });
  });

  test('is one byte from sealed while the database has not committed it', () => {
    const open = Buffer.from(unsealed(line));
    expect(parseMirror(Buffer.concat([renderHeader(BEGINNING), open]))).toMatchObject({ lines: [{ sealed: false }], flawed: true });
    SEAL.copy(open, open.length - SEAL_FROM_END);
    expect(open).toEqual(line);
  });

  test('is not believed when any one bit of it is another, or any one byte is missing', () => {
    for (let at = 0; at < line.length * 8; at += 1) {
      const hurt = Buffer.from(line);
      hurt[at >> 3] = (hurt[at >> 3] ?? 0) ^ (1 << (at & 7));
      expect(parseMirror(Buffer.concat([renderHeader(BEGINNING), hurt])).flawed, `bit ${at}`).toBe(true);
    }
    for (let at = 0; at < line.length; at += 1) {
      const short = Buffer.concat([line.subarray(0, at), line.subarray(at + 1)]);
      expect(parseMirror(Buffer.concat([renderHeader(BEGINNING), short])).flawed, `byte ${at}`).toBe(true);
    }
  });

  test('that was torn at any point is recognised as torn, unless it was sealed: then it was damaged', () => {
    const open = unsealed(line);
    for (let length = 1; length < open.length; length += 1) expect(parseRest(open.subarray(0, length)), `${length} bytes`).toEqual({ lines: [], isTorn: true });
    expect(parseRest(Buffer.alloc(700))).toEqual({ lines: [], isTorn: true });
    expect(parseRest(Buffer.concat([Buffer.alloc(40), line.subarray(40)]))).toEqual({ lines: [], isTorn: false });
    expect(parseRest(Buffer.concat([Buffer.from('half a line'), line])).isTorn).toBe(false);
  });
});

describe('a journal put together from damaged copies', () => {
  const chain = chainOf(8);

  test('is whole when each gap of one copy is filled by another', () => {
    expect(reconstruct(BEGINNING, [without(chain, 2, 3, 7), without(chain, 1, 5, 8)], [])).toEqual({ entries: chain, breaks: [], missing: [] });
  });

  test.each<[string, Partial<LinkedEntry>]>([
    ['whose event is no JSON', { event: '{"kind":"le' }],
    ['whose event has no kind', { event: '{"kjnd":"left"}' }],
    ['whose state is no JSON', { state: '{"kind":' }],
    ['whose state has no amount', { state: '{"kind":"left","amountInCent3":1799}' }],
  ])('behind a hole never takes an entry %s: no journal has ever taken it', (_, change) => {
    const damaged = without(chain, 2).map((one) => (one.sequence === 3 ? { ...one, ...change } : one));
    const { entries, missing } = reconstruct(BEGINNING, [damaged], []);
    expect(numbersOf(entries)).toEqual(numbersOf(without(chain, 2, 3)));
    expect(missing).toEqual([{ from: 2, to: 3 }]);
  });

  test('goes on from the backup: what the backup holds is not reconstructed', () => {
    expect(reconstruct(chain[3]!, [chain], [])).toEqual({ entries: chain.slice(4), breaks: [], missing: [] });
  });

  test('keeps the entries after a gap that cannot be filled, and reports the gap', () => {
    const { entries, breaks, missing } = reconstruct(BEGINNING, [without(chain, 3, 4), without(chain, 1, 3, 4, 5)], []);
    expect(numbersOf(entries)).toEqual([1, 2, 5, 6, 7, 8]);
    expect({ breaks, missing }).toEqual({ breaks: [{ missingFrom: 3, before: 5 }], missing: [{ from: 3, to: 4 }] });
    expect(firstWrong(BEGINNING, entries, breaks)).toBeNull();
  });

  test('does not report a gap again that an earlier repair reported', () => {
    const { breaks, missing } = reconstruct(BEGINNING, [without(chain, 3)], [{ missingFrom: 3, before: 4 }]);
    expect({ breaks, missing }).toEqual({ breaks: [], missing: [] });
  });

  test('never takes an altered entry, from whichever copy', () => {
    const altered = chain.with(3, { ...chain[3]!, state: '{"kind":"paid"}' });
    expect(reconstruct(BEGINNING, [altered, chain], []).entries).toEqual(chain);
    expect(reconstruct(BEGINNING, [chain, altered], []).entries).toEqual(chain);
    expect(numbersOf(reconstruct(BEGINNING, [altered], []).entries)).toEqual([1, 2, 3, 5, 6, 7, 8]);
    // Nor an invented one after the end.
    expect(reconstruct(BEGINNING, [[...chain, { ...entry(9), link: 'f'.repeat(64) }]], []).entries).toEqual(chain);
  });

  test('loses no entry when a second version begins somewhere: both are kept as far as they go', () => {
    const forged = chainOf(7, { sequence: 3, link: 'a'.repeat(64) });
    const { entries, breaks } = reconstruct(BEGINNING, [chain, forged], []);
    expect(entries.slice(0, 8)).toEqual(chain);
    expect(numbersOf(entries)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(breaks).toEqual([{ missingFrom: 9, before: 9 }]);
  });
});
