import { faultyStatus } from '../justifi/fault.ts';
import type { ServedAnswer } from '../justifi/justifi.ts';
import type { Plan } from './plan.ts';
import type { ShopClock } from './shop-time.ts';
import type { Tally } from './tally.ts';

/** The network's and JustiFi's problems with the voids and refunds of a plan. */
export type ReturnTroubles = {
  /** `request`: "void" or "refund", and the payment. `answer`: JustiFi carries it out. */
  meets(plan: Plan | undefined, request: string, answer: () => Promise<ServedAnswer>): Promise<ServedAnswer>;
  /** Requests that have not arrived. */
  onTheWay(): number;
};

type ReturnTroublesParts = {
  readonly clock: ShopClock;
  readonly tally: Tally;
  /** JustiFi has carried it out; the power fails before its answer leaves. */
  readonly onMade: () => void;
};

/** One more than the client sends at a time, so that the till asks again. */
const TROUBLED_REQUESTS = 4;
/** Later than the client waits for an answer. */
const ARRIVES_AFTER_MS = 14_000;

export function openReturnTroubles({ clock, tally, onMade }: ReturnTroublesParts): ReturnTroubles {
  const times = new Map<string, number>();
  let onTheWay = 0;

  async function arrivesLate(answer: () => Promise<ServedAnswer>): Promise<ServedAnswer> {
    onTheWay += 1;
    await clock.pause(ARRIVES_AFTER_MS);
    const answered = await answer();
    onTheWay -= 1;
    return answered;
  }

  async function isStruck(answer: () => Promise<ServedAnswer>): Promise<ServedAnswer> {
    const answered = await answer();
    if (typeof answered === 'string' || answered.status >= 300) return answered;
    onMade();
    return 'hang';
  }

  async function trouble({ trouble: what }: NonNullable<Plan['returns']>, isFirst: boolean, answer: () => Promise<ServedAnswer>): Promise<ServedAnswer> {
    if (what === 'none' || (!isFirst && (what === 'late' || what === 'refused'))) return answer();
    tally.count(`given back, ${what}`);
    switch (what) {
      case 'request-lost':
        return 'disconnect';
      case 'error-before':
        return faultyStatus(503, 'try_later');
      case 'refused':
        return faultyStatus(422, 'not_now');
      case 'late':
        return arrivesLate(answer);
      case 'answer-lost':
        await answer();
        return 'disconnect';
      case 'error-after':
        await answer();
        return faultyStatus(500, 'internal_error');
      default:
        return what satisfies never;
    }
  }

  return {
    onTheWay: () => onTheWay,
    async meets(plan, request, answer) {
      const returns = plan?.returns ?? null;
      const time = times.get(request) ?? 0;
      times.set(request, time + 1);
      if (returns === null || time >= TROUBLED_REQUESTS) return answer();
      if (time === 0 && returns.killed === 'when-made') return isStruck(answer);
      return trouble(returns, time === 0, answer);
    },
  };
}
