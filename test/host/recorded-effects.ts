/** A call of the app to the desktop, which the stand-in records instead of doing. */
export type RecordedEffect = { readonly what: string; readonly value: unknown };

type Listener = (effect: RecordedEffect) => void;

const effects: RecordedEffect[] = [];
const listeners = new Set<Listener>();

export function recordEffect(what: string, value: unknown): void {
  const effect = { what, value };
  effects.push(effect);
  for (const listener of listeners) listener(effect);
}

/** Those so far, and then each new one. */
export function followEffects(listener: Listener): void {
  for (const effect of effects) listener(effect);
  listeners.add(listener);
}
