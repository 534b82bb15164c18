import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endAfterFailures } from '../../main/shell/fatal-error.ts';

const electron = vi.hoisted(() => ({ said: [] as string[], app: { relaunch: () => electron.said.push('relaunch'), exit: (code: number) => electron.said.push(`exit ${code}`) }, dialog: { showErrorBox: (_title: string, text: string) => electron.said.push(text) } }));
vi.mock('electron', () => electron);

let listeners: Record<string, (error: unknown) => void>;
beforeEach(() => {
  electron.said = [];
  listeners = {};
  vi.spyOn(process, 'on').mockImplementation((event, listener) => {
    listeners[String(event)] = listener as (error: unknown) => void;
    return process;
  });
});
afterEach(() => vi.restoreAllMocks());

test('E-11: a start that fails before a window is open shows a sentence and ends, instead of leaving a Counter without a window that blocks every later start', () => {
  endAfterFailures(() => electron.said.push('cannot start'));
  listeners['unhandledRejection']!(new Error('broken'));
  listeners['uncaughtException']!(new Error('and once more'));
  expect(electron.said).toEqual(['cannot start', 'exit 1']);
});

test('E-11: after that it starts itself again, and ends also when the log itself fails', () => {
  const failures = endAfterFailures(() => electron.said.push('cannot start'));
  const log = vi.fn();
  failures.know({ log, mayRestart: () => true, interrupts: () => 'payment', language: () => 'en' });
  listeners['uncaughtException']!(new TypeError('secret'));
  expect(electron.said).toEqual(['relaunch', 'exit 1']);
  expect(log).toHaveBeenCalledWith('counter.failed', expect.objectContaining({ error: 'TypeError', interrupted: 'payment', restarts: 'yes' }));

  electron.said = [];
  const others = endAfterFailures(() => {});
  others.know({ log: () => { throw new Error('no disk'); }, mayRestart: () => true, interrupts: () => 'nothing', language: () => 'en' });
  expect(() => others.end(new Error('broken'))).toThrow('no disk');
  expect(electron.said).toEqual(['exit 1']);
});
