/** What a support person asks for, in the order in which it is read over the phone. */
export const DIAGNOSTIC_NAMES = ['version', 'register', 'mode', 'account', 'keychain', 'line', 'toConfirm', 'journal', 'audit', 'policy', 'settings', 'page', 'port', 'engine', 'system', 'screen', 'started'] as const;
export type DiagnosticName = (typeof DIAGNOSTIC_NAMES)[number];

/** One line. `value` is for whoever helps, and in no language; never a secret, a customer or a description. */
export type DiagnosticLine = { readonly name: DiagnosticName; readonly value: string; readonly isTrouble: boolean };

export type Diagnostics = {
  readonly lines: readonly DiagnosticLine[];
  /** The newest lines of the log, redacted as they were written. */
  readonly log: readonly string[];
};

export type DiagnosticsProblem = { readonly kind: 'diagnostics-cancelled' } | { readonly kind: 'diagnostics-unwritable'; readonly code: string };
