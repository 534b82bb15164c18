import { z } from 'zod';
import { assertNever } from '../../contract/result.ts';
import type { ReaderPress, ReaderScreen } from '../../contract/training-reader.ts';
import type { Checkout, Completion, PaymentMethod, Terminal, TerminalSession } from './books.ts';
import { completionOfCharge, refusedWhenFinal } from './checkout.ts';
import { type Outcome, envelope } from './exchange.ts';
import { matches, pageOf } from './page.ts';
import { charge } from './payment.ts';
import { refuse } from './refusal.ts';
import { readBody } from './request-body.ts';
import { paymentSettings, platformAccountId } from './sub-account.ts';
import { findSubAccount } from './sub-account-header.ts';
import type { CardScenario } from './test-card.ts';
import type { Call, World } from './world.ts';

/** A reader that is not used ends its session after this; JustiFi's documented time. */
const SESSION_LIFETIME_MS = 90_000;

/** How long it shows its name. */
const IDENTIFY_MS = 20_000;

const payRequest = z.object({ checkout_id: z.string().min(1), terminal_id: z.string().min(1) });
const patchRequest = z.object({ nickname: z.string().max(100) });

export function listTerminals(world: World, call: Call): Outcome {
  const { query, subAccountId } = call;
  const wanted = (name: string) => query.get(name)?.split(',') ?? null;
  const statuses = wanted('status');
  const devices = wanted('provider_id');
  const terminals = [...world.books.terminals.values()].filter(
    (terminal) =>
      (subAccountId === undefined || subAccountId === terminal.accountId) &&
      (statuses === null || statuses.includes(terminal.lastKnown)) &&
      (devices === null || devices.includes(terminal.deviceId)) &&
      matches(query, 'terminal_id', terminal.id),
  );
  return pageOf(terminals, query, ({ createdAt }) => createdAt, renderTerminal);
}

export function getTerminal(world: World, call: Call): Outcome {
  return withTerminal(world, call, done);
}

