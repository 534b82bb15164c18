import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import type { TestJustifi } from '../justifi/justifi.ts';
import type { Plan } from './plan.ts';

/** JustiFi and its network during this sale. */
export function setUp(justifi: TestJustifi, { faults, declineStatus, completionsOrder, keepsChanges, hasWallets, elsewhere }: Plan): void {
  const subAccounts = trainingSubAccounts.map((account) => ({ ...account, ways: { ...account.ways, google_payments: hasWallets } }));
  justifi.changeSettings({ declineStatus, completionsOrder, checkoutChanges: keepsChanges ? 'kept' : 'acknowledged-only', premiums: elsewhere?.kind === 'insured' ? elsewhere.premiums : 'in-payment', subAccounts });
  for (const fault of faults) justifi.addFault(fault);
}
