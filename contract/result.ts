/** An expected failure is a value; a throw is a bug. */
export type Result<Value, Failure> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'failed'; readonly failure: Failure };

export function ok<Value>(value: Value): { readonly kind: 'ok'; readonly value: Value } {
  return { kind: 'ok', value };
}

export function failed<Failure>(failure: Failure): { readonly kind: 'failed'; readonly failure: Failure } {
  return { kind: 'failed', failure };
}

/** Closes a switch over a union: adding a member makes every such switch a compile error. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}

/** Ignores a failure on purpose, for the reason `_why`. Any other ignored Result fails a test (ignored-results.spec.ts). */
export function disregard(_result: Result<unknown, unknown> | Promise<Result<unknown, unknown>>, _why: string): void {
  // Ignored on purpose.
}
