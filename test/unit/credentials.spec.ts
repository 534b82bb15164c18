import { describe, expect, test } from 'vitest';
import { checkBrokerUrl } from '../../contract/broker-url.ts';
import { checkCredentials } from '../../contract/credentials.ts';
import { readPastedCredentials } from '../../contract/pasted-credentials.ts';
import fc from '../setup/properties.ts';

const ID = 'test_9f2c61d0b7e8';
const SECRET = 'sk_4b1e7c93a05d4f6e8d2b';
const both = { clientId: ID, clientSecret: SECRET };

describe('a pasted key', () => {
  test.each([
    ['as it is', ID, SECRET],
    ['with blanks and a line end around it', `  ${ID}\t`, `${SECRET}\r\n`],
    ['in quotes', `"${ID}"`, `‘${SECRET}’`],
    ['with what a chat or a PDF puts into it', `\uFEFF${ID}`, `${SECRET.slice(0, 5)}\u200B${SECRET.slice(5)}`],
    ['with a comma behind it', `${ID},`, `${SECRET};`],
  ])('%s, is the key', (_what, clientId, clientSecret) => {
    expect(checkCredentials({ kind: 'client', clientId, clientSecret })).toEqual({ kind: 'ok', value: { kind: 'client', ...both } });
  });

  test.each([
    ['nothing', '', SECRET, 'client-id-empty'],
    ['only quotes', ID, '""', 'client-secret-empty'],
    ['a sentence', 'my client id is test_1', SECRET, 'client-id-odd'],
    ['the address of the dashboard', 'https://app.example.com/keys', SECRET, 'client-id-odd'],
    ['an e-mail address', 'owner@example.com', SECRET, 'client-id-odd'],
    ['dots instead of the secret', ID, '••••••••••••', 'client-secret-odd'],
    ['a whole page', ID, 'x'.repeat(5_000), 'client-secret-odd'],
    ['the id twice', ID, ID, 'client-id-is-secret'],
  ])('%s is refused by a sentence of its own', (_what, clientId, clientSecret, kind) => {
    expect(checkCredentials({ kind: 'client', clientId, clientSecret })).toEqual({ kind: 'failed', failure: { kind } });
  });

  test('whatever it is, it is a key of one printable word or a named refusal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (clientId, clientSecret) => {
        const checked = checkCredentials({ kind: 'client', clientId, clientSecret });
        if (checked.kind === 'ok') expect(Object.values(checked.value).every((part) => /^[!-~]+$/u.test(part))).toBe(true);
      }),
    );
  });
});

describe('a paste of more than one line fills the fields', () => {
  test.each([
    ['a .env file', `JUSTIFI_CLIENT_ID=${ID}\nJUSTIFI_CLIENT_SECRET="${SECRET}"\n`],
    ['JSON', `{"client_id":"${ID}","client_secret":"${SECRET}"}`],
    ['JSON over lines', `{\n  "client_id": "${ID}",\n  "client_secret": "${SECRET}"\n}`],
    ['an e-mail', `Hello,\n\nClient ID: ${ID}\nClient Secret: ${SECRET}\n\nRegards`],
    ['a table of the dashboard', `Client ID\n${ID}\nClient Secret\n${SECRET}`],
    ['the two below each other', `${ID}\n${SECRET}\n`],
    ['the two in the other order', `${SECRET}\n${ID}`],
    ['lines of Windows', `client id: ${ID}\r\nclient secret: ${SECRET}\r\n`],
  ])('%s', (_what, text) => {
    expect(readPastedCredentials(text)).toMatchObject(both);
  });

  test('one value alone goes where it was pasted', () => {
    for (const text of [ID, ` ${SECRET} `, `${ID}\n`, 'a word', '']) expect(readPastedCredentials(text)).toBeNull();
  });

  test('prose, a poem, a spreadsheet and a megabyte are not taken for a key', () => {
    for (const text of ['Two roads diverged\nin a yellow wood', 'a\tb\tc\nd\te\tf', 'x\n'.repeat(500_000), '{}', '{"a":1}']) {
      expect(readPastedCredentials(text)).toBeNull();
    }
  });

  test('a sub account in the paste is found', () => {
    expect(readPastedCredentials(`client_id=${ID}\nclient_secret=${SECRET}\naccount_id=acc_123`)).toEqual({ ...both, subAccountId: 'acc_123' });
  });
});

describe('the address of a token broker', () => {
  test.each(['https://tokens.example.com', 'https://tokens.example.com:8443/counter?shop=1', 'https://10.0.0.5/till'])('%s is one', (url) => {
    expect(checkBrokerUrl(url)).toEqual({ kind: 'ok', value: url });
  });

  test.each([
    ['', 'broker-url-empty'],
    ['http://tokens.example.com', 'broker-url-not-https'],
    ['tokens.example.com', 'broker-url-invalid'],
    ['https://user:word@tokens.example.com', 'broker-url-invalid'],
    ['https://tokens.example.com/#fragment', 'broker-url-invalid'],
    ['https://tokens.example.com/ a', 'broker-url-invalid'],
    ['javascript:alert(1)', 'broker-url-invalid'],
    ['file:///etc/passwd', 'broker-url-invalid'],
    ['https://tokens.example.com:99999/x', 'broker-url-invalid'],
    ['https://999.1.1.1/x', 'broker-url-invalid'],
    ['https://tokens.example.123/', 'broker-url-invalid'],
    [`https://example.com/${'a'.repeat(600)}`, 'broker-url-invalid'],
  ])('%s is none', (url, kind) => {
    expect(checkBrokerUrl(url)).toEqual({ kind: 'failed', failure: { kind } });
  });

  test('a register key has to be long enough not to be guessed', () => {
    const url = 'https://tokens.example.com';
    expect(checkCredentials({ kind: 'broker', url, key: 'short' })).toEqual({ kind: 'failed', failure: { kind: 'broker-key-too-short', shortest: 32 } });
    expect(checkCredentials({ kind: 'broker', url, key: ` ${'k'.repeat(43)} ` })).toEqual({ kind: 'ok', value: { kind: 'broker', url, key: 'k'.repeat(43) } });
  });
});
