/** The origins that the checkout page may reach. In training mode: the training JustiFi; else JustiFi's own hosts only. */
export type CheckoutOrigins = { readonly api: string; readonly fields: string; readonly plaid: string; readonly sezzle: string; /** Where Sezzle's window may be. */ readonly sezzleWindows: readonly string[] };

export const JUSTIFI_ORIGINS: CheckoutOrigins = { api: 'https://wc-proxy.justifi.ai', fields: 'https://components.justifi.ai', plaid: 'https://cdn.plaid.com', sezzle: 'https://checkout-sdk.sezzle.com', sezzleWindows: ['https://checkout.sezzle.com', 'https://sandbox.checkout.sezzle.com'] };

/** The way to pay that a document of the checkout page offers: each has its own policy, its own session and its own hosts. */
export type CheckoutWay = 'card-form' | 'plaid' | 'insured' | 'sezzle';

/** The path of the document of each way. */
export const WAY_PATHS: Readonly<Record<CheckoutWay, string>> = { 'card-form': '/', plaid: '/plaid', insured: '/insured', sezzle: '/sezzle' };

export function wayAt(path: string): CheckoutWay {
  return CHECKOUT_WAYS.find((way) => WAY_PATHS[way] === path) ?? 'card-form';
}

/** Sezzle's script on its host, without a version: Sezzle serves no other (https://docs.sezzle.com/docs/guides/direct/sdk). */
export const SEZZLE_SCRIPT_PATH = '/checkout.min.js';

/** Everything that Sezzle's window loads stays on Sezzle's domain. */
export function isSezzleHost(hostname: string): boolean {
  return hostname.endsWith('.sezzle.com');
}

export const CHECKOUT_WAYS = Object.keys(WAY_PATHS) as readonly CheckoutWay[];

/** Plaid's script on its host, without a version: Plaid serves no other (https://plaid.com/docs/link/web/). */
export const PLAID_SCRIPT_PATH = '/link/v2/stable/link-initialize.js';

/** The customer's login at their bank is Plaid's, in a frame of its own; everything that it loads stays on Plaid's domain. */
export function isPlaidHost(hostname: string): boolean {
  return hostname.endsWith('.plaid.com');
}

/** JustiFi's hosted fields load only from JustiFi's domain. */
export function isJustifiHost(hostname: string): boolean {
  return hostname.endsWith('.justifi.ai');
}

/**
 * The one style sheet that @justifi/webcomponents 6.14.3 inlines into each of its shadow roots (Bootstrap).
 * It belongs to the version: test/e2e/connected-sale.spec.ts fails when an upgrade changes it.
 */
export const COMPONENT_STYLE_HASH = "'sha256-uLkJtb7FJUS68PGBfC+qeyReKeajotRNPALPLpuYgAQ='";

/** SECURITY: the checkout page's Content-Security-Policy. https://www.electronjs.org/docs/latest/tutorial/security#7-define-a-content-security-policy */
export function checkoutPolicy(origins: CheckoutOrigins, way: CheckoutWay = 'card-form'): string {
  // SECURITY: a third party's script runs in a document of its own, in which no card can be typed: JustiFi's fields may not be framed there.
  const others = { 'card-form': '', insured: '', plaid: ` ${origins.plaid}${PLAID_SCRIPT_PATH}`, sezzle: ` ${origins.sezzle}${SEZZLE_SCRIPT_PATH}` };
  // Main pays the order at Sezzle, so its document sends nothing.
  const connected = { 'card-form': origins.api, insured: origins.api, plaid: origins.api, sezzle: "'none'" };
  const framed = { 'card-form': origins.fields, insured: origins.fields, plaid: origins.plaid, sezzle: "'none'" };
  return [
    "default-src 'none'",
    `script-src 'self'${others[way]}`,
    `connect-src ${connected[way]}`,
    `frame-src ${framed[way]}`,
    `style-src 'self' ${COMPONENT_STYLE_HASH}`,
    // The component draws its radio buttons and alert icons from data: images.
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}
