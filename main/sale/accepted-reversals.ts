/** How long JustiFi has been working on accepted reversals, counted by the questions about them. */
type AcceptedReversals = {
  /** A question about it was answered, or not. */
  note(reversalId: string, isRead: boolean): void;
  /** No answer for some minutes: the cashier is not kept waiting. */
  isLong(reversalId: string): boolean;
  /** The last questions were not answered. */
  isUnread(reversalId: string): boolean;
  /** Until the next question. Live, a refund takes days. */
  pauseMs(reversalId: string): number;
};

/** Without an answer the request is repeated this often, always with the same key. */
const ASK_AGAIN_MS = 20_000;
/** Two minutes. */
const LONG_AFTER = 6;
const UNREAD_AFTER = 3;
const LONGEST_PAUSE_MS = 15 * 60_000;

export function createAcceptedReversals(): AcceptedReversals {
  const asked = new Map<string, { readonly times: number; readonly unread: number }>();
  const of = (reversalId: string) => asked.get(reversalId) ?? { times: 0, unread: 0 };
  return {
    note(reversalId, isRead) {
      const { times, unread } = of(reversalId);
      asked.set(reversalId, { times: times + 1, unread: isRead ? 0 : unread + 1 });
    },
    isLong: (reversalId) => of(reversalId).times >= LONG_AFTER,
    isUnread: (reversalId) => of(reversalId).unread >= UNREAD_AFTER,
    pauseMs: (reversalId) => Math.min(ASK_AGAIN_MS * 2 ** Math.max(0, of(reversalId).times - LONG_AFTER), LONGEST_PAUSE_MS),
  };
}
