import { expect, test } from 'vitest';
import { LANGUAGES } from '../../contract/language.ts';
import { checkSavedConsent } from '../../contract/saved-consent.ts';
import { USUAL_SAVED_CONSENT, savedConsentOf } from '../../words/sale-texts.ts';

test.each(LANGUAGES)('the consent to save a card names the shop and JustiFi, in the till’s language (%s)', (language) => {
  expect(checkSavedConsent(USUAL_SAVED_CONSENT[language])).toMatchObject({ kind: 'ok' });
  const text = savedConsentOf('', language, 'Donuts $& Co.');
  expect(text).toContain('Donuts $& Co.');
  expect(text).toContain('JustiFi');
  expect(text).not.toMatch(/[{}]/u);
});

test('a shop may have a wording of its own; one without the shop’s name is refused, and so is a card number in it', () => {
  expect(checkSavedConsent('  {shop} may keep my card. ')).toEqual({ kind: 'ok', value: '{shop} may keep my card.' });
  expect(checkSavedConsent(' ')).toEqual({ kind: 'ok', value: '' });
  expect(checkSavedConsent('You may keep my card.')).toEqual({ kind: 'failed', failure: { kind: 'saved-consent-incomplete' } });
  expect(checkSavedConsent('{shop} 4242 4242 4242 4242')).toEqual({ kind: 'failed', failure: { kind: 'saved-consent-card-number' } });
  expect(savedConsentOf('{shop} may keep my card.', 'en', 'Anna’s')).toBe('Anna’s may keep my card.');
});
