import type { SaleView } from '../../../contract/till-snapshot.ts';

/** A tone: how high (Hz), when it begins and how long it is (seconds). */
export type Tone = { readonly hertz: number; readonly at: number; readonly lasts: number };

/** Distinct in rhythm as well as pitch: two quick rising tones, one long low tone. */
export const CHIMES = {
  paid: [
    { hertz: 880, at: 0, lasts: 0.12 },
    { hertz: 1318, at: 0.16, lasts: 0.16 },
  ],
  declined: [{ hertz: 220, at: 0, lasts: 0.55 }],
} as const satisfies Readonly<Record<string, readonly Tone[]>>;
export type Chime = keyof typeof CHIMES;

type Moment = Pick<SaleView, 'saleId' | 'kind'>;

/**
 * The sound of a change of a sale's state; null: none. Only for a result that the cashier was waiting for:
 * a result shown again, or after a restart, is silent.
 */
export function chimeBetween(before: Moment | null, now: Moment): Chime | null {
  if (before === null || before.saleId !== now.saleId || (before.kind !== 'submitting' && before.kind !== 'checking' && before.kind !== 'ready')) return null;
  if (now.kind === 'paid' || now.kind === 'accepted') return 'paid';
  return now.kind === 'declined' ? 'declined' : null;
}

/** Plays it softly. Made by the page itself: no file, no network. */
export function play(chime: Chime, context: AudioContext): void {
  for (const { hertz, at, lasts } of CHIMES[chime]) {
    const tone = context.createOscillator();
    const loudness = context.createGain();
    const begins = context.currentTime + at;
    tone.frequency.value = hertz;
    loudness.gain.setValueAtTime(0.0001, begins);
    loudness.gain.exponentialRampToValueAtTime(0.2, begins + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, begins + lasts);
    tone.connect(loudness).connect(context.destination);
    tone.start(begins);
    tone.stop(begins + lasts);
  }
}
