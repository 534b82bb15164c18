import { expect, test } from 'vitest';
import { type CallName, type Handlers, channels } from '../../contract/channels.ts';
import { ok } from '../../contract/result.ts';
import { guardManager } from '../../main/manager/guard.ts';

test('every call of the manager is turned away while the side is locked, before anything runs, and is told', async () => {
  const ran: string[] = [];
  const refused: string[] = [];
  const names = Object.keys(channels.manager.calls) as CallName<'manager'>[];
  const record = (name: string) => async () => {
    ran.push(name);
    return ok(null);
  };
  const handlers = Object.fromEntries(names.map((name) => [name, record(name)])) as unknown as Handlers<'manager'>;
  let isOpen = false;
  const guarded = guardManager(handlers, { mayManage: () => isOpen, onRefused: (call) => refused.push(call) }) as unknown as Readonly<Record<string, (input: unknown) => Promise<unknown>>>;

  for (const name of names) expect(await guarded[name]!({})).toEqual({ kind: 'failed', failure: { kind: 'locked' } });
  expect(ran).toEqual([]);
  expect(refused).toEqual(names);

  isOpen = true;
  for (const name of names) expect(await guarded[name]!({})).toEqual({ kind: 'ok', value: null });
  expect(ran).toEqual(names);
});
