import { expect, test } from 'vitest';
import { LANGUAGES } from '../../contract/language.ts';
import { linkMessage } from '../../words/sale-texts.ts';

test.each(LANGUAGES)('the mail with a link to pay names amount and shop, and ends with the address (%s)', (language) => {
  const { title, text } = linkMessage(language, { address: 'https://components.justifi.ai/hosted-checkout/cho_1', amountInCents: 123_450, currency: 'USD' }, 'Anna’s');
  expect(title).toContain('Anna’s');
  expect(text).toMatch(/1[\s,]234[.,]50/u);
  expect(text.split('\n').at(-1)).toBe('https://components.justifi.ai/hosted-checkout/cho_1');
});
