import { LARGEST_AMOUNT_IN_CENTS, parseAmount } from '../../../contract/money.ts';
import type { QuickItem } from '../../../contract/quick-item.ts';
import { type Result, failed, ok } from '../../../contract/result.ts';
import type { Formats } from '../../../words/formats.ts';

/** One in each line, as people write it: "Coffee = $3.50". */
export function quickItemLines(items: readonly QuickItem[], { money }: Formats): readonly string[] {
  return items.map(({ name, priceInCents }) => `${name} = ${money(priceInCents)}`);
}

/** The inverse. Fails with the first line without a name or a price. */
export function parseQuickItems(text: string, { locale }: Formats): Result<readonly QuickItem[], string> {
  const items: QuickItem[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const { name, price } = /^(?<name>.*)=(?<price>[^=]*)$/u.exec(line)?.groups ?? {};
    const amount = parseAmount(price ?? '', locale);
    if (name === undefined || name.trim() === '' || amount.kind === 'failed' || amount.value === 0 || amount.value > LARGEST_AMOUNT_IN_CENTS) return failed(line.trim());
    items.push({ name: name.trim(), priceInCents: amount.value });
  }
  return ok(items);
}
