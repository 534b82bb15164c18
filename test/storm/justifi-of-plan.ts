import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import type { Fault } from '../justifi/fault.ts';
import type { TestJustifi } from '../justifi/justifi.ts';
import type { Plan } from './plan.ts';
import type { ShopClock } from './shop-time.ts';

/** JustiFi and its network during this sale. */
export function setUp(justifi: TestJustifi, clock: ShopClock, { faults, declineStatus, completionsOrder, keepsChanges, hasWallets, elsewhere }: Plan): void {
  const subAccounts = trainingSubAccounts.map((account) => ({ ...account, ways: { ...account.ways, google_payments: hasWallets } }));
  justifi.changeSettings({ declineStatus, completionsOrder, checkoutChanges: keepsChanges ? 'kept' : 'acknowledged-only', premiums: elsewhere?.kind === 'insured' ? elsewhere.premiums : 'in-payment', subAccounts });
  for (const fault of faults) justifi.addFault(inRealTime(fault, clock));
}

function inRealTime(fault: Fault, { really }: ShopClock): Fault {
  if (fault.kind === 'delay') return { ...fault, ms: really(fault.ms) };
  return fault.kind === 'completion' && fault.later !== undefined ? { ...fault, later: { ...fault.later, afterMs: really(fault.later.afterMs) } } : fault;
}
