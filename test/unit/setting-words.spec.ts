import { describe, expect, test } from 'vitest';
import { appearance } from '../../contract/appearance.ts';
import { LANGUAGES } from '../../contract/language.ts';
import { byName } from '../../contract/policy.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import { detailWords } from '../../renderer/till/manager/audit-line.ts';
import { settingWords } from '../../renderer/till/manager/setting-words.ts';
import { loadWords } from '../../words/catalogue.ts';
import { UNDESCRIBED } from '../../words/sale-texts.ts';

const english = (await loadWords('en'))('USD');

describe('a manager reads settings by the names of their screens', () => {
  test.each(LANGUAGES)('each has one in %s, and none shows how it is stored', async (language) => {
    const words = (await loadWords(language))('CAD');
    const stored = [...byName({ ...registerSettings.parse({}), appearance: appearance.parse({}) })];
    expect(stored.length).toBeGreaterThan(15);
    const said = stored.map(([setting, value]) => [settingWords(setting, words).name, settingWords(setting, words).value(value)]);
    expect(said.filter(([name, value]) => /[a-z]\.[a-z]|InCents/u.test(`${name} ${value}`) || /true|false|\bauto\b|\[|"/u.test(value!))).toEqual([]);
    expect(settingWords('description.kind', words).value('optional')).toContain(UNDESCRIBED[language]);
    expect(new Set(said.map(([name]) => name)).size).toBe(stored.length);
  });

  test('a setting of another Counter is called as it is stored', () => {
    expect(settingWords('form.tips', english)).toMatchObject({ name: 'form.tips' });
    expect(settingWords('form.tips', english).value({ on: true })).toBe('{"on":true}');
  });
});

describe('a line of the audit log', () => {
  test.each([
    [{ setting: 'limits.largestInCents', old: '50000', new: '100000' }, 'Largest amount: $500.00 → $1,000.00'],
    [{ setting: 'limits.confirmAboveInCents', old: '100000', new: 'null' }, 'Ask before charging more than: $1,000.00 → –'],
    [{ setting: 'descriptionPresets', old: '["Repair"]', new: '["Repair","Gift card"]' }, 'Quick descriptions, one per line: Repair → Repair, Gift card'],
    [{ setting: 'description.kind', old: '"required"', new: '"usual"' }, 'Description of a sale: Required → Optional: the usual one if left empty'],
    [{ setting: 'description.usual', old: '""', new: '"Coffee"' }, 'Usual description: – → Coffee'],
    [{ setting: 'appearance.sounds', old: 'false', new: 'true' }, 'Sounds for paid and declined: no → yes'],
    // The name of a cashier is no word of Counter's, whatever it looks like.
    [{ setting: 'cashier', old: null, new: 'paid', pin: 'set' }, 'Cashiers: – → paid, PIN: new'],
    [{ setting: 'appearance.theme', failed: true }, 'Theme, could not be written'],
    [{ sale: 'sale-7', amountInCents: 1799, result: 'paid', last4: '4242', payment: 'py_1' }, 'sale: sale-7, amount: $17.99, result: paid, card ends in: 4242, payment: py_1'],
    [{ action: 'charge-above-limit', sale: 'sale-7', for: 'Anna' }, 'action: Charge a large amount, sale: sale-7, for: Anna'],
    [{ by: 'secret', failures: 0, waitSeconds: null }, 'by: JustiFi secret'],
    [{ why: 'idle' }, 'why: two minutes without use'],
    [{ why: 'action' }, 'why: after an action'],
    [{ result: 'credentials-refused', code: 'unauthorized' }, 'result: credentials-refused, code: unauthorized'],
  ])('%j', (detail, said) => {
    expect(detailWords(detail, english)).toBe(said);
  });
});
