import type { Formats } from '../formats.ts';
import type { TillWords } from '../en/till.ts';
import type { BackOfficeWords } from '../en/back-office.ts';
import { frenchAccount } from './account.ts';
import { frenchAudit } from './audit.ts';
import { frenchCashiers } from './cashiers.ts';
import { frenchCustomers } from './customers.ts';
import { frenchHelp } from './help.ts';
import { frenchHistory } from './history.ts';
import { frenchInsurance } from './insurance.ts';
import { frenchManager } from './manager.ts';
import { frenchPrinting } from './printing.ts';
import { frenchReport } from './report.ts';
import { frenchPhone } from './phone.ts';
import { frenchSezzle } from './sezzle.ts';
import { frenchTip } from './tip.ts';
import { frenchTrainingReader } from './training-reader.ts';

/** The words beside the sale: setting up, signing in, the manager's side. */
export function frenchBackOffice(format: Formats, till: Pick<TillWords, 'problem'>): BackOfficeWords {
  const manager = frenchManager(format);
  return { account: frenchAccount(format), manager, cashiers: frenchCashiers(format, manager), audit: frenchAudit(format), history: frenchHistory(format, till), printing: frenchPrinting(), report: frenchReport(format), trainingReader: frenchTrainingReader(), phone: frenchPhone(), sezzle: frenchSezzle(), tip: frenchTip(format), insurance: frenchInsurance(), customers: frenchCustomers(), help: frenchHelp() };
}
