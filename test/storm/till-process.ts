import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createApi } from '../../main/justifi/api.ts';
import { keepAccessToken } from '../../main/justifi/access-token.ts';
import { createCheckouts } from '../../main/justifi/checkout.ts';
import { clientCredentialsSource } from '../../main/justifi/client-credentials.ts';
import { type SendRequest, isAnswering, openConnections, tellAnswers } from '../../main/justifi/connection.ts';
import { createPayments } from '../../main/justifi/payment.ts';
import { watchReachability } from '../../main/sale/reachability.ts';
import { openRegister } from '../../main/sale/register.ts';
import { createTill } from '../../main/sale/till.ts';
import { type Journal, openSaleJournal } from '../../main/storage/journal.ts';
import { trainingCredentials } from '../../main/training/access-token.ts';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import { openPeople } from './cashier.ts';
import { openCustomerForms } from './customer-form.ts';
import { dice } from './dice.ts';
import type { Order, Said } from './line.ts';
import { planOf } from './plan.ts';
import { FASTER, realNow, shopMonotonicMs, shopPause, shopTimers } from './shop-time.ts';

/**
 * The main process of the storm: Counter's own till, register, journal and JustiFi client, joined as main/index.ts joins them.
 * Only the windows and the people are played. It waits, all loaded, until it is told to open; then it lives until it is killed.
 */

let customer: number | null = null;

/** Synchronously: what was said is in the pipe before anything else happens, whenever the power goes. */
function say(said: Said): void {
  const bytes = Buffer.from(`${JSON.stringify({ at: realNow(), customer, said })}\n`);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      // The storm is busy; its pipe is full for a moment.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}

function open({ file, origin, seed, run }: Extract<Order, { kind: 'open' }>) {
  const utcNow = () => new Date().toISOString();
  const opened = openSaleJournal({ file, utcNow, utcOffsetInMinutes: () => -new Date().getTimezoneOffset() });
  if (opened.kind === 'failed') throw new Error(opened.failure.detail);
  const { journal, health } = opened.value;
  say({ kind: 'opened', health: health.kind });
  const read = [journal.unfinished(), journal.unseen(), journal.lastPaid()] as const;
  const [unfinished, unseen, lastPaid] = read;
  if (unfinished.kind === 'failed' || unseen.kind === 'failed' || lastPaid.kind === 'failed') throw new Error(JSON.stringify(read));

  const connections = openConnections();
  const sendSooner: SendRequest = (request) => connections.send({ ...request, timeoutMs: Math.ceil(request.timeoutMs / FASTER) });
  const reachability = watchReachability({
    probe: () => isAnswering(sendSooner, origin),
    timers: shopTimers,
    onChange(reachable) {
      if (reachable) register.online();
      changed();
    },
  });
  const send = tellAnswers(sendSooner, reachability.noted);
  const accessTokens = keepAccessToken(clientCredentialsSource(origin, trainingCredentials, send), shopMonotonicMs);
  const api = createApi({ baseUrl: origin, sendRequest: send, accessTokens, pause: shopPause });
  const subAccountId = trainingSubAccounts[0]!.id;

  const till = createTill({
    firstSaleId: randomUUID(),
    settings: () => ({ registerName: 'Storm', descriptionPresets: [], account: { mode: 'test' } }),
    onChange: changed,
  });
  const people = openPeople({ till: () => till, seed, say });

  function changed(): void {
    say({ kind: 'screen', snapshot: till.snapshot() });
    people.looks();
  }

  const register = openRegister({
    checkouts: createCheckouts({ api, subAccountId, originUrl: 'http://localhost:47615', originForm: { read: () => 'url', remember: () => {} } }),
    payments: createPayments(api, subAccountId),
    unfinished: unfinished.value,
    unseen: unseen.value,
    lastSale: lastPaid.value,
    limits: () => ({ smallestInCents: 51, largestInCents: 99_999_999, confirmAboveInCents: 4_000_000, sameAgainWithinMs: 3 * 60_000 }),
    isReachable: reachability.isReachable,
    keepDraft: journal.keepDraft,
    forms: openCustomerForms({ origin, subAccountId, customer: people.customer, say }),
    journal,
    timers: shopTimers,
    monotonicMs: shopMonotonicMs,
    utcNow,
    random: dice(seed + run).fraction,
    newId: randomUUID,
    draft: journal.draft() ?? till.draft(),
    currency: 'USD',
    mode: 'test',
    metadata: { register: 'Storm', register_id: 'storm', cashier: 'unnamed', app_version: '0' },
    log(what, { sale, checkout, ...detail }) {
      say({ kind: 'log', what, sale: text(sale), checkout: text(checkout), detail: JSON.stringify(detail) });
    },
    onChange: changed,
  });
  till.use({ kind: 'open', view: { kind: 'connected', subAccountId }, mode: 'test', currency: 'USD', register, reachability });
  return { till, people, journal };
}

function text(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Says how many sales are not final, whenever that changes. */
function watchOpenEnds(journal: Journal): void {
  let said = -1;
  const look = () => {
    const unfinished = journal.unfinished();
    const count = unfinished.kind === 'ok' ? unfinished.value.length : Number.NaN;
    if (count !== said) say({ kind: 'open-ends', count });
    said = count;
  };
  setInterval(look, 50);
  look();
}

let counter: (ReturnType<typeof open> & { readonly seed: number }) | null = null;

function obey(order: Order): void {
  switch (order.kind) {
    case 'open':
      counter = { ...open(order), seed: order.seed };
      return;
    case 'serve':
      ({ customer } = order);
      return counter?.people.serve(planOf(counter.seed, order.customer), order.memory);
    case 'calm':
      customer = null;
      counter?.people.calm();
      counter?.till.networkChanged();
      if (counter !== null) watchOpenEnds(counter.journal);
      return;
    default:
      order satisfies never;
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const order: Order = JSON.parse(line);
  obey(order);
});
