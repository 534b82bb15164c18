import type { ReaderPress } from '../../contract/training-reader.ts';

/** The card reader that is drawn on the screen in training. */
export function englishTrainingReader() {
  return {
    title: 'Card reader (training)',
    cards: { title: 'Cards to practice with', end: { pays: 'pays', 'is-declined': 'is declined' }, rest: 'With any date in the future, any CVV and any postal code. Never a real card.' },
    idle: 'Ready',
    off: 'Off',
    processing: 'Processing…',
    asking: (amount: string) => `${amount} – tap or insert`,
    press: { tap: 'Tap a card', insert: 'Insert a card', decline: 'A card that is declined', cancel: 'Cancel on the reader', 'run-out': 'Let 90 seconds pass', unplug: 'Unplug', plug: 'Plug in' } as Readonly<Record<ReaderPress, string>>,
  };
}

export type TrainingReaderWords = ReturnType<typeof englishTrainingReader>;
