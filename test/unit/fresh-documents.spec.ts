import { describe, expect, test } from 'vitest';
import type { Insured } from '../../contract/insured.ts';
import type { TenderKind } from '../../contract/tender.ts';
import { setTheCounter } from './counter.ts';

type Counter = ReturnType<typeof setTheCounter>;
type Form = Counter['forms'][number];

const METHODS = { 'card-form': 'new_card', plaid: 'plaid', insured: 'new_card', sezzle: 'sezzle' } as const satisfies Partial<Record<TenderKind, string>>;
type WithDocument = keyof typeof METHODS;
const INSURED: Insured = { firstName: 'Ana', lastName: 'Diaz', email: 'ana@example.com', state: 'MN', postalCode: '55401' };

/** The customer has the document of this tender before them. */
async function present(counter: Counter, tender: WithDocument, amountInCents: number): Promise<Form> {
  counter.shop.order = { ...counter.shop.order!, balanceInCents: amountInCents };
  await counter.type(amountInCents);
  counter.form().becomeReady();
  await counter.charge(amountInCents);
  counter.form().becomeReady();
  await counter.settle();
  if (tender !== 'card-form') {
    counter.register.payBy(counter.register.sale().id, tender);
    await counter.settle();
    if (tender === 'insured') counter.register.quoteInsurance(counter.register.sale().id, INSURED);
    await counter.settle();
    counter.forms.at(-1)!.becomeReady();
    await counter.settle();
  }
  expect(counter.register.sale()).toMatchObject({ kind: 'ready', tender, purchase: { totalInCents: amountInCents } });
  const shown = counter.forms.filter(({ state }) => state === 'shown');
  expect(shown).toHaveLength(1);
  return shown[0]!;
}

const claim = (tender: WithDocument, { checkoutId }: Form, amountInCents: number) => ({ checkoutId, componentAmountInCents: tender === 'sezzle' ? null : amountInCents, methodType: METHODS[tender], isAuthorisationShown: true });

/** How the sale before ended. */
const ENDS: Readonly<Record<'paid' | 'declined' | 'left', (counter: Counter, tender: WithDocument, form: Form) => Promise<void>>> = {
  async paid(counter, tender, form) {
    expect((await form.listener.submit(claim(tender, form, 1799))).kind).toBe('ok');
    counter.complete(form.checkoutId, 'succeeded');
    form.listener.hinted({ kind: 'submitted', word: tender === 'sezzle' ? 'sezzle-complete' : 'succeeded' });
    await counter.pass(2_000);
    expect(counter.register.sale().kind).toBe('paid');
    counter.register.newSale(counter.register.sale().id);
    await counter.settle();
  },
  async declined(counter, tender, form) {
    expect((await form.listener.submit(claim(tender, form, 1799))).kind).toBe('ok');
    counter.complete(form.checkoutId, 'failed');
    form.listener.hinted({ kind: 'failed', word: tender === 'sezzle' ? 'sezzle-failed' : 'failed' });
    await counter.pass(2_000);
    expect(counter.register.sale().kind).toBe('declined');
    counter.register.cancelSale(counter.register.sale().id);
    await counter.settle();
  },
  async left(counter) {
    counter.register.goBack(counter.register.sale().id);
    await counter.settle();
  },
};

describe.each(['card-form', 'plaid', 'insured', 'sezzle'] as const)('F-17: after a sale by %s', (tender) => {
  test.each(['paid', 'declined', 'left'] as const)('that was %s, the next customer has a document and a checkout of their own; the document before is gone', async (end) => {
    const counter = setTheCounter([], [], { ways: tender === 'card-form' ? ['card-form'] : ['card-form', tender] });
    const first = await present(counter, tender, 1799);
    const before = [...counter.forms];
    await ENDS[end](counter, tender, first);
    // Of the sale before nothing is left on the screen; the next one may be prepared already.
    expect(before.map(({ state }) => state)).toEqual(before.map(() => 'closed'));

    const second = await present(counter, tender, 2500);
    expect(before).not.toContain(second);
    expect(second.checkoutId).not.toBe(first.checkoutId);
    expect((await second.listener.submit(claim(tender, second, 2500))).kind).toBe('ok');
    expect(counter.journal.findLast(({ event }) => event.kind === 'submit-allowed')!.event).toMatchObject({ checkoutId: second.checkoutId, amountInCents: 2500 });
  });
});
