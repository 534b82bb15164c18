import type { TrainingPay } from '../../contract/pay-link.ts';
import type { ReaderPress, ReaderScreen } from '../../contract/training-reader.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { issueAccessToken, type Credentials } from './access-token.ts';
import { createBooks, type Books, type Checkout, type MethodStanding, type Payment, type PaymentMethod, type Refund, type Terminal } from './books.ts';
import { completeCheckout, createCheckout, getCheckout, listCheckouts, patchCheckout } from './checkout.ts';
import { getDispute, listDisputes, openDispute } from './dispute.ts';
import { type Outcome, type Refusal, type TrainingAnswer, type TrainingRequest, answerOf } from './exchange.ts';
import { hostedCheckoutPage, payHostedCheckout } from './hosted-checkout.ts';
import { createInsuranceQuote, toggleInsurance } from './insurance.ts';
import { once } from './idempotency.ts';
import { getPayment, listPayments, refundCheckout, refundPayment, voidPayment } from './payment.ts';
import { createPlaidLink, tokenizeBankLogin } from './plaid.ts';
import { createPaymentMethod, getPaymentMethod, listPaymentMethods, tokenize } from './payment-method.ts';
import {
  createPaymentMethodGroup,
  getPaymentMethodGroup,
  listPaymentMethodGroups,
  patchPaymentMethodGroup,
  removeFromPaymentMethodGroup,
} from './payment-method-group.ts';
import { getRefund, listRefunds, patchRefund } from './refund.ts';
import { createReport, getReport, listReports } from './report.ts';
import { refuse, refuseUnauthenticated } from './refusal.ts';
import { type Role, holdsRole } from './role.ts';
import { type SampleCustomer, addSampleCustomers } from './sample-customers.ts';
import { defaultSettings, type TrainingSettings } from './settings.ts';
import { sezzleWindow } from './sezzle-page.ts';
import { trainingSubAccounts } from './sub-account.ts';
import { isOfAnother } from './sub-account-header.ts';
import { getSubAccount, getSubAccountSettings, listSubAccounts } from './sub-account-calls.ts';
import { endOverdueSessions, getTerminal, getTerminalStatus, identifyTerminal, listTerminals, payAtTerminal, pressReader, readerScreen, renameTerminal } from './terminal.ts';
import { countPost, issueWebComponentToken } from './web-component-token.ts';
import type { Call, Caller, World } from './world.ts';

/** A small JustiFi: the part of its API that a till uses, with the documented shapes, statuses and lifetimes. */
export type TrainingJustifi = {
  readonly handle: (request: TrainingRequest) => Promise<TrainingAnswer>;
  /** Every charge that took money or was accepted for it, voided ones included. */
  readonly charges: () => readonly Charge[];
  readonly checkouts: () => readonly Checkout[];
  readonly payments: () => readonly Payment[];
  readonly refunds: () => readonly Refund[];
  readonly paymentMethods: () => readonly PaymentMethod[];
  /** Does this at a reader as a customer. False: the reader does not accept it now. */
  readonly pressReader: (terminalId: string, press: ReaderPress) => Promise<boolean>;
  /** The text on a reader's screen; null: there is no reader with this id. */
  readonly readerScreen: (terminalId: string) => ReaderScreen | null;
  /** Does this on the checkout's page as a customer. False: it is paid or has expired, or there is none. */
  readonly payHosted: (checkoutId: string, how: TrainingPay) => Promise<boolean>;
  /** Adds customers with saved cards, for training. */
  readonly addSampleCustomers: () => readonly SampleCustomer[];
  /** Makes a saved method expire or invalid. False: there is none with this id. */
  readonly changeStanding: (methodId: string, standing: MethodStanding) => boolean;
  /** Disputes a payment as the customer's bank. False: there is no such payment. */
  readonly disputePayment: (paymentId: string) => boolean;
};

export type Charge = {
  readonly checkoutId: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly at: number;
};

