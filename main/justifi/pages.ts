import { z } from 'zod';
import { type Result, ok } from '../../contract/result.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { JustifiApi } from './api.ts';

/** JustiFi's largest page. */
const PAGE_LENGTH = 100;
const pageInfo = z.object({ has_next: z.boolean().nullish(), end_cursor: z.string().nullish() }).nullish();

type ListOrder<Item> = {
  /** From the root of the API: "/v1/checkouts". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly subAccountId?: string;
  readonly item: z.ZodType<Item>;
  readonly mostPages: number;
  /** Whether enough has been read. Called after each page. */
  readonly isEnough?: (read: readonly Item[]) => boolean;
};

export type PageOrder<Item> = Pick<ListOrder<Item>, 'path' | 'query' | 'subAccountId' | 'item'> & { readonly cursor: string | null };
/** `next`: where the next page begins. `isCut`: there is more, and JustiFi does not say where. */
type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null; readonly isCut: boolean };

/** One page of a list of JustiFi's, in its order. */
export async function readPage<Item>(api: JustifiApi, { path, query = {}, subAccountId, item, cursor }: PageOrder<Item>): Promise<Result<Page<Item>, JustifiFailure>> {
  const search = new URLSearchParams({ ...query, limit: String(PAGE_LENGTH), ...(cursor === null ? {} : { after_cursor: cursor }) });
  const page = z.object({ data: z.array(item), page_info: pageInfo });
  const answer = await api.send({ method: 'GET', path: `${path}?${search.toString()}`, answer: page, ...(subAccountId === undefined ? {} : { subAccountId }) });
  if (answer.kind === 'failed') return answer;
  const { data, page_info: info } = answer.value;
  const hasNext = info?.has_next === true;
  const next = hasNext && info.end_cursor !== cursor ? (info.end_cursor ?? null) : null;
  return ok({ items: data, next, isCut: hasNext && next === null });
}

/** All pages of a list of JustiFi's, in its order; `isCut`: there are more, beyond the requested pages, or JustiFi does not give the next cursor. */
export async function readPages<Item>(api: JustifiApi, { mostPages, isEnough = () => false, ...order }: ListOrder<Item>): Promise<Result<{ readonly items: readonly Item[]; readonly isCut: boolean }, JustifiFailure>> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let read = 0; read < mostPages; read += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each page names the next
    const page: Result<Page<Item>, JustifiFailure> = await readPage(api, { ...order, cursor });
    if (page.kind === 'failed') return page;
    items.push(...page.value.items);
    cursor = page.value.next;
    if (isEnough(items)) return ok({ items, isCut: false });
    if (cursor === null) return ok({ items, isCut: page.value.isCut });
  }
  return ok({ items, isCut: true });
}
