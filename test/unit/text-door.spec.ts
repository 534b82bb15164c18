import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { auditDetail } from '../../contract/audit.ts';
import { checkBrokerUrl } from '../../contract/broker-url.ts';
import { channels } from '../../contract/channels.ts';
import { withoutControls } from '../../contract/control-characters.ts';
import { checkCredentials, keptCredentials, typedCredentials } from '../../contract/credentials.ts';
import { policy } from '../../contract/policy.ts';
import { provisionOrder, readProvisionOrder } from '../../contract/provision-order.ts';
import { checkRegisterSettings, registerSettings } from '../../contract/register-settings.ts';
import { foreignId, ownId, plainText, reportedText, textKinds, typedText } from '../../contract/text.ts';
import { newId } from '../../main/account/new-id.ts';
import { eventShape } from '../../main/storage/audit-queries.ts';
import { closedDaySchema } from '../../main/storage/closed-days.ts';
import { draftSchema, saleSchema } from '../../main/storage/journal-rows.ts';
import { pinsSchema } from '../../main/storage/pin-file.ts';
import { printJobs } from '../../main/printing/print-jobs.ts';
import { logoSchema } from '../../main/storage/logo-file.ts';
import { parsePolicy } from '../../main/storage/policy-file.ts';
import { openSettings, settingsSchema } from '../../main/storage/settings.ts';

const CARD = '4242424242424242';

/** Every string in a schema, by its path. An unknown kind of schema may hide one, and fails. */
function stringsIn(schema: z.core.$ZodType, path: string): readonly (readonly [path: string, schema: z.core.$ZodType])[] {
  const inner = (each: z.core.$ZodType, part: string) => stringsIn(each, part === '' ? path : `${path}.${part}`);
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return [[path, schema]];
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape as z.ZodRawShape).flatMap(([name, each]) => inner(each, name));
  if (schema instanceof z.ZodArray) return inner(schema.element, '[]');
  if (schema instanceof z.ZodRecord) return [...inner(schema.keyType, '<name>'), ...inner(schema.valueType, '<value>')];
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((each) => inner(each, ''));
  if (schema instanceof z.ZodPipe) return [...inner(schema.in, ''), ...inner(schema.out, '')];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return inner(schema.unwrap(), '');
  // `unknown` in the journal is a problem of an earlier run, which is dropped; no other is allowed (`unknowns` below).
  if (schema instanceof z.ZodUnknown) return [[path, schema]];
  const harmless = [z.ZodEnum, z.ZodLiteral, z.ZodNumber, z.ZodBoolean, z.ZodNull, z.ZodUndefined, z.ZodTransform];
  if (harmless.some((kind) => schema instanceof kind)) return [];
  throw new Error(`${path}: ${schema.constructor.name} may hold text`);
}

const calls = Object.entries(channels).flatMap(([role, { calls: ofRole }]) => Object.entries(ofRole).map(([name, { input }]) => [`${role}:${name}`, input] as const));
const files: readonly (readonly [name: string, schema: z.core.$ZodType])[] = [
  ['settings', settingsSchema],
  ['pins', pinsSchema],
  ['policy', policy],
  ['provision', provisionOrder],
  ['audit', eventShape],
  ['draft', draftSchema],
  ['sale', saleSchema],
  ['closed day', closedDaySchema],
  ['keychain', keptCredentials],
  ['print queue', printJobs],
  ['logo', logoSchema],
];
const strings = [...calls, ...files].flatMap(([name, schema]) => stringsIn(schema, name));