type TrainingParts = {
  readonly now: () => number;
  readonly newId: (prefix: string) => string;
  readonly credentials: readonly Credentials[];
  /** Read anew for every request: a test may change the object at any time. */
  readonly settings?: Partial<TrainingSettings>;
  readonly books?: Books;
  /** Its card readers; the training shop's two unless given. */
  readonly terminals?: readonly Terminal[];
  readonly cardNetwork?: () => Promise<void>;
};

export function createTrainingJustifi(parts: TrainingParts): TrainingJustifi {
  const books = parts.books ?? createBooks();
  const { credentials } = parts;
  const world: World = {
    books,
    now: parts.now,
    newId: parts.newId,
    settings: () => ({ ...defaultSettings, ...parts.settings }),
    cardNetwork: parts.cardNetwork ?? (() => Promise.resolve()),
  };
  for (const terminal of parts.terminals ?? trainingTerminals(world.now())) if (!books.terminals.has(terminal.id)) books.terminals.set(terminal.id, terminal);
  return {
    async handle(request) {
      endOverdueSessions(world);
      const page = (await hostedCheckoutPage(world, request)) ?? sezzleWindow(world, request);
      if (page !== undefined) return page;
      return answerOf(await outcomeOf(world, credentials, request));
    },
    pressReader: (terminalId, press) => pressReader(world, terminalId, press),
    readerScreen: (terminalId) => readerScreen(world, terminalId),
    payHosted: (checkoutId, how) => payHostedCheckout(world, checkoutId, how),
    addSampleCustomers: () => addSampleCustomers(world),
    disputePayment(paymentId) {
      const payment = books.payments.get(paymentId);
      if (payment !== undefined) openDispute(world, payment);
      return payment !== undefined;
    },
    changeStanding(methodId, standing) {
      const method = books.paymentMethods.get(methodId);
      if (method !== undefined) books.paymentMethods.set(methodId, { ...method, standing });
      return method !== undefined;
    },
    charges: () =>
      [...books.payments.values()]
        .filter((payment) => payment.outcome.kind !== 'declined')
        .map(({ checkoutId, id, amount, createdAt }) => ({ checkoutId, paymentId: id, amount, at: createdAt })),
    checkouts: () => [...books.checkouts.values()],
    payments: () => [...books.payments.values()],
    refunds: () => [...books.refunds.values()],
    paymentMethods: () => [...books.paymentMethods.values()],
  };
}

/** The readers of the training shop, connected. */
function trainingTerminals(now: number): readonly Terminal[] {
  const { id: accountId } = trainingSubAccounts[0]!;
  const made = (number: number, nickname: string | null): Terminal => ({
    id: `trm_training${number}`,
    accountId,
    deviceId: `2345678${number}`,
    serialNumber: `888-222-44${number}`,
    nickname,
    isPlugged: true,
    unpluggedAt: now,
    lastKnown: 'connected',
    statusAskedAt: now,
    identifiedAt: null,
    createdAt: now,
    updatedAt: now,
  });
  return [made(1, 'Training reader'), made(2, null)];
}

type Route = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `:id` and `:member` stand for one segment each. */
  readonly path: string;
  /** The role with which a web component may call this; without one, only the platform may. `own-checkout`: the path does not name the token's checkout. */
  readonly role?: 'write:checkout' | 'write:own-checkout' | 'write:tokenize';
  /** The place of the call's account; the header unless given. */
  readonly account?: 'in-path';
  /** Whether JustiFi asks for an Idempotency-Key; where it does not, one is honoured all the same. */
  readonly key?: 'required';
  readonly handle: (world: World, call: Call) => Outcome | Promise<Outcome>;
};

