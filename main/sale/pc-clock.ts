/** The PC's clock (`utc`: ISO 8601) and its uptime, sleep included, in whole milliseconds. */
export type PcClock = { readonly utc: string; readonly upMs: number };

/** How far the clock was set forward since `then`; negative: back. 0 when the PC was restarted meanwhile: then its clock cannot be checked. */
export function setForwardMs(now: PcClock, then: PcClock | null): number {
  if (then === null || now.upMs < then.upMs) return 0;
  return Date.parse(now.utc) - Date.parse(then.utc) - (now.upMs - then.upMs);
}
