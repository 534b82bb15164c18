/** A page that is lost more often than this within this time is not reloaded any more: one that crashes at once would be reloaded for ever. */
const MOST_LOST = 3;
const LOST_WITHIN_MS = 60_000;

/** Counts how often a page crashed or froze. Called with each loss; false: do not reload it any more. */
export function createPageLoss(monotonicMs: () => number = () => performance.now()): () => boolean {
  let lostAtMs: readonly number[] = [];
  return () => {
    const nowMs = monotonicMs();
    lostAtMs = [...lostAtMs.filter((atMs) => nowMs - atMs < LOST_WITHIN_MS), nowMs];
    return lostAtMs.length <= MOST_LOST;
  };
}
