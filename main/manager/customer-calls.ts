import type { CustomerProblem } from '../../contract/customer.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Customers } from '../sale/saved/customers.ts';
import { type Audit, MANAGER } from './audit.ts';
import type { ManagerHandlers } from './guard.ts';

type CustomerCallsParts = {
  /** Null: no register is open, or it saves no customers. */
  readonly customers: () => Pick<Customers, 'find' | 'removeMethod' | 'forget'> | null;
  readonly audit: Pick<Audit, 'note'>;
  readonly onChange: () => void;
};

/** Deletes a customer's card, or all their data, when they ask the manager for it. The audit log has no names. */
export function customerCalls({ customers, audit, onChange }: CustomerCallsParts): Pick<ManagerHandlers, 'readCustomers' | 'removeSavedCard' | 'forgetCustomer'> {
  function told(action: 'saved-card-removed' | 'customer-forgotten', done: Result<null, CustomerProblem>): Result<null, CustomerProblem> {
    if (done.kind === 'ok') audit.note(MANAGER, action);
    onChange();
    return done;
  }

  return {
    // A register that saves no customers has none.
    readCustomers: async ({ search }) => customers()?.find(search) ?? ok({ customers: [], isCut: false }),
    // Called before any lock, so it is carried out: the customer's request does not wait.
    removeSavedCard: async ({ customerId, methodId }) => told('saved-card-removed', (await customers()?.removeMethod(customerId, methodId)) ?? failed({ kind: 'customers-unusable' })),
    forgetCustomer: async ({ customerId }) => told('customer-forgotten', (await customers()?.forget(customerId)) ?? failed({ kind: 'customers-unusable' })),
  };
}
