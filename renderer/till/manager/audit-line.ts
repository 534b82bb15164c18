import type { AuditDetail } from '../../../contract/audit.ts';
import type { AuditWords } from '../../words/en/audit.ts';
import type { Formats } from '../../words/formats.ts';

/** "setting: limits.largestInCents, old: 1000, new: 2000" */
export function detailWords(detail: AuditDetail, words: AuditWords): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== 0)
    .map(([name, value]) => `${words.details[name] ?? name}: ${String(value)}`)
    .join(', ');
}

export function personWords(name: string, words: AuditWords): string {
  if (name === 'manager') return words.manager;
  if (name === 'cashier') return words.unnamedCashier;
  return name === 'counter' ? words.counter : name;
}

/** The time on the wall where it happened, whatever this PC's clock says now. */
export function whenWords(at: string, utcOffsetInMinutes: number, { locale }: Formats): string {
  const local = new Date(Date.parse(at) + utcOffsetInMinutes * 60_000);
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'medium' }).format(local);
}
