import type { RecordedEffect } from './recorded-effects.ts';

/** What the host tells its driver, one JSON line each. */
export type HostMessage =
  | { readonly kind: 'hello'; readonly pid: number; readonly chromiumPid: number; readonly profile: string }
  | { readonly kind: 'endpoint'; readonly url: string }
  | { readonly kind: 'effect'; readonly effect: RecordedEffect }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown };

/** What the driver asks of the host. */
export type DriverMessage =
  | { readonly kind: 'is-visible'; readonly id: number; readonly targetId: string }
  | { readonly kind: 'answer-dialog'; readonly id: number; readonly answer: Record<string, unknown> }
  | { readonly kind: 'set-online'; readonly id: number; readonly online: boolean }
  | { readonly kind: 'quit'; readonly id: number }
  | { readonly kind: 'power'; readonly id: number; readonly event: string }
  | { readonly kind: 'move'; readonly id: number; readonly targetId: string; readonly x: number; readonly y: number }
  | { readonly kind: 'screens'; readonly id: number; readonly count: 1 | 2 };

/** Lines out of a stream of text. */
export function lineReader(onLine: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}
