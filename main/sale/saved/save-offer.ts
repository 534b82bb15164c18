import { type CustomerDetails, type CustomerProblem, type SaveOffer, type SavedMethod, checkCustomer } from '../../../contract/customer.ts';
import { type Result, failed, ok } from '../../../contract/result.ts';
import type { Sale } from '../sale.ts';
import type { CustomerBook } from './customer-book.ts';
import { customerProblem } from './customers.ts';
import type { MethodGroups } from './method-groups.ts';

type SaveOrder = {
  readonly saleId: string;
  /** Null: a customer of the details. */
  readonly customerId: string | null;
  readonly details: CustomerDetails;
};

/** Offers to save the card of the sale that was paid just now. Nothing is made at JustiFi, and no group has the card, before the customer has agreed. */
export type SaveOffers = {
  /** Called when a sale changes. */
  note(sale: Sale): void;
  /** The card of this sale that can be saved; null: none. */
  offer(saleId: string): SaveOffer | null;
  /** The customer has agreed to the words of the offer. */
  save(order: SaveOrder): Promise<Result<null, CustomerProblem>>;
};

type SaveOffersParts = {
  readonly book: CustomerBook;
  readonly groups: MethodGroups;
  /** The words that the customer agrees to. */
  readonly consent: () => string;
  readonly newId: () => string;
  /** UTC, ISO 8601. */
  readonly utcNow: () => string;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  readonly onChange: () => void;
};

/** `groupId`: made for this card already; a second try after a lost answer makes no second one. */
type Offered = { readonly saleId: string; readonly method: SavedMethod; readonly consent: string; groupId: string | null; isSaving: boolean };

export function createSaveOffers({ book, groups, consent, newId, utcNow, log, onChange }: SaveOffersParts): SaveOffers {
  let offered: Offered | null = null;
  /** The sale that was paid last. */
  let lastPaid = '';

  async function look(saleId: string, checkoutId: string): Promise<void> {
    offered = null;
    lastPaid = saleId;
    const method = await groups.paidMethod(checkoutId);
    if (method.kind === 'failed' || method.value === null) return log('customer.no-offer', { sale: saleId, why: method.kind === 'failed' ? method.failure.kind : 'no-method' });
    if (lastPaid !== saleId) return;
    offered = { saleId, method: method.value, consent: consent(), groupId: null, isSaving: false };
    onChange();
  }

  async function saveFor(customerId: string, { method, consent: words }: Offered): Promise<Result<null, CustomerProblem>> {
    const found = book.customer(customerId);
    if (found.kind === 'failed') return found;
    if (found.value === null) return failed({ kind: 'customer-unknown' });
    const { groupId, methods } = found.value;
    // JustiFi makes a new method of each entry of the same card.
    if (methods.some((each) => each.standing === 'usable' && each.brand === method.brand && each.last4 === method.last4)) return failed({ kind: 'already-saved' });
    const put = await groups.put(groupId, [...methods.map(({ methodId }) => methodId), method.methodId]);
    return put.kind === 'failed' ? failed(customerProblem(put.failure)) : keep(groupId, method, book.addMethod(customerId, method, { words, at: utcNow() }));
  }

  async function saveNew(details: CustomerDetails, now: Offered): Promise<Result<null, CustomerProblem>> {
    const { method, consent: words } = now;
    const group = now.groupId === null ? await groups.create() : ok(now.groupId);
    if (group.kind === 'failed') return failed(customerProblem(group.failure));
    now.groupId = group.value;
    const put = await groups.put(group.value, [method.methodId]);
    return put.kind === 'failed' ? failed(customerProblem(put.failure)) : keep(group.value, method, book.add({ customerId: newId(), groupId: group.value, details }, method, { words, at: utcNow() }));
  }

  /** A customer that could not be written here is removed at JustiFi too: no register would know of them. */
  async function keep(groupId: string, { methodId }: SavedMethod, written: Result<null, CustomerProblem>): Promise<Result<null, CustomerProblem>> {
    if (written.kind === 'failed') {
      const undone = await groups.remove(groupId, methodId);
      log('customer.not-kept', { undone: undone.kind });
    }
    return written;
  }

  return {
    note(sale) {
      if (canBeSaved(sale)) void look(sale.id, sale.checkoutId);
    },
    offer(saleId) {
      if (offered?.saleId !== saleId) return null;
      const { method, consent: words } = offered;
      return { saleId, brand: method.brand, last4: method.last4, consent: words };
    },
    async save({ saleId, customerId, details }) {
      const now = offered;
      if (now === null || now.saleId !== saleId || now.isSaving) return failed({ kind: 'nothing-to-save' });
      const checked = customerId === null ? checkCustomer(details) : ok(details);
      if (checked.kind === 'failed') return checked;
      now.isSaving = true;
      const saved = customerId === null ? await saveNew(checked.value, now) : await saveFor(customerId, now);
      now.isSaving = false;
      if (saved.kind === 'ok' && offered === now) offered = null;
      log('customer.saved', { sale: saleId, answer: saved.kind === 'ok' ? 'ok' : saved.failure.kind });
      onChange();
      return saved;
    },
  };
}

/** A card at a reader has no method that could be charged again, and each debit of a bank account needs an authorization of its own. */
function canBeSaved(sale: Sale): sale is Extract<Sale, { kind: 'paid' }> {
  return sale.kind === 'paid' && sale.tender === 'card-form' && sale.paidWith.kind === 'card';
}
