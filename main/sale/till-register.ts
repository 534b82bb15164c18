import type { Currency } from '../../contract/money.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import type { AccountView, Mode } from '../../contract/till-snapshot.ts';
import type { Comparisons } from './comparisons.ts';
import type { SoldBy } from './journal.ts';
import type { Reachability } from './reachability.ts';
import type { Register } from './register.ts';
import type { Repairs } from './repairs.ts';
import type { Sale } from './sale.ts';

export type Sold = { readonly sale: Sale; readonly by: SoldBy | null };

/** The register that the till uses: being opened, open for one account, or none until a problem is solved. */
export type TillRegister =
  | { readonly kind: 'starting' }
  | OpenRegister
  /** `openPayments`: by its journal; null: that cannot be read. */
  | { readonly kind: 'broken'; readonly mode: Mode; readonly problem: ChargeProblem; readonly openPayments: number | null };

export type OpenRegister = {
  readonly kind: 'open';
  readonly view: AccountView;
  readonly mode: Mode;
  readonly currency: Currency;
  readonly register: Register;
  readonly repairs: Repairs;
  readonly comparisons: Pick<Comparisons, 'notice' | 'acknowledge' | 'close'>;
  readonly reachability: Reachability;
  /** A sale of this account; null: there is none with this id, or the journal cannot be read. */
  readonly sold: (saleId: string) => Sold | null;
  readonly close: () => void;
};
