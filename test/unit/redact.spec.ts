import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../main/log/redact.ts';

const SECRET = 'sk_4b1e7c93a05d4f6e8d2b';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('A-09: only possible secrets are taken out of the log', () => {
  test.each(['info', '{', '"', 'manager', 'counter.started', 'account.connect.refused', 'justifi.reachable 1', 'https://example.com/key-1', 'a'.repeat(600), 'аналитика-2026-ноябрь', ''])('%j, typed where a secret belongs, blinds no line', (typed) => {
    const redactor = createRedactor();
    redactor.protect('typed', typed);
    const line = `info counter.started {"version":"1.0.0"} account.connect.refused justifi.reachable 1 ${typed}`;
    expect(redactor.redact(line)).toBe(line);
  });

  test('a typed secret is taken out as a whole; a word of it that was known before is not', () => {
    const redactor = createRedactor();
    redactor.protect('typed', 'account.connect1234');
    expect(redactor.redact('account.connect {"code":"account.connect1234"}')).toBe('account.connect {"code":"[secret]"}');
  });

  test('a thousand typed ones, or a year of tokens, push none of the real ones out', () => {
    const redactor = createRedactor();
    redactor.protect('credentials', SECRET);
    redactor.protect('pepper', 'V2hhdCBtYWtlcyB0aGUgUElOcyB3b3J0aGxlc3M=');
    for (let each = 0; each < 1_000; each += 1) {
      redactor.protect('typed', `sk_typed_wrongly_${each}`);
      redactor.protect('token', `token-of-day-${each}-4b1e7c93a05d`);
    }
    const redacted = redactor.redact(`${SECRET} V2hhdCBtYWtlcyB0aGUgUElOcyB3b3J0aGxlc3M= sk_typed_wrongly_999 sk_typed_wrongly_3`);
    expect(redacted).toBe('[secret] [secret] [secret] sk_typed_wrongly_3');
  });
});

describe('A-09: a secret is found in every form in which it travels', () => {
  test.each<[what: string, text: (secret: string) => string]>([
    ['as it is', (secret) => secret],
    ['in the header of HTTP’s own sign-in', (secret) => base64(`test_9f2c61d0b7e8:${secret}`)],
    ['behind an id of another length', (secret) => base64(`test_9f2c61d0b7e81:${secret}`)],
    ['behind an id of a third length', (secret) => base64(`test_9f2c61d0b7e812:${secret}`)],
    ['in base64 for web addresses', (secret) => Buffer.from(secret).toString('base64url')],
    ['in a web address', encodeURIComponent],
    ['in a form', (secret) => new URLSearchParams({ secret }).toString().slice('secret='.length)],
    ['in JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
    ['in JSON in JSON', (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['without its first half', (secret) => secret.slice(secret.length / 2 - 4)],
    ['cut off', (secret) => secret.slice(0, -7)],
  ])('%s', (_what, travelling) => {
    for (const secret of [SECRET, 'p"w\\4b1e7c93/+?&a05d4f6e8d2b']) {
      const redactor = createRedactor();
      redactor.protect('credentials', secret);
      const redacted = redactor.redact(`before ${travelling(secret)} behind`);
      expect(redacted).toMatch(/^before \S*\[secret\]\S* behind$/u);
      const left = redacted.slice('before '.length, -' behind'.length).replaceAll('[secret]', '').replaceAll(/[=%"\\]/gu, '');
      // The rest belongs to the id, or is too short a part of the secret to be useful.
      expect(Buffer.from(left, 'base64').toString()).not.toContain(secret.slice(0, 6));
      expect(left).not.toContain(secret.slice(3, 11));
    }
  });

  test('a bearer token and HTTP basic credentials that were not registered as secrets', () => {
    const { redact } = createRedactor();
    expect(redact('Authorization: Bearer abc.def-ghi')).toBe('Authorization: Bearer [token]');
    expect(redact(`authorization: basic ${base64('somebody:something')}`)).toBe('authorization: basic [token]');
  });
});
