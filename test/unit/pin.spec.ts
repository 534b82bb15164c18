import { describe, expect, test } from 'vitest';
import { checkCashierPin, checkManagerPin } from '../../contract/pin.ts';
import { hashPin, isPin, newPepper } from '../../main/manager/pin-hash.ts';

describe('S-25: accepted PINs', () => {
  test.each(['482913', '902184', '112234', '123455', '13579248', '246813', '482913482914'])('the manager may take %s', (pin) => {
    expect(checkManagerPin(pin)).toEqual({ kind: 'ok', value: pin });
  });

  test.each(['111111', '000000', '123456', '654321', '345678', '987654', '890123', '210987', '121212', '123123', '48134813', '77777777'])('%s is too easy', (pin) => {
    expect(checkManagerPin(pin)).toMatchObject({ failure: { kind: 'pin-too-simple' } });
  });

  test.each(['', '48291', '4829', 'abcdef', '48 2913', '48291３', '４８２９１３'])('"%s" is no six digits', (pin) => {
    expect(checkManagerPin(pin)).toEqual({ kind: 'failed', failure: { kind: 'pin-too-short', shortest: 6 } });
  });

  test('more than twelve digits are a mistake', () => {
    expect(checkManagerPin('4829134829145')).toMatchObject({ failure: { kind: 'pin-too-long' } });
  });

  test('a cashier has exactly four, and no easy ones either', () => {
    expect(checkCashierPin('4829').kind).toBe('ok');
    for (const pin of ['1234', '4321', '0000', '9999', '1212']) expect(checkCashierPin(pin)).toMatchObject({ failure: { kind: 'pin-too-simple' } });
    expect(checkCashierPin('482')).toMatchObject({ failure: { kind: 'pin-too-short' } });
    expect(checkCashierPin('48291')).toMatchObject({ failure: { kind: 'pin-too-long' } });
  });
});

describe('S-25: the stored form of a PIN', () => {
  test('scrypt with 32 MiB and a random salt: the same PIN never gives the same text, and the digits are not in it', async () => {
    const pepper = newPepper();
    const [first, second] = await Promise.all([hashPin('482913', pepper), hashPin('482913', pepper)]);
    expect(first).toMatchObject({ cost: 32_768, blockSize: 8, parallel: 1 });
    expect(128 * first.cost * first.blockSize).toBeGreaterThanOrEqual(32 * 1024 * 1024);
    expect(first.salt).not.toBe(second.salt);
    expect(first.hash).not.toBe(second.hash);
    expect(JSON.stringify(first)).not.toContain('482913');
    expect(await isPin('482913', pepper, first)).toBe(true);
    expect(await isPin('482914', pepper, first)).toBe(false);
  });

  test('the file alone is worthless: without the pepper of the keychain the right PIN is wrong', async () => {
    const stored = await hashPin('482913', newPepper());
    expect(await isPin('482913', newPepper(), stored)).toBe(false);
  });
});
