import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { failed } from '../../contract/result.ts';
import { openAccountRegister } from '../../main/account/account-register.ts';
import { createAccessTokens } from '../../main/justifi/access-token.ts';
import { createCheckouts } from '../../main/justifi/checkout.ts';
import { createApi } from '../../main/justifi/api.ts';
import { clientCredentialsSource } from '../../main/justifi/client-credentials.ts';
import { type SendRequest, openConnections, probe, tellAnswers } from '../../main/justifi/connection.ts';
import { createTerminals } from '../../main/justifi/terminals.ts';
import { createAccountPayments } from '../../main/justifi/account-payments.ts';
import { createPayments } from '../../main/justifi/payment.ts';
import { createSezzleOrders } from '../../main/justifi/sezzle-orders.ts';
import { createCompletions, createMethodGroups } from '../../main/justifi/payment-method-groups.ts';
import type { LogDetail } from '../../main/log/log-line.ts';
import { createTill } from '../../main/sale/till.ts';
import { type OpenHistory, historyThread } from '../../main/history/history-thread.ts';
import { journalThread } from '../../main/storage/journal-thread.ts';
import type { JournalWork } from '../../main/storage/journal-work.ts';
import { openSettings } from '../../main/storage/settings.ts';
import { trainingCredentials } from '../justifi/training-credentials.ts';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import { openPeople } from './cashier.ts';
import { openCustomerForms } from './customer-form.ts';
import { type Order, READER_ID, REGISTER_ID, type Said, TURN } from './line.ts';
import { openFreePace, openPaceOfTurns, realNow } from './pace.ts';
import { TIPS_IN_CENTS } from './plan.ts';
import { planOf } from './plans.ts';
import { openReturnDesk } from './return-desk.ts';
import { openSezzleForms } from './sezzle-form.ts';
import { FASTER_WHEN_CALM, type ShopTime, openShopTime } from './shop-time.ts';

/**
 * The main process of the storm: Counter's own till, register, journal and JustiFi client, joined as main/index.ts joins them.
 * Only the windows and the people are simulated; the files of its threads are beside it. It waits, fully loaded, for the order to open; then it runs until it is killed.
 */

/**
 * The threads of history, check and backup run in the calm only: their processor time does not pass faster with the shop, so one that starts while a
 * customer pays would take seconds of the till's time.
 */
const IN_THE_CALM: { readonly journalWork: JournalWork; readonly openHistory: OpenHistory } = {
  journalWork: () => new Promise(() => {}),
  openHistory: () => ({ ask: () => Promise.resolve(failed({ kind: 'still-starting' })), warm() {}, close() {} }),
};

let customer: number | null = null;

/** Synchronously: the line is in the pipe before the next step, whenever the power fails. */
const say = (said: Said): void => write(JSON.stringify({ at: realNow(), customer, said }));

