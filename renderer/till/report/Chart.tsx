import { type ReactNode, useId } from 'react';
import { formatMoney } from '../../../contract/money.ts';
import type { ChartSum, DayChart } from '../../../contract/report.ts';
import { openPart } from '../part.ts';
import { usePart } from '../use-part.ts';
import { useAllWords } from '../use-words.ts';
import type { ChartBar } from './ChartBars.tsx';

type Props = { readonly chart: DayChart; readonly back: ReactNode };

/** Fetched with the first chart. Where it cannot be fetched, the tables show the same. */
const bars = openPart(() => import('./ChartBars.tsx'), () => {});

/** The day by hour, and the days up to it: as bars, and as the table that they are drawn from. */
export function Chart({ chart, back }: Props) {
  const { report: words, format } = useAllWords();
  const { hours, days, businessDay } = chart;
  const onAxis = new Intl.DateTimeFormat(format.locale, { month: 'numeric', day: 'numeric', timeZone: 'UTC' });
  return (
    <main className="history report">
      <header>
        <h1>{words.chart.title}</h1>
        <div className="next">{back}</div>
      </header>
      <p>{words.chart.note}</p>
      <div className="charts">
        <Drawn title={words.chart.byHour(format.day(businessDay))} column={words.chart.hour} chart={chart} lines={hours.map(({ hour, ...sum }) => ({ ...sum, name: format.hour(hour), short: format.hour(hour) }))} />
        <Drawn title={words.chart.byDay(days.length)} column={words.by.day} chart={chart} lines={days.map(({ businessDay: day, ...sum }) => ({ ...sum, name: format.day(day), short: onAxis.format(new Date(`${day}T00:00:00.000Z`)) }))} />
      </div>
    </main>
  );
}

type Line = ChartSum & { readonly name: string; readonly short: string };

function Drawn({ title, column, chart: { currency }, lines }: { readonly title: string; readonly column: string; readonly chart: DayChart; readonly lines: readonly Line[] }) {
  const { report: words, format } = useAllWords();
  const part = usePart(bars);
  const id = useId();
  const onAxis = (amountInCents: number) => formatMoney({ amountInCents, currency }, format.locale).replace(/[.,]00(?=\D*$)/u, '');
  const drawn: readonly ChartBar[] = lines.map(({ short, netInCents }) => ({ name: short, amountInCents: netInCents }));
  return (
    <section>
      <h2>{title}</h2>
      {lines.length === 0 ? (
        <p>{words.chart.nothing}</p>
      ) : (
        <>
          {part.kind === 'loaded' && <part.content.ChartBars title={title} describedBy={id} bars={drawn} money={onAxis} />}
          <table id={id} className="report-table">
            <thead>
              <tr>
                <th scope="col">{column}</th>
                <th scope="col">{words.payments}</th>
                <th scope="col">{words.net}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ name, payments: { count, amountInCents }, netInCents }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{count === 0 ? '–' : <><small>{format.number(count)} ×</small> {format.money(amountInCents)}</>}</td>
                  <td>{format.money(netInCents)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
