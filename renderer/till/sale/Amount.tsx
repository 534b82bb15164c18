import { type CSSProperties, type Ref, useEffect, useRef } from 'react';
import { announce } from '../announcements.ts';

type Props = { readonly money: string; readonly className?: string };

/** The size goes down with the number of characters, so that $999,999.99 fits where $5.00 does. */
const sized = (money: string) => ({ '--characters': money.length }) as CSSProperties;

/** An amount as large as its place lets it be. */
export function Amount({ money, className = '' }: Props) {
  return (
    <p className={`amount ${className}`} style={sized(money)}>
      {money}
    </p>
  );
}

type HeadingProps = Props & { readonly label?: string; readonly ref?: Ref<HTMLHeadingElement>; readonly isTyped?: boolean };

/** The amount that a screen is about. `isTyped`: it is said whenever it is another. */
export function AmountHeading({ money, label = money, isTyped = false, ref }: HeadingProps) {
  useSaidAtPause(isTyped ? label : '');
  return (
    <h1 ref={ref} tabIndex={-1} className="amount" style={sized(money)} aria-label={label}>
      {money}
    </h1>
  );
}

/** The hand has paused: what it typed can be said. */
const PAUSE_MS = 700;

function useSaidAtPause(words: string): void {
  const said = useRef(words);
  useEffect(() => {
    if (words === said.current) return undefined;
    const timer = window.setTimeout(() => {
      said.current = words;
      announce(words);
    }, PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [words]);
}
