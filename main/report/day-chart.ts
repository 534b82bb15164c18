import type { Currency } from '../../contract/money.ts';
import type { ChartSum, DayChart } from '../../contract/report.ts';
import type { Moment } from '../history/moments.ts';
import { type ShopDay, daysFrom, hourOf } from '../sale/business-day.ts';

/** The day itself is one of them. */
export const CHART_DAYS = 14;
const HOURS = 24;

/** The shop's day `businessDay` by hour, from the first to the last in which money moved; and the days up to it, including those without a sale. */
export function dayChartOf(moments: readonly Moment[], businessDay: string, shopDay: ShopDay, currency: Currency): DayChart {
  const today = moments.filter((moment) => moment.businessDay === businessDay);
  /** In the order of the shop's day, which may begin at four. The two equal hours when the clock goes back are one. */
  const placeOf = ({ at }: Moment) => (hourOf(at, shopDay) - shopDay.beginsAtHour + HOURS) % HOURS;
  const places = today.map(placeOf);
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const shown = places.length === 0 ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const days = Array.from({ length: CHART_DAYS }, (_, index) => daysFrom(businessDay, index + 1 - CHART_DAYS));
  return {
    currency,
    businessDay,
    hours: shown.map((place) => ({ hour: (place + shopDay.beginsAtHour) % HOURS, ...sumOf(today.filter((moment) => placeOf(moment) === place)) })),
    days: days.map((day) => ({ businessDay: day, ...sumOf(moments.filter((moment) => moment.businessDay === day)) })),
  };
}

function sumOf(moments: readonly Moment[]): ChartSum {
  const total = (of: (moment: Moment) => number) => moments.reduce((sum, moment) => sum + of(moment), 0);
  return { payments: { count: total(({ payments }) => payments), amountInCents: total(({ paymentsInCents }) => paymentsInCents) }, netInCents: total(({ netInCents }) => netInCents) };
}
