import type { RecordedEffect } from './recorded-effects.ts';

/** The Chromium that the host has started itself. */
export type OwnChromium = { readonly pid: number; readonly profile: string };

/** The messages of the host to its driver, one JSON line each. */
export type HostMessage =
  | { readonly kind: 'hello'; readonly pid: number; readonly own: OwnChromium | null }
  | { readonly kind: 'endpoint'; readonly url: string }
  | { readonly kind: 'effect'; readonly effect: RecordedEffect }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown };

/** The visible content of a window: pages at their positions, lowest first. */
export type WindowPicture = {
  readonly width: number;
  readonly height: number;
  readonly pages: readonly { readonly targetId: string; readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } }[];
};

/** The requests of the driver to the host. */
export type DriverMessage =
  | { readonly kind: 'is-visible'; readonly id: number; readonly targetId: string }
  | { readonly kind: 'has-keyboard'; readonly id: number; readonly targetId: string }
  | { readonly kind: 'pages'; readonly id: number; readonly targetId: string }
  | { readonly kind: 'resize'; readonly id: number; readonly targetId: string; readonly width: number; readonly height: number }
  | { readonly kind: 'answer-dialog'; readonly id: number; readonly answer: Record<string, unknown> }
  | { readonly kind: 'set-online'; readonly id: number; readonly online: boolean }
  | { readonly kind: 'quit'; readonly id: number }
  | { readonly kind: 'power'; readonly id: number; readonly event: string }
  | { readonly kind: 'move'; readonly id: number; readonly targetId: string; readonly x: number; readonly y: number }
  | { readonly kind: 'close-window'; readonly id: number; readonly targetId: string }
  | { readonly kind: 'work-elsewhere' | 'come-back'; readonly id: number; readonly targetId: string }
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
