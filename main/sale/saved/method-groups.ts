import type { SavedMethod } from '../../../contract/customer.ts';
import type { Result } from '../../../contract/result.ts';
import type { JustifiFailure } from '../justifi-failure.ts';

/** JustiFi's groups of payment methods, one for each customer of this register. */
export type MethodGroups = {
  /** A new group, with nothing in it: its id. */
  create(): Promise<Result<string, JustifiFailure>>;
  /** Exactly these are in it afterwards: all that the customer has, because JustiFi does not say whether its PATCH adds or replaces. */
  put(groupId: string, methodIds: readonly string[]): Promise<Result<null, JustifiFailure>>;
  /** ok also where it was not in it any more. */
  remove(groupId: string, methodId: string): Promise<Result<null, JustifiFailure>>;
  /** The method as JustiFi judges it now; null: it has none of this id, or it is no card. */
  read(methodId: string): Promise<Result<SavedMethod | null, JustifiFailure>>;
  /** The card that a checkout was paid with; null: JustiFi gives no card of it that can be saved. */
  paidMethod(checkoutId: string): Promise<Result<SavedMethod | null, JustifiFailure>>;
};

/** Main's own request to complete a checkout, with a method that is saved at JustiFi. */
export type Completions = {
  /** Sent once, and never repeated: the checkout tells what became of it. ok: JustiFi has answered with a completion, which may have failed. */
  complete(order: { readonly checkoutId: string; readonly methodId: string; readonly idempotencyKey: string }): Promise<Result<null, JustifiFailure>>;
};
