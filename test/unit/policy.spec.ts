import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { byName, fromNames, policy, underPolicy } from '../../contract/policy.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import { parsePolicy } from '../../main/storage/policy-file.ts';
import fc from '../setup/properties.ts';

const names = ['registerName', 'limits.largestInCents', 'limits.smallestInCents', 'form.billing', 'rights.refund', 'description.kind', 'description.usual', 'descriptionPresets', 'appearance.theme'] as const;
const settingsByName = fc.dictionary(fc.constantFrom(...names), fc.integer()).map((values) => new Map(Object.entries(values)));

describe('a company’s policy', () => {
  test('its locks override the register’s settings; its presets apply only where the register has none', () => {
    fc.assert(
      fc.property(settingsByName, settingsByName, fc.subarray([...names]), (own, preset, wanted) => {
        const locked = wanted.filter((name) => preset.has(name));
        const effective = underPolicy(own, { version: 1, settings: fromNames(preset), locked });
        for (const name of names) {
          const expected = locked.includes(name) ? preset.get(name) : (own.get(name) ?? preset.get(name));
          expect(effective.get(name)).toBe(expected);
        }
        // Removed again, it has no effect.
        expect(underPolicy(own, { version: 1, settings: {}, locked: [] })).toEqual(own);
      }),
    );
  });

  test('settings by name and back are the same settings', () => {
    const settings = registerSettings.parse({});
    expect(fromNames(byName(settings))).toEqual(settings);
  });

  test.each([
    ['', 'not a policy'],
    ['[]', 'not a policy'],
    ['{"version":2}', 'version'],
    ['{"version":1,"setings":{}}', 'not a policy'],
    ['{"version":1,"settings":{"limits":{"largest":1}}}', 'settings.limits'],
    ['{"version":1,"settings":{"limits":{"largestInCents":50}}}', 'settings.limits.largestInCents'],
    ['{"version":1,"settings":{"rights":{"refund":"anybody"}}}', 'settings.rights.refund'],
    ['{"version":1,"settings":{"account":null}}', 'settings'],
    ['{"version":1,"locked":["form"]}', 'locked: form has no value'],
    ['{"version":1,"settings":{"limits":{"largestInCents":50000}},"locked":["limits.smallestInCents"]}', 'locked: limits.smallestInCents has no value'],
    ['{"version":1,"settings":{"limits":{"largestInCents":100,"smallestInCents":200}}}', 'limits-crossed'],
    ['{"version":1,"settings":{"descriptionPresets":["4242 4242 4242 4242"]}}', 'preset-invalid'],
    ['{"version":1,"settings":{"description":{"kind":"usual"}}}', 'usual-description-invalid'],
    ['{"version":1,"settings":{"description":{"kind":"never"}}}', 'settings.description.kind'],
  ])('%s is refused as a whole, and the mistake is named', (text, where) => {
    expect(parsePolicy(text)).toEqual({ kind: 'failed', failure: where });
  });

  test('one setting of a group does not change the others', () => {
    expect(parsePolicy('{"version":1,"settings":{"rights":{"refund":"manager"},"appearance":{"theme":"dark"}}}')).toMatchObject({ value: { settings: { rights: { refund: 'manager' }, appearance: { theme: 'dark' } } } });
    const parsed = parsePolicy('{"version":1,"settings":{"rights":{"refund":"manager"},"limits":{"confirmAboveInCents":null}}}');
    expect(parsed.kind === 'ok' && [...byName(parsed.value.settings)]).toEqual([['limits.confirmAboveInCents', null], ['rights.refund', 'manager']]);
  });

  test('an extra blank is removed as on the manager’s screen: it does not make every save a change of a locked setting', () => {
    expect(parsePolicy('{"version":1,"settings":{"registerName":"Front ","descriptionPresets":["Coffee ","Coffee"]},"locked":["registerName"]}')).toMatchObject({
      value: { settings: { registerName: 'Front', descriptionPresets: ['Coffee'] }, locked: ['registerName'] },
    });
  });

  test('docs/policy.schema.json equals Counter’s own schema', () => {
    const published: unknown = JSON.parse(readFileSync('docs/policy.schema.json', 'utf8'));
    expect(published).toEqual({ title: 'Counter: company policy', ...z.toJSONSchema(policy, { io: 'input' }) });
    const accepts = new Ajv2020({ strict: false }).compile(published as object);
    const [example] = /```json\n([\s\S]*?)```/u.exec(readFileSync('docs/operator.md', 'utf8'))!.slice(1);
    expect(accepts(JSON.parse(example!))).toBe(true);
    expect(parsePolicy(example!).kind).toBe('ok');
    expect(accepts({ version: 1, settings: { limits: { largest: 1 } } })).toBe(false);
  });
});
