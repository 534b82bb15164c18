import { existsSync } from 'node:fs';
import { newId } from './new-id.ts';
import { createCustomers } from '../sale/saved/customers.ts';
import { disregard } from '../../contract/result.ts';
import type { CustomerBook } from '../sale/saved/customer-book.ts';
import type { MethodGroups } from '../sale/saved/method-groups.ts';
import { createSaveOffers } from '../sale/saved/save-offer.ts';
import type { SavedCards } from '../sale/saved/saved-cards.ts';
import { openCustomerFile } from '../storage/customer-file.ts';
import type { TrainingJustifi } from '../training/justifi.ts';

/** The customers of one account, in the data folder. */
type CustomersOfAccount = Omit<SavedCards, 'pay'> & {
  /** At least one customer is saved. */
  hasCustomers(): boolean;
  close(): void;
};

type SavedCardsParts = {
  readonly file: string;
  readonly account: { readonly methodGroups: MethodGroups; /** Null: not in training, or there are none. */ readonly trainingCustomers: CustomerBook | null };
  /** The manager has switched it on. Where it is off, saved customers can still be forgotten. */
  readonly isOn: boolean;
  readonly consent: () => string;
  readonly utcNow: () => string;
  readonly log: { info(what: string, detail: Readonly<Record<string, string | number | null>>): void; error(what: string, detail: Readonly<Record<string, string>>): void };
  readonly onChange: () => void;
};

/** Null: no card is saved on this register, or the table cannot be used. */
export function openSavedCards({ file, account, isOn, consent, utcNow, log, onChange }: SavedCardsParts): CustomersOfAccount | null {
  if (!isOn && account.trainingCustomers === null && !existsSync(file)) return null;
  const book = account.trainingCustomers ?? openedBook(file, (detail) => log.error('customers.unusable', { detail }));
  if (book === null) return null;
  return {
    customers: createCustomers(book, account.methodGroups),
    offers: createSaveOffers({ book, groups: account.methodGroups, consent, newId, utcNow, log: log.info, onChange }),
    hasCustomers: () => !book.isEmpty(),
    close: book.close,
  };
}

function openedBook(file: string, onTrouble: (detail: string) => void): CustomerBook | null {
  const book = openCustomerFile(file, onTrouble);
  return book.kind === 'ok' ? book.value : null;
}

/** Sample customers for training. They end with Counter, like everything at the training JustiFi. */
export function openTrainingCustomers(justifi: TrainingJustifi, utcNow: () => string): CustomerBook | null {
  const book = openedBook(':memory:', () => {});
  for (const { name, groupId, methods } of justifi.addSampleCustomers()) {
    const customerId = newId();
    const [first, ...others] = methods.map((method) => ({ ...method, standing: 'usable' as const }));
    const consent = { words: '', at: utcNow() };
    if (first === undefined || book?.add({ customerId, groupId, details: { name, phone: '', email: '' } }, first, consent).kind !== 'ok') continue;
    for (const method of others) disregard(book.addMethod(customerId, method, consent), 'in memory it works, and a trainee misses one card otherwise');
  }
  // A register that is opened again with other settings finds the same customers.
  return book === null ? null : { ...book, close() {} };
}