export function renameTerminal(world: World, call: Call): Outcome {
  const read = readBody(patchRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  return withTerminal(world, call, (terminal) => done(keep(world, { ...terminal, nickname: read.value.nickname, updatedAt: world.now() })));
}

/** Only this asks the reader itself; the terminal's own `status` is the answer of the last time. */
export function getTerminalStatus(world: World, call: Call): Outcome {
  return withTerminal(world, call, (terminal) => {
    const asked = keep(world, { ...terminal, lastKnown: terminal.isPlugged ? 'connected' : 'disconnected', statusAskedAt: world.now() });
    const at = new Date(asked.isPlugged ? world.now() : asked.unpluggedAt).toISOString();
    const data = { id: asked.id, status: asked.isPlugged ? 'CONNECTED' : 'DISCONNECTED', last_date_time_connected: at, last_date_time_active: at };
    return { kind: 'done', status: 200, body: envelope('terminal', data) };
  });
}

export function identifyTerminal(world: World, call: Call): Outcome {
  return withTerminal(world, call, (terminal) => {
    keep(world, { ...terminal, identifiedAt: world.now() });
    return { kind: 'no-content' };
  });
}

/** `POST /v1/terminals/pay`: sends the checkout to the reader. Its completion is `processing` until a person does something there. */
export function payAtTerminal(world: World, call: Call): Outcome {
  const read = readBody(payRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  const checkout = world.books.checkouts.get(read.value.checkout_id);
  const terminal = world.books.terminals.get(read.value.terminal_id);
  if (!checkout) return refuse('resource_not_found', { param: 'checkout_id' });
  if (terminal?.accountId !== checkout.accountId) return refuse('resource_not_found', { param: 'terminal_id' });
  const refusal = refusedWhenFinal(world, checkout);
  if (refusal) return refusal;
  const account = findSubAccount(world, checkout.accountId);
  if (account?.status !== 'enabled') return refuse('sub_account_not_enabled');
  if (!paymentSettings(account).card_present) return refuse('service_not_allowed');
  if (!terminal.isPlugged) return refuse('terminal_disconnected');
  if (sessionAt(world, terminal.id) !== undefined) return refuse('terminal_busy');
  const session = beginSession(world, checkout, terminal);
  const data = {
    id: session.id,
    session_type: 'payment',
    status: 'created',
    payment_id: session.paymentId,
    payment_intent_id: session.intentId,
    terminal_id: terminal.id,
    account_id: checkout.accountId,
    platform_account_id: platformAccountId,
    checkout_id: checkout.id,
  };
  return { kind: 'done', status: 201, body: envelope('terminal_sessions', data) };
}

function beginSession(world: World, checkout: Checkout, terminal: Terminal): TerminalSession {
  const session: TerminalSession = {
    id: world.newId('tses'),
    terminalId: terminal.id,
    checkoutId: checkout.id,
    completionId: world.newId('chc'),
    paymentId: world.newId('py'),
    intentId: world.newId('pi'),
    isProcessing: false,
    startedAt: world.now(),
  };
  world.books.terminalSessions.set(terminal.id, session);
  const completion: Completion = {
    id: session.completionId,
    checkoutId: checkout.id,
    paymentMode: 'card_present',
    paymentMethodId: null,
    terminalId: terminal.id,
    status: 'processing',
    paymentStatus: 'pending',
    error: null,
    paymentId: null,
    paymentResponse: null,
    premiumApart: 0,
    createdAt: world.now(),
  };
  world.books.checkouts.set(checkout.id, { ...checkout, completions: [...checkout.completions, completion], updatedAt: world.now() });
  return session;
}

/** Does this at the reader as a customer. False: the reader does not accept it now. */
export async function pressReader(world: World, terminalId: string, press: ReaderPress): Promise<boolean> {
  const terminal = world.books.terminals.get(terminalId);
  if (terminal === undefined) return false;
  if (press === 'plug') return keep(world, { ...terminal, isPlugged: true }).isPlugged;
  const session = sessionAt(world, terminalId);
  if (press === 'unplug') {
    keep(world, { ...terminal, isPlugged: false, unpluggedAt: world.now() });
    if (session !== undefined) callOff(world, session, 'terminal_disconnected', 'The terminal lost its connection.');
    return true;
  }
  if (session === undefined || session.isProcessing || !terminal.isPlugged) return false;
  switch (press) {
    case 'cancel':
      callOff(world, session, 'terminal_canceled', 'The payment was canceled on the terminal.');
      return true;
    case 'run-out':
      callOff(world, session, TIMED_OUT, 'Nothing was presented to the terminal.');
      return true;
    case 'tap':
    case 'insert':
    case 'decline':
      await presentCard(world, session, press);
      return true;
    default:
      return assertNever(press);
  }
}

const TIMED_OUT = 'terminal_timeout';

/** Once the card network has it, it is charged or declined there, even if the reader is cut off. */
async function presentCard(world: World, session: TerminalSession, press: 'tap' | 'insert' | 'decline'): Promise<void> {
  world.books.terminalSessions.set(session.terminalId, { ...session, isProcessing: true });
  world.books.checkoutsInFlight.add(session.checkoutId);
  try {
    await world.cardNetwork();
    const checkout = world.books.checkouts.get(session.checkoutId);
    // A checkout is paid once.
    if (checkout !== undefined && checkout.successfulPaymentId === null) chargeCard(world, session, checkout, press);
    else if (checkout !== undefined) callOff(world, session, 'checkout_already_completed', 'The checkout was paid in another way.');
  } finally {
    world.books.checkoutsInFlight.delete(session.checkoutId);
    world.books.terminalSessions.delete(session.terminalId);
  }
}

function chargeCard(world: World, session: TerminalSession, checkout: Checkout, press: 'tap' | 'insert' | 'decline'): void {
  const scenario: CardScenario = press === 'decline' ? { kind: 'declined', error: { code: 'card_declined', decline_code: 'insufficient_funds', message: 'Your card has insufficient funds.', network: 'VISA', network_error_category: null, network_error_code: '116' } } : { kind: 'approved' };
  const method: PaymentMethod = {
    id: world.newId('cp'),
    accountId: checkout.accountId,
    paymentMethodGroupId: null,
    details: { kind: 'card-present', brand: 'visa', lastFour: press === 'insert' ? '2970' : '4242', name: 'CARDHOLDER/VISA', scenario },
    standing: 'valid',
    createdAt: world.now(),
  };
  world.books.paymentMethods.set(method.id, method);
  const payment = charge(world, checkout, method, { id: session.paymentId, intentId: session.intentId, terminalId: session.terminalId });
  const ended = { ...completionOfCharge(world, payment), id: session.completionId };
  replaceCompletion(world, session, ended, ended.paymentId);
}

/** Ended without a card. JustiFi publishes neither code nor word for it. */
function callOff(world: World, session: TerminalSession, code: string, message: string): void {
  world.books.terminalSessions.delete(session.terminalId);
  const completion = world.books.checkouts.get(session.checkoutId)?.completions.find(({ id }) => id === session.completionId);
  if (completion === undefined) return;
  const error = { code, message };
  replaceCompletion(world, session, { ...completion, status: 'failed', paymentStatus: 'canceled', error, paymentResponse: { error } }, null);
}

function replaceCompletion(world: World, session: TerminalSession, ended: Completion, paidBy: string | null): void {
  const checkout = world.books.checkouts.get(session.checkoutId);
  if (checkout === undefined) return;
  world.books.checkouts.set(checkout.id, {
    ...checkout,
    successfulPaymentId: checkout.successfulPaymentId ?? paidBy,
    completions: checkout.completions.map((each) => (each.id === session.completionId ? { ...ended, createdAt: each.createdAt } : each)),
    updatedAt: world.now(),
  });
}

/** Ends every session whose time is over. Called before anything is answered, so that no answer shows an expired one. */
export function endOverdueSessions(world: World): void {
  for (const session of world.books.terminalSessions.values()) {
    if (!session.isProcessing && world.now() - session.startedAt >= SESSION_LIFETIME_MS) callOff(world, session, TIMED_OUT, 'Nothing was presented to the terminal.');
  }
}

/** The text on the screen of a reader; null: there is no reader with this id. */
export function readerScreen(world: World, terminalId: string): ReaderScreen | null {
  endOverdueSessions(world);
  const terminal = world.books.terminals.get(terminalId);
  if (terminal === undefined) return null;
  if (!terminal.isPlugged) return { kind: 'off' };
  const session = sessionAt(world, terminalId);
  if (session?.isProcessing === true) return { kind: 'processing' };
  const checkout = session === undefined ? undefined : world.books.checkouts.get(session.checkoutId);
  if (checkout !== undefined) return { kind: 'asking', amountInCents: checkout.amount };
  const isIdentified = terminal.identifiedAt !== null && world.now() - terminal.identifiedAt < IDENTIFY_MS;
  return isIdentified ? { kind: 'identify', name: terminal.nickname ?? terminal.serialNumber } : { kind: 'idle' };
}

function sessionAt(world: World, terminalId: string): TerminalSession | undefined {
  return world.books.terminalSessions.get(terminalId);
}

function keep(world: World, terminal: Terminal): Terminal {
  world.books.terminals.set(terminal.id, terminal);
  return terminal;
}

function withTerminal(world: World, call: Call, then: (terminal: Terminal) => Outcome): Outcome {
  const terminal = world.books.terminals.get(call.id);
  return terminal === undefined ? refuse('resource_not_found') : then(terminal);
}

function done(terminal: Terminal): Outcome {
  return { kind: 'done', status: 200, body: envelope('terminal', renderTerminal(terminal)) };
}

function renderTerminal(terminal: Terminal) {
  const at = (ms: number) => new Date(ms).toISOString();
  return {
    id: terminal.id,
    account_id: terminal.accountId,
    platform_account_id: platformAccountId,
    provider: 'verifone_simulator',
    status: terminal.lastKnown,
    provider_id: terminal.deviceId,
    provider_serial_number: terminal.serialNumber,
    nickname: terminal.nickname,
    verified_at: at(terminal.createdAt),
    model_name: 'e285',
    terminal_order_created_at: at(terminal.createdAt),
    status_last_requested_at: at(terminal.statusAskedAt),
    created_at: at(terminal.createdAt),
    updated_at: at(terminal.updatedAt),
  };
}
