import { expect, test } from 'vitest';
import { createTypeAhead } from '../../renderer/till/sale/type-ahead.ts';

test('a digit held on PAID belongs to the next sale if it was typed by hand, and to no sale if a scanner sent it', () => {
  const typeAhead = createTypeAhead();
  typeAhead.hold('2');
  expect([typeAhead.isHolding(), typeAhead.take()]).toEqual([true, []]);
  expect(typeAhead.isHolding()).toBe(false);
  typeAhead.hold('2');
  typeAhead.release();
  typeAhead.leave();
  typeAhead.add('5');
  expect([typeAhead.take(), typeAhead.take()]).toEqual([['2', '5'], []]);
  typeAhead.hold('4');
  typeAhead.dropHeld();
  typeAhead.release();
  expect(typeAhead.take()).toEqual([]);
});

test('a key is typed ahead only between the step that leads to the keypad and the keypad', () => {
  const typeAhead = createTypeAhead();
  expect(typeAhead.add('2')).toBe(false);
  typeAhead.leave();
  expect([typeAhead.add('2'), typeAhead.add('.')]).toEqual([true, true]);
  expect(typeAhead.take()).toEqual(['2', '.']);
  expect([typeAhead.add('5'), typeAhead.take()]).toEqual([false, []]);
});