const routes: readonly Route[] = [
  { method: 'POST', path: '/v1/checkouts', handle: createCheckout },
  { method: 'GET', path: '/v1/checkouts', handle: listCheckouts },
  { method: 'GET', path: '/v1/checkouts/:id', role: 'write:checkout', handle: getCheckout },
  { method: 'PATCH', path: '/v1/checkouts/:id', handle: patchCheckout },
  {
    method: 'POST',
    path: '/v1/checkouts/:id/complete',
    role: 'write:checkout',
    key: 'required',
    handle: completeCheckout,
  },
  { method: 'POST', path: '/v1/checkouts/:id/refunds', key: 'required', handle: refundCheckout },
  { method: 'POST', path: '/v1/web_component_tokens', handle: issueWebComponentToken },
  { method: 'POST', path: '/v1/js/payment_methods', role: 'write:tokenize', handle: tokenize },
  { method: 'POST', path: '/v1/plaid/:id/link', role: 'write:tokenize', account: 'in-path', handle: createPlaidLink },
  { method: 'POST', path: '/v1/plaid/:id/tokenize', role: 'write:tokenize', account: 'in-path', handle: tokenizeBankLogin },
  { method: 'POST', path: '/v1/insurance/quotes', role: 'write:own-checkout', handle: createInsuranceQuote },
  { method: 'POST', path: '/v1/insurance/quotes/:id/toggle', role: 'write:own-checkout', handle: toggleInsurance },
  { method: 'POST', path: '/v1/payment_methods', role: 'write:tokenize', key: 'required', handle: createPaymentMethod },
  { method: 'GET', path: '/v1/payment_methods', handle: listPaymentMethods },
  { method: 'GET', path: '/v1/payment_methods/:id', handle: getPaymentMethod },
  { method: 'POST', path: '/v1/payment_method_groups', handle: createPaymentMethodGroup },
  { method: 'GET', path: '/v1/payment_method_groups', handle: listPaymentMethodGroups },
  { method: 'GET', path: '/v1/payment_method_groups/:id', handle: getPaymentMethodGroup },
  { method: 'PATCH', path: '/v1/payment_method_groups/:id', handle: patchPaymentMethodGroup },
  {
    method: 'DELETE',
    path: '/v1/payment_method_groups/:id/payment_methods/:member',
    handle: removeFromPaymentMethodGroup,
  },
  { method: 'GET', path: '/v1/payments', handle: listPayments },
  { method: 'GET', path: '/v1/payments/:id', handle: getPayment },
  { method: 'POST', path: '/v1/payments/:id/refunds', key: 'required', handle: refundPayment },
  { method: 'POST', path: '/v1/payments/:id/void', key: 'required', handle: voidPayment },
  { method: 'GET', path: '/v1/refunds', handle: listRefunds },
  { method: 'GET', path: '/v1/refunds/:id', handle: getRefund },
  { method: 'PATCH', path: '/v1/refunds/:id', key: 'required', handle: patchRefund },
  { method: 'GET', path: '/v1/disputes', handle: listDisputes },
  { method: 'GET', path: '/v1/disputes/:id', handle: getDispute },
  { method: 'POST', path: '/v1/reports', handle: createReport },
  { method: 'GET', path: '/v1/reports', handle: listReports },
  { method: 'GET', path: '/v1/reports/:id', handle: getReport },
  { method: 'GET', path: '/v1/sub_accounts', handle: listSubAccounts },
  { method: 'GET', path: '/v1/sub_accounts/:id', handle: getSubAccount },
  { method: 'GET', path: '/v1/sub_accounts/:id/settings', handle: getSubAccountSettings },
  { method: 'GET', path: '/v1/terminals', handle: listTerminals },
  { method: 'POST', path: '/v1/terminals/pay', handle: payAtTerminal },
  { method: 'GET', path: '/v1/terminals/:id', handle: getTerminal },
  { method: 'PATCH', path: '/v1/terminals/:id', handle: renameTerminal },
  { method: 'GET', path: '/v1/terminals/:id/status', handle: getTerminalStatus },
  { method: 'POST', path: '/v1/terminals/:id/identify', handle: identifyTerminal },
];

