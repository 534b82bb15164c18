import { expect, test } from 'vitest';
import { type ResultChoices, createResultKeys } from '../../renderer/till/sale/result-keys.ts';
import { createTypeAhead } from '../../renderer/till/sale/type-ahead.ts';

const done: ResultChoices = { isDone: true, mayTryAgain: false, mayCancel: false, isSettled: true };
const declined: ResultChoices = { isDone: false, mayTryAgain: true, mayCancel: true, isSettled: true };

function openKeys() {
  const typeAhead = createTypeAhead();
  const keys = createResultKeys(typeAhead);
  return { typeAhead, keys, press: (key: string, choices: ResultChoices, isOnButton = false) => keys.press(key, isOnButton, choices) };
}

test('Enter on PAID asks for a new sale, and again when main has refused the first', () => {
  const { press } = openKeys();
  for (let time = 0; time < 3; time += 1) expect(press('Enter', done)).toMatchObject({ step: 'new-sale', isTaken: true });
});

test('C-10: Enter in the first moment of PAID is kept until the screen can have been read', () => {
  const { keys, press } = openKeys();
  expect(press('Enter', { ...done, isSettled: false })).toEqual({ step: null, isTaken: true, isHeld: false });
  expect(keys.isKept()).toBe(true);
  expect(keys.beginNewSale(true)).toBe('new-sale');
  expect(keys.isKept()).toBe(false);
});

test('C-07: a digit on PAID is held until it is certain that no scanner sent it; after Enter the digits belong to the next sale', () => {
  const { typeAhead, press } = openKeys();
  expect(press('2', done)).toMatchObject({ step: null, isTaken: true, isHeld: true });
  expect(typeAhead.isHolding()).toBe(true);
  expect(press('Enter', done).step).toBe('new-sale');
  expect(typeAhead.add('5')).toBe(true);
  expect(typeAhead.take()).toEqual(['2', '5']);
});

test('a refused card: Enter tries again, Esc cancels, digits do nothing; before the screen can have been read, no key does anything', () => {
  const { press } = openKeys();
  expect(press('Enter', declined).step).toBe('try-again');
  expect(press('Escape', declined).step).toBe('cancel');
  for (const [key, choices] of [['7', declined], ['Escape', { ...declined, isSettled: false }], ['Enter', { ...declined, isSettled: false }], ['Escape', done]] as const) expect(press(key, choices).step, key).toBeNull();
});

test('a focused button takes Enter for itself, once the screen can have been read', () => {
  const { press } = openKeys();
  expect(press('Enter', declined, true)).toMatchObject({ step: null, isTaken: false });
  expect(press('Enter', { ...declined, isSettled: false }, true)).toMatchObject({ step: null, isTaken: true });
});
