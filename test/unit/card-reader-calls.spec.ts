import { beforeEach, describe, expect, test } from 'vitest';
import type { CardReader } from '../../contract/card-reader.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { cardReaderCalls } from '../../main/manager/card-reader-calls.ts';
import type { JustifiFailure } from '../../main/sale/justifi-failure.ts';

type Paired = { readonly terminalId: string; readonly name: string; readonly ofAccount: string; readonly isFirst: boolean };

const FRONT: CardReader = { terminalId: 'trm_1', name: 'Front', model: 'e285', serialNumber: '888', isConnected: true };
const REFUSED: JustifiFailure = { kind: 'forbidden', code: 'not_authorized', status: 403, aboutOriginUrl: false };

let paired: Paired | null;
let failure: JustifiFailure | null;
let isBusy: boolean;
const lines: string[] = [];
beforeEach(() => {
  paired = null;
  failure = null;
  isBusy = false;
  lines.length = 0;
});

const answer = <Value>(value: Value): Promise<Result<Value, JustifiFailure>> => Promise.resolve(failure === null ? ok(value) : failed(failure));
const kept = () => paired;
const stillOpen = () => true;
const calls = (hasAccount = true) =>
  cardReaderCalls({
    terminals: () => (hasAccount ? { list: () => answer([FRONT]), rename: (terminalId, name) => answer({ ...FRONT, terminalId, name }), identify: () => answer(null), isConnected: () => answer(false) } : null),
    accountId: () => 'acc_1',
    isBusy: () => isBusy,
    audit: {
      note: () => {},
      noteFirst(_who, action, detail) {
        lines.push(`${action} ${String(detail?.['setting'])}`);
        return ok(null);
      },
    },
    settings: {
      locked: [],
      isHeld: () => false,
      read: () => ({ cardReader: paired }),
      change({ cardReader = null }) {
        paired = cardReader;
        return ok(null);
      },
    },
    onChange: () => {},
  });

describe('the card reader of a register', () => {
  test('is one that JustiFi lists for its account, kept with that account, and each change is in the audit log', async () => {
    expect(await calls().pairCardReader({ terminalId: 'trm_1', isFirst: true }, stillOpen)).toEqual(ok(null));
    expect(paired).toEqual({ terminalId: 'trm_1', name: 'Front', ofAccount: 'acc_1', isFirst: true });
    expect(lines).toContain('setting-changed cardReader');
    expect(await calls().pairCardReader({ terminalId: 'trm_of_another_shop', isFirst: true }, stillOpen)).toEqual(failed({ kind: 'reader-unknown' }));
    expect(paired?.terminalId).toBe('trm_1');
    await calls().pairCardReader(null, stillOpen);
    expect(paired).toBeNull();
  });

  test('is not changed while a payment is under way, nor without an account, nor without JustiFi’s permission', async () => {
    isBusy = true;
    expect(await calls().pairCardReader({ terminalId: 'trm_1', isFirst: true }, stillOpen)).toEqual(failed({ kind: 'sale-in-progress' }));
    isBusy = false;
    expect(await calls(false).readCardReaders(undefined, stillOpen)).toEqual(failed({ kind: 'no-account' }));
    failure = REFUSED;
    expect(await calls().pairCardReader({ terminalId: 'trm_1', isFirst: true }, stillOpen)).toEqual(failed({ kind: 'not-allowed' }));
    expect(paired).toBeNull();
  });

  test('gets a name at JustiFi and here; an empty one, and one that looks like a card number, are refused', async () => {
    paired = { terminalId: 'trm_1', name: 'Front', ofAccount: 'acc_1', isFirst: true };
    expect(await calls().renameCardReader({ terminalId: 'trm_1', name: ' Bar\u202E ' }, stillOpen)).toMatchObject({ kind: 'ok', value: { name: 'Bar' } });
    expect(kept()).toMatchObject({ name: 'Bar' });
    for (const name of ['  ', '4242 4242 4242 4242']) expect(await calls().renameCardReader({ terminalId: 'trm_1', name }, stillOpen)).toEqual(failed({ kind: 'name-empty' }));
    expect(kept()).toMatchObject({ name: 'Bar' });
  });

  test('reports itself whether it is connected', async () => {
    expect(await calls().checkCardReader({ terminalId: 'trm_1' }, stillOpen)).toEqual(ok({ isConnected: false }));
    failure = { kind: 'network', code: 'ETIMEDOUT' };
    expect(await calls().checkCardReader({ terminalId: 'trm_1' }, stillOpen)).toEqual(failed({ kind: 'no-answer' }));
    failure = { kind: 'invalid', code: 'resource_not_found', status: 404, parameter: null };
    expect(await calls().identifyCardReader({ terminalId: 'trm_1' }, stillOpen)).toEqual(failed({ kind: 'reader-unknown' }));
  });
});