describe('A-06: every text that comes in goes through a door', () => {
  test('of every channel and of every file; a bare string is a failure', () => {
    const fixed: readonly unknown[] = ['uuid', 'date', 'datetime', 'base64'];
    const isThrownAway = (path: string, schema: z.core.$ZodType) => schema instanceof z.ZodUnknown && /^sale.*\.problem$/u.test(path);
    const bare = strings.filter(([path, schema]) => !textKinds.has(schema as z.ZodType) && !(schema instanceof z.ZodStringFormat && fixed.includes(schema.format)) && !isThrownAway(path, schema));
    expect(strings.length).toBeGreaterThan(80);
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test('a schema with a bare string, or with one that is hidden, is noticed', () => {
    for (const schema of [z.object({ a: z.string() }), z.array(z.string()).nullable(), z.record(z.string(), z.number()), z.union([z.number(), z.string().max(3)]), z.string().transform((text) => text)]) {
      expect(stringsIn(schema, 'x').filter(([, each]) => !textKinds.has(each as z.ZodType))).toHaveLength(1);
    }
    for (const schema of [z.any(), z.map(z.string(), z.string()), z.custom<string>()]) expect(() => stringsIn(schema, 'x')).toThrow('may hold text');
  });

  test('the texts that main refuses with a sentence are listed; each refusal has a spec', () => {
    const typed = strings.filter(([, schema]) => textKinds.get(schema as z.ZodType)?.kind === 'typed').map(([path]) => path);
    expect([...new Set(typed)].toSorted()).toEqual(
      [
        // checkDescription (description.spec.ts, register/charge.spec.ts)
        'till:edit.description',
        'till:charge.description',
        // wrongFields (insured.spec.ts); sent to JustiFi, and stored nowhere.
        'till:quoteInsurance.insured.firstName',
        'till:quoteInsurance.insured.lastName',
        'till:quoteInsurance.insured.email',
        'till:quoteInsurance.insured.state',
        'till:quoteInsurance.insured.postalCode',
        // checkRegisterSettings (below)
        'manager:changeSettings.registerName',
        'manager:changeSettings.form.bankAuthorisation',
        'manager:changeSettings.form.savedConsent',
        'manager:changeSettings.description.usual',
        'manager:changeSettings.descriptionPresets.[]',
        'manager:changeSettings.quickItems.[].name',
        'manager:changeSettings.receipt.shopName',
        'manager:changeSettings.receipt.address.[]',
        'manager:changeSettings.receipt.taxId',
        'manager:changeSettings.receipt.header.[]',
        'manager:changeSettings.receipt.footer.[]',
        'manager:changeSettings.printing.address',
        'manager:changeSettings.printing.queue',
        'policy.settings.registerName',
        'policy.settings.form.bankAuthorisation',
        'policy.settings.form.savedConsent',
        'policy.settings.description.usual',
        'policy.settings.descriptionPresets.[]',
        'policy.settings.quickItems.[].name',
        'policy.settings.receipt.shopName',
        'policy.settings.receipt.address.[]',
        'policy.settings.receipt.taxId',
        'policy.settings.receipt.header.[]',
        'policy.settings.receipt.footer.[]',
        'policy.settings.printing.address',
        'policy.settings.printing.queue',
        'settings.registerName',
        'settings.form.bankAuthorisation',
        'settings.form.savedConsent',
        'settings.description.usual',
        'settings.descriptionPresets.[]',
        'settings.quickItems.[].name',
        'settings.receipt.shopName',
        'settings.receipt.address.[]',
        'settings.receipt.taxId',
        'settings.receipt.header.[]',
        'settings.receipt.footer.[]',
        'settings.printing.address',
        'settings.printing.queue',
        // Drawn for the manager, and stored nowhere.
        'manager:previewReceipt.receipt.shopName',
        'manager:previewReceipt.receipt.address.[]',
        'manager:previewReceipt.receipt.taxId',
        'manager:previewReceipt.receipt.header.[]',
        'manager:previewReceipt.receipt.footer.[]',
        // checkCustomer (customers.spec.ts)
        'till:saveCard.name',
        'till:saveCard.phone',
        'till:saveCard.email',
        // cashiers.save (cashiers.spec.ts)
        'manager:saveCashier.name',
        // cardReaderCalls (card-reader-calls.spec.ts)
        'manager:renameCardReader.name',
        // connectAccount (connecting.spec.ts)
        'manager:connect.subAccountId',
        'provision.subAccountId',
      ].toSorted(),
    );
  });
});

describe('C-52: control characters of any kind are taken out of text, and refused in ids', () => {
  const BAD = ['\u0000', '\u0007', '\u001B[2K', '\u0085', '\u009B', '\u2028', '\u2029', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069', '\u200E', '\u200F', '\u061C', '\uFEFF', '\uD800'];

  test.each(BAD)('%j', (bad) => {
    const text = `Gift card${bad}fdp.00,1$`;
    for (const door of [typedText(200), plainText(200), reportedText(200)]) {
      const clean = door.parse(text);
      expect(clean).not.toContain(bad);
      expect(clean).not.toMatch(/\p{Cc}|\p{Cs}|[\u2028\u2029\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u);
      expect(clean).toMatch(/^Gift card.*fdp\.00,1\$$/u);
    }
    expect(foreignId(100).safeParse(`cho_1${bad}`).success).toBe(false);
    expect(ownId.safeParse(`${newId()}${bad}`).success).toBe(false);
  });

  test.each(['Café ☕️', '👩‍👩‍👧‍👦', 'می‌خواهم', '日本語', 'עברית', 'العربية', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'])('%s stays as it is', (text) => {
    expect(withoutControls(text)).toBe(text);
  });

  test('a text of several lines becomes one line', () => {
    expect(typedText(50).parse('two\r\nlines\tand\u2028more')).toBe('two  lines and more');
  });
});

describe('A-06: a card number does not get through the doors', () => {
  test('refused in plain text and in ids, removed from others’ reports', () => {
    expect(plainText(60).safeParse(`Front ${CARD}`).success).toBe(false);
    expect(plainText(60).safeParse('Front 4242\u200B4242–4242 - 42４２').success).toBe(false);
    expect(foreignId(100).safeParse(`cho_${CARD}`).success).toBe(false);
    expect(ownId.safeParse('42424242-4242-4242-8242-424242424242').success).toBe(false);
    expect(reportedText(100).parse(`Error: ${CARD} at 1`)).toBe('Error: [number] at 1');
    expect(auditDetail.parse({ [CARD]: `${CARD}\n`, count: 1, none: null })).toEqual({ '[number]': '[number] ', count: 1, none: null });
  });

  test('the ids that Counter makes never look like one: none is refused at a door', () => {
    const made = ['42424242-4242-4242-8242-424242424242', '3f2504e0-4f89-4d3a-9a0c-0305e82c3301'];
    expect(newId(() => made.shift()!)).toBe('3f2504e0-4f89-4d3a-9a0c-0305e82c3301');
    for (let each = 0; each < 20_000; each += 1) expect(ownId.safeParse(newId()).success).toBe(true);
  });

  test('credentials are secrets, and keep every character', () => {
    expect(typedCredentials.parse({ kind: 'client', clientId: ' a\u200B', clientSecret: CARD })).toEqual({ kind: 'client', clientId: ' a\u200B', clientSecret: CARD });
  });
});

describe('A-06: names that people give are refused by a sentence, and a file with one costs nothing else', () => {
  test('the name of a register, and a button', () => {
    const settings = registerSettings.parse({});
    expect(checkRegisterSettings({ ...settings, registerName: `Front ${CARD}` })).toEqual({ kind: 'failed', failure: { kind: 'register-name-card-number' } });
    expect(checkRegisterSettings({ ...settings, registerName: '4242–4242–4242–4242' })).toMatchObject({ kind: 'failed' });
    expect(checkRegisterSettings({ ...settings, descriptionPresets: [`Repair ${CARD}`] })).toMatchObject({ kind: 'failed', failure: { kind: 'preset-invalid', why: 'description-card-number' } });
    for (const kind of ['usual', 'required'] as const) {
      expect(checkRegisterSettings({ ...settings, description: { kind, usual: `Coffee ${CARD}` } })).toEqual({ kind: 'failed', failure: { kind: 'usual-description-invalid', why: 'description-card-number' } });
    }
    expect(checkRegisterSettings({ ...settings, registerName: 'Fr\u202Eont', descriptionPresets: ['Re\u2066pair'] })).toMatchObject({ kind: 'ok', value: { registerName: 'Front', descriptionPresets: ['Repair'] } });
  });

  test('in a policy and in an order to provision', () => {
    expect(parsePolicy(JSON.stringify({ version: 1, settings: { registerName: CARD } }))).toEqual({ kind: 'failed', failure: 'register-name-card-number' });
    const order = { clientId: 'test_1', clientSecret: 'secret', subAccountId: 'acc_1' };
    expect(readProvisionOrder(JSON.stringify({ ...order, registerName: CARD })).kind).toBe('failed');
    expect(readProvisionOrder(JSON.stringify({ ...order, registerName: '\u202EFront' }))).toMatchObject({ kind: 'ok', value: { registerName: 'Front' } });
  });

  test('in a settings file that was changed from outside: the account and all else stay', () => {
    const folder = mkdtempSync(join(tmpdir(), 'counter-door-'));
    const file = join(folder, 'settings.json');
    writeFileSync(file, JSON.stringify({ registerName: `Till ${CARD}`, descriptionPresets: [CARD], hasSold: true, account: { subAccountId: 'acc_1', name: `Shop\u202E ${CARD}`, currency: 'USD', mode: 'live', credentialsKind: 'client' } }));
    const settings = openSettings(file, () => {}).read();
    rmSync(folder, { recursive: true });
    expect(settings).toMatchObject({ registerName: 'Register 1', hasSold: true, account: { subAccountId: 'acc_1', name: 'Shop [number]' } });
    expect(JSON.stringify(settings)).not.toContain(CARD);
  });

  test('a key that is a card number is no key, nor is an address with one', () => {
    expect(checkCredentials({ kind: 'client', clientId: CARD, clientSecret: 'sk_4b1e7c93a05d4f6e8d2b' })).toEqual({ kind: 'failed', failure: { kind: 'client-id-odd' } });
    expect(checkCredentials({ kind: 'client', clientId: 'test_1', clientSecret: '4242-4242-4242-4242' })).toEqual({ kind: 'failed', failure: { kind: 'client-secret-odd' } });
    expect(checkBrokerUrl(`https://tokens.example.com/${CARD}`).kind).toBe('failed');
  });
});