function write(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      // The storm is busy; its pipe is full for a moment.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}

function open({ folder, origin, seed, faster, shopMs, pc, isCalm }: Extract<Order, { kind: 'open' }>) {
  const pace = isCalm ? openFreePace(FASTER_WHEN_CALM) : openPaceOfTurns(faster, shopMs);
  const time = openShopTime(pace);
  const subAccountId = trainingSubAccounts[0]!.id;
  const settings = openSettings(join(folder, 'settings.json'), (detail) => log('settings.damaged', { detail }));
  if (settings.read().account === null) settings.change({ registerId: REGISTER_ID, account: { subAccountId, currency: 'USD', mode: 'test', name: 'Training Shop', credentialsKind: 'client' }, cardReader: { terminalId: READER_ID, name: 'Reader', ofAccount: subAccountId, isFirst: false }, form: { ...settings.read().form, phone: true, saved: true, plaid: true, insurance: true, sezzle: true }, tips: { ...settings.read().tips, offered: 'amounts', amountsInCents: [...TIPS_IN_CENTS] } });

  const connections = openConnections();
  const sendSooner: SendRequest = isCalm ? connections.send : sendInTimeOf(time, connections.send);
  const send = tellAnswers(sendSooner, origin, (failure) => opened.reachability?.noted(failure));
  const accessTokens = createAccessTokens(clientCredentialsSource(origin, trainingCredentials, send), time.monotonicMs);
  const api = createApi({ baseUrl: origin, sendRequest: send, accessTokens, pause: time.pause });
  const checkouts = createCheckouts({ api, subAccountId, originUrl: 'http://localhost:47615', originForm: { read: () => 'url', remember: () => {} } });

  const till = createTill({ firstSaleId: randomUUID(), settings: () => ({ ...settings.read(), usualDescription: null }), onChange: changed });
  const returns = openReturnDesk({ till, history: () => opened.history, seed, time, say });
  const people = openPeople({ till, savedCards: () => opened.savedCards, returns, seed, time, say });

  function changed(): void {
    say({ kind: 'screen', snapshot: till.snapshot() });
    people.looks();
  }

  const formsOf = (way: 'card-form' | 'plaid' | 'insured') => openCustomerForms({ origin, subAccountId, customer: people.customer, time, say, way });
  const opened = openAccountRegister(
    {
      dataFolder: folder,
      version: '0',
      pc,
      settings: settings.read,
      usualDescription: () => null,
      bankAuthorisation: () => 'I authorize this debit.',
      savedConsent: () => 'I agree that the shop keeps this card.',
      forms: { ...formsOf('card-form'), plaid: formsOf('plaid'), insured: formsOf('insured'), sezzle: openSezzleForms({ customer: people.customer, time, say }) },
      timers: time.timers,
      monotonicMs: time.monotonicMs,
      utcNow: () => new Date().toISOString(),
      upMs: () => Math.round(uptime() * 1_000),
      log: { info: log, warn: log, error: log },
      typed: till.draft,
      check: 'tail',
      journalWork: isCalm ? journalThread(join(import.meta.dirname, 'journal-worker.mjs')) : IN_THE_CALM.journalWork,
      openHistory: isCalm ? historyThread(join(import.meta.dirname, 'history-worker.mjs')) : IN_THE_CALM.openHistory,
      language: () => 'en',
      onJournal(mode) {
        const { journals } = settings.read();
        if (!journals.includes(mode)) settings.change({ journals: [...journals, mode] });
      },
      cashier: () => null,
      onRecorded: () => {},
      onFinding: (found) => log('comparison.finding', found),
      onDamaged: () => {},
      onChange: changed,
    },
    {
      view: { kind: 'connected', subAccountId, name: 'Training Shop', credentialsKind: 'client' },
      subAccountId,
      mode: 'test',
      currency: 'USD',
      checkouts,
      payments: createPayments(api, subAccountId),
      accountPayments: createAccountPayments(api, subAccountId),
      terminals: createTerminals(api, subAccountId),
      completions: createCompletions(api, subAccountId),
      // Sezzle's window is JustiFi's here.
      sezzleOrders: createSezzleOrders({ api, subAccountId, sendRequest: send, componentOrigin: origin, issueComponentToken: checkouts.issueComponentToken, windows: [origin] }),
      methodGroups: createMethodGroups({ api, subAccountId, nowMs: Date.now }),
      trainingCustomers: null,
      ways: { taken: () => ({ cardPresent: true, plaid: true, insurance: true, sezzle: true }), ask: () => {} },
      checkoutAddress: (checkoutId) => `https://components.justifi.ai/hosted-checkout/${checkoutId}`,
      justifiNowMs: Date.now,
      problem: () => Promise.resolve(null),
      probe: () => probe(sendSooner, origin),
    },
  );
  till.use(opened.account);
  return { till, people, returns, seed, turn: pace.turn };
}

/** No answer within the shop's time is none; within real time, when that is sooner. */
function sendInTimeOf(time: ShopTime, send: SendRequest): SendRequest {
  return async (request) => {
    const late = Promise.withResolvers<never>();
    const callOff = time.timers.after(request.timeoutMs, () => late.reject(new DOMException('no answer in time', 'TimeoutError')));
    return Promise.race([send(request), late.promise]).finally(callOff);
  };
}

function log(what: string, { sale, checkout, ...detail }: LogDetail = {}): void {
  say({ kind: 'log', what, sale: text(sale), checkout: text(checkout), detail: JSON.stringify(detail) });
}

function text(value: LogDetail[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

let counter: ReturnType<typeof open> | null = null;

function obey(order: Order): void {
  switch (order.kind) {
    case 'open':
      counter = open(order);
      return;
    case 'serve':
      ({ customer } = order);
      order.returning.forEach((saleId) => counter?.returns.comes(saleId));
      return counter?.people.serve(planOf(counter.seed, order.customer), order.memory);
    case 'turn':
      counter?.turn(order.untilMs);
      return write(TURN);
    case 'calm':
      customer = null;
      counter?.returns.closes();
      counter?.people.calm();
      return counter?.till.networkChanged();
    default:
      order satisfies never;
  }
}

const orders = createInterface({ input: process.stdin });
orders.on('line', (line) => {
  const order: Order = JSON.parse(line);
  obey(order);
});
// The storm itself was ended.
orders.on('close', () => process.exit());
