import type { ReactNode } from 'react';

/* Drawn on 24 × 24. Solid ones for what is certain and final, outlined ones for what is open: told apart without colour. */
const DRAWINGS = {
  /** A solid disc with a tick. */
  paid: solid(<circle cx="12" cy="12" r="11" />, <path d="m6.5 12.5 3.8 3.8 7.4-8" />),
  /** A clock: the money is on its way. */
  accepted: outline(<><circle cx="12" cy="12" r="10" /><path d="M12 5.8V12l4.2 2.6" /></>),
  /** A stop sign with a cross. */
  declined: solid(<path d="M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4Z" />, <path d="m8 8 8 8m0-8-8 8" />),
  /** A crossed-out empty ring: nothing was charged. */
  'not-charged': outline(<><circle cx="12" cy="12" r="10" /><path d="m5 19 14-14" /></>),
  /** A warning triangle. */
  'wrong-amount': solid(<path d="M12 1.2 23.6 22.4H.4Z" strokeLinejoin="round" />, <path d="M12 8.6v6.4m0 3.4v.1" />),
  /** A diamond with a question mark. */
  unknown: outline(<><path d="M12 1.6 22.4 12 12 22.4 1.6 12Z" strokeLinejoin="round" /><path d="M9.4 9.6a2.7 2.7 0 1 1 3.8 2.5c-.8.4-1.2.9-1.2 1.7m0 3v.1" /></>),
  /** A bell: a late payment or a dispute. */
  late: solid(<path d="M12 1.4a7 7 0 0 1 7 7v6l2.6 4.1H2.4L5 14.4v-6a7 7 0 0 1 7-7Zm-3 18.4h6a3 3 0 0 1-6 0Z" />, <path d="M12 6v5.4m0 3.2v.1" />),
  offline: outline(<path d="M3 10.6a13 13 0 0 1 18 0M6.4 14.2a8 8 0 0 1 11.2 0M12 18.6v.1M3.4 3.4l17.2 17.2" />),
  backspace: outline(<path d="M8.4 5H21.6v14H8.4L1.8 12Zm3.2 4 6 6m0-6-6 6" strokeLinejoin="round" />),
  opens: outline(<path d="m5.6 9 6.4 6.4L18.4 9" />),
  tick: outline(<path d="m4.4 12.6 5 5 10.2-11" />),
} as const satisfies Readonly<Record<string, ReactNode>>;

export type SignKind = keyof typeof DRAWINGS;

/** A sign beside a word that says the same; never alone. `size`: a picture of its own, or as high as the text around it. */
export function Sign({ kind, size = 'icon' }: { readonly kind: SignKind; readonly size?: 'sign' | 'icon' }) {
  return (
    <svg className={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {DRAWINGS[kind]}
    </svg>
  );
}

function outline(lines: ReactNode): ReactNode {
  return (
    <g fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round">
      {lines}
    </g>
  );
}

/** The mark has the background's colour, so that it stays visible in forced colours too. */
function solid(body: ReactNode, mark: ReactNode): ReactNode {
  return (
    <>
      <g fill="currentColor">{body}</g>
      <g className="mark" fill="none" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
        {mark}
      </g>
    </>
  );
}
