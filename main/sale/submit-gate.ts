import { checkAmount } from '../../contract/money.ts';
import { type Result, disregard, failed, ok } from '../../contract/result.ts';
import { type AmountCheck, mayBeInsured } from './amount-check.ts';
import type { ChargeCheckParts } from './charge-check.ts';
import type { CurrentSale } from './current-sale.ts';
import { openLink } from './sale.ts';
import type { SaleFlow } from './sale-flow.ts';
import type { SubmitClaim, SubmitRefusal, Tender } from './tender.ts';

/** Decides whether Pay may charge now. The write-ahead point: ok means that it is in the journal. */
type SubmitGate = (claim: SubmitClaim) => Promise<Result<null, SubmitRefusal>>;

export type SubmitGateParts = Pick<ChargeCheckParts, 'limits'> & {
  readonly current: CurrentSale;
  readonly flow: SaleFlow;
  readonly amounts: AmountCheck;
  readonly tender: () => Tender;
  readonly onAllowed: () => void;
};

/** A charge is allowed when JustiFi's own answer of the last minute holds exactly this sale, and the journal has it. */
export function createSubmitGate({ current, flow, amounts, tender, limits, onAllowed }: SubmitGateParts): SubmitGate {
  function refuse(kind: SubmitRefusal['kind'], why: string): Result<null, SubmitRefusal> {
    current.learn({ kind: 'submit-refused', why });
    return failed({ kind });
  }

  return async (claim) => {
    const sale = current.get();
    const presented = tender().presented();
    if (sale.kind !== 'ready' || presented === null) return refuse('not-now', `state:${sale.kind}`);
    // A wallet shows the customer an amount that Counter does not know.
    if (!tender().methodTypes.includes(claim.methodType)) return refuse('not-now', `method:${claim.methodType}`);
    const authorisation = tender().authorisation(claim.methodType);
    if (authorisation !== null && !claim.isAuthorisationShown) return refuse('not-now', 'authorisation-not-shown');
    const believed = claim.componentAmountInCents;
    // An insurance premium is compared once JustiFi has reported it.
    const isPlausible = believed === null || believed === sale.purchase.totalInCents || tender().preparedAmounts.includes(believed) || mayBeInsured(sale);
    if (claim.checkoutId !== sale.checkoutId || !isPlausible) {
      const refusal = refuse('amount-changed', claim.checkoutId === sale.checkoutId ? `amount:${believed}` : 'checkout');
      disregard(flow.startOver({ kind: 'amount-changed' }), 'it is on the screen, or the sale stays where it is');
      return refusal;
    }
    // The link may have been paid since the last reading, and an insurance taken or declined.
    const verdict = await (openLink(sale) === null && !mayBeInsured(sale) ? amounts.verdict(sale) : amounts.begin(sale));
    const now = current.get();
    // Meanwhile there may have been Back, another form, a second press, or an answer of JustiFi's.
    if (now.id !== sale.id || now.kind !== 'ready' || tender().presented() !== presented) return failed({ kind: 'not-now' });
    if (verdict.kind === 'no-answer') return refuse('not-now', 'amount-unread');
    if (verdict.kind === 'not-payable') {
      current.learn({ kind: 'payment-suspected', why: 'checkout-read' });
      return failed({ kind: 'not-now' });
    }
    if (verdict.kind === 'differs') {
      const refusal = refuse('amount-changed', verdict.why);
      flow.chargeAgain();
      return refusal;
    }
    const { checkoutId, purchase } = sale;
    const { premiumInCents } = verdict;
    const amountInCents = purchase.totalInCents + premiumInCents;
    // The customer has read another amount than JustiFi would charge, or the insurance makes it too large.
    if (mayBeInsured(sale) && believed !== amountInCents) return refuse('not-now', `premium:${premiumInCents}:${believed}`);
    if (premiumInCents > 0 && checkAmount(amountInCents, limits()).kind === 'failed') return refuse('not-now', `premium:${premiumInCents}`);
    const isStillOn = () => current.get().id === sale.id && tender().presented() === presented;
    const noted = await current.intendSoon({ kind: 'submit-allowed', checkoutId, amountInCents, ...(premiumInCents > 0 && { premiumInCents }), failed: verdict.failed, authorisation, ...(claim.completion && { completion: claim.completion }) }, isStillOn);
    if (noted.kind === 'failed') return failed({ kind: 'journal-unwritable' });
    onAllowed();
    return ok(null);
  };
}
