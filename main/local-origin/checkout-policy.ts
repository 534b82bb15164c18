/** Where the checkout page may reach. In training mode: the training JustiFi; else JustiFi's own hosts, and nothing else. */
export type CheckoutOrigins = { readonly api: string; readonly fields: string };

export const JUSTIFI_ORIGINS: CheckoutOrigins = { api: 'https://wc-proxy.justifi.ai', fields: 'https://components.justifi.ai' };

/** What JustiFi's hosted fields load inside their own frames is JustiFi's; it stays on its domain. */
export function isJustifiHost(hostname: string): boolean {
  return hostname.endsWith('.justifi.ai');
}

/**
 * The one style sheet that @justifi/webcomponents 6.14.3 inlines into each of its shadow roots (Bootstrap).
 * It belongs to the version: test/e2e/security.spec.ts fails when an upgrade changes it.
 */
export const COMPONENT_STYLE_HASH = "'sha256-uLkJtb7FJUS68PGBfC+qeyReKeajotRNPALPLpuYgAQ='";

/** SECURITY: the checkout page's Content-Security-Policy. https://www.electronjs.org/docs/latest/tutorial/security#7-define-a-content-security-policy */
export function checkoutPolicy(origins: CheckoutOrigins): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `connect-src ${origins.api}`,
    `frame-src ${origins.fields}`,
    `style-src 'self' ${COMPONENT_STYLE_HASH}`,
    // The component draws its radio buttons and alert icons from data: images.
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}
