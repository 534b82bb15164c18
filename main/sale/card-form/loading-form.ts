import type { ChargeProblem } from '../../../contract/problem.ts';
import { type Result, failed, ok } from '../../../contract/result.ts';
import { chargeProblem } from '../charge-problem.ts';
import type { JustifiFailure } from '../justifi-failure.ts';
import type { TimeBudget } from '../timers.ts';
import type { MountedForm } from './mounted-form.ts';

/** A form that is not ready by then gives way to a second. Never both: a sale has one document. */
const SECOND_FORM_AFTER_MS = 6_000;
/** When the second is not ready either, the field host hangs or is blocked, and the cashier is told. */
const SECOND_FORM_WITHIN_MS = 4_000;
const NOT_LOADED = failed({ kind: 'form-did-not-load' } as const);

type Mounting = Promise<Result<MountedForm, JustifiFailure>>;

/** The first form when it is ready in time, else a second one, which is mounted after the first was closed. */
export async function loadForm(time: TimeBudget, first: Mounting, mountSecond: () => Mounting, isWanted: () => boolean): Promise<Result<MountedForm, ChargeProblem>> {
  const loaded = await loadWithin(time, SECOND_FORM_AFTER_MS, first);
  if (loaded.kind === 'ok' || loaded.failure.kind !== NOT_LOADED.failure.kind || !isWanted() || time.leftMs() <= 0) return loaded;
  return loadWithin(time, SECOND_FORM_WITHIN_MS, mountSecond());
}

/** Closes the form when it is not ready in time. */
async function loadWithin(time: TimeBudget, ms: number, mounting: Mounting): Promise<Result<MountedForm, ChargeProblem>> {
  const loaded = await time.spend(ms, whenReady(mounting), NOT_LOADED);
  if (loaded.kind === 'failed') closeWhenMounted(mounting.then((mounted) => (mounted.kind === 'ok' ? mounted.value : null)));
  return loaded;
}

/** Stays open as long as the field host hangs. */
async function whenReady(mounting: Mounting): Promise<Result<MountedForm, ChargeProblem>> {
  const mounted = await mounting;
  if (mounted.kind === 'failed') return failed(chargeProblem(mounted.failure));
  return (await mounted.value.form.ready) ? ok(mounted.value) : NOT_LOADED;
}

export function closeWhenMounted(mounting: Promise<MountedForm | null>): void {
  void mounting.then((mounted) => mounted?.form.close());
}
