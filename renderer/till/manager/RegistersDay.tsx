import type { ReactNode } from 'react';
import type { AccountSums, AllRegisters, TakenAt } from '../../../contract/all-registers.ts';
import type { ReportSum } from '../../../contract/report.ts';
import { missingSentences, takenAtName } from '../../../words/registers.ts';
import { useAllWords } from '../use-words.ts';

/** The whole id is in the file. */
const SHOWN_OF_ID = 8;

/** Columns that are left out where they would be empty. */
type Shown = { readonly pending: boolean; readonly failed: boolean; readonly fees: boolean };

/** A day of all registers: first the missing parts, then the sums. */
export function RegistersDay({ day }: { readonly day: AllRegisters }) {
  const { report: words, format } = useAllWords();
  const { registers } = words;
  const { total, rows } = day;
  const missing = missingSentences(day, registers);
  return (
    <>
      <p>
        {registers.whole(format.dayAndTime(day.from), format.dayAndTime(day.to))} · {registers.readAt(format.dayAndTime(day.readAt))}
      </p>
      {missing.length > 0 && (
        <div className="report-open">
          {missing.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      <p className="report-net">
        {words.net} <strong>{format.money(total.netInCents)}</strong>
      </p>
      {rows.length === 0 ? <p>{registers.nothing}</p> : <Sums day={day} />}
      {total.pendingRefunds.count > 0 && <p>{registers.refundsWait(total.pendingRefunds.count, -total.pendingRefunds.amountInCents)}</p>}
      <p>{registers.note}</p>
    </>
  );
}

function Sums({ day: { total, rows, byPaidBy } }: { readonly day: AllRegisters }) {
  const { report: words } = useAllWords();
  const { registers } = words;
  const columns: Shown = { pending: total.pending.count > 0, failed: total.failed.count > 0, fees: total.feesInCents !== null };
  return (
    <div className="registers-table">
      <table className="report-table">
        <thead>
          <tr>
            <th scope="col">{registers.register}</th>
            <th scope="col">{words.payments}</th>
            <th scope="col">{registers.givenBack}</th>
            <th scope="col">{words.net}</th>
            {columns.pending && <th scope="col">{registers.pending}</th>}
            {columns.failed && <th scope="col">{registers.failed}</th>}
            {columns.fees && <th scope="col">{registers.fees}</th>}
          </tr>
        </thead>
        <tbody>
          <Row name={words.total} sums={total} columns={columns} />
          {rows.map(({ at, ...sums }) => (
            <Row key={at.kind === 'register' ? at.id : at.kind} name={<Taken at={at} />} sums={sums} columns={columns} />
          ))}
        </tbody>
        <tbody>
          <tr>
            <th className="report-group" scope="rowgroup" colSpan={4 + Object.values(columns).filter(Boolean).length}>
              {words.by.tender}
            </th>
          </tr>
          {byPaidBy.map(({ paidBy, ...sums }) => (
            <Row key={paidBy} name={registers.paidBy[paidBy]} sums={sums} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Two registers may have one name: the beginning of the id tells them apart, and stands for one without a name. */
function Taken({ at }: { readonly at: TakenAt }) {
  const { registers } = useAllWords().report;
  if (at.kind !== 'register') return takenAtName(at, registers);
  return (
    <>
      {at.name !== null && <bdi>{at.name}</bdi>} {at.isThis ? `(${registers.thisRegister})` : <small translate="no">{at.id.slice(0, SHOWN_OF_ID)}</small>}
    </>
  );
}

function Row({ name, sums, columns }: { readonly name: ReactNode; readonly sums: AccountSums; readonly columns: Shown }) {
  const { format } = useAllWords();
  const { payments, voids, refunds, netInCents, pending, failed, feesInCents } = sums;
  const givenBack = { count: voids.count + refunds.count, amountInCents: voids.amountInCents + refunds.amountInCents };
  return (
    <tr>
      <th scope="row">{name}</th>
      <Sum sum={payments} />
      <Sum sum={givenBack} />
      <td className="registers-net">{format.money(netInCents)}</td>
      {columns.pending && <Sum sum={pending} />}
      {columns.failed && <Sum sum={failed} />}
      {columns.fees && <td>{feesInCents === null ? '–' : format.money(feesInCents)}</td>}
    </tr>
  );
}

function Sum({ sum: { count, amountInCents } }: { readonly sum: ReportSum }) {
  const { format } = useAllWords();
  if (count === 0) return <td>–</td>;
  return (
    <td>
      <small>{format.number(count)} ×</small> {format.money(amountInCents)}
    </td>
  );
}
