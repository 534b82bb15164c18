import { z } from 'zod';
import type { Paper, ReceiptPaper } from './printing.ts';
import { foreignId, ownId } from './text.ts';

/** As received from a page, and as stored in the print queue. */
export const receiptPaper: z.ZodType<ReceiptPaper> = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('sale'), saleId: ownId }), z.strictObject({ kind: z.literal('reversal'), saleId: ownId, reversalId: foreignId(60) })]);

export const printedPaper: z.ZodType<Paper> = z.union([receiptPaper, z.strictObject({ kind: z.literal('day'), number: z.int().min(1), sequence: z.int().min(1), closedAt: z.iso.datetime() })]);
