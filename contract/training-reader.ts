/** What a person does at the card reader of training. `run-out`: nothing, until its 90 seconds are over. */
export const READER_PRESSES = ['tap', 'insert', 'decline', 'cancel', 'run-out', 'unplug', 'plug'] as const;
export type ReaderPress = (typeof READER_PRESSES)[number];

/** What stands on its screen. */
export type ReaderScreen = { readonly kind: 'idle' | 'off' | 'processing' } | { readonly kind: 'asking'; readonly amountInCents: number } | { readonly kind: 'identify'; readonly name: string };
