import type { Result } from '../../../contract/result.ts';
import type { JustifiFailure } from '../justifi-failure.ts';

/** JustiFi's terminals (card readers), as a sale uses them. */
export type Terminals = {
  /**
   * Sends the checkout to the reader; it is paid there, or not, within 90 seconds. JustiFi documents no key for this request, so it is never repeated:
   * without an answer, only the checkout tells whether it arrived.
   */
  pay(order: { readonly checkoutId: string; readonly terminalId: string }): Promise<Result<{ readonly sessionId: string }, JustifiFailure>>;
  /** Whether the reader is connected now, asked at the reader itself. */
  isConnected(terminalId: string): Promise<Result<boolean, JustifiFailure>>;
};

/** The reader of this register. */
export type PairedReader = { readonly terminalId: string };
