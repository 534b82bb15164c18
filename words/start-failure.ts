/* Sentences of a start that cannot go on, in English only: no window is open yet, and an administrator reads them. */

export const NO_PORT = 'Counter needs a free network port on this PC and found none. Restart the PC, then start Counter again.';
export const PAGE_CHANGED = 'Counter’s own files were changed. Take no card with it. Install Counter again, then start it.';
export const switchRefused = (name: string) => `Counter does not start with --${name}. Start it without.`;
export const PROVISION_BROKE = 'Counter was not connected: it broke. Nothing was changed.';
export const START_BROKE = 'Counter failed while it was starting. Restart the PC, then start Counter again.';
