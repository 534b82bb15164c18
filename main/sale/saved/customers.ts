import { CUSTOMERS_SHOWN, type CustomerProblem, type FoundCustomers, type SavedCustomer, type SavedMethod } from '../../../contract/customer.ts';
import { type Result, disregard, failed, ok } from '../../../contract/result.ts';
import type { JustifiFailure } from '../justifi-failure.ts';
import type { CustomerBook, KeptCustomer } from './customer-book.ts';
import type { MethodGroups } from './method-groups.ts';

/** The customers of this register and their saved cards, as the till uses them. */
export type Customers = {
  find(search: string): Result<FoundCustomers, CustomerProblem>;
  /** The customer with JustiFi's present state of each card, or the last known one without an answer. */
  read(customerId: string): Promise<Result<SavedCustomer, CustomerProblem>>;
  /** ok: this card of this customer can be charged, as far as is known. */
  mayPay(customerId: string, methodId: string): Result<null, CustomerProblem>;
  /** At JustiFi first: a card that could not be removed there is not forgotten here. A customer without a card is forgotten. */
  removeMethod(customerId: string, methodId: string): Promise<Result<null, CustomerProblem>>;
  /** All their cards leave their group at JustiFi, then everything about them is deleted here. */
  forget(customerId: string): Promise<Result<null, CustomerProblem>>;
};

export function createCustomers(book: CustomerBook, groups: MethodGroups): Customers {
  function kept(customerId: string): Result<KeptCustomer, CustomerProblem> {
    const found = book.customer(customerId);
    if (found.kind === 'failed') return found;
    return found.value === null ? failed({ kind: 'customer-unknown' }) : ok(found.value);
  }

  async function judged(method: SavedMethod): Promise<SavedMethod> {
    const now = await groups.read(method.methodId);
    if (now.kind === 'failed') return method;
    const standing = now.value?.standing ?? 'refused';
    if (standing !== method.standing) disregard(book.judge(method.methodId, standing), 'it is read again the next time');
    return { ...method, standing };
  }

  async function forget(customerId: string): Promise<Result<null, CustomerProblem>> {
    const found = kept(customerId);
    if (found.kind === 'failed') return found;
    const { groupId, methods } = found.value;
    const answers = await Promise.all(methods.map(({ methodId }) => groups.remove(groupId, methodId)));
    const refused = answers.find((answer) => answer.kind === 'failed');
    return refused?.kind === 'failed' ? failed(customerProblem(refused.failure)) : book.forget(customerId);
  }

  return {
    find: (search) => book.find(search, CUSTOMERS_SHOWN),
    async read(customerId) {
      const found = kept(customerId);
      if (found.kind === 'failed') return found;
      const { groupId: _groupId, ...customer } = found.value;
      return ok({ ...customer, methods: await Promise.all(customer.methods.map(judged)) });
    },
    mayPay(customerId, methodId) {
      const found = kept(customerId);
      if (found.kind === 'failed') return found;
      const method = found.value.methods.find((each) => each.methodId === methodId);
      return method?.standing === 'usable' ? ok(null) : failed({ kind: 'method-unknown' });
    },
    async removeMethod(customerId, methodId) {
      const found = kept(customerId);
      if (found.kind === 'failed') return found;
      const { groupId, methods } = found.value;
      if (!methods.some((each) => each.methodId === methodId)) return failed({ kind: 'method-unknown' });
      if (methods.length === 1) return forget(customerId);
      const removed = await groups.remove(groupId, methodId);
      return removed.kind === 'failed' ? failed(customerProblem(removed.failure)) : book.removeMethod(methodId);
    },
    forget,
  };
}

/** The problem to show after a failed request to JustiFi. */
export function customerProblem({ kind }: JustifiFailure): CustomerProblem {
  return { kind: kind === 'forbidden' || kind === 'unauthorised' || kind === 'invalid' ? 'not-allowed' : 'no-answer' };
}
