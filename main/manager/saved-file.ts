import type { Result } from '../../contract/result.ts';
import type { IsStillOpen } from './guard.ts';

/** Why a file was not saved. `locked`: the manager's side was locked while the dialog was open. */
type SaveFailure = { readonly kind: 'cancelled' } | { readonly kind: 'locked' } | { readonly kind: 'unwritable'; readonly code: string };

/** Asks the manager for a path, and writes the text there unless the manager's side was locked meanwhile. */
export type SaveChosen = (suggestedName: string, text: string, isStillOpen: IsStillOpen) => Promise<Result<null, SaveFailure>>;
