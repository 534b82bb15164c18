import { useEffect, useEffectEvent } from 'react';
import { parseAmount } from '../../../contract/money.ts';
import { isTyping } from '../use-shortcuts.ts';

/** Calls `onAmount` with a pasted amount in cents, or null for a text that is no amount. Not while a field has the focus. */
export function usePastedAmount(locale: string, onAmount: (amountInCents: number | null) => void): void {
  const paste = useEffectEvent((event: ClipboardEvent) => {
    if (isTyping(event)) return;
    event.preventDefault();
    const amount = parseAmount(event.clipboardData?.getData('text/plain') ?? '', locale);
    onAmount(amount.kind === 'ok' ? amount.value : null);
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent) => paste(event);
    window.addEventListener('paste', listener);
    return () => window.removeEventListener('paste', listener);
  }, []);
}
