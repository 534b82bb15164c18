/** A customer's action at the training reader. `run-out`: none, until its 90 seconds are over. */
export const READER_PRESSES = ['tap', 'insert', 'decline', 'cancel', 'run-out', 'unplug', 'plug'] as const;
export type ReaderPress = (typeof READER_PRESSES)[number];

/** The text on its screen. */
export type ReaderScreen = { readonly kind: 'idle' | 'off' | 'processing' } | { readonly kind: 'asking'; readonly amountInCents: number } | { readonly kind: 'identify'; readonly name: string };
