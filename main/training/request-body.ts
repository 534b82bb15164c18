import { z } from 'zod';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Refusal } from './exchange.ts';
import { isRefusalCode, refuse } from './refusal.ts';

/** Cents as JustiFi takes them. Each rule's message is the code that JustiFi answers with. */
export const amountInCents = z
  .int({ error: (issue) => (issue.input === undefined ? 'amount_required' : 'amount_must_be_an_integer') })
  .gt(50, 'amount_below_minimum')
  .lt(100_000_000, 'amount_above_maximum');

export const metadata = z.record(z.string(), z.unknown());

/**
 * Checks a request body against its schema.
 *
 * The first problem decides the answer, as with JustiFi. A schema rule may carry a refusal code as its message; other
 * problems become `parameter_missing` or `invalid_parameter` with the parameter's name.
 */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): Result<T, Refusal> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0]!;
  const param = issue.path.join('.') || 'base';
  if (isRefusalCode(issue.message)) return failed(refuse(issue.message, { param }));
  const isMissing = valueAt(body, issue.path) === undefined;
  return failed(
    isMissing
      ? refuse('parameter_missing', { param, message: `Missing required parameter: ${param}` })
      : refuse('invalid_parameter', { param, message: `Format is invalid for parameter: ${param}` }),
  );
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    body,
  );
}
