import { expect } from 'vitest';
import { counterSnapshot } from '../../../main/sale/counter-snapshot.ts';
import type { OpenRegister } from '../../../main/sale/till-register.ts';
import type { setTheCounter } from '../counter.ts';

/* A counter whose customers pay on their own phone. */

type Counter = ReturnType<typeof setTheCounter>;

export const WAYS = ['card-form', 'reader', 'phone'] as const;

export const state = ({ register }: Counter) => register.sale();
export const creates = ({ requests }: Counter) => requests.filter((request) => request.startsWith('create '));
export const reads = ({ requests }: Counter) => requests.filter((request) => request.startsWith('read ')).length;
export const expire = ({ api }: Counter) => void api.set('cho_1', { ...api.get('cho_1')!, status: 'expired' });

/** The customer chooses the phone while the card form is on the screen, and the code is shown. */
export async function toLink(counter: Counter): Promise<void> {
  await counter.toReady();
  counter.register.payBy('sale-1', 'phone');
  await counter.settle();
  expect(state(counter)).toMatchObject({ kind: 'ready', tender: 'phone', checkoutId: 'cho_1' });
}

export async function payBy(counter: Counter, tender: 'card-form' | 'reader' | 'phone'): Promise<void> {
  expect(counter.register.payBy('sale-1', tender).kind).toBe('ok');
  await counter.settle();
  if (tender !== 'card-form') return;
  counter.form().becomeReady();
  await counter.settle();
}

export const snapshot = ({ register }: Counter) =>
  counterSnapshot(
    {
      kind: 'open',
      view: { kind: 'training' },
      mode: 'test',
      currency: 'USD',
      register,
      repairs: { notice: () => null },
      comparisons: { notice: () => null },
      reachability: { failure: () => null },
    } as unknown as OpenRegister,
    { saleId: 'x', amountInCents: 0, description: '', problem: null },
    { registerName: 'Register 1', registerId: 'register-1', descriptionPresets: [], quickItems: [], usualDescription: null, account: null },
  );
