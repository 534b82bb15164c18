import { STEPS, type StartSteps } from './start-steps.ts';

/** From the first digit to Charge, in milliseconds: in a hurry, quickly, and with a description and a look at the screen. */
export const CASHIER_TYPES_FOR_MS = [500, 1_000, 2_500] as const;
export type TypesForMs = (typeof CASHIER_TYPES_FOR_MS)[number];

/** The measurements of one way, in milliseconds, run after run. Done literally, nothing is ready before Charge, so it does not matter how long a cashier types. */
export type Measured = {
  readonly starts: StartSteps[];
  readonly formMs: Readonly<Record<TypesForMs, number[]>>;
  readonly resultMs: number[];
  readonly pauseMs: number[];
};

/** The longest allowed pause of the selling process while its journal is checked and backed up: the next key would be late. */
const LONGEST_PAUSE_MS = 50;
/** If selling alone pauses for longer than this, other work on the machine distorts the figures. */
const QUIET_MS = 15;

/** `ratio`: how many times faster Counter is than the walk-through done literally; below 1 it is slower. */
export type Ratio = { readonly name: string; readonly oursMs: number; readonly literalMs: number; readonly ratio: number };
export type Ratios = readonly Ratio[];

const rowsFor = (paces: readonly TypesForMs[]): readonly (readonly [name: string, of: (measured: Measured) => readonly number[]])[] => [
  ['start → keypad accepts digits', ({ starts }) => starts.map(lengthOf)],
  ...paces.map((ms) => [`Charge ${ms / 1_000} s after the first digit → card number keeps what is typed`, ({ formMs }: Measured) => formMs[ms]] as const),
  ['Pay answered → result on the screen', ({ resultMs }) => resultMs],
  ['worst pause while the journal is looked after', ({ pauseMs }) => pauseMs],
];

/** The share of its earlier value that a ratio must keep. Other work on the machine moves it by a third; a lost preparation by far more than half. */
export const ENOUGH = 0.5;

/** `paces`: those that were measured. */
export function ratiosOf(ours: Measured, literal: Measured, paces: readonly TypesForMs[] = CASHIER_TYPES_FOR_MS): Ratios {
  return rowsFor(paces).map(([name, of]) => {
    const [oursMs, literalMs] = [median(of(ours)), median(of(literal))];
    return { name, oursMs, literalMs, ratio: Number((literalMs / oursMs).toPrecision(3)) };
  });
}

/** A sentence for each ratio that is much worse than before, or missing in the baseline. */
export function slowerRows(now: Ratios, before: Ratios): readonly string[] {
  return now.flatMap(({ name, ratio }) => {
    const was = before.find((row) => row.name === name)?.ratio;
    if (was === undefined) return [`${name}: the baseline has no such row`];
    return ratio >= was * ENOUGH ? [] : [`${name}: ${ratio} times, it was ${was} times`];
  });
}

/**
 * `asked`: the machine was quiet, so the limit of 50 ms holds for the worst pause. `aloneMs`: the worst pause of selling alone, in the same run.
 * `exceeded`: a sentence; null: it was kept, or not asked for.
 */
export function judgePause(pauseMs: number, aloneMs: number): { readonly asked: boolean; readonly exceeded: string | null } {
  const asked = aloneMs <= QUIET_MS;
  return { asked, exceeded: asked && pauseMs > LONGEST_PAUSE_MS ? `worst pause while the journal is looked after: ${Math.round(pauseMs)} ms, at most ${LONGEST_PAUSE_MS}` : null };
}

/** Each step of a start: its medians do not add up to the median of the whole. */
export function stepsOf(ours: Measured, literal: Measured): readonly { readonly step: string; readonly oursMs: number; readonly literalMs: number }[] {
  return STEPS.map((step) => ({ step, oursMs: median(ours.starts.map((start) => start[step])), literalMs: median(literal.starts.map((start) => start[step])) }));
}

function lengthOf(start: StartSteps): number {
  return STEPS.reduce((sum, step) => sum + start[step], 0);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.floor(sorted.length / 2)];
  if (value === undefined) throw new Error('nothing was measured');
  return Math.round(value);
}
