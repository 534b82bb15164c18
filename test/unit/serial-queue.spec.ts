import { expect, test } from 'vitest';
import { createSerialQueue } from '../../main/sale/serial-queue.ts';

test('an account that is opened twice at once is opened one after the other, and a try that broke blocks no other', async () => {
  const story: string[] = [];
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const oneByOne = createSerialQueue();
  const open = (name: string) =>
    oneByOne(async () => {
      story.push(`${name} begins`);
      const gate = Promise.withResolvers<void>();
      gates.set(name, gate);
      await gate.promise;
      story.push(`${name} ends`);
    });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const [first, second, third] = [open('first'), open('second'), open('third')];
  await turn();
  expect(story).toEqual(['first begins']);
  gates.get('first')!.resolve();
  await first;
  await turn();
  expect(story).toEqual(['first begins', 'first ends', 'second begins']);
  gates.get('second')!.reject(new Error('broke'));
  await expect(second).rejects.toThrow('broke');
  await turn();
  gates.get('third')!.resolve();
  await third;
  expect(story.slice(3)).toEqual(['third begins', 'third ends']);
});
