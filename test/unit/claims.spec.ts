import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/* S-07: no text claims that Counter, or a shop with it, complies with PCI DSS. That is for the shop and its acquirer to state. */

const root = join(import.meta.dirname, '../..');
const IN_FOLDERS = ['docs', 'contract', 'words', 'main', 'preload', 'renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:md|ts|tsx|html|json|css)$/u.test(name))
    .map((name) => join(folder, name)),
);
const texts = [...readdirSync(root).filter((name) => /\.(?:md|yml)$/u.test(name)), 'package.json', ...IN_FOLDERS];

const CLAIMS: readonly RegExp[] = [
  // The questionnaire of shops that never touch a card; a cashier who keys one is another case.
  /\bSAQ[\s-]*A\b(?!-EP)/u,
  /\bPCI(?:[\s-]*DSS)?(?:[\s-]*(?:level|nivel|niveau)[\s-]*\d)?[\s-]*(?:compliant|compliance|certified|certification|validated|approved|ready|safe)\b/iu,
  /\b(?:compliant|comply|complies|conforms?|meets?|certified|validated|conforme|cumple|cumplen|certificad[oa]s?|satisfait|respecte|certifiée?s?)(?!\p{L})[^.\n]{0,40}\bPCI\b/iu,
];

const claimsIn = (text: string) => CLAIMS.flatMap((claim) => claim.exec(text.replaceAll(/\s+/gu, ' '))?.[0] ?? []);

test.each([
  'Counter is PCI compliant.',
  'A PCI-DSS compliant till',
  'PCI DSS Level 1 certified',
  'our PCI compliance',
  'With Counter your shop meets all of PCI DSS.',
  'You only need SAQ A.',
  'SAQ-A is enough',
  'Counter cumple con PCI DSS.',
  'conforme a la norma PCI',
  'Counter est conforme à la norme PCI DSS',
  'certifié PCI',
])('S-07: the search knows a claim when it sees one: %s', (claim) => {
  expect(claimsIn(claim)).not.toEqual([]);
});

test('S-07: what is said about PCI DSS without a claim is no claim', () => {
  for (const sentence of ['Nothing here is a statement about PCI DSS.', 'the inventory of PCI DSS 6.4.3', 'Ask your acquirer which questionnaire, for example SAQ C-VT or SAQ A-EP.']) expect(claimsIn(sentence)).toEqual([]);
});

describe('S-07: no claim', () => {
  test('is in any doc, screen, comment or package', () => {
    expect(texts.length).toBeGreaterThan(150);
    expect(texts.flatMap((name) => claimsIn(readFileSync(join(root, name), 'utf8')).map((claim) => `${name}: ${claim}`))).toEqual([]);
  });

  test('stands in the place of the note that tells a shop the conditions of C-VT and whom to ask', () => {
    const note = readFileSync(join(root, 'docs/card-data.md'), 'utf8').replaceAll(/\s+/gu, ' ');
    const conditions = ['SAQ C-VT', 'acquirer', 'one payment at a time', 'keyboard', 'no card reader', 'stores no card', 'one place', 'other systems'];
    expect(conditions.filter((condition) => !note.includes(condition))).toEqual([]);
    const ways = ['README.md', 'docs/manager.md', 'docs/security.md'];
    expect(ways.filter((from) => !readFileSync(join(root, from), 'utf8').includes('card-data.md'))).toEqual([]);
  });
});
