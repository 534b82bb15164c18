import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { setTimeout as realPause } from 'node:timers/promises';
import { assertNever } from '../../contract/result.ts';
import type { Credentials } from '../../main/training/access-token.ts';
import { newId } from '../../main/account/new-id.ts';
import { createBooks, type Books, type InsuranceQuote, type SezzleOrder } from '../../main/training/books.ts';
import { CHECKOUT_LIFETIME_MS } from '../../main/training/checkout.ts';
import type { TrainingAnswer, TrainingRequest } from '../../main/training/exchange.ts';
import { createTrainingJustifi, type TrainingJustifi } from '../../main/training/justifi.ts';
import { answerRequest, readRequest, writeAnswer } from '../../main/training/server.ts';
import { defaultSettings, type TrainingSettings } from '../../main/training/settings.ts';
import { type JustifiControls, type SeenRequest, serveControls } from './control.ts';
import { trainingCredentials } from './training-credentials.ts';
import { type Effect, type LaterEnd, faultyStatus, listFaults, spoilBody } from './fault.ts';

export type TestJustifi = JustifiControls & {
  readonly origin: string;
  readonly port: number;
  readonly controlOrigin: string;
  /** The books of this JustiFi, to read. `sezzleOrders`: by the checkout's id. */
  readonly books: Pick<TrainingJustifi, 'checkouts' | 'payments' | 'refunds' | 'paymentMethods'> & { insuranceQuotes(): readonly InsuranceQuote[]; sezzleOrders(): ReadonlyMap<string, SezzleOrder> };
  readonly addSampleCustomers: TrainingJustifi['addSampleCustomers'];
  readonly close: () => Promise<void>;
};

export type TestJustifiOptions = {
  readonly port?: number;
  readonly controlPort?: number;
  /** Every request takes at least this long, as over a real network. */
  readonly roundTripMs?: number;
  readonly now?: () => number;
  /** In real time unless given. */
  readonly pause?: (ms: number) => Promise<unknown>;
  readonly credentials?: readonly Credentials[];
  readonly settings?: Partial<TrainingSettings>;
  /** PEM texts. With `hosts` this server can stand for https://api.justifi.ai. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Names under which it may be addressed, besides its own. */
  readonly hosts?: readonly string[];
  /** Called between each request and its answer, faults included. */
  readonly between?: Between;
};

/** `answer` lets JustiFi answer the request, or another in its place; the returned answer is sent. */
export type Between = (request: TrainingRequest, answer: (as?: TrainingRequest) => Promise<ServedAnswer>) => Promise<ServedAnswer>;
export type ServedAnswer = TrainingAnswer | 'disconnect' | 'hang';

