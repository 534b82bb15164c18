import type { KeychainProblem, NoConnection } from './problem.ts';
import { type Result, failed, ok } from './result.ts';

export const SHORTEST_MANAGER_PIN = 6;
const CASHIER_PIN_LENGTH = 4;
export const LONGEST_PIN = 12;

export type PinRuleProblem =
  | { readonly kind: 'pin-too-short'; readonly shortest: number }
  | { readonly kind: 'pin-too-long'; readonly longest: number }
  /** 111111, 123456, 654321, 121212, 123123: guessed first. */
  | { readonly kind: 'pin-too-simple' };

/** Why the manager's side did not open, or a PIN was not set. `waitSeconds`: until the next try counts. `code` is small print. */
export type AccessProblem =
  | PinRuleProblem
  | { readonly kind: 'pin-wrong'; readonly waitSeconds: number }
  | { readonly kind: 'locked-out'; readonly waitSeconds: number }
  | { readonly kind: 'pin-not-set' }
  | { readonly kind: 'secret-wrong'; readonly code: string }
  | { readonly kind: 'no-account' }
  | NoConnection
  | { readonly kind: 'service-trouble'; readonly code: string }
  | { readonly kind: 'still-asking' }
  | { readonly kind: KeychainProblem }
  | { readonly kind: 'settings-unwritable' };

export function checkManagerPin(pin: string): Result<string, PinRuleProblem> {
  return checkPin(pin, SHORTEST_MANAGER_PIN, LONGEST_PIN);
}

export function checkCashierPin(pin: string): Result<string, PinRuleProblem> {
  return checkPin(pin, CASHIER_PIN_LENGTH, CASHIER_PIN_LENGTH);
}

function checkPin(pin: string, shortest: number, longest: number): Result<string, PinRuleProblem> {
  // Other characters than digits count as missing: the pad takes digits only.
  if (!/^[0-9]*$/u.test(pin) || pin.length < shortest) return failed({ kind: 'pin-too-short', shortest });
  if (pin.length > longest) return failed({ kind: 'pin-too-long', longest });
  return isSequence(pin) || isRepeated(pin) ? failed({ kind: 'pin-too-simple' }) : ok(pin);
}

/** Every step the same: up or down by one (9 goes on with 0), or none at all. */
function isSequence(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const steps = new Set(digits.slice(1).map((digit, index) => (digit - digits[index]! + 10) % 10));
  return steps.size === 1 && [0, 1, 9].some((step) => steps.has(step));
}

function isRepeated(pin: string): boolean {
  return /^(\d+)\1+$/u.test(pin);
}
