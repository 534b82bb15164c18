/** Money in cents, a whole number, or text; null is an empty cell. */
type CsvCell = { readonly cents: number } | { readonly whole: number } | string | null;

/**
 * Rows as the spreadsheet of a PC with this locale (BCP 47) opens them by a double click: a mark that it is UTF-8, ";" between the cells where the
 * decimal sign is a comma, as the lists of such a locale have it, and every cell in quotes (RFC 4180). Money and numbers stay numbers.
 */
export function csvText(rows: readonly (readonly CsvCell[])[], locale: string): string {
  const decimalSign = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.';
  const separator = decimalSign === ',' ? ';' : ',';
  const line = (row: readonly CsvCell[]) => row.map((cell) => `"${cellText(cell, decimalSign).replaceAll('"', '""')}"`).join(separator);
  return `\uFEFF${rows.map(line).join('\r\n')}\r\n`;
}

function cellText(cell: CsvCell, decimalSign: string): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return harmless(cell);
  if ('whole' in cell) return String(cell.whole);
  const digits = String(Math.abs(cell.cents)).padStart(3, '0');
  return `${cell.cents < 0 ? '-' : ''}${digits.slice(0, -2)}${decimalSign}${digits.slice(-2)}`;
}

/**
 * SECURITY: a spreadsheet takes text that begins so for a formula, and a cashier can choose a name; with another separator than ours the text
 * behind a separator is a cell of its own. The full-width signs count too. An apostrophe before it makes it text.
 */
const FORMULA = /(?<=^|[,;|\t\r\n])(?=[\s\p{Cf}"']*[=＝+＋\-−－﹣@＠﹫|%])/gu;

function harmless(text: string): string {
  return text.replaceAll(FORMULA, "'");
}
