/** Between two keys of a scanner, the slow ones over a remote desktop included. A longer pause ends the run. */
export const LONGEST_GAP_MS = 110;
