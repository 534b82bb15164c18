import type { CustomerProblem, MethodStanding } from '../../contract/customer.ts';
import type { Sentences } from '../sentences.ts';
import { isolated } from '../isolated.ts';

/* Customers who have saved a card: paying with it, saving it, and forgetting it. */

export function englishCustomers() {
  const problem: Sentences<CustomerProblem> = {
    'name-empty': 'Type the customer’s name.',
    'customer-card-number': 'That looks like a card number. Remove it: card numbers belong in the card form only.',
    'email-invalid': 'That is not an e-mail address. Correct it, or leave it empty.',
    'phone-invalid': 'That is not a phone number. Correct it, or leave it empty.',
    'customer-unknown': 'This customer was forgotten meanwhile.',
    'method-unknown': 'This card cannot be charged any more. Choose another.',
    'already-saved': 'This customer has this card already.',
    'nothing-to-save': 'The card of this sale cannot be saved any more.',
    'no-answer': 'JustiFi did not answer. Try again.',
    'not-allowed': 'JustiFi refused that. Call the manager.',
    'customers-unusable': 'The customers of this register cannot be read or written. Call the manager.',
  };
  return {
    problem,
    notDone: 'That was not done. Nothing was charged. Try again.',
    search: 'Name or last four digits',
    found: 'Customers found',
    notFound: 'No customer found. Ask for the card.',
    more: 'There are more. Type more of the name.',
    standing: { usable: null, expired: 'expired', refused: 'refused by JustiFi' } as Readonly<Record<MethodStanding, string | null>>,
    isItThem: 'Ask the customer for their name before you charge.',
    charge: (amount: string, paidWith: string) => `Charge ${amount} to ${paidWith}`,
    another: 'Another customer',
    save: {
      title: 'Save this card for next time',
      card: (paidWith: string) => `The card that just paid: ${paidWith}`,
      name: 'Name',
      phone: 'Phone (optional)',
      email: 'E-mail (optional)',
      consent: 'What the customer agrees to',
      agrees: 'The customer has read this and agrees.',
      addTo: 'Add it to a customer who is there already',
      to: (name: string, paidWith: string) => `${isolated(name)}, ${paidWith}`,
      button: 'Save card',
      done: 'Saved. The customer can pay with it from the next sale on.',
      back: 'Back',
    },
    manager: {
      title: 'Customers',
      intro: 'Customers who have saved a card on this register. Other registers do not see them.',
      none: 'No customer has saved a card on this register.',
      remove: 'Remove card',
      removed: 'The card is removed.',
      forget: 'Forget',
      sure: (name: string) => `Forget ${isolated(name)} and all their cards?`,
      sureCard: (name: string, paidWith: string) => `Remove ${paidWith} of ${isolated(name)}? Without a card the customer is forgotten.`,
      yes: 'Yes, forget',
      forgotten: 'Nothing of this customer is kept on this register any more.',
      stays: 'Their paid sales stay in the record of payments, with brand and last four digits and without the name. At JustiFi the card leaves its group; the payments stay there.',
    },
  };
}

export type CustomerWords = ReturnType<typeof englishCustomers>;
