import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../contract/language.ts';
import { detailWords, personWords } from '../../renderer/till/manager/audit-line.ts';
import { settingWords } from '../../renderer/till/manager/setting-words.ts';
import { loadWords } from '../../words/catalogue.ts';
import { say } from '../../words/sentences.ts';

const HEBREW = 'מתנה 12';
const ISOLATED = `\u2068${HEBREW}\u2069`;

/** Put into sentences unchanged: written by Counter, or ids of letters, digits and signs. */
const OWN = new Set(['amount', 'at', 'day', 'example', 'fetched', 'from', 'gap', 'here', 'last4', 'names', 'now', 'paidWith', 'seconds', 'setting', 'id', 'subAccountId', 'there', 'time', 'trouble', 'when', 'z']);

describe('C-52: text of people and of JustiFi does not reorder the sentence around it', () => {
  test.each(LANGUAGES)('in every sentence that has one (%s)', async (language) => {
    const words = (await loadWords(language))('USD');
    const { till, account, manager, cashiers, audit } = words;
    const broken = { kind: 'sub-account-not-enabled', status: HEBREW, subAccountId: 'acc_1' } as const;
    for (const sentence of [
      till.late.wentThrough(2_500, HEBREW, 'Visa •••• 4242'),
      till.late.accepted(2_500, HEBREW, 'Visa •••• 4242'),
      manager.attention.unresolved(2_500, HEBREW, '2026-11-27T00:00:00.000Z'),
      say(account.view, { kind: 'connected', name: HEBREW, subAccountId: 'acc_1', credentialsKind: 'client' }),
      say(account.problem, broken),
      account.obstacle['not-enabled'](HEBREW),
      till.status.signOut(HEBREW),
      cashiers.removeOne(HEBREW),
      say(manager.copy.problem, { kind: 'copy-invalid', where: HEBREW }),
      manager.policy.trouble({ what: 'mistake', where: HEBREW, inForce: 'none' }),
      personWords(HEBREW, audit),
      detailWords({ name: HEBREW, amountInCents: 2_500 }, words),
      detailWords({ setting: 'registerName', old: '"Front"', new: JSON.stringify(HEBREW) }, words),
      detailWords({ setting: 'descriptionPresets', old: '[]', new: JSON.stringify(['Repair', HEBREW]) }, words),
      settingWords('registerName', words).value(HEBREW),
      settingWords(HEBREW, words).name,
    ]) {
      expect(sentence).toContain(ISOLATED);
      expect(sentence.replaceAll(ISOLATED, '')).not.toContain(HEBREW);
    }
  });

  test('and in every new one: a sentence isolates every text that Counter has not written', () => {
    const folder = join(import.meta.dirname, '../../words');
    const files = LANGUAGES.flatMap((language) => readdirSync(join(folder, language)).map((name) => join(folder, language, name)));
    const bare = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\$\{([\w.]+)\}/gu)].map(([, name]) => name!).filter((name) => !OWN.has(name)).map((name) => `${file.slice(folder.length + 1)}: ${name}`));
    expect(files.length).toBeGreaterThan(15);
    expect(bare).toEqual([]);
  });
});
