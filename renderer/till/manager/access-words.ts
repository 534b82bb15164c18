import type { AccessProblem } from '../../../contract/pin.ts';
import { assertNever } from '../../../contract/result.ts';

/* What the manager's door says. */

export function accessSentence(problem: AccessProblem | { readonly kind: 'refused' | 'locked' }): string {
  switch (problem.kind) {
    case 'pin-too-short':
      return `Use at least ${problem.shortest} digits.`;
    case 'pin-too-long':
      return `Use at most ${problem.longest} digits.`;
    case 'pin-too-simple':
      return 'That is easy to guess: no rows like 123456, nothing repeated. Choose another.';
    case 'pin-wrong':
      return `That is not the PIN. ${problem.waitSeconds > 0 ? waitSentence(problem.waitSeconds) : 'Try again.'}`;
    case 'locked-out':
      return waitSentence(problem.waitSeconds);
    case 'pin-not-set':
      return 'No manager PIN is set on this register.';
    case 'secret-wrong':
      return 'JustiFi does not know this client id and secret for this register. Copy both again from the dashboard.';
    case 'no-account':
      return 'No JustiFi account is connected, so there is no secret to enter. See “Forgotten PIN” in the manual.';
    case 'no-connection':
      return 'No connection to JustiFi. Check the network, then try again.';
    case 'service-trouble':
      return 'JustiFi did not answer as it should. Try again.';
    case 'still-asking':
      return 'JustiFi is still being asked. Wait a moment.';
    case 'keychain-unavailable':
      return "This PC's keychain is locked or was reset, so the PIN cannot be checked. Unlock it, or use the JustiFi secret.";
    case 'settings-unwritable':
      return 'This PC cannot write to its disk. Nothing was changed.';
    case 'locked':
      return "The manager's side locked itself. Nothing was changed. Enter the PIN and try again.";
    case 'refused':
      return 'That did not work. Restart Counter and try again.';
    default:
      return assertNever(problem);
  }
}

export function waitSentence(seconds: number): string {
  const time = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
  return `Too many wrong PINs. Try again in ${time}. The till takes payments meanwhile.`;
}

/** Small print for whoever helps by phone. */
export function accessCode(problem: AccessProblem | { readonly kind: 'refused' | 'locked' }): string | null {
  return 'code' in problem ? problem.code : null;
}