/** Starts the training JustiFi behind a network with faults, one named fault at a time. */
export async function startJustifi(options: TestJustifiOptions = {}): Promise<TestJustifi> {
  const books = createBooks();
  const pause = options.pause ?? ((ms) => realPause(ms, undefined, { ref: false }));
  const between: Between = options.between ?? ((_request, answer) => answer());
  const settings: { -readonly [Name in keyof TrainingSettings]: TrainingSettings[Name] } = {
    ...defaultSettings,
    ...options.settings,
  };
  const faults = listFaults();
  const seen: SeenRequest[] = [];
  const hanging = new Set<ServerResponse>();
  const hosts = new Set(options.hosts);
  // JustiFi's own servers answer any page; the browser's rules are kept by `origin_url`.
  const visitors = { hosts, checkoutPage: 'http://localhost:*' };
  let clockOffsetMs = 0;
  let roundTripMs = options.roundTripMs ?? 0;
  let held: { readonly released: Promise<void>; readonly release: () => void } | undefined;
  const now = () => (options.now ?? Date.now)() + clockOffsetMs;

  const justifi = createTrainingJustifi({
    books,
    settings,
    now,
    newId: (prefix) => newId(() => `${prefix}_${randomUUID().replaceAll('-', '')}`),
    cardNetwork: async () => held?.released,
    credentials: options.credentials ?? [trainingCredentials],
  });

  const answer = (request: TrainingRequest) => answerRequest(justifi, visitors, request);

  async function serve(...[message, response]: Parameters<RequestListener>): Promise<void> {
    const request = await readRequest(message);
    if (request === 'too-large') {
      writeAnswer(response, await answerRequest(justifi, visitors, request));
      return;
    }
    const { method, path, headers, body } = request;
    const record: SeenRequest = { method, path, headers, body, at: now(), status: null };
    seen.push(record);
    const { delayMs, effect } = faults.take(method, path);
    if (roundTripMs + delayMs > 0) await pause(roundTripMs + delayMs);
    const result = await between(request, (as = request) => withEffect(as, effect));
    if (result === 'disconnect') {
      response.destroy();
      return;
    }
    if (result === 'hang') {
      hanging.add(response);
      response.once('close', () => hanging.delete(response));
      return;
    }
    record.status = result.status;
    writeAnswer(response, result);
  }

  async function withEffect(
    request: TrainingRequest,
    effect: Effect | undefined,
  ): Promise<ServedAnswer> {
    if (!effect) return answer(request);
    switch (effect.kind) {
      case 'delay':
        return answer(request);
      case 'disconnect':
      case 'hang':
        if (effect.moment === 'after') await answer(request);
        return effect.kind;
      case 'status': {
        const spoilt = faultyStatus(effect.status, effect.code);
        if (effect.moment === 'before') return answerInstead(request, spoilt);
        const real = await answer(request);
        return { ...spoilt, headers: { ...real.headers, ...spoilt.headers } };
      }
      case 'body':
        if (effect.moment === 'after') return spoilBody(await answer(request), effect.body);
        return answerInstead(request, spoilBody({ status: 200, headers: {}, body: '{"data":{}}' }, effect.body));
      case 'redirect':
        return { status: 302, headers: { location: effect.to }, body: '' };
      case 'completion': {
        const real = await answer(request);
        return real.status === 201 ? overriddenCompletion(request, real, effect) : real;
      }
      default:
        return assertNever(effect);
    }
  }

  /** Answers in JustiFi's place, with the cross-origin headers that let a browser read it. */
  function answerInstead(request: TrainingRequest, spoilt: TrainingAnswer): Promise<TrainingAnswer> {
    return answerRequest({ handle: () => Promise.resolve(spoilt) }, visitors, request);
  }

  async function overriddenCompletion(
    request: TrainingRequest,
    real: TrainingAnswer,
    words: { readonly status: string; readonly paymentStatus: string; readonly later?: LaterEnd },
  ): Promise<TrainingAnswer> {
    const [, , , checkoutId = ''] = request.path.split('/');
    const end = overrideLastCompletion(books, checkoutId, words);
    const { later } = words;
    if (later) void pause(later.afterMs).then(() => end(later.paymentStatus, now()));
    const checkoutPath = `/v1/checkouts/${checkoutId}`;
    const checkout = await justifi.handle({ ...request, method: 'GET', path: checkoutPath, body: '' });
    const { data }: { data: { completions: { id: string }[] } } = JSON.parse(checkout.body);
    const last = books.checkouts.get(checkoutId)?.completions.at(-1)?.id;
    const envelope: object = JSON.parse(real.body);
    return { ...real, body: JSON.stringify({ ...envelope, data: { ...data.completions.find(({ id }) => id === last), checkout: data } }) };
  }

  const server = await listen(serve, options);
  const port = portOf(server);
  hosts.add(`127.0.0.1:${port}`).add(`localhost:${port}`);

  const controls: JustifiControls = {
    addFault: faults.add,
    clearFaults: faults.clear,
    faultsMet: faults.hits,
    dropHanging: () => hanging.forEach((response) => response.destroy()),
    setRoundTrip: (ms) => {
      roundTripMs = ms;
    },
    now,
    advanceClock: (ms) => {
      clockOffsetMs += ms;
    },
    changeSettings: (change) => {
      Object.assign(settings, change);
    },
    setSubAccountStatus: (id, status) => {
      settings.subAccounts = settings.subAccounts.map((account) => (account.id === id ? { ...account, status } : account));
    },
    expireCheckout: (id) => {
      const checkout = books.checkouts.get(id);
      if (!checkout) throw new Error(`There is no checkout ${id}`);
      books.checkouts.set(id, { ...checkout, createdAt: now() - CHECKOUT_LIFETIME_MS });
    },
    changeAmount: (id, amount) => {
      const checkout = books.checkouts.get(id);
      if (!checkout) throw new Error(`There is no checkout ${id}`);
      books.checkouts.set(id, { ...checkout, amount });
    },
    endRefunds: (status) => {
      for (const refund of books.refunds.values()) if (refund.status === 'pending') books.refunds.set(refund.id, { ...refund, status, updatedAt: now() });
    },
    forgetKeys: () => books.idempotency.clear(),
    holdCharges: () => {
      if (held) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      held = { released: promise, release: resolve };
    },
    releaseCharges: () => {
      held?.release();
      held = undefined;
    },
    pressReader: (terminalId, press) => justifi.pressReader(terminalId, press),
    payHosted: (checkoutId, how) => justifi.payHosted(checkoutId, how),
    disputePayment: (paymentId) => justifi.disputePayment(paymentId),
    changeStanding: (methodId, standing) => justifi.changeStanding(methodId, standing),
    removeTerminal: (terminalId) => void books.terminals.delete(terminalId),
    charges: (checkoutId) =>
      justifi.charges().filter((charge) => checkoutId === undefined || charge.checkoutId === checkoutId),
    requests: (on) => {
      if (on === undefined) return [...seen];
      const matcher = listFaults();
      matcher.add({ on, kind: 'delay', ms: 1 });
      return seen.filter(({ method, path }) => matcher.take(method, path).delayMs > 0);
    },
  };
  const control = await serveControls(controls, options.controlPort ?? 0);

  return {
    ...controls,
    origin: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    controlOrigin: control.origin,
    books: { ...justifi, insuranceQuotes: () => [...books.insuranceQuotes.values()], sezzleOrders: () => books.sezzleOrders },
    addSampleCustomers: justifi.addSampleCustomers,
    close: async () => {
      controls.releaseCharges();
      await control.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/**
 * A completion that failed takes no money in the books either. The returned function ends the completion later: then the
 * money is taken, unless the card would have been declined, or it is not.
 */
function overrideLastCompletion(
  books: Books,
  checkoutId: string,
  { status, paymentStatus }: { readonly status: string; readonly paymentStatus: string },
): (paymentStatus: LaterEnd['paymentStatus'], now: number) => void {
  const checkout = books.checkouts.get(checkoutId);
  const last = checkout?.completions.at(-1);
  if (!checkout || !last) return () => {};
  const payment = last.paymentId === null ? undefined : books.payments.get(last.paymentId);
  const isPaid = paymentStatus === 'succeeded' || paymentStatus === 'pending';
  if (!isPaid && last.paymentId !== null) books.payments.delete(last.paymentId);
  const overridden = {
    ...last,
    status,
    paymentStatus,
    ...(isPaid ? {} : { paymentId: null, paymentResponse: null }),
  };
  books.checkouts.set(checkoutId, {
    ...checkout,
    completions: [...checkout.completions.slice(0, -1), overridden],
    successfulPaymentId: isPaid ? checkout.successfulPaymentId : null,
  });
  return (end, now) => {
    const current = books.checkouts.get(checkoutId);
    if (!current) return;
    const succeeds = end === 'succeeded' && payment !== undefined;
    const ended = succeeds ? last : { ...overridden, status: 'failed', paymentStatus: 'failed' };
    if (succeeds) books.payments.set(payment.id, { ...payment, createdAt: now });
    books.checkouts.set(checkoutId, {
      ...current,
      completions: current.completions.map((completion) => (completion.id === last.id ? ended : completion)),
      successfulPaymentId: succeeds ? payment.id : current.successfulPaymentId,
    });
  };
}

async function listen(
  serve: (...exchange: Parameters<RequestListener>) => Promise<void>,
  options: TestJustifiOptions,
): Promise<Server> {
  const listener: RequestListener = (message, response) => {
    serve(message, response).catch(() => response.destroy());
  };
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('JustiFi has no port');
  return address.port;
}
