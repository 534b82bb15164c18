/**
 * The failures of a request to JustiFi, by their meaning for a till.
 * `code` is JustiFi's own word or "http-<status>"; it never contains personal data or parts of a key.
 */
export type JustifiFailure =
  | { readonly kind: 'declined'; readonly code: string; readonly status: number }
  | { readonly kind: 'invalid'; readonly code: string; readonly status: number; readonly parameter: string | null }
  | { readonly kind: 'unauthorised'; readonly code: string; readonly status: number }
  | { readonly kind: 'forbidden'; readonly code: string; readonly status: number; readonly aboutOriginUrl: boolean }
  | { readonly kind: 'conflict'; readonly code: string; readonly status: number }
  /** `retryAfterMs`: the pause that JustiFi asks for, where it does. */
  | { readonly kind: 'rate-limited'; readonly code: string; readonly status: number; readonly retryAfterMs?: number | null }
  | { readonly kind: 'server'; readonly code: string; readonly status: number }
  /** No answer: not reachable, cut, or too slow. Whether the request was carried out is not known. */
  | { readonly kind: 'network'; readonly code: string }
  /** An answer that JustiFi does not document: HTML, half a JSON, nothing, a shape without what we need. */
  | { readonly kind: 'unexpected'; readonly code: string; readonly status: number };
