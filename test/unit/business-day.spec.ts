import { describe, expect, test } from 'vitest';
import { businessDayOf, daysFrom } from '../../main/sale/business-day.ts';
import fc from '../setup/properties.ts';

const NEW_YORK = { timeZone: 'America/New_York', beginsAtHour: 4 };
const ADELAIDE = { timeZone: 'Australia/Adelaide', beginsAtHour: 4 };

describe('R-07: the day of a sale is the shop’s own', () => {
  test.each([
    ['in the evening, when it is tomorrow in UTC', '2026-11-26T01:30:00.000Z', '2026-11-25'],
    ['after midnight, before the shop’s day begins', '2026-11-26T08:59:59.000Z', '2026-11-25'],
    ['when the shop’s day begins', '2026-11-26T09:00:00.000Z', '2026-11-26'],
    ['in the first night of a year', '2027-01-01T06:00:00.000Z', '2026-12-31'],
  ])('%s', (_when, utc, day) => {
    expect(businessDayOf(utc, NEW_YORK)).toBe(day);
  });

  test('a shop may begin its day at midnight', () => {
    expect(businessDayOf('2026-11-26T05:00:00.000Z', { ...NEW_YORK, beginsAtHour: 0 })).toBe('2026-11-26');
    expect(businessDayOf('2026-11-26T04:59:59.000Z', { ...NEW_YORK, beginsAtHour: 0 })).toBe('2026-11-25');
  });
});

describe.each([
  ['New York', NEW_YORK, '2026-03-08', '2026-11-01'],
  ['Adelaide', ADELAIDE, '2026-10-04', '2026-04-05'],
])('R-08: in %s the days of 23 and 25 hours', (_place, shop, short, long) => {
  test.each([short, long])('%s begins and ends once, at the shop’s hour', (day) => {
    const around = Date.parse(`${day}T12:00:00.000Z`);
    const days: string[] = [];
    for (let ms = around - 48 * 3_600_000; ms < around + 48 * 3_600_000; ms += 15 * 60_000) {
      const next = businessDayOf(new Date(ms).toISOString(), shop);
      if (days.at(-1) !== next) days.push(next);
    }
    expect(days).toEqual([...new Set(days)]);
    expect(days).toContain(day);
    for (const [index, each] of days.entries()) if (index > 0) expect(each).toBe(daysFrom(days[index - 1]!, 1));
  });

  test('every moment has a day, and days only go forward', () => {
    const year = Date.UTC(2026, 0);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 24 * 60 }), fc.integer({ min: 0, max: 24 * 60 }), (minute, later) => {
        const at = (minutes: number) => businessDayOf(new Date(year + minutes * 60_000).toISOString(), shop);
        expect(at(minute) <= at(minute + later)).toBe(true);
        expect(at(minute)).toMatch(/^2\d{3}-\d{2}-\d{2}$/u);
      }),
    );
  });
});
