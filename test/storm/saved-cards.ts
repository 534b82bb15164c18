import { newId } from '../../main/account/new-id.ts';
import { openCustomerFile } from '../../main/storage/customer-file.ts';
import type { TestJustifi } from '../justifi/justifi.ts';

/** Puts customers with saved cards into the register's table, as if they had been there the day before. Their methods, by id. */
export function addSavedCards(justifi: TestJustifi, file: string): ReadonlySet<string> {
  const book = openCustomerFile(file, (detail) => {
    throw new Error(`the table of customers: ${detail}`);
  });
  if (book.kind === 'failed') throw new Error('the table of customers cannot be made');
  const saved = new Set<string>();
  for (const { name, groupId, methods } of justifi.addSampleCustomers()) {
    const [{ methodId, brand, last4 }] = methods as readonly [(typeof methods)[number]];
    const added = book.value.add({ customerId: newId(), groupId, details: { name, phone: '', email: '' } }, { methodId, brand, last4, standing: 'usable' }, { words: 'I agree.', at: new Date().toISOString() });
    if (added.kind === 'failed') throw new Error(`${name} cannot be added`);
    saved.add(methodId);
  }
  book.value.close();
  return saved;
}
