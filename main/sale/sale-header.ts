import type { Mode } from '../../contract/till-snapshot.ts';
import type { TenderKind } from './tender.ts';

/** What a sale carries besides its purchase; in its first entry, for whoever lists sales later. */
export type SaleHeader = {
  readonly account: { readonly subAccountId: string; readonly mode: Mode };
  readonly register: { readonly id: string; readonly name: string };
  /** Who charged, by name; null where there are no names. */
  readonly cashier: string | null;
  readonly tender: TenderKind;
  /** The day in the shop's own time zone, "2026-11-25". */
  readonly businessDay: string;
};
