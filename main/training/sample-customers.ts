import type { CardDetails, MethodStanding, PaymentMethod } from './books.ts';
import { trainingSubAccounts } from './sub-account.ts';
import { type CardScenario, testCards } from './test-card.ts';
import type { World } from './world.ts';

/** A customer of the training shop, and the group with their cards. */
export type SampleCustomer = {
  readonly name: string;
  readonly groupId: string;
  readonly methods: readonly { readonly methodId: string; readonly brand: string; readonly last4: string }[];
};

type SampleCard = { readonly ending: string; readonly standing: MethodStanding };

/** One of each that a trainee may meet: good, declined by the bank, expired, marked as invalid. */
const SAMPLES: readonly { readonly name: string; readonly cards: readonly SampleCard[] }[] = [
  { name: 'Ana Sample', cards: [{ ending: '4242', standing: 'valid' }, { ending: '4444', standing: 'expired' }] },
  { name: 'Ben Sample', cards: [{ ending: '9995', standing: 'valid' }] },
  { name: 'Chloé Sample', cards: [{ ending: '5556', standing: 'valid' }, { ending: '9424', standing: 'invalid' }] },
];

/** Adds the customers to the books of the training shop. */
export function addSampleCustomers(world: World): readonly SampleCustomer[] {
  const { id: accountId } = trainingSubAccounts[0]!;
  return SAMPLES.map(({ name, cards }) => {
    const group = { id: world.newId('pmg'), accountId, createdAt: world.now() };
    world.books.paymentMethodGroups.set(group.id, group);
    const methods = cards.map(({ ending, standing }) => {
      const details = cardEndingIn(ending);
      const method: PaymentMethod = { id: world.newId('pm'), accountId, paymentMethodGroupId: group.id, details, standing, createdAt: world.now() };
      world.books.paymentMethods.set(method.id, method);
      return { methodId: method.id, brand: details.brand, last4: details.lastFour };
    });
    return { name, groupId: group.id, methods };
  });
}

/** One of JustiFi's test cards. */
function cardEndingIn(ending: string): CardDetails {
  const card = testCards.find(({ number }) => number.endsWith(ending));
  const scenario: CardScenario = card?.scenario ?? { kind: 'approved' };
  return { kind: 'card', brand: card?.brand ?? 'visa', lastFour: ending, name: null, addressLine1Check: 'unchecked', postalCodeCheck: 'pass', scenario };
}
