import type nodeCrypto from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { hashPin, isPin, isSameText, newPepper } from '../../main/manager/pin-hash.ts';

/* S-26: the time of an answer does not reveal how much of a guess was right. */

const compared = vi.hoisted(() => vi.fn());
vi.mock('node:crypto', async (load) => {
  const real = await load<typeof nodeCrypto>();
  const timingSafeEqual: typeof real.timingSafeEqual = (a, b) => {
    compared(a.byteLength, b.byteLength);
    return real.timingSafeEqual(a, b);
  };
  return { ...real, timingSafeEqual, default: { ...real, timingSafeEqual } };
});

beforeEach(() => compared.mockClear());

describe('S-26: a guess is compared in constant time', () => {
  test.each([
    ['482913', true],
    ['482914', false],
    ['982913', false],
    ['4', false],
    ['', false],
  ])('PIN %j', async (guess, isRight) => {
    const pepper = newPepper();
    const stored = await hashPin('482913', pepper);
    expect(await isPin(guess, pepper, stored)).toBe(isRight);
    expect(compared.mock.calls).toEqual([[32, 32]]);
  });

  test.each([
    ['sk_4b1e7c93a05d4f6e8d2b', true],
    ['sk_4b1e7c93a05d4f6e8d2c', false],
    ['sk', false],
    ['', false],
    ['x'.repeat(10_000), false],
  ])('secret %.12s', (guess, isRight) => {
    expect(isSameText(guess, 'sk_4b1e7c93a05d4f6e8d2b')).toBe(isRight);
    // Sums of one length, whatever the guess is.
    expect(compared.mock.calls).toEqual([[32, 32]]);
  });
});
