import { assertNever } from '../../contract/result.ts';
import { isolated } from '../../words/isolated.ts';
import type { Receipt, ReceiptRow } from './receipt.ts';

/** The receipt for an e-mail or a message: no columns, which would not stand in every typeface. */
export function receiptText({ rows }: Receipt): string {
  return `${rows.flatMap(linesOf).join('\n')}\n`;
}

function linesOf(row: ReceiptRow): readonly string[] {
  switch (row.kind) {
    case 'text':
      return [row.text];
    case 'stamp':
      return [`*** ${row.text} ***`];
    case 'pair':
      return [`${isolated(row.name)}: ${isolated(row.value)}`];
    case 'rule':
      return [''];
    case 'logo':
    case 'code':
      return [];
    default:
      return assertNever(row);
  }
}
