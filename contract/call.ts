import { z } from 'zod';
import { AUDIT_GROUP_NAMES } from './audit.ts';
import { LARGEST_AMOUNT_IN_CENTS } from './money.ts';
import { LONGEST_PIN } from './pin.ts';
import type { Result } from './result.ts';
import { foreignId, ownId, reportedText, secretText } from './text.ts';

/* The building blocks of the contract's calls and pushes (channels.ts). */

/** A call from a window to main. `result` is there for its type only. */
export type Call<Input, Value, Failure> = { readonly input: z.ZodType<Input>; readonly result?: Result<Value, Failure> };

/** A message from main to a window. `payload` is there for its type only. */
export type Push<Payload> = { readonly payload?: Payload };

/** Its answer, then the schema of its argument: `call<Value, Failure>()(schema)`. */
export function call<Value, Failure>() {
  return <Input>(input: z.ZodType<Input>): Call<Input, Value, Failure> => ({ input });
}

/** Its content. */
export function push<Payload>(): Push<Payload> {
  return {};
}

/** In cents. */
export function amount() {
  return z.int().min(0).max(LARGEST_AMOUNT_IN_CENTS);
}

/** Longer than any PIN, so that the page can show "too long" itself; main refuses anything but digits as too short. */
export function pin() {
  return secretText(4 * LONGEST_PIN);
}

/** Null: everything. */
export function auditFilter() {
  return z.strictObject({ group: z.enum(AUDIT_GROUP_NAMES).nullable(), who: reportedText(60).nullable(), day: z.iso.date().nullable() });
}

/** Every intent carries its sale's id, so that a late click can never act on the next sale. */
export function saleInput<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ saleId: ownId, ...shape });
}

/** A report carries its checkout's id: the document of another checkout may report late. */
export function checkoutInput<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ checkoutId: foreignId(100), ...shape });
}
