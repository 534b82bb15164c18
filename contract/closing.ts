/**
 * The payments that closing Counter would interrupt, the most serious last. `form`: Charge was pressed, and the customer has not paid yet. `reversal`: JustiFi has not
 * answered a void or refund. `payment`: JustiFi has not said how it ended. None of them is lost by closing: the journal has them, and the next start
 * goes on with them (main/sale/recovery.ts).
 */
export type Closing = (typeof CLOSINGS)[number];
export type Interruption = Exclude<Closing, 'nothing'>;
export const CLOSINGS = ['nothing', 'form', 'reversal', 'payment'] as const;
