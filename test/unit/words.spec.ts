import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language, chosenLanguage } from '../../contract/language.ts';
import { type Currency, parseAmount } from '../../contract/money.ts';
import { CHECKOUT_WORDS } from '../../words/checkout.ts';
import { USUAL_PRESETS } from '../../contract/description.ts';
import { shownPresets, storedPresets } from '../../renderer/till/sale/presets.ts';
import { type Words, loadWords } from '../../words/catalogue.ts';
import { say } from '../../words/sentences.ts';

const catalogues = { en: await loadWords('en'), es: await loadWords('es'), fr: await loadWords('fr') };
const openWords = (language: Language, currency: Currency): Words => catalogues[language](currency);

/** Every sentence without parameters, by its path. */
function plainSentences(node: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => plainSentences(value, `${path}.${name}`));
}

function paths(node: unknown, path = ''): readonly string[] {
  if (typeof node !== 'object' || node === null) return [path];
  return Object.entries(node).flatMap(([name, value]) => paths(value, `${path}.${name}`));
}

/** Words that are correctly the same in two languages. */
const SAME_ANYWHERE = new Set(['0–9', '1–3', '4', '0', 'Alt+1–9', 'Mode', '+', 'Esc', 'F1', 'F2', 'F3', 'F4', 'F6', 'F7', 'F8', 'F9', 'Checkout', 'F10', 'Ctrl+L', 'Ctrl+P', 'ACCEPTED', 'Enter', 'Manager', 'JustiFi', 'TEST – no real payments', 'Description', 'Descriptions', 'Sections', 'Diagnostic', 'Total', 'Counter', 'action', 'PIN', 'Messages', 'mode', 'code', 'version', 'test', 'no', '58 mm', '80 mm', 'A4', 'Star (StarPRNT)', 'Date']);

describe('the till speaks three languages', () => {
  test.each(['es', 'fr'] as const)('no sentence is missing in %s, and none is English', (language) => {
    const english = openWords('en', 'USD');
    const other = openWords(language, 'USD');
    const shapeOf = ({ format: _format, language: _language, ...words }: typeof english) => paths(words);
    expect(shapeOf(other)).toEqual(shapeOf(english));
    const plain = new Map(plainSentences({ ...english, format: null, language: null, checkout: CHECKOUT_WORDS.en }));
    const same = plainSentences({ ...other, format: null, language: null, checkout: CHECKOUT_WORDS[language] }).filter(([path, sentence]) => sentence === plain.get(path) && !SAME_ANYWHERE.has(sentence));
    expect(same).toEqual([]);
    expect(plain.size).toBeGreaterThan(200);
  });

  test('counts take the plural of the language', () => {
    expect([1, 2].map(openWords('en', 'USD').till.status.toConfirm)).toEqual(['1 payment to confirm', '2 payments to confirm']);
    expect([1, 2].map(openWords('es', 'USD').till.status.toConfirm)).toEqual(['1 pago por confirmar', '2 pagos por confirmar']);
    expect([1, 2].map(openWords('fr', 'CAD').till.status.toConfirm)).toEqual(['1 paiement à confirmer', '2 paiements à confirmer']);
  });

  test.each([
    ['en', 'USD', '$35.75'],
    ['en', 'CAD', '$35.75'],
    ['es', 'USD', '$35.75'],
    ['fr', 'CAD', '35,75\u00A0$'],
    ['fr', 'USD', '35,75\u00A0$'],
  ] as const)('in %s, %s is written %s, and what is written is read back', (language, currency, written) => {
    const { format } = openWords(language, currency);
    expect(format.money(3575)).toBe(written);
    for (const cents of [51, 3575, 123_456, 99_999_999]) {
      expect(parseAmount(format.money(cents), format.locale)).toEqual({ kind: 'ok', value: cents });
    }
  });

  test.each(LANGUAGES)('C-42: no message without a connection asks for a press of Charge, which is disabled then (%s)', (language) => {
    const { till } = openWords(language, 'USD');
    const said = (['no-answer', 'untrusted', 'clock', 'proxy'] as const).map((trouble) => say(till.problem, { kind: 'no-connection', trouble, code: 'x' }));
    expect(new Set(said).size).toBe(4);
    for (const sentence of said) expect(sentence).not.toMatch(/\bpress|\bpresion|\bpuls|\bappuy|\btouch|\btoca/iu);
    // The search knows the words.
    expect(say(till.problem, { kind: 'service-trouble', code: 'x' })).toMatch(/\bpress|\bpresion|\bpuls|\bappuy|\btouch|\btoca/iu);
  });

  test('an exceeded limit is shown in the account’s currency', () => {
    const { till } = openWords('fr', 'CAD');
    expect(say(till.problem, { kind: 'amount-too-large', largestInCents: 150_000 })).toBe('Le montant maximal est de 1\u00A0500,00\u00A0$.');
  });

  test('auto follows the operating system, and falls back to English', () => {
    expect(chosenLanguage('auto', ['fr-CA', 'en-US'])).toBe('fr');
    expect(chosenLanguage('auto', ['de-DE', 'es-MX'])).toBe('es');
    expect(chosenLanguage('auto', ['de-DE'])).toBe('en');
    expect(chosenLanguage('es', ['fr-CA'])).toBe('es');
    expect(LANGUAGES).toEqual(['en', 'es', 'fr']);
  });
});

describe('the buttons under "Description"', () => {
  const french = openWords('fr', 'CAD');

  test('that were never set are in the language of the till; saving them changes nothing', () => {
    const shown = shownPresets(USUAL_PRESETS, french);
    expect(shown).toEqual(['Vente au comptoir', 'Réparation', 'Acompte', 'Carte-cadeau']);
    expect(storedPresets(shown, french)).toEqual(USUAL_PRESETS);
    expect(shownPresets(USUAL_PRESETS, openWords('en', 'USD'))).toEqual(USUAL_PRESETS);
  });

  test('that were set are shown as typed', () => {
    const own = ['Repair', 'Counter sale'];
    expect(shownPresets(own, french)).toBe(own);
    expect(storedPresets(own, french)).toBe(own);
  });
});
