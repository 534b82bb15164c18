import type { NoAnswer } from '../../../contract/channels.ts';
import type { SettingsProblem } from '../../../contract/register-settings.ts';
import { assertNever } from '../../../contract/result.ts';

export type LimitsProblem = SettingsProblem | NoAnswer<'manager'>['failure'] | { readonly kind: 'not-an-amount' } | { readonly kind: 'minutes-invalid' };

export function limitsSentence(problem: LimitsProblem): string {
  switch (problem.kind) {
    case 'not-an-amount':
      return 'One of the amounts is not an amount. Write it like 25.00.';
    case 'minutes-invalid':
      return 'Write the minutes as a number from 0 to 60.';
    case 'limits-crossed':
      return 'The smallest amount is larger than the largest one.';
    case 'register-name-empty':
      return 'Give the register a name.';
    case 'preset-invalid':
      return problem.why === 'description-card-number' ? 'One of the buttons looks like a card number. Take it out.' : 'One of the buttons is too long. Keep it under 200 characters.';
    case 'sale-in-progress':
      return 'A payment is under way. Finish it first.';
    case 'audit-unwritable':
      return 'The audit log cannot be written, so nothing was changed. Check this PC’s disk.';
    case 'settings-unwritable':
      return 'This PC cannot write to its disk. Nothing was changed.';
    case 'locked':
      return 'The manager’s side locked itself. Nothing was changed. Enter the PIN and try again.';
    case 'refused':
      return 'That did not work. Amounts go from 0.51 to 999,999.99, and there is room for twelve buttons.';
    default:
      return assertNever(problem);
  }
}
