/** What the clock of the PC shows (`utc`: ISO 8601), and how long the PC has been up, sleep included, in whole milliseconds. */
export type PcClock = { readonly utc: string; readonly upMs: number };

/** How far the clock was set forward since `then`; negative: back. 0 when the PC was started again meanwhile: then only its clock tells the time. */
export function setForwardMs(now: PcClock, then: PcClock | null): number {
  if (then === null || now.upMs < then.upMs) return 0;
  return Date.parse(now.utc) - Date.parse(then.utc) - (now.upMs - then.upMs);
}
