import { z } from 'zod';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { JustifiApi } from './api.ts';

/** JustiFi's largest page. */
const PAGE_LENGTH = 100;
const pageInfo = z.object({ has_next: z.boolean().nullish(), end_cursor: z.string().nullish() }).nullish();

export type ListOrder<Item> = {
  /** From the root of the API: "/v1/checkouts". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly subAccountId?: string;
  readonly item: z.ZodType<Item>;
  readonly mostPages: number;
  /** All that is needed has been read. Asked after each page. */
  readonly isEnough?: (read: readonly Item[]) => boolean;
};

/** All pages of a list of JustiFi's, in its order; `isCut` when there were more of them than asked for. */
export async function readPages<Item>(api: JustifiApi, { path, query = {}, subAccountId, item, mostPages, isEnough = () => false }: ListOrder<Item>): Promise<Result<{ readonly items: readonly Item[]; readonly isCut: boolean }, JustifiFailure>> {
  const page = z.object({ data: z.array(item), page_info: pageInfo });
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let read = 0; read < mostPages; read += 1) {
    const search = new URLSearchParams({ ...query, limit: String(PAGE_LENGTH), ...(cursor === null ? {} : { after_cursor: cursor }) });
    // oxlint-disable-next-line no-await-in-loop -- each page names the next
    const answer: Result<z.infer<typeof page>, JustifiFailure> = await api.send({ method: 'GET', path: `${path}?${search.toString()}`, answer: page, ...(subAccountId === undefined ? {} : { subAccountId }) });
    if (answer.kind === 'failed') return failed(answer.failure);
    items.push(...answer.value.data);
    const { page_info: info } = answer.value;
    const next: string | null = info?.has_next === true ? (info.end_cursor ?? null) : null;
    if (next === null || next === cursor || isEnough(items)) return ok({ items, isCut: false });
    cursor = next;
  }
  return ok({ items, isCut: true });
}
