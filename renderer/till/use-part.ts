import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Part, PartState } from './part.ts';

/** Fetches the part, if that has not been done yet. While another part is loading, the last one stays. */
export function usePart<Content>(part: Part<Content>): PartState<Content> {
  const state = useSyncExternalStore(part.subscribe, part.read);
  const [last, setLast] = useState(state);
  useEffect(() => part.load(), [part]);
  if (state.kind === 'loaded' && state !== last) setLast(state);
  return state.kind === 'loading' ? last : state;
}
