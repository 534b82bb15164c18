import { type CustomerView, customerView } from '../../contract/customer-display.ts';
import { ok } from '../../contract/result.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { type CounterWindow, type CounterWindowParts, openCounterWindow } from './counter-window.ts';
import { type CustomerDisplayParts, openCustomerDisplay } from './display-window.ts';
import { type TillViewParts, openTillView } from './till-view.ts';

/** The cashier's window and the customer's screen, which show the same sale. */
export type Screens = {
  readonly counter: CounterWindow;
  push(snapshot: TillSnapshot): void;
  close(): void;
};

type ScreensParts = TillViewParts & Omit<CounterWindowParts, 'till'> & Omit<CustomerDisplayParts, 'handlers' | 'till'> & { readonly snapshot: () => TillSnapshot };

export function openScreens({ snapshot, ...parts }: ScreensParts): Screens {
  /** The last sale with an amount typed in this run. */
  let typedSaleId: string | null = null;

  function viewOfCustomer(now: TillSnapshot): CustomerView {
    if (now.sale.kind === 'entering') typedSaleId = now.sale.saleId;
    return customerView(now, now.sale.saleId === typedSaleId);
  }

  const till = openTillView(parts);
  const page = till.webContents;
  /** A reloaded page has the zoom of its session, which may be that of the last run. */
  const zoom = () => page.setZoomFactor(snapshot().textSize / 100);
  page.on('did-finish-load', zoom);
  const counter = openCounterWindow({ ...parts, till });
  const display = openCustomerDisplay({ ...parts, handlers: { view: async () => ok(viewOfCustomer(snapshot())) }, till: () => counter.window });
  display.want(snapshot().appearance.customerDisplay);
  return {
    counter,
    push(now) {
      if (!page.isDestroyed() && Math.round(page.getZoomFactor() * 100) !== now.textSize) zoom();
      parts.router.push(page, 'till', 'snapshot', now);
      const view = viewOfCustomer(now);
      display.want(now.appearance.customerDisplay);
      display.push(view);
    },
    close: display.close,
  };
}
