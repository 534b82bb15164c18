import { CLOSINGS, type Closing, type Interruption } from '../../contract/closing.ts';
import { assertNever } from '../../contract/result.ts';
import { unansweredReversal } from './reversal.ts';
import type { Sale } from './sale.ts';

/** `sales`: all that may still change, with the one at the counter. */
export function closingOf(sales: readonly Sale[]): Closing {
  const interrupted = new Set(sales.map(interruptedBy));
  return CLOSINGS.findLast((closing) => interrupted.has(closing)) ?? 'nothing';
}

/**
 * Whether the person at the till wants to close Counter although it interrupts something. `ask` asks one question; true: close. It asks again
 * when something else would be interrupted by then: a customer may press Pay while the question is on the screen.
 */
export async function isClosingWanted(closing: () => Closing, ask: (about: Interruption) => Promise<boolean>): Promise<boolean> {
  for (let about = closing(); about !== 'nothing'; ) {
    if (!(await ask(about))) return false;
    const now = closing();
    if (now === about) return true;
    about = now;
  }
  return true;
}

function interruptedBy(sale: Sale): Closing {
  switch (sale.kind) {
    case 'preparing':
    case 'ready':
      return 'form';
    case 'submitting':
    case 'checking':
      return 'payment';
    case 'reversing':
      // A reversal that JustiFi has accepted may take days; waiting would not help.
      return unansweredReversal(sale.reversals)?.state === 'asked' ? 'reversal' : 'nothing';
    // Typed text is restored at the next start; the rest is over, or is watched in the background.
    case 'draft':
    case 'declined':
    case 'not-charged':
    case 'paid':
    case 'accepted':
    case 'wrong-amount':
    case 'wrong-amount-seen':
    case 'unresolved':
    case 'late':
    case 'reversed':
    case 'transfer-failed':
    case 'transfer-failed-seen':
    case 'disputed':
    case 'abandoned':
      return 'nothing';
    default:
      return assertNever(sale);
  }
}
