import { z } from 'zod';
import type { InsuranceOrder } from '../../contract/insured.ts';
import type { InsuranceAnswer } from './plan.ts';
import type { ShopTime } from './shop-time.ts';

/** A request of the component's. Null: no answer came. */
export type ComponentRequest = (method: string, path: string, body?: unknown) => Promise<{ readonly status: number; readonly body: unknown } | null>;

/** The insurance in a card form, and its customer. As in the real page, Pay waits for the answer, and a failed quote is removed. */
export type InsuranceOffer = {
  /** Before the checkout is read. */
  quote(): void;
  /** The total that the customer has read and will pay; null: there was none, and Pay stays disabled. */
  answered(answer: InsuranceAnswer, uninsuredInCents: number | null): Promise<number | null>;
};

type InsuranceOfferParts = {
  readonly order: InsuranceOrder;
  readonly checkoutId: string;
  readonly request: ComponentRequest;
  readonly time: ShopTime;
  readonly isGone: () => boolean;
  readonly tell: (what: string) => void;
};

const MOST_TRIES = 3;
/** JustiFi takes two answers in ten seconds. */
const ANSWERS_AGAIN_AFTER_MS = 10_000;
const READS_AGAIN_AFTER_MS = 2_000;
const quoteAnswer = z.object({ data: z.object({ id: z.string() }) });
const totalAnswer = z.object({ data: z.object({ total_amount: z.int() }) });

export function createInsuranceOffer({ order, checkoutId, request, time, isGone, tell }: InsuranceOfferParts): InsuranceOffer {
  let quoteId: Promise<string | null> = Promise.resolve(null);

  async function askForQuote(): Promise<string | null> {
    const { firstName: first_name, lastName: last_name, email, state, postalCode: postal_code, country, insurableInCents } = order;
    const answer = await request('POST', '/v1/insurance/quotes', {
      checkout_id: checkoutId,
      policy_type: 'season_interruption',
      primary_identity: { state, email, first_name, last_name, postal_code, country },
      policy_attributes: { insurable_amount: insurableInCents, covered_identity: { first_name, last_name } },
    });
    const quoted = quoteAnswer.safeParse(answer?.body);
    return answer?.status === 201 && quoted.success ? quoted.data.data.id : null;
  }

  /** The component sends a string. */
  async function toggle(quote: string, accepted: boolean): Promise<boolean> {
    for (let tries = 1; tries <= MOST_TRIES && !isGone(); tries += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      const answer = await request('POST', `/v1/insurance/quotes/${quote}/toggle`, { accepted: String(accepted) });
      if (answer?.status === 200) return true;
      tell('is not told that the answer was taken');
      // oxlint-disable-next-line no-await-in-loop
      await time.pause(ANSWERS_AGAIN_AFTER_MS);
    }
    return false;
  }

  async function readTotal(): Promise<number | null> {
    for (let tries = 1; tries <= MOST_TRIES && !isGone(); tries += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      const answer = await request('GET', `/v1/checkouts/${checkoutId}`);
      const total = totalAnswer.safeParse(answer?.body);
      if (answer?.status === 200 && total.success) return total.data.data.total_amount;
      // oxlint-disable-next-line no-await-in-loop
      await time.pause(READS_AGAIN_AFTER_MS);
    }
    return null;
  }

  return {
    quote() {
      quoteId = askForQuote();
    },
    async answered(answer, uninsuredInCents) {
      const quote = await quoteId;
      if (isGone()) return null;
      if (quote === null) {
        tell('has no insurance to offer');
        return uninsuredInCents;
      }
      const answers = { takes: [true], declines: [false], 'changes-mind': [true, false] }[answer];
      for (const accepted of answers) {
        tell(accepted ? 'insures' : 'does not insure');
        // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
        if (!(await toggle(quote, accepted))) return null;
      }
      return readTotal();
    },
  };
}
