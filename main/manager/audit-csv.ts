import { type AuditLine, actorName } from '../../contract/audit.ts';
import { csvText } from '../files/csv.ts';

const HEAD = ['number', 'utc', 'local', 'register', 'role', 'name', 'action', 'amount', 'detail'] as const;

/** The lines as a CSV for a spreadsheet of this locale, in the order given. */
export function auditCsv(lines: readonly AuditLine[], locale: string): string {
  const rows = lines.map(({ sequence, at, utcOffsetInMinutes, register, who, action, detail: { amountInCents, ...detail } }) => {
    const details = Object.entries(detail).filter(([, value]) => value !== null).map(([name, value]) => `${name}=${String(value)}`);
    const amount = typeof amountInCents === 'number' ? { cents: amountInCents } : null;
    return [{ whole: sequence }, at, localTime(at, utcOffsetInMinutes), register, who.role, actorName(who), action, amount, details.join('; ')];
  });
  return csvText([HEAD, ...rows], locale);
}

/** The local time with its offset to UTC: "2026-11-25T18:04:00-05:00". */
function localTime(at: string, utcOffsetInMinutes: number): string {
  const local = new Date(Date.parse(at) + utcOffsetInMinutes * 60_000).toISOString().slice(0, 19);
  const distance = Math.abs(utcOffsetInMinutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local}${utcOffsetInMinutes < 0 ? '-' : '+'}${two(Math.trunc(distance / 60))}:${two(distance % 60)}`;
}
