import { type CSSProperties, type Ref, useEffect, useRef } from 'react';
import { announce } from '../announcements.ts';

type Props = { readonly money: string; readonly className?: string };

/** The size goes down with the number of characters, so that $999,999.99 fits where $5.00 does. */
const sized = (money: string) => ({ '--characters': money.length }) as CSSProperties;

/** An amount in the largest size that fits. */
export function Amount({ money, className = '' }: Props) {
  return (
    <p className={`amount ${className}`} style={sized(money)}>
      {money}
    </p>
  );
}

type HeadingProps = Props & { readonly label?: string; readonly ref?: Ref<HTMLHeadingElement>; readonly isTyped?: boolean };

/** The main amount of a screen. `isTyped`: each change is announced. */
export function AmountHeading({ money, label = money, isTyped = false, ref }: HeadingProps) {
  useSaidAtPause(isTyped ? label : '');
  return (
    <h1 ref={ref} tabIndex={-1} className="amount" style={sized(money)} aria-label={label}>
      {money}
    </h1>
  );
}

/** After a pause in typing the amount is announced. */
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
