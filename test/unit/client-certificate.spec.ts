import type { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { denyByDefault } from '../../main/shell/window-security.ts';

const app = vi.hoisted(() => ({ current: null as unknown as EventEmitter }));
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  app.current = new Emitter();
  return { app: app.current, nativeTheme: {} };
});

test('a server that asks the PC for a certificate gets none, and the log has its host without the path', () => {
  const told: unknown[] = [];
  denyByDefault((what, detail) => told.push([what, detail]));
  const event = { preventDefault: vi.fn() };
  const answer = vi.fn();
  app.current.emit('select-client-certificate', event, {}, 'https://components.justifi.ai/x?secret=1', [{ subjectName: 'the user' }], answer);
  expect([event.preventDefault.mock.calls.length, answer.mock.calls]).toEqual([1, [[]]]);
  expect(told).toEqual([['window.client-certificate-refused', { url: 'https://components.justifi.ai/x' }]]);
});
