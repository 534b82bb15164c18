import type { SavedMethod } from '../../../contract/customer.ts';
import type { Result } from '../../../contract/result.ts';
import type { JustifiFailure } from '../justifi-failure.ts';

/** JustiFi's groups of payment methods, one for each customer of this register. */
export type MethodGroups = {
  /** A new group, with nothing in it: its id. */
  create(): Promise<Result<string, JustifiFailure>>;
  /** Sets the group to exactly these, all of the customer's: JustiFi does not document whether its PATCH adds or replaces. */
  put(groupId: string, methodIds: readonly string[]): Promise<Result<null, JustifiFailure>>;
  /** ok even when it was not in the group any more. */
  remove(groupId: string, methodId: string): Promise<Result<null, JustifiFailure>>;
  /** The method as JustiFi judges it now; null: it has none of this id, or it is no card. */
  read(methodId: string): Promise<Result<SavedMethod | null, JustifiFailure>>;
  /** The card that a checkout was paid with; null: JustiFi gives no card of it that can be saved. */
  paidMethod(checkoutId: string): Promise<Result<SavedMethod | null, JustifiFailure>>;
};

/** Main's own request to complete a checkout, with a method that is saved at JustiFi. */
export type Completions = {
  /** Sent once, and never repeated: the checkout shows the outcome. ok: JustiFi has answered with a completion, which may have failed. */
  complete(order: { readonly checkoutId: string; readonly methodId: string; readonly idempotencyKey: string }): Promise<Result<null, JustifiFailure>>;
};
