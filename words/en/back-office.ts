import type { Formats } from '../formats.ts';
import type { TillWords } from './till.ts';
import { englishAccount } from './account.ts';
import { englishAudit } from './audit.ts';
import { englishCashiers } from './cashiers.ts';
import { englishCustomers } from './customers.ts';
import { englishHelp } from './help.ts';
import { englishHistory } from './history.ts';
import { englishInsurance } from './insurance.ts';
import { englishManager } from './manager.ts';
import { englishPrinting } from './printing.ts';
import { englishReport } from './report.ts';
import { englishPhone } from './phone.ts';
import { englishSezzle } from './sezzle.ts';
import { englishTip } from './tip.ts';
import { englishTrainingReader } from './training-reader.ts';

/** The words beside the sale: setting up, signing in, the manager's side. */
export function englishBackOffice(format: Formats, till: Pick<TillWords, 'problem'>) {
  const manager = englishManager(format);
  return { account: englishAccount(format), manager, cashiers: englishCashiers(format, manager), audit: englishAudit(format), history: englishHistory(format, till), printing: englishPrinting(), report: englishReport(format), trainingReader: englishTrainingReader(), phone: englishPhone(), sezzle: englishSezzle(), tip: englishTip(format), insurance: englishInsurance(), customers: englishCustomers(), help: englishHelp() };
}

export type BackOfficeWords = ReturnType<typeof englishBackOffice>;
