import { type ReactNode, useEffect, useRef } from 'react';
import { announce, spokenText } from './announcements.ts';

type Props = {
  readonly as?: 'p' | 'div' | 'section' | 'span';
  /** An error or a question: it can be found as a note afterwards. */
  readonly isWarning?: boolean;
  readonly id?: string;
  readonly className?: string;
  readonly children: ReactNode;
};

/**
 * Text that appears by itself: shown here, and announced once by the one live region of the till. It is announced again when its words change, not when it is drawn
 * again, counts down, or was hidden for a while.
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
