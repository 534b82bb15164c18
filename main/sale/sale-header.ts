import type { TenderKind } from '../../contract/tender.ts';
import type { Mode } from '../../contract/till-snapshot.ts';

/** The fields of a sale besides its purchase; in its first entry, for lists of sales. */
export type SaleHeader = {
  readonly account: { readonly subAccountId: string; readonly mode: Mode };
  readonly register: { readonly id: string; readonly name: string };
  /** Who charged, by name; null where there are no names. */
  readonly cashier: string | null;
  /** By which it began. The sale's own `tender` is the one that it has now. */
  readonly tender: TenderKind;
  /** The day in the shop's own time zone, "2026-11-25". */
  readonly businessDay: string;
};
