import type { CustomerProblem } from '../../../contract/customer.ts';
import type { CustomerWords } from '../../../words/en/customers.ts';
import { say } from '../../../words/sentences.ts';

/** The sentence for a failed call; "not done" for problems that are shown elsewhere or have no sentence. */
export function customerSentence({ problem, notDone }: CustomerWords, failure: { readonly kind: string }): string {
  return isCustomerProblem(problem, failure) ? say(problem, failure) : notDone;
}

function isCustomerProblem(problem: CustomerWords['problem'], failure: { readonly kind: string }): failure is CustomerProblem {
  return Object.hasOwn(problem, failure.kind);
}
