/** Beside the sale while the customer is at Sezzle. */
export function englishSezzle() {
  return {
    ask: 'Ask the customer to press Pay with Sezzle, and to agree there.',
    there: 'The customer is at Sezzle, in a window of its own.',
    left: (time: string) => `${time} left`,
    wait: 'Nothing is charged until they agree there. Wait: the result comes by itself.',
    toCancel: 'To stop: they cancel there, or you press Close Sezzle’s window.',
    longest: 'After 15 minutes the window closes, and Counter asks JustiFi if it was paid.',
    ended: 'The customer is done at Sezzle.',
    answering: 'Waiting for JustiFi’s answer. Don’t hand anything over yet…',
  };
}

export type SezzleWords = ReturnType<typeof englishSezzle>;
