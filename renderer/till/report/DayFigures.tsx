import type { ReactNode } from 'react';
import type { DayReport, ReportList, ReportSum, ReportTotals } from '../../../contract/report.ts';
import { useAllWords } from '../use-words.ts';

const LISTS = ['openPayments', 'openReversals', 'latePayments', 'pendingTransfers'] as const;

/** A report: the totals, by tender and by cashier, and the items outside the totals. */
export function DayFigures({ report }: { readonly report: DayReport }) {
  const { report: words, format } = useAllWords();
  const { totals, byTender, byCashier, byDay } = report;
  const shows: Shown = { failed: totals.failedTransfers.count > 0, tips: totals.tips.count > 0, tipsBack: totals.tipsBack.count > 0, premiums: totals.premiums.count > 0, premiumsBack: totals.premiumsBack.count > 0 };
  const columns = 5 + Object.values(shows).filter(Boolean).length;
  const openCount = report.openPayments.count + report.openReversals.count;
  const hasNames = byCashier.some(({ cashier }) => cashier !== null);
  return (
    <>
      <p className="report-net">
        {words.net} <strong>{format.money(totals.netInCents)}</strong>
      </p>
      {openCount > 0 && <p className="report-open">{words.close.openMoney(openCount)}</p>}
      <table className="report-table">
        <thead>
          <tr>
            <td />
            <th scope="col">{words.payments}</th>
            <th scope="col">{words.voids}</th>
            <th scope="col">{words.refunds}</th>
            {shows.failed && <th scope="col">{words.failedTransfers}</th>}
            <th scope="col">{words.net}</th>
            {shows.tips && <th scope="col">{words.tips}</th>}
            {shows.tipsBack && <th scope="col">{words.tipsBack}</th>}
            {shows.premiums && <th scope="col">{words.premiums}</th>}
            {shows.premiumsBack && <th scope="col">{words.premiumsBack}</th>}
          </tr>
        </thead>
        <tbody>
          <Row name={words.total} totals={totals} shows={shows} />
        </tbody>
        {byTender.length > 0 && (
          <Group title={words.by.tender} columns={columns}>
            {byTender.map(({ tender, ...sums }) => (
              <Row key={tender} name={words.tenders[tender]} totals={sums} shows={shows} />
            ))}
          </Group>
        )}
        {hasNames && (
          <Group title={words.by.cashier} columns={columns}>
            {byCashier.map(({ cashier, ...sums }) => (
              <Row key={cashier ?? ''} name={cashier === null ? words.noName : <bdi>{cashier}</bdi>} totals={sums} shows={shows} />
            ))}
          </Group>
        )}
        {byDay.length > 1 && (
          <Group title={words.by.day} columns={columns}>
            {byDay.map(({ businessDay, ...sums }) => (
              <Row key={businessDay ?? ''} name={businessDay === null ? words.earlierDays : format.day(businessDay)} totals={sums} shows={shows} />
            ))}
          </Group>
        )}
      </table>
      {LISTS.map((name) => (
        <Beside key={name} list={report[name]} {...words.lists[name]} />
      ))}
    </>
  );
}

function Group({ title, columns, children }: { readonly title: string; readonly columns: number; readonly children: ReactNode }) {
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={columns} className="report-group">
          {title}
        </th>
      </tr>
      {children}
    </tbody>
  );
}

/** Columns that not every shop has. */
type Shown = { readonly failed: boolean; readonly tips: boolean; readonly tipsBack: boolean; readonly premiums: boolean; readonly premiumsBack: boolean };

function Row({ name, totals, shows }: { readonly name: ReactNode; readonly totals: ReportTotals; readonly shows: Shown }) {
  const { format } = useAllWords();
  return (
    <tr>
      <th scope="row">{name}</th>
      <Sum sum={totals.payments} />
      <Sum sum={totals.voids} />
      <Sum sum={totals.refunds} />
      {shows.failed && <Sum sum={totals.failedTransfers} />}
      <td className="net">{format.money(totals.netInCents)}</td>
      {shows.tips && <Sum sum={totals.tips} />}
      {shows.tipsBack && <Sum sum={totals.tipsBack} />}
      {shows.premiums && <Sum sum={totals.premiums} />}
      {shows.premiumsBack && <Sum sum={totals.premiumsBack} />}
    </tr>
  );
}

function Sum({ sum: { count, amountInCents } }: { readonly sum: ReportSum }) {
  const { format } = useAllWords();
  return (
    <td>
      {count === 0 ? (
        '–'
      ) : (
        <>
          <small>{format.number(count)} ×</small> {format.money(amountInCents)}
        </>
      )}
    </td>
  );
}

/** Items that are not settled, not known, or were known late. */
function Beside({ list: { count, amountInCents, lines }, title, note }: { readonly list: ReportList; readonly title: string; readonly note: string }) {
  const { report: words, format } = useAllWords();
  if (count === 0) return null;
  return (
    <section className="report-beside">
      <h2>
        {title}: {words.sales(count)}, {format.money(amountInCents)}
      </h2>
      <p>{note}</p>
      <ul>
        {lines.map(({ saleId, businessDay, amountInCents: cents, description }) => (
          <li key={saleId}>
            <span>{format.day(businessDay)}</span> <bdi>{description}</bdi> <strong>{format.money(cents)}</strong>
          </li>
        ))}
      </ul>
      {count > lines.length && <p>{words.more(count - lines.length)}</p>}
    </section>
  );
}
