import type { AuditDetail } from '../../../contract/audit.ts';
import type { Words } from '../../../words/catalogue.ts';
import type { AuditWords } from '../../../words/en/audit.ts';
import type { Formats } from '../../../words/formats.ts';
import { isolated } from '../../../words/isolated.ts';
import { settingWords, storedValue } from './setting-words.ts';

/** Fields whose values are Counter's own and are translated; every other value is a person's name, an id or a code, and stays as it is. */
const WORDED: readonly string[] = ['by', 'how', 'why', 'result', 'credentialsKind', 'mode', 'of', 'pin'];

/** The shown characters of an id; the exported file has the whole id. */
const ID = /^(?<start>[\da-f]{8})-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/u;

/** "Largest amount: $10.00 → $20.00" for a setting, "amount: $17.99, result: paid" for the rest. */
export function detailWords({ setting, old, new: next, ...rest }: AuditDetail, words: Words): string {
  const { audit, cashiers, format } = words;
  const actions: Readonly<Record<string, string>> = cashiers.actions;
  const parts = Object.entries(rest)
    .filter(([, value]) => value !== null && value !== 0)
    .map(([name, value]) => {
      const label = audit.details[name] ?? isolated(name);
      if (value === true) return label;
      if (name.endsWith('InCents') && typeof value === 'number') return `${label}: ${format.money(value)}`;
      if (name === 'action') return `${label}: ${actions[String(value)] ?? isolated(String(value))}`;
      if (typeof value === 'number') return `${label}: ${value}`;
      const id = ID.exec(String(value))?.groups?.['start'];
      if (id !== undefined) return `${label}: ${id}…`;
      return `${label}: ${(WORDED.includes(name) ? audit.values[String(value)] : undefined) ?? isolated(String(value))}`;
    });
  if (typeof setting !== 'string') return parts.join(', ');
  const { name, value } = settingWords(setting, words);
  const change = old === undefined ? name : `${name}: ${value(storedValue(old))} → ${value(storedValue(next))}`;
  return [change, ...parts].join(', ');
}

export function personWords(name: string, words: AuditWords): string {
  if (name === 'manager') return words.manager;
  if (name === 'cashier') return words.unnamedCashier;
  return name === 'counter' ? words.counter : isolated(name);
}

/** The local time at the register, independent of this PC's time zone. */
export function whenWords(at: string, utcOffsetInMinutes: number, { locale }: Formats): string {
  const local = new Date(Date.parse(at) + utcOffsetInMinutes * 60_000);
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'medium' }).format(local);
}
