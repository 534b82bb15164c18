import { type ReactNode, useEffect, useRef } from 'react';
import { announce, spokenText } from './announcements.ts';

type Props = {
  readonly as?: 'p' | 'div' | 'section' | 'span';
  /** Something is wrong, or is asked: it can be found as a note afterwards. */
  readonly isWarning?: boolean;
  readonly id?: string;
  readonly className?: string;
  readonly children: ReactNode;
};

/**
 * What comes up by itself: shown here, and said once by the one live region of the till. It is said again when other words stand there, not when it is drawn
 * again, counts down, or was out of sight for a while.
 */
export function Said({ as: Shown = 'p', isWarning = false, children, ...attributes }: Props) {
  const ref = useRef<HTMLElement>(null);
  const last = useRef('');
  useEffect(() => {
    if (ref.current === null) return;
    const words = spokenText(ref.current, '…');
    if (words === last.current) return;
    last.current = words;
    if (words !== '') announce(spokenText(ref.current));
  });
  return (
    <Shown
      ref={(element: HTMLElement | null) => {
        ref.current = element;
      }}
      role={isWarning ? 'note' : undefined}
      {...attributes}
    >
      {children}
    </Shown>
  );
}
