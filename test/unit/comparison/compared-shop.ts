import { failed, ok } from '../../../contract/result.ts';
import type { Checkout, ListedCheckout } from '../../../main/sale/checkout.ts';
import { type ComparisonParts, type ComparisonScope, compare } from '../../../main/sale/comparison.ts';
import type { ComparisonsParts } from '../../../main/sale/comparisons.ts';
import type { JustifiFailure } from '../../../main/sale/justifi-failure.ts';
import type { ListedPayment } from '../../../main/sale/payments.ts';
import { purchaseOf } from '../../../main/sale/purchase.ts';
import { NO_ATTEMPTS, type Sale } from '../../../main/sale/sale.ts';

/* JustiFi and the journal of one shop, to compare. */

export const DAY_MS = 24 * 60 * 60_000;
export const NOW = Date.parse('2026-11-23T15:00:00.000Z');
export const PAGE = 5;
export const NOT_FOUND: JustifiFailure = { kind: 'invalid', code: 'not-found', status: 404, parameter: null };
export const NO_ANSWER: JustifiFailure = { kind: 'network', code: 'timeout' };

export const listed = (id: string, more: Partial<ListedCheckout> = {}): ListedCheckout => ({ id, createdAtMs: NOW - 60_000, amountInCents: 500, currency: 'USD', description: 'Tea', status: 'completed', registerId: 'register-1', pc: 'pc-1', hasMetadata: true, ...more });
export const single = (id: string, more: Partial<Checkout> = {}): Checkout => ({ id, accountId: 'acc_1', amountInCents: 500, totalInCents: 500, currency: 'USD', description: 'Tea', status: 'completed', mode: 'test', successfulPaymentId: 'py_1', saleId: null, registerId: 'register-1', pc: 'pc-1', completions: [], ...more });
export const paid = (id: string, checkoutId: string): Sale => ({ kind: 'paid', id, purchase: purchaseOf(500, 'USD', 'Tea'), checkoutId, attempts: NO_ATTEMPTS, tender: 'card-form', paymentId: 'py_1', isPending: false, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, chargedInCents: 500, at: '', reversals: [] });
export const abandoned = (id: string, checkoutId: string): Sale => ({ kind: 'abandoned', id, purchase: purchaseOf(500, 'USD', 'Tea'), checkoutId, attempts: NO_ATTEMPTS, tender: 'card-form' });

type Shop = { readonly checkouts: ListedCheckout[]; readonly singles: Map<string, Checkout | JustifiFailure>; readonly payments: ListedPayment[]; readonly journal: Sale[]; readonly asked: string[]; pages: number; paymentPages: number };

export function openShop(): Shop & { readonly compare: (scope?: ComparisonScope, isWanted?: () => boolean) => ReturnType<typeof compare> } {
  const shop: Shop = { checkouts: [], singles: new Map(), payments: [], journal: [], asked: [], pages: 0, paymentPages: 0 };
  const parts: Omit<ComparisonParts, 'isWanted'> = {
    checkouts: {
      async list({ mostPages, isEnough }) {
        for (shop.pages = 1; ; shop.pages += 1) {
          const read = shop.checkouts.slice(0, shop.pages * PAGE);
          if (read.length === shop.checkouts.length || isEnough(read)) return ok({ checkouts: read, unreadable: 0, isCut: false });
          if (shop.pages === mostPages) return ok({ checkouts: read, unreadable: 0, isCut: true });
        }
      },
      async read(id) {
        shop.asked.push(id);
        const answer = shop.singles.get(id) ?? NOT_FOUND;
        return 'completions' in answer ? ok(answer) : failed(answer);
      },
    },
    payments: {
      async listTaken({ mostPages, isEnough }) {
        for (shop.paymentPages = 1; ; shop.paymentPages += 1) {
          const items = shop.payments.slice(0, shop.paymentPages * PAGE);
          if (items.length === shop.payments.length || isEnough(items)) return ok({ items, isCut: false });
          if (shop.paymentPages === mostPages) return ok({ items, isCut: true });
        }
      },
    },
    journal: {
      saleOn: (checkoutId) => ok(shop.journal.find((sale) => 'checkoutId' in sale && sale.checkoutId === checkoutId) ?? null),
      paidSince: () => ok(shop.journal.filter(({ kind }) => kind === 'paid')),
    },
    registerId: 'register-1',
    pc: 'pc-1',
    utcNow: () => new Date(NOW).toISOString(),
  };
  return Object.assign(shop, {
    async compare(scope: ComparisonScope = { kind: 'recent' }, isWanted: () => boolean = () => true) {
      return compare({ ...parts, isWanted }, scope);
    },
  });
}

export async function comparison(shop: ReturnType<typeof openShop>, scope?: ComparisonScope) {
  const compared = await shop.compare(scope);
  if (compared.kind === 'failed') throw new Error(compared.failure.kind);
  return compared.value;
}

type Bell = { readonly ms: number; readonly ring: () => void };
export function openBells(): { readonly bells: Bell[]; readonly timers: ComparisonsParts['timers'] } {
  const bells: Bell[] = [];
  return {
    bells,
    timers: {
      after(ms, ring) {
        const bell = { ms, ring };
        bells.push(bell);
        return () => void (bells.includes(bell) && bells.splice(bells.indexOf(bell), 1));
      },
    },
  };
}
export const settled = () => new Promise((resolve) => setImmediate(resolve));
