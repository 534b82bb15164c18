import { useEffect, useRef } from 'react';
import type { SaleView } from '../../../contract/till-snapshot.ts';
import { openPart } from '../part.ts';
import { chimeBetween } from './chime-between.ts';

/** Only a register with sounds fetches them, long before the first; one that cannot is silent. */
const chimes = openPart(() => import('./chime.ts'), () => {});

/** Plays a sound at the end of a sale, where sounds are turned on. */
export function useChimes(sale: SaleView | undefined, wanted: boolean): void {
  const before = useRef<Pick<SaleView, 'saleId' | 'kind'> | null>(null);
  const speaker = useRef<AudioContext | null>(null);
  const { saleId, kind } = sale ?? {};
  useEffect(() => {
    if (wanted) chimes.load();
    if (saleId === undefined || kind === undefined) return;
    const now = { saleId, kind };
    const chime = chimeBetween(before.current, now);
    before.current = now;
    const part = chimes.read();
    if (chime === null || !wanted || part.kind !== 'loaded') return;
    speaker.current ??= new AudioContext();
    part.content.play(chime, speaker.current);
  }, [saleId, kind, wanted]);
}
