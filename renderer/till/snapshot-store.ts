import { flushSync } from 'react-dom';
import type { Bridge } from '../../contract/channels.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';

/** The latest snapshot from main. The page has no other source of its state. */
export type SnapshotStore = {
  read(): TillSnapshot | null;
  subscribe(listener: () => void): () => void;
};

export function followSnapshots(bridge: Bridge<'till'>): SnapshotStore {
  let latest: TillSnapshot | null = null;
  const listeners = new Set<() => void>();

  function take(snapshot: TillSnapshot): void {
    latest = snapshot;
    // Synchronously: the next key belongs to this screen.
    flushSync(() => {
      for (const listener of listeners) listener();
    });
  }

  bridge.onSnapshot(take);
  void bridge.snapshot().then((answer) => {
    // A push may have come first, and is then newer.
    if (answer.kind === 'ok' && latest === null) take(answer.value);
  });

  return {
    read: () => latest,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
