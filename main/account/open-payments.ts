import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectedAccount } from '../manager/connect-account.ts';
import { hasOpenPayment } from '../sale/open-payment.ts';
import { openJournal } from '../storage/journal.ts';
import { journalNameOf } from '../storage/journal-name.ts';

/** How many payments of this account may still arrive, read from its journal while no register uses it. Null: it cannot be read. */
export function openPaymentsOf(dataFolder: string, { mode, subAccountId }: Pick<ConnectedAccount, 'mode' | 'subAccountId'>, utcNow: () => string): number | null {
  const file = join(dataFolder, `${journalNameOf(mode, subAccountId)}.db`);
  if (!existsSync(file)) return 0;
  const opened = openJournal(file, utcNow);
  if (opened.kind === 'failed') return null;
  const unfinished = opened.value.unfinished();
  opened.value.close();
  return unfinished.kind === 'ok' ? unfinished.value.filter(hasOpenPayment).length : null;
}
