import { stripVTControlCharacters } from 'node:util';
import type { TillApp } from './till-app.ts';

/**
 * The requests of the document at this path, each once and sorted, without ids; of a till that was started with COUNTER_HOST_DEBUG. They are printed by another
 * process, and may come a moment after their effect.
 */
export function requestsOfDocument({ counter }: TillApp, path: string): readonly string[] {
  const asked = [...stripVTControlCharacters(counter.output).matchAll(/ request (\w+) (\w+) (\w+) (\S+)$/gmu)].map(([, window, type, method, url]) => ({ window, request: `${type} ${method} ${withoutIds(url!)}` }));
  const document = asked.find(({ request }) => request.endsWith(path))?.window;
  return [...new Set(asked.flatMap(({ window, request }) => (window === document ? [request] : [])))].toSorted();
}

function withoutIds(url: string): string {
  return url
    .replace(/\?.*$/u, '')
    .replace(/localhost:\d+/u, 'localhost:<port>')
    .replace(/\/checkout\/ord_\w+/u, '/*')
    .replace(/cho_\w+/u, '<checkout>')
    .replace(/acc_\w+/u, '<account>')
    .replace(/iqu_\w+/u, '<quote>');
}
