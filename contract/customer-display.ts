import type { Theme } from './appearance.ts';
import type { Language } from './language.ts';
import type { Currency } from './money.ts';
import type { QrDrawing } from './qr-drawing.ts';
import { assertNever } from './result.ts';
import type { TipChoice } from './tip.ts';
import type { SaleLink, SaleView, TillSnapshot } from './till-snapshot.ts';

/** The sale as the customer may see it. */
type CustomerSale =
  | { readonly kind: 'welcome' }
  /** Without amount and description: the payment may be one of the last run. */
  | { readonly kind: 'one-moment' }
  /** The code of the link, to scan. */
  | { readonly kind: 'phone'; readonly amountInCents: number; readonly description: string; readonly code: QrDrawing }
  /** The same choices as on the till's screen, only displayed. */
  | { readonly kind: 'tip'; readonly amountInCents: number; readonly description: string; readonly choices: readonly TipChoice[] }
  | { readonly kind: 'sale' | 'ready' | 'reader' | 'processing' | 'paid' | 'accepted' | 'declined' | 'not-charged'; readonly amountInCents: number; readonly description: string };

/** The data of the customer's screen. Nothing about the cashier, the manager, earlier sales, or other customers. */
export type CustomerView = {
  readonly sale: CustomerSale;
  /** Null in training: there is no shop yet. */
  readonly shop: string | null;
  readonly isTest: boolean;
  readonly currency: Currency;
  readonly language: Language | 'auto';
  readonly theme: Theme;
};

/** `isOfThisRun`: its amount was typed since Counter started. One restored from the last run belongs to an earlier customer. */
export function customerView({ sale, saleLink, account, mode, currency, appearance }: Pick<TillSnapshot, 'sale' | 'saleLink' | 'account' | 'mode' | 'currency' | 'appearance'>, isOfThisRun: boolean): CustomerView {
  return { sale: isOfThisRun || sale.kind === 'entering' ? customerSale(sale, saleLink) : { kind: 'one-moment' }, shop: account.kind === 'connected' ? account.name : null, isTest: mode !== 'live', currency, language: appearance.language, theme: appearance.theme };
}

function customerSale(sale: SaleView, link: SaleLink | null): CustomerSale {
  const { amountInCents, description } = sale;
  switch (sale.kind) {
    case 'entering':
      return amountInCents === 0 ? { kind: 'welcome' } : { kind: 'sale', amountInCents, description };
    case 'tip':
      return { kind: 'tip', amountInCents, description, choices: sale.offer.choices };
    case 'preparing':
      return { kind: 'sale', amountInCents, description };
    case 'ready':
      if (sale.tender === 'phone') return link?.code ? { kind: 'phone', amountInCents, description, code: link.code } : { kind: 'sale', amountInCents, description };
      // The amount is on its way to the reader, or the cashier looks for the customer's card.
      return { kind: sale.tender === 'card-form' ? 'ready' : 'sale', amountInCents, description };
    case 'submitting':
      return { kind: sale.tender === 'reader' ? 'reader' : 'processing', amountInCents, description };
    case 'paid':
    case 'accepted':
    case 'declined':
      return { kind: sale.kind, amountInCents, description };
    case 'not-charged':
      // It may still be paid.
      return { kind: link === null ? sale.kind : 'sale', amountInCents, description };
    case 'checking':
    case 'wrong-amount':
      return { kind: 'one-moment' };
    default:
      return assertNever(sale);
  }
}
