import type { Outcome } from './exchange.ts';
import { refuse } from './refusal.ts';

const DEFAULT_LIMIT = 25;
const MAXIMUM_LIMIT = 100;

/**
 * One page of a list, newest first, in JustiFi's list envelope.
 *
 * @param items in order of creation
 */
export function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  query: URLSearchParams,
  createdAt: (item: T) => number,
  render: (item: T) => unknown,
): Outcome {
  const newestFirst = items.toReversed();
  const limit = limitOf(query.get('limit'));
  const after = query.get('after_cursor');
  const before = query.get('before_cursor');
  const cursor = after ?? before;
  let start = 0;
  let end = limit;
  if (cursor !== null) {
    const position = newestFirst.findIndex((item) => item.id === idOfCursor(cursor));
    if (position < 0) {
      const param = after === null ? 'before_cursor' : 'after_cursor';
      return refuse('invalid_parameter', { param, message: `Format is invalid for parameter: ${param}` });
    }
    start = after === null ? Math.max(0, position - limit) : position + 1;
    end = after === null ? position : start + limit;
  }
  const page = newestFirst.slice(start, end);
  const cursorOf = (item: T | undefined) =>
    item ? Buffer.from(JSON.stringify([new Date(createdAt(item)).toISOString(), item.id])).toString('base64') : null;
  return {
    kind: 'done',
    status: 200,
    body: {
      id: null,
      type: 'array',
      data: page.map(render),
      page_info: {
        has_previous: start > 0,
        has_next: end < newestFirst.length,
        start_cursor: cursorOf(page[0]),
        end_cursor: cursorOf(page.at(-1)),
      },
    },
  };
}

/** The `created_after` and `created_before` filters that most lists share; a date that cannot be read filters nothing. */
export function isCreatedWithin(query: URLSearchParams, createdAt: number): boolean {
  const after = Date.parse(query.get('created_after') ?? '');
  const before = Date.parse(query.get('created_before') ?? '');
  return !(createdAt <= after) && !(createdAt >= before);
}

/** True when the query does not ask for this field, or asks for this value of it. */
export function matches(query: URLSearchParams, field: string, value: string | null): boolean {
  const wanted = query.get(field);
  return wanted === null || wanted === value;
}

function limitOf(text: string | null): number {
  const limit = text !== null && /^\d+$/.test(text) ? Number(text) : DEFAULT_LIMIT;
  return Math.min(Math.max(limit, 1), MAXIMUM_LIMIT);
}

function idOfCursor(cursor: string): unknown {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString());
    return Array.isArray(parts) ? parts[1] : undefined;
  } catch {
    return undefined;
  }
}
