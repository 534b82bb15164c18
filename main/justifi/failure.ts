import { z } from 'zod';
import type { JustifiFailure } from '../sale/justifi-failure.ts';

/** {"error":{code,message,…}} as documented; the component's source shows that `error` may also be a bare string. */
const errorBody = z.object({
  error: z.union([
    z.object({ code: z.string().optional(), message: z.string().optional(), param: z.string().nullish(), decline_code: z.string().nullish() }),
    z.string(),
  ]),
});

/** Reads a refusal. Docs: HTTP Errors of the JustiFi API (docs/justifi.md). */
export function failureFromStatus(status: number, body: unknown, retryAfter: string | null = null): JustifiFailure {
  const parsed = errorBody.safeParse(body);
  const error = parsed.success ? parsed.data.error : null;
  const detail = typeof error === 'string' ? { message: error } : error;
  const code = safeCode(detail && 'code' in detail ? detail.code : undefined) ?? `http-${status}`;
  const parameter = detail && 'param' in detail ? (detail.param ?? null) : null;
  const aboutOriginUrl = /origin_url/u.test(`${parameter ?? ''} ${detail?.message ?? ''}`);
  if (status === 401) return { kind: 'unauthorised', code, status };
  if (status === 402) return { kind: 'declined', code, status };
  if (status === 403) return { kind: 'forbidden', code, status, aboutOriginUrl };
  if (status === 409) return { kind: 'conflict', code, status };
  if (status === 429) return { kind: 'rate-limited', code, status, retryAfterMs: pauseOf(retryAfter) };
  if (status >= 500) return { kind: 'server', code, status };
  // A 4xx without JustiFi's error body came from a proxy or a captive portal.
  if (status >= 400 && error !== null) return { kind: 'invalid', code, status, parameter: aboutOriginUrl ? 'origin_url' : parameter };
  return { kind: 'unexpected', code, status };
}

/** Of a Retry-After in seconds. JustiFi documents none; a date would need a clock that is right. */
function pauseOf(retryAfter: string | null): number | null {
  return retryAfter !== null && /^\d{1,5}$/u.test(retryAfter.trim()) ? Number(retryAfter) * 1_000 : null;
}

/** JustiFi's codes are one word; longer text might contain personal data. */
function safeCode(code: string | undefined): string | null {
  return code !== undefined && /^[\w-]{1,60}$/u.test(code) ? code : null;
}
