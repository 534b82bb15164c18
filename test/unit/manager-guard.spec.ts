import { expect, test } from 'vitest';
import { type CallName, channels } from '../../contract/channels.ts';
import { failed, ok } from '../../contract/result.ts';
import { type ManagerHandlers, guardManager } from '../../main/manager/guard.ts';

test('every call of the manager is refused while the side is locked, before its handler runs, and is logged', async () => {
  const ran: string[] = [];
  const refused: string[] = [];
  const names = Object.keys(channels.manager.calls) as CallName<'manager'>[];
  const record = (name: string) => async () => {
    ran.push(name);
    return ok(null);
  };
  const handlers = Object.fromEntries(names.map((name) => [name, record(name)])) as unknown as ManagerHandlers;
  let isOpen = false;
  const guarded = guardManager(handlers, { mayManage: () => isOpen, whileOpen: () => () => isOpen, afterAction() {}, onRefused: (call) => refused.push(call) }) as unknown as Readonly<Record<string, (input: unknown) => Promise<unknown>>>;

  for (const name of names) expect(await guarded[name]!({})).toEqual({ kind: 'failed', failure: { kind: 'locked' } });
  expect(ran).toEqual([]);
  expect(refused).toEqual(names);

  isOpen = true;
  for (const name of names) expect(await guarded[name]!({})).toEqual({ kind: 'ok', value: null });
  expect(ran).toEqual(names);
});

test('S-28: each call that changes or exports something is followed by a lock, where the manager has chosen so; a read and a failed call are not', async () => {
  const names = Object.keys(channels.manager.calls) as CallName<'manager'>[];
  const followed = async (answer: object) => {
    const actions: string[] = [];
    for (const name of names) {
      const handlers = { [name]: async () => answer } as unknown as ManagerHandlers;
      const guarded = guardManager(handlers, { mayManage: () => true, whileOpen: () => () => true, afterAction: () => actions.push(name), onRefused() {} }) as unknown as Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
      expect(await guarded[name]!({})).toBe(answer);
    }
    return actions;
  };
  const looks = ['stillHere', 'readSettings', 'readSettingsCopy', 'readDiagnostics', 'readAudit', 'findSubAccounts', 'testConnection', 'previewReceipt', 'readPrinters', 'readCardReaders', 'identifyCardReader', 'checkCardReader', 'readCustomers', 'readAllRegisters', 'stopAllRegisters'];
  expect(await followed(ok(null))).toEqual(names.filter((name) => !looks.includes(name)));
  expect(await followed(failed({ kind: 'locked' }))).toEqual([]);
});
