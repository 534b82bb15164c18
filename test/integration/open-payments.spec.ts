import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPaymentsOf } from '../../main/account/open-payments.ts';
import { journalNameOf } from '../../main/storage/journal-name.ts';
import { openJournal } from '../../main/storage/journal.ts';
import { makeFolder, shopClock, stepsOfSale } from './journal-shop.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ACCOUNT = { mode: 'test', subAccountId: 'acc_1' } as const;

test('payments that may still arrive are counted while the keychain is locked and no register is open, before Disconnect leaves them', () => {
  const { utcNow } = shopClock();
  expect(openPaymentsOf(folder, ACCOUNT, utcNow)).toBe(0);
  const file = join(folder, `${journalNameOf(ACCOUNT.mode, ACCOUNT.subAccountId)}.db`);
  const opened = openJournal(file, utcNow);
  if (opened.kind === 'failed') throw new Error(opened.failure.kind);
  // Sale 0 was paid, and the outcome of 1 is unknown; 2 and 3 were declined.
  for (const step of [0, 1, 2, 3].flatMap(stepsOfSale)) expect(opened.value.record(step.sale, step.event).kind).toBe('ok');
  opened.value.close();
  expect(openPaymentsOf(folder, ACCOUNT, utcNow)).toBe(1);
  expect(openPaymentsOf(folder, { ...ACCOUNT, subAccountId: 'acc_2' }, utcNow)).toBe(0);
});
