import type { Formats } from '../formats.ts';
import type { TillWords } from '../en/till.ts';
import type { BackOfficeWords } from '../en/back-office.ts';
import { spanishAccount } from './account.ts';
import { spanishAudit } from './audit.ts';
import { spanishCashiers } from './cashiers.ts';
import { spanishCustomers } from './customers.ts';
import { spanishHelp } from './help.ts';
import { spanishHistory } from './history.ts';
import { spanishInsurance } from './insurance.ts';
import { spanishManager } from './manager.ts';
import { spanishPrinting } from './printing.ts';
import { spanishReport } from './report.ts';
import { spanishPhone } from './phone.ts';
import { spanishSezzle } from './sezzle.ts';
import { spanishTip } from './tip.ts';
import { spanishTrainingReader } from './training-reader.ts';

/** The words beside the sale: setting up, signing in, the manager's side. */
export function spanishBackOffice(format: Formats, till: Pick<TillWords, 'problem'>): BackOfficeWords {
  const manager = spanishManager(format);
  return { account: spanishAccount(format), manager, cashiers: spanishCashiers(format, manager), audit: spanishAudit(format), history: spanishHistory(format, till), printing: spanishPrinting(), report: spanishReport(format), trainingReader: spanishTrainingReader(), phone: spanishPhone(), sezzle: spanishSezzle(), tip: spanishTip(format), insurance: spanishInsurance(), customers: spanishCustomers(), help: spanishHelp() };
}
