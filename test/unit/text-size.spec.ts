import { expect, test } from 'vitest';
import { createTextSize } from '../../main/account/text-size.ts';

function register() {
  let ofRegister: 100 | 150 | 200 = 100;
  let cashierId: string | null = null;
  let changes = 0;
  const textSize = createTextSize({ ofRegister: () => ofRegister, cashierId: () => cashierId, onChange: () => (changes += 1) });
  return {
    textSize,
    changes: () => changes,
    signIn(id: string | null) {
      cashierId = id;
      textSize.read();
    },
    set(size: typeof ofRegister) {
      ofRegister = size;
    },
  };
}

test('C-13: the keys for the text size go through the sizes of the manager’s setting, and stop at the smallest and the largest', () => {
  const { textSize } = register();
  const after = (step: 'larger' | 'smaller' | 'usual') => (textSize.change(step), textSize.read());
  expect(after('smaller')).toBe(100);
  expect(['larger', 'larger', 'larger', 'larger', 'larger'].map(() => after('larger'))).toEqual([125, 150, 175, 200, 200]);
  expect(after('smaller')).toBe(175);
  expect(after('usual')).toBe(100);
});

test('C-13: they begin at the register’s own text size, and go back to it', () => {
  const { textSize, set } = register();
  set(150);
  textSize.change('larger');
  expect(textSize.read()).toBe(175);
  textSize.change('usual');
  expect(textSize.read()).toBe(150);
});

test('C-13: another cashier has the register’s text size, and so has the same one who signs in again', () => {
  const { textSize, signIn } = register();
  signIn('anna');
  textSize.change('larger');
  expect(textSize.read()).toBe(125);
  signIn('bert');
  expect(textSize.read()).toBe(100);
  signIn('anna');
  textSize.change('larger');
  signIn(null);
  signIn('anna');
  expect(textSize.read()).toBe(100);
});

test('C-13: a text size that the manager sets counts at once', () => {
  const { textSize, set } = register();
  textSize.change('larger');
  set(200);
  expect(textSize.read()).toBe(200);
  set(100);
  expect(textSize.read()).toBe(100);
});
