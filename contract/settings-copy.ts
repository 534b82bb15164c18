/** One setting that a file would change: "limits.largestInCents", as JSON before and after. */
type CopyChange = { readonly setting: string; readonly old: string; readonly new: string };

/** The changes that a file of settings would make on this register. */
export type CopyChanges = {
  readonly changes: readonly CopyChange[];
  /** Settings of the file that the company has locked here: they are not changed. */
  readonly locked: readonly string[];
};

export type CopyProblem =
  | { readonly kind: 'copy-cancelled' }
  | { readonly kind: 'copy-unwritable' | 'copy-unreadable'; readonly code: string }
  /** Where the mistake is: "settings.limits.largestInCents". */
  | { readonly kind: 'copy-invalid'; readonly where: string }
  /** Nothing was read. */
  | { readonly kind: 'copy-forgotten' };
