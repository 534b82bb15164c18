import { join } from 'node:path';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type PageWatch, openPageWatch } from './page-watch.ts';
import { serveLocalOrigin } from './server.ts';
import type { PageOrigins } from './page-inventory.ts';

type CheckoutPageParts = {
  readonly rendererFolder: string;
  readonly built: Readonly<Record<string, string>>;
  /** The origins of the open account, without the page's own. */
  readonly origins: () => Omit<PageOrigins, 'page'>;
  readonly policy: (path: string) => string;
  readonly onFinding: (what: string) => void;
  readonly log: (what: string, detail: Readonly<Record<string, string | number>>) => void;
};

/** The page with the card form, at its origin on this PC, and the watch over it. */
export type CheckoutPage = { readonly origin: string; readonly watch: PageWatch; close(): void };

export type NoCheckoutPage = { readonly kind: 'no-port'; readonly detail: string } | { readonly kind: 'page-changed'; readonly files: string };

/** Serves the page. Not if any page differs from what was built: then no card may be typed into it. */
export async function openCheckoutPage({ rendererFolder, built, origins, policy, onFinding, log }: CheckoutPageParts): Promise<Result<CheckoutPage, NoCheckoutPage>> {
  const local = await serveLocalOrigin({ folder: join(rendererFolder, 'checkout'), policy, log });
  if (local.kind === 'failed') return failed({ kind: 'no-port', detail: local.failure.detail });
  const { origin, close } = local.value;
  const watch = openPageWatch({ rendererFolder, built, origins: () => ({ page: origin, ...origins() }), policy, onFinding });
  const changed = watch.changedFiles();
  if (changed.length === 0) return ok({ origin, watch, close });
  close();
  return failed({ kind: 'page-changed', files: changed.join(' ') });
}
