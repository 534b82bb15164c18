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