async function outcomeOf(
  world: World,
  credentials: readonly Credentials[],
  request: TrainingRequest,
): Promise<Outcome> {
  const { method, path, headers } = request;
  if (method === 'POST' && path === '/oauth/token') return issueAccessToken(world, credentials, request);
  // Web components report here without authorization, and do not look at the answer.
  if (method === 'POST' && path === '/v1/analytics') return { kind: 'no-content' };
  const found = findRoute(method, path);
  if (!found) return refuse('resource_not_found');
  const { route, id, memberId } = found;

  const caller = callerOf(world, request);
  if (!caller) return refuseUnauthenticated(headers['justifi-web-component-version'] !== undefined);
  const subAccountId = route.account === 'in-path' ? id : headers['sub-account'];
  if (route.role === 'write:tokenize' && subAccountId === undefined) return refuse('sub_account_header_required');
  if (caller.kind === 'platform' && isOfAnother(world, id, subAccountId)) return refuse('resource_not_found');
  if (caller.kind === 'web-component') {
    const role = route.role === 'write:own-checkout' ? ownCheckout(caller) : neededRole(route, id, subAccountId);
    if (!role || !holdsRole(caller.roles, role)) return refuse('not_authorized');
    const limited = method === 'POST' ? countPost(world, caller.token, route.path) : undefined;
    if (limited) return limited;
  }

  const body = readJson(request.body);
  if (body.kind === 'failed') return body.failure;
  const call: Call = { id, memberId, query: request.query, body: body.value, subAccountId, checkoutId: ownCheckout(caller)?.id ?? null, mode: caller.kind === 'platform' ? caller.mode : 'test' };
  // Components send a key with their reads as well; only a request that changes something can be repeated by mistake.
  const key = method === 'GET' ? undefined : headers['idempotency-key'];
  if (key === undefined || key === '') {
    return route.key === 'required' ? refuse('idempotency_key_required') : await route.handle(world, call);
  }
  return await once(world.books, key, { method, path, subAccountId, body: body.value }, () => route.handle(world, call));
}

function findRoute(
  method: string,
  path: string,
): { readonly route: Route; readonly id: string; readonly memberId: string } | undefined {
  const segments = path.split('/');
  for (const route of routes) {
    const pattern = route.path.split('/');
    const isMatch =
      route.method === method &&
      pattern.length === segments.length &&
      pattern.every((part, index) => part === segments[index] || (part.startsWith(':') && segments[index] !== ''));
    if (isMatch) {
      const valueOf = (name: string) => segments[pattern.indexOf(name)] ?? '';
      return { route, id: valueOf(':id'), memberId: valueOf(':member') };
    }
  }
  return undefined;
}

function callerOf(world: World, request: TrainingRequest): Caller | undefined {
  const [, token] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) return undefined;
  const accessToken = world.books.accessTokens.get(token);
  if (accessToken !== undefined) return world.now() < accessToken.expiresAt ? { kind: 'platform', mode: accessToken.mode } : undefined;
  const componentToken = world.books.webComponentTokens.get(token);
  if (!componentToken || world.now() >= componentToken.expiresAt) return undefined;
  return { kind: 'web-component', token, roles: componentToken.roles };
}

function ownCheckout(caller: Caller): Role | undefined {
  return caller.kind === 'web-component' ? caller.roles.find(({ access, resource }) => access === 'write' && resource === 'checkout') : undefined;
}

function neededRole(route: Route, id: string, subAccountId: string | undefined): Role | undefined {
  if (route.role === 'write:checkout') return { access: 'write', resource: 'checkout', id };
  if (route.role === 'write:tokenize') return { access: 'write', resource: 'tokenize', id: subAccountId ?? '' };
  return undefined;
}

function readJson(text: string): Result<unknown, Refusal> {
  if (text === '') return ok(undefined);
  try {
    return ok(JSON.parse(text));
  } catch {
    return failed(refuse('malformed_json'));
  }
}
