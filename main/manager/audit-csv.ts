import { type AuditLine, actorName } from '../../contract/audit.ts';

const HEAD = ['number', 'utc', 'local', 'register', 'role', 'name', 'action', 'detail'] as const;

/** The lines as a spreadsheet takes them: RFC 4180, with a mark that it is UTF-8. In the order given. */
export function auditCsv(lines: readonly AuditLine[]): string {
  const rows = lines.map(({ sequence, at, utcOffsetInMinutes, register, who, action, detail }) => {
    const details = Object.entries(detail).filter(([, value]) => value !== null).map(([name, value]) => `${name}=${String(value)}`);
    return [String(sequence), at, localTime(at, utcOffsetInMinutes), register, who.role, actorName(who), action, details.join('; ')];
  });
  return `\uFEFF${[HEAD, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** SECURITY: a spreadsheet takes a cell that begins so for a formula, and a cashier can choose a name. */
const FORMULA = /^[\s]*[=+\-@\t\r|%]/u;

function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n']|^\s|\s$/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** What the clock on the wall showed, with its distance to UTC: "2026-11-25T18:04:00-05:00". */
function localTime(at: string, utcOffsetInMinutes: number): string {
  const local = new Date(Date.parse(at) + utcOffsetInMinutes * 60_000).toISOString().slice(0, 19);
  const distance = Math.abs(utcOffsetInMinutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local}${utcOffsetInMinutes < 0 ? '-' : '+'}${two(Math.trunc(distance / 60))}:${two(distance % 60)}`;
}
