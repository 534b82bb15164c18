/** The names of the lines for support, in the order in which they are read over the phone. */
export const DIAGNOSTIC_NAMES = ['version', 'register', 'mode', 'account', 'keychain', 'cardReader', 'line', 'toConfirm', 'journal', 'audit', 'policy', 'settings', 'page', 'port', 'engine', 'system', 'screen', 'started'] as const;
export type DiagnosticName = (typeof DIAGNOSTIC_NAMES)[number];

/** The common values, as main writes them. The screen shows them in its own language. */
export const USUAL_VALUES = ['ok', 'up', 'sound', 'as built', 'training', 'test', 'live', 'starting', 'keychain-locked', 'keychain-unavailable', 'keychain-damaged'] as const;
export type UsualValue = (typeof USUAL_VALUES)[number];

/** One line. `value` is English, as support reads it; never a secret, a customer or a description. */
export type DiagnosticLine = { readonly name: DiagnosticName; readonly value: string; readonly isTrouble: boolean };

export type Diagnostics = {
  readonly lines: readonly DiagnosticLine[];
  /** The newest lines of the log, redacted as they were written. */
  readonly log: readonly string[];
  /** The licences of all bundled packages, as text; empty where the build has none. */
  readonly licences: string;
};

export type DiagnosticsProblem = { readonly kind: 'diagnostics-cancelled' } | { readonly kind: 'diagnostics-unwritable'; readonly code: string };
