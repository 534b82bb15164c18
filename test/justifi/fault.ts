import type { TrainingAnswer } from '../../main/training/exchange.ts';

/**
 * One fault.
 *
 * `on` is a method and a path, in which `*` stands for one segment: "GET /v2/*" are all hosted fields. A method of `*`
 * is any method but OPTIONS, so that a browser gets as far as the request itself.
 * `skip` lets that many matching requests pass first; `times` says how many are hit after that, all if left out.
 */
export type Fault = Effect & { readonly on: string; readonly skip?: number; readonly times?: number };

/** `before`: JustiFi never got the request. `after`: it has carried it out, and the fault hits the answer. */
export type Moment = 'before' | 'after';

export type Effect =
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection is cut. After the commit, this is an answer that was lost. */
  | { readonly kind: 'disconnect'; readonly moment: Moment }
  /** The connection stays open and nothing ever comes. */
  | { readonly kind: 'hang'; readonly moment: Moment }
  | { readonly kind: 'status'; readonly status: number; readonly moment: Moment; readonly code?: string }
  /** The status of success, with a body that cannot be read. */
  | { readonly kind: 'body'; readonly body: 'half-json' | 'html' | 'empty'; readonly moment: Moment }
  /** An attacker in between redirects the browser. */
  | { readonly kind: 'redirect'; readonly to: string }
  /**
   * A completion ends with these words. Unless they are `succeeded` or `pending`, no money was taken; `later`: not yet, and
   * after so much real time it ends like that.
   */
  | { readonly kind: 'completion'; readonly status: string; readonly paymentStatus: string; readonly later?: LaterEnd };

export type LaterEnd = { readonly afterMs: number; readonly paymentStatus: 'succeeded' | 'failed' };

export type FaultList = {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  /** How many requests were hit so far. */
  readonly hits: () => number;
  /** The fault for this request; counts it against each fault that matches. */
  readonly take: (method: string, path: string) => { readonly delayMs: number; readonly effect: Effect | undefined };
};

export function listFaults(): FaultList {
  const faults: { readonly fault: Fault; matched: number }[] = [];
  let hits = 0;
  return {
    hits: () => hits,
    add: (fault) => {
      faults.push({ fault, matched: 0 });
    },
    clear: () => {
      faults.length = 0;
    },
    take: (method, path) => {
      const active = faults.filter((entry) => {
        if (!concerns(entry.fault, method, path)) return false;
        const { skip = 0, times = Infinity } = entry.fault;
        entry.matched += 1;
        return entry.matched > skip && entry.matched <= skip + times;
      });
      if (active.length > 0) hits += 1;
      const effects = active.map(({ fault }): Effect => fault);
      const delays = effects.filter((effect) => effect.kind === 'delay');
      return {
        delayMs: delays.reduce((sum, delay) => sum + delay.ms, 0),
        effect: effects.find((effect) => effect.kind !== 'delay'),
      };
    },
  };
}

function concerns(fault: Fault, method: string, path: string): boolean {
  const [wantedMethod = '', wantedPath = ''] = fault.on.split(' ');
  const isMethod = wantedMethod === '*' ? method !== 'OPTIONS' : wantedMethod === method;
  const wanted = wantedPath.split('/');
  const segments = path.split('/');
  return (
    isMethod &&
    wanted.length === segments.length &&
    wanted.every((segment, index) => segment === '*' || segment === segments[index])
  );
}

/** The code that JustiFi publishes for a status, where it does. */
const codes: Readonly<Record<number, readonly [code: string, message: string]>> = {
  401: ['not_authorized', 'Not Authorized'],
  403: ['not_authorized', 'Not Authorized'],
  409: ['idempotency_concurrent_request', 'We detected concurrent requests using this idempotency key'],
  429: ['gateway_rate_limit_error', 'Too many requests hit the API too quickly.'],
  500: ['internal_server_error', 'An unexpected error has occurred.'],
  504: ['gateway_timeout_error', 'There was a timeout with the gateway, we recommend retrying using the Should-Retry header'],
};

export function faultyStatus(status: number, code?: string): TrainingAnswer {
  const [usualCode, message] = codes[status] ?? ['internal_server_error', 'An unexpected error has occurred.'];
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ error: { code: code ?? usualCode, message } }),
  };
}

export function spoilBody(answer: TrainingAnswer, body: 'half-json' | 'html' | 'empty'): TrainingAnswer {
  switch (body) {
    case 'half-json':
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
    case 'html':
      return {
        ...answer,
        headers: { ...answer.headers, 'content-type': 'text/html' },
        body: '<!doctype html><title>Sign in to this network</title>',
      };
    case 'empty':
      return { ...answer, body: '' };
    default:
      return body;
  }
}
