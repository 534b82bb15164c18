import type { TestJustifi } from '../justifi/justifi.ts';
import { READER_ID } from './line.ts';
import type { Plan } from './plan.ts';
import type { ShopClock } from './shop-time.ts';
import type { Tally } from './tally.ts';

/** Customers who do not pay on the form: they need no till, and continue when it is killed. */
export type CustomersElsewhere = {
  use(justifi: TestJustifi): void;
  /** The reader has been asked for this plan's sale. */
  atReader(plan: Plan): void;
  /** The link of this checkout is on the screen. */
  sawLink(plan: Plan, checkoutId: string): void;
  /** The shop closes: later payments are made now, and none of these checkouts' links can be paid any more. */
  closes(linked: readonly string[]): Promise<void>;
};

/** An unplugged reader is plugged in again soon. */
const UNPLUGGED_MS = 3_000;

export function openCustomersElsewhere({ clock, tally }: { readonly clock: ShopClock; readonly tally: Tally }): CustomersElsewhere {
  let justifi: TestJustifi | null = null;
  /** How often the reader asked, by plan. */
  const asked = new Map<number, number>();
  /** Checkouts whose link was shown, and those of them that a customer is about to pay. */
  const links = new Set<string>();
  const toCome = new Map<string, () => Promise<void>>();

  const after = (shopMs: number, act: () => Promise<void>) => void clock.pause(shopMs).then(act);

  async function press({ elsewhere }: Plan, time: number): Promise<void> {
    if (elsewhere?.kind !== 'reader' || justifi === null) return;
    const pressed = elsewhere.presses[time] ?? elsewhere.presses.at(-1) ?? 'tap';
    if (await justifi.pressReader(READER_ID, pressed)) tally.count(`at the reader, ${pressed}`);
    if (pressed === 'unplug') after(UNPLUGGED_MS, async () => void (await justifi?.pressReader(READER_ID, 'plug')));
  }

  async function pay(checkoutId: string, isDeclinedFirst: boolean): Promise<void> {
    toCome.delete(checkoutId);
    if (isDeclinedFirst && (await justifi?.payHosted(checkoutId, 'is-declined')) === true) tally.count('declined on a phone');
    tally.count((await justifi?.payHosted(checkoutId, 'pays')) === true ? 'paid on a phone' : 'a phone that came too late');
  }

  return {
    use(started) {
      justifi = started;
    },
    atReader(plan) {
      const time = asked.get(plan.number) ?? 0;
      asked.set(plan.number, time + 1);
      if (plan.elsewhere?.kind === 'reader') after(plan.elsewhere.hesitatesMs, () => press(plan, time));
    },
    sawLink({ elsewhere }, checkoutId) {
      if (links.has(checkoutId) || elsewhere?.kind !== 'phone') return;
      links.add(checkoutId);
      if (elsewhere.paysAfterMs === null) return;
      const coming = () => pay(checkoutId, elsewhere.isDeclinedFirst);
      toCome.set(checkoutId, coming);
      after(elsewhere.paysAfterMs, async () => {
        if (toCome.has(checkoutId)) await coming();
      });
    },
    async closes(linked) {
      await justifi?.pressReader(READER_ID, 'plug');
      await Promise.all([...toCome.values()].map((coming) => coming()));
      const isUnpaid = (checkoutId: string) => justifi?.charges(checkoutId).length === 0;
      for (const checkoutId of linked) if (isUnpaid(checkoutId)) justifi?.expireCheckout(checkoutId);
    },
  };
}
