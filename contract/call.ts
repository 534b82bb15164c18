import { z } from 'zod';
import { AUDIT_GROUP_NAMES } from './audit.ts';
import { LARGEST_AMOUNT_IN_CENTS } from './money.ts';
import { LONGEST_PIN } from './pin.ts';
import type { Result } from './result.ts';
import { foreignId, ownId, reportedText, secretText } from './text.ts';

/* What calls and pushes of the contract (channels.ts) are made of. */

/** A call from a window to main. `result` is there for its type only. */
export type Call<Input, Value, Failure> = { readonly input: z.ZodType<Input>; readonly result?: Result<Value, Failure> };

/** A message from main to a window. `payload` is there for its type only. */
export type Push<Payload> = { readonly payload?: Payload };

/** Its answer, and then what it takes: `call<Value, Failure>()(schema)`. */
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

/** Every intent names the sale it means, so that a late click can never act on the next one. */
export function saleInput<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ saleId: ownId, ...shape });
}

/** A report names the checkout that it means: the document of another one may report late. */
export function checkoutInput<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ checkoutId: foreignId(100), ...shape });
}
