/** The shop's time zone, and the hour at which its day begins. */
export type ShopDay = {
  /** IANA: "America/New_York". */
  readonly timeZone: string;
  /** A sale before this hour belongs to the day before: the evening of a bar ends after midnight. */
  readonly beginsAtHour: number;
};

const DAY_MS = 24 * 60 * 60_000;

/**
 * The day of the shop's own calendar that a moment belongs to, "2026-11-25". Computed once and stored, so that another time zone or hour changes no day
 * that is over. Calculated on calendar dates: a day of 23 or 25 hours is one day.
 *
 * @param utc ISO 8601
 */
export function businessDayOf(utc: string, { timeZone, beginsAtHour }: ShopDay): string {
  const parts = clockIn(timeZone).formatToParts(new Date(utc));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const calendarDay = Date.UTC(part('year'), part('month') - 1, part('day'));
  return dayOf(part('hour') < beginsAtHour ? calendarDay - DAY_MS : calendarDay);
}

/**
 * When a day of the shop begins: the first moment that belongs to it. UTC, ISO 8601. Looked for rather than calculated: the hour at which it begins may not exist on
 * the day on which the clock goes forward.
 */
export function beginningOf(day: string, shopDay: ShopDay): string {
  const midnightUtc = Date.parse(`${day}T00:00:00.000Z`);
  // No zone is farther from UTC than 14 hours.
  let [before, after] = [midnightUtc - DAY_MS, midnightUtc + 2 * DAY_MS];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (businessDayOf(new Date(middle).toISOString(), shopDay) < day) before = middle;
    else after = middle;
  }
  return new Date(after).toISOString();
}

/** The full hour on the shop's clock, from 0. */
export function hourOf(utc: string, { timeZone }: Pick<ShopDay, 'timeZone'>): number {
  return Number(clockIn(timeZone).formatToParts(new Date(utc)).find(({ type }) => type === 'hour')?.value);
}

/** The calendar day that is so many days away from this one. */
export function daysFrom(day: string, days: number): string {
  return dayOf(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS);
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 'yyyy-mm-dd'.length);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than using it. */
function clockIn(timeZone: string): Intl.DateTimeFormat {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' });
  clocks.set(timeZone, clock);
  return clock;
}
