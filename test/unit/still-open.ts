import type { IsStillOpen } from '../../main/manager/guard.ts';

type Guarded<Calls> = { readonly [Name in keyof Calls]: Calls[Name] extends (input: infer Input, isStillOpen: IsStillOpen) => infer Answer ? (undefined extends Input ? () => Answer : (input: Input) => Answer) : Calls[Name] };

/** Calls of the manager's side, with a side that stays open. */
export function stillOpen<Calls extends object>(calls: Calls): Guarded<Calls> {
  const opened = Object.entries(calls).map(([name, call]) => [name, (input: unknown) => (call as (input: unknown, isStillOpen: IsStillOpen) => unknown)(input, () => true)]);
  return Object.fromEntries(opened) as Guarded<Calls>;
}
