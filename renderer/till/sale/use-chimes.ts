import { useEffect, useRef } from 'react';
import type { SaleView } from '../../../contract/till-snapshot.ts';
import { chimeBetween, play } from './chime.ts';

/** Plays a sound at the end of a sale, where sounds are turned on. */
export function useChimes(sale: SaleView | undefined, wanted: boolean): void {
  const before = useRef<Pick<SaleView, 'saleId' | 'kind'> | null>(null);
  const speaker = useRef<AudioContext | null>(null);
  const { saleId, kind } = sale ?? {};
  useEffect(() => {
    if (saleId === undefined || kind === undefined) return;
    const now = { saleId, kind };
    const chime = chimeBetween(before.current, now);
    before.current = now;
    if (chime === null || !wanted) return;
    speaker.current ??= new AudioContext();
    play(chime, speaker.current);
  }, [saleId, kind, wanted]);
}
