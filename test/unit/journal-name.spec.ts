import { expect, test } from 'vitest';
import { journalNameOf, journalsAmong } from '../../main/storage/journal-name.ts';
import fc from '../setup/properties.ts';

const ids = fc.oneof(fc.stringMatching(/^[\w-]{1,100}$/u), fc.string({ minLength: 1, maxLength: 100 }));

test('two accounts never share a journal, even where ABC and abc are the same file name', () => {
  expect(journalNameOf('live', 'acc_5Et9')).not.toBe(journalNameOf('live', 'acc_5ET9'));
  expect(journalNameOf('live', 'acc_5Et9').toLowerCase()).not.toBe(journalNameOf('live', 'acc_5ET9').toLowerCase());
  fc.assert(
    fc.property(ids, ids, (one, other) => {
      const names = [journalNameOf('test', one), journalNameOf('test', other)].map((name) => name.toLowerCase());
      expect(names[0] === names[1]).toBe(one === other);
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,60}$/u), (id) => {
      expect(journalNameOf('test', id).toLowerCase()).not.toBe(journalNameOf('test', id.toUpperCase()).toLowerCase());
    }),
  );
});

test('every name is found again among the files of the folder, and is short enough for the settings', () => {
  fc.assert(
    fc.property(ids, fc.constantFrom('test', 'live'), fc.constantFrom('db', 'db-wal', 'mirror', 'backups', 'head'), (id, mode, ending) => {
      const name = journalNameOf(mode, id);
      expect(name.length).toBeLessThanOrEqual(80);
      expect(name).toMatch(/^[a-z0-9_-]+$/u);
      expect(journalsAmong([`${name}.${ending}`])).toEqual([{ name, mode }]);
    }),
  );
});
