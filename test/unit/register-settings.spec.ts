import { describe, expect, test } from 'vitest';
import { checkRegisterSettings, offeredForm, registerSettings, usualDescription } from '../../contract/register-settings.ts';

test('a shop in Canada always takes cards: without them its form would be empty', () => {
  const { form } = registerSettings.parse({ form: { cards: false } });
  expect(offeredForm(form, 'CAD')).toMatchObject({ cards: true });
  for (const currency of ['USD', null] as const) expect(offeredForm(form, currency)).toEqual(form);
});

describe('the description of a sale whose cashier enters none', () => {
  const settings = registerSettings.parse({});
  const checked = (description: typeof settings.description) => checkRegisterSettings({ ...settings, description });

  test('it has to be entered, until the shop decides otherwise; then it is Counter’s word, or the shop’s', () => {
    expect(usualDescription(settings.description, 'Sale')).toBe(null);
    expect(usualDescription({ kind: 'optional', usual: 'Coffee' }, 'Sale')).toBe('Sale');
    expect(usualDescription({ kind: 'usual', usual: 'Coffee' }, 'Sale')).toBe('Coffee');
  });

  test('a usual one is a description: it is tidied, and refused where it is empty or too long', () => {
    expect(checked({ kind: 'usual', usual: ' Coffee  to go ' })).toMatchObject({ kind: 'ok', value: { description: { kind: 'usual', usual: 'Coffee to go' } } });
    expect(checked({ kind: 'usual', usual: ' ' })).toEqual({ kind: 'failed', failure: { kind: 'usual-description-invalid', why: 'description-empty' } });
    expect(checked({ kind: 'usual', usual: 'x'.repeat(201) })).toEqual({ kind: 'failed', failure: { kind: 'usual-description-invalid', why: 'description-too-long' } });
    for (const kind of ['required', 'optional'] as const) expect(checked({ kind, usual: '' })).toMatchObject({ kind: 'ok' });
  });
});
