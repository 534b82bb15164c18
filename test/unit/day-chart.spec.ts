import { describe, expect, test } from 'vitest';
import type { Moment } from '../../main/history/moments.ts';
import { CHART_DAYS, dayChartOf } from '../../main/report/day-chart.ts';

const NEW_YORK = { timeZone: 'America/New_York', beginsAtHour: 4 };

const moment = (at: string, businessDay: string, netInCents = 100): Moment => ({ businessDay, at, payments: 1, paymentsInCents: Math.max(0, netInCents), netInCents });
const chart = (moments: readonly Moment[], day = '2026-11-25', shop = NEW_YORK) => dayChartOf(moments, day, shop, 'USD');
const hoursOf = (...args: Parameters<typeof chart>) => chart(...args).hours.map(({ hour, netInCents }) => [hour, netInCents]);

describe('the chart of a day', () => {
  test('has every hour from the first to the last in which money moved, on the shop’s clock, in the order of its day', () => {
    const evening = [moment('2026-11-26T02:45:00.000Z', '2026-11-25'), moment('2026-11-26T05:15:00.000Z', '2026-11-25', 250), moment('2026-11-26T05:30:00.000Z', '2026-11-25', -50)];
    expect(hoursOf(evening)).toEqual([[21, 100], [22, 0], [23, 0], [0, 200]]);
  });

  test('an hour of a clock that is half an hour off is that clock’s own', () => {
    const quarters = [moment('2026-11-25T13:15:00.000Z', '2026-11-25'), moment('2026-11-25T13:30:00.000Z', '2026-11-25')];
    expect(hoursOf(quarters, '2026-11-25', { timeZone: 'America/St_Johns', beginsAtHour: 4 })).toEqual([[9, 100], [10, 100]]);
  });

  test('R-08: the hour that comes twice when the clock goes back is one, with the money of both', () => {
    const night = [moment('2026-11-01T05:30:00.000Z', '2026-10-31'), moment('2026-11-01T06:30:00.000Z', '2026-10-31')];
    expect(hoursOf(night, '2026-10-31')).toEqual([[1, 200]]);
  });

  test('has no hour on a day on which nothing moved, and fourteen days all the same, also over a change of the clock', () => {
    const { hours, days } = chart([moment('2026-10-30T15:00:00.000Z', '2026-10-30', -300)], '2026-11-05');
    expect(hours).toEqual([]);
    expect(days).toHaveLength(CHART_DAYS);
    expect([days[0], days.at(-1)]).toMatchObject([{ businessDay: '2026-10-23' }, { businessDay: '2026-11-05' }]);
    expect(days.filter(({ netInCents }) => netInCents !== 0)).toEqual([{ businessDay: '2026-10-30', payments: { count: 1, amountInCents: 0 }, netInCents: -300 }]);
  });
});
