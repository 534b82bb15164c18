import { z } from 'zod';
import type { Sale } from '../../main/sale/sale.ts';
import type { SeenRequest } from '../justifi/control.ts';
import type { SaleBooks } from './books.ts';
import type { Finding, JudgeParts } from './finding.ts';
import type { JournalReading } from './journal-reading.ts';
import { OWN_PC } from './line.ts';
import type { ScreenJudge } from './screen-judge.ts';

type RequestJudgeParts = Omit<JudgeParts, 'seed' | 'holds'> & { readonly books: SaleBooks; readonly screens: ScreenJudge; readonly finds: (finding: Finding) => void };

type Entries = JournalReading['entries'];

const completionBody = z.object({ payment_mode: z.string(), payment_token: z.string().optional() });
const readerBody = z.object({ checkout_id: z.string() });

/** In the shop's time. */
const LATE_AFTER_MS = 5_000;

/** Every request to JustiFi was in the journal before. `copied`: of the PC to which the disk was copied. */
export function judgeRequests(parts: RequestJudgeParts, { entries }: JournalReading, copied: JournalReading): void {
  const { justifi, savedMethods, books, finds } = parts;
  const keys = keysIn([...entries, ...copied.entries]);
  const completions = new Map<string, Set<string>>();
  judgePermissions(parts, entries);
  const others = books.others();
  for (const request of justifi.requests()) {
    const [, , , id = ''] = request.path.split('/');
    if (others.has(id) || (request.path === '/v1/checkouts' && !request.body.includes(`"pc":"${OWN_PC}"`))) continue;
    const on = `${request.method} ${request.path.replaceAll(/_[\w-]+/gu, '_*')}`;
    const key = request.headers['idempotency-key'] ?? '';
    switch (on) {
      case 'POST /v1/checkouts':
        if (!keys.has(key.replace(/-(url|host)$/u, ''))) finds({ kind: 'lost', customer: null, what: `a checkout was asked for that the journal knows nothing of: ${request.body.slice(0, 200)}` });
        break;
      case 'POST /v1/payments/py_*/void':
      case 'POST /v1/payments/py_*/refunds':
        if (!keys.has(key)) finds({ kind: 'lost', customer: null, what: `${on} was asked for, and the journal knows nothing of it` });
        break;
      case 'POST /v1/checkouts/cho_*/complete': {
        const { payment_mode: mode, payment_token: token = '' } = completionBody.parse(JSON.parse(request.body));
        if (savedMethods.has(token)) judgeSavedCard(parts, request, token, keys);
        if (mode === 'bnpl') judgeOrder(parts, request, id, key, entries);
        judgeCompletion(parts, request, id, key, completions, entries);
        break;
      }
      case 'POST /v1/terminals/pay':
        judgeCompletion(parts, request, readerBody.parse(JSON.parse(request.body)).checkout_id, `reader ${request.at}`, completions, entries);
        break;
      default:
    }
  }
  countOrders(parts);
}

function keysIn(entries: Entries): ReadonlySet<string> {
  return new Set(entries.flatMap(({ event }) => ('idempotencyKey' in event ? [event.idempotencyKey] : event.kind === 'submit-allowed' ? [event.completion?.idempotencyKey ?? ''] : event.kind === 'reversal-asked' ? [event.reversal.idempotencyKey ?? ''] : [])));
}

/** A bank account is charged with an authorisation, and nothing else is charged while main may still complete an order at Sezzle. */
function judgePermissions({ screens, finds }: RequestJudgeParts, entries: Entries): void {
  const before = new Map<string, Sale>();
  for (const { event, sale } of entries) {
    const was = before.get(sale.id);
    before.set(sale.id, sale);
    if (event.kind !== 'submit-allowed') continue;
    const customer = screens.customerOf(sale.id);
    if ('tender' in sale && sale.tender === 'plaid' && event.authorisation === null) finds({ kind: 'lost', customer, what: `a bank account may be charged on ${event.checkoutId}, and the journal has no authorisation` });
    const isOpenAtSezzle = was !== undefined && 'attempts' in was && was.attempts.completionKey !== null && was.attempts.open > 0;
    if (isOpenAtSezzle) finds({ kind: 'double', customer, what: `another charge is allowed on ${event.checkoutId}, whose order at Sezzle may still be completed` });
  }
}

function judgeSavedCard({ books, tally, finds }: RequestJudgeParts, { path, status, headers }: SeenRequest, methodId: string, keys: ReadonlySet<string>): void {
  const [, , , checkoutId = ''] = path.split('/');
  tally.count(books.isChargedTo(checkoutId, methodId) ? 'saved card charged' : 'saved card declined');
  if (!keys.has(headers['idempotency-key'] ?? '')) finds({ kind: 'lost', customer: null, what: `a saved card was charged on ${checkoutId} (${status}), and the journal knows nothing of it` });
}

/** Main completes an order with the key that the journal has for it, and never after the screen has shown NOT CHARGED. */
function judgeOrder({ screens, books, clock, finds, tally }: RequestJudgeParts, request: SeenRequest, checkoutId: string, key: string, entries: Entries): void {
  const saleId = books.saleOf({ checkoutId });
  const customer = screens.customerOf(saleId);
  const keys = entries.flatMap(({ event }) => (event.kind === 'submit-allowed' && event.checkoutId === checkoutId && event.completion?.methodId === null ? [event.completion.idempotencyKey] : []));
  if (keys.length > 1) finds({ kind: 'double', customer, what: `${keys.length} tries at Sezzle on ${checkoutId}` });
  if (!keys.includes(key)) finds({ kind: 'lost', customer, what: `an order at Sezzle was completed on ${checkoutId} with a key that the journal does not have for it` });
  if (screens.wasRefused(saleId, clock.realTimeOf(request.at))) finds({ kind: 'wrong', customer, what: `the order at Sezzle on ${checkoutId} is completed after the screen has said that nothing was charged` });
  if (request.status === 422) tally.count('completion at Sezzle refused');
}

function countOrders({ justifi, tally }: RequestJudgeParts): void {
  const orders = justifi.requests().filter(({ method, path, body }) => method === 'POST' && path.endsWith('/complete') && body.includes('"bnpl"'));
  for (const requests of Map.groupBy(orders, ({ headers }) => headers['idempotency-key'] ?? '').values()) {
    const [first] = requests;
    const charge = first === undefined ? undefined : justifi.charges(first.path.split('/')[3])[0];
    if (requests.length > 1 && charge !== undefined) tally.count('completion at Sezzle asked again with its key');
    const taken = charge === undefined ? undefined : requests.findLast(({ at }) => at <= charge.at);
    if (charge !== undefined && taken !== undefined && charge.at - taken.at > LATE_AFTER_MS) tally.count('completion at Sezzle answered late');
  }
}

function judgeCompletion({ screens, clock, finds }: RequestJudgeParts, request: SeenRequest, checkoutId: string, key: string, completions: Map<string, Set<string>>, entries: Entries): void {
  const seen = completions.get(checkoutId) ?? new Set();
  completions.set(checkoutId, seen.add(key));
  const allowedInJournal = entries.filter(({ event }) => event.kind === 'submit-allowed' && event.checkoutId === checkoutId).length;
  const before = screens.submissionsOf(checkoutId).filter((at) => at <= clock.realTimeOf(request.at)).length;
  const allowed = Math.min(allowedInJournal, before);
  if (allowed < seen.size) finds({ kind: 'lost', customer: null, what: `Pay reached JustiFi ${seen.size} times on ${checkoutId}, and the journal had allowed ${allowed}` });
}
