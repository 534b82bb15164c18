import { expect, test } from 'vitest';
import { checkBankAuthorisation } from '../../contract/bank-authorisation.ts';
import { LANGUAGES } from '../../contract/language.ts';
import { USUAL_BANK_AUTHORISATION, bankAuthorisationOf } from '../../words/sale-texts.ts';

const PURCHASE = { totalInCents: 123_450, currency: 'USD' } as const;

test.each(LANGUAGES)('the authorisation names the shop and the amount, in the till’s language (%s)', (language) => {
  expect(checkBankAuthorisation(USUAL_BANK_AUTHORISATION[language])).toMatchObject({ kind: 'ok' });
  const text = bankAuthorisationOf('', language, PURCHASE, 'Donuts $& Co.');
  expect(text).toContain('Donuts $& Co.');
  expect(text).toMatch(/1[.,\s\u202F\u00A0]234[.,]50/u);
  expect(text).not.toMatch(/[{}]/u);
});

test('a shop may have a wording of its own; one without the shop’s name and the amount is refused, and so is a card number in it', () => {
  expect(checkBankAuthorisation('  {shop} may take {amount} from my account. ')).toEqual({ kind: 'ok', value: '{shop} may take {amount} from my account.' });
  expect(checkBankAuthorisation(' ')).toEqual({ kind: 'ok', value: '' });
  for (const wording of ['You may take {amount}.', '{shop} may take it.']) expect(checkBankAuthorisation(wording)).toEqual({ kind: 'failed', failure: { kind: 'bank-authorisation-incomplete' } });
  expect(checkBankAuthorisation('{shop} {amount} 4242 4242 4242 4242')).toEqual({ kind: 'failed', failure: { kind: 'bank-authorisation-card-number' } });
  expect(bankAuthorisationOf('{shop} may take {amount}.', 'en', PURCHASE, 'Anna’s')).toBe('Anna’s may take $1,234.50.');
});
