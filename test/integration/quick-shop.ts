import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { ok } from '../../contract/result.ts';
import { openAccountRegister } from '../../main/account/account-register.ts';
import type { SaleHistory } from '../../main/history/sale-history.ts';
import type { DayClose } from '../../main/report/day-close.ts';
import type { RegistersReading } from '../../main/report/registers-reading.ts';
import { createAccessTokens } from '../../main/justifi/access-token.ts';
import { createCheckouts } from '../../main/justifi/checkout.ts';
import { createApi } from '../../main/justifi/api.ts';
import { clientCredentialsSource } from '../../main/justifi/client-credentials.ts';
import { openConnections, probe } from '../../main/justifi/connection.ts';
import { createTerminals } from '../../main/justifi/terminals.ts';
import { createAccountPayments } from '../../main/justifi/account-payments.ts';
import { createPayments } from '../../main/justifi/payment.ts';
import { createCompletions, createMethodGroups } from '../../main/justifi/payment-method-groups.ts';
import type { CheckoutFormListener, CheckoutForms } from '../../main/sale/card-form/checkout-form.ts';
import type { Sale } from '../../main/sale/sale.ts';
import type { OpenRegister } from '../../main/sale/till-register.ts';
import { openSettings } from '../../main/storage/settings.ts';
import { trainingCredentials } from '../justifi/training-credentials.ts';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';
import { type ShopTime, openShopTime } from '../storm/shop-time.ts';
import { historyHere } from './history-here.ts';
import { makeFolder, workHere } from './journal-shop.ts';

export const ACCOUNT = 'acc_trainingShop';

/** A register with its real journal and its real line to JustiFi, without windows; its time may pass faster than ours. */
export type QuickShop = {
  /** Of ACCOUNT by default. */
  open(forms?: CheckoutForms, subAccountId?: string): OpenRegister;
  /** Of the register that is open. */
  history(): SaleHistory;
  dayClose(): DayClose;
  allRegisters(): RegistersReading;
  /** The manager saves another name of the register; it is opened again with it. */
  rename(registerName: string): void;
  /** Quits the till. */
  close(): void;
  end(): Promise<void>;
};

/** A counter in such a shop: its customers pay on a page that is moved by hand. */
export type QuickCounter = {
  readonly till: OpenRegister;
  readonly history: SaleHistory;
  readonly dayClose: DayClose;
  readonly allRegisters: RegistersReading;
  /** The till as it is after a start, or after a change of its settings, on the same journal. */
  reopen(change?: { readonly registerName?: string; readonly laterMs?: number; readonly clockAheadMs?: number; readonly isStartedAnew?: boolean; readonly faster?: number }): void;
  /** Until this is so. At each look some seconds of the shop, in which nobody comes, pass at once; `idleMs` in all. */
  later(idleMs: number, check: () => void): Promise<void>;
  readonly shop: Shop;
  readonly justifi: TestJustifi;
  state(): Sale['kind'];
  page(): { readonly checkoutId: string; readonly listener: CheckoutFormListener } | null;
  /** From the first digit to the form. */
  charge(amountInCents: number, description: string): Promise<void>;
  /** Like the component: token, main's permission, charge, and a report that proves nothing. By card by default. */
  pay(way?: { readonly cardNumber: string } | { readonly accountNumber: string }): Promise<void>;
  end(): Promise<void>;
};

/** An answer of JustiFi's, which comes between two looks, is not late by it. */
const SKIPPED_AT_A_LOOK_MS = 5_000;

/** `time`: how much faster than ours, or one that the test moves. */
export async function openQuickCounter(time: number | ShopTime): Promise<QuickCounter> {
  const justifi = await startJustifi();
  const shop = await openShop(justifi.origin);
  const folder = makeFolder();
  let clockAheadMs = 0;
  let upSinceMs = Date.now() - 3_600_000;
  let laterMs = 0;
  let pace = typeof time === 'number' ? openShopTime(time) : time;
  const registerTime: ShopTime = { timers: { after: (ms, then) => pace.timers.after(ms, then) }, monotonicMs: () => pace.monotonicMs(), pause: (ms) => pace.pause(ms), skip: (ms) => pace.skip(ms) };
  const quick = openQuickShop({ justifi, folder, time: registerTime, utcNow: () => new Date(Date.now() + laterMs + clockAheadMs).toISOString(), upMs: () => Date.now() + laterMs - upSinceMs });
  let page: ReturnType<QuickCounter['page']> = null;
  const forms: CheckoutForms = {
    open: ({ checkoutId }, listener) => ({
      ready: Promise.resolve(true),
      show() {
        page = { checkoutId, listener };
        return Promise.resolve(true);
      },
      hide() {},
      close() {
        page = null;
      },
    }),
  };
  let till = quick.open(forms);
  const state = () => till.register.sale().kind;
  return {
    get till() {
      return till;
    },
    get history() {
      return quick.history();
    },
    get dayClose() {
      return quick.dayClose();
    },
    get allRegisters() {
      return quick.allRegisters();
    },
    reopen(change = {}) {
      clockAheadMs += change.clockAheadMs ?? 0;
      laterMs += change.laterMs ?? 0;
      if (change.faster !== undefined) pace = openShopTime(change.faster);
      if (change.isStartedAnew === true) upSinceMs = Date.now() + laterMs - 60_000;
      if (change.registerName !== undefined) quick.rename(change.registerName);
      till = quick.open(forms);
    },
    later(idleMs, check) {
      let leftMs = idleMs;
      const look = () => {
        if (leftMs > 0) pace.skip(SKIPPED_AT_A_LOOK_MS);
        leftMs -= SKIPPED_AT_A_LOOK_MS;
        check();
      };
      return vi.waitFor(look, { timeout: 15_000 });
    },
    shop,
    justifi,
    state,
    page: () => page,
    async charge(amountInCents, description) {
      const { id: saleId } = till.register.sale();
      expect(till.register.edit({ saleId, amountInCents, description }).kind).toBe('ok');
      await vi.waitFor(() => {
        // Tries again when JustiFi did not answer: a machine under load is as slow as a bad network.
        if (state() === 'draft') till.register.charge({ saleId, amountInCents, description, confirmed: [] });
        if (state() === 'not-charged') till.register.tryAgain(saleId);
        expect(state()).toBe('ready');
      }, { timeout: 15_000 });
    },
    async pay(way = { cardNumber: '4242424242424242' }) {
      const { checkoutId, listener } = page!;
      const { body } = 'cardNumber' in way ? await shop.card(way.cardNumber) : await shop.bankAccount(way.accountNumber);
      const methodType = 'cardNumber' in way ? 'new_card' : 'new_bank_account';
      expect((await listener.submit({ checkoutId, componentAmountInCents: null, methodType, isAuthorisationShown: true })).kind).toBe('ok');
      const answer = await shop.complete(checkoutId, body.id).catch(() => null);
      listener.hinted(answer === null ? { kind: 'failed', word: 'complete-checkout-error' } : { kind: 'submitted', word: '' });
    },
    async end() {
      await quick.end();
      await justifi.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const noForms: CheckoutForms = { open: () => ({ ready: Promise.resolve(false), show: () => Promise.resolve(false), hide() {}, close() {} }) };

export function openQuickShop(parts: { readonly justifi: TestJustifi; readonly folder: string; readonly time: ShopTime; readonly utcNow?: () => string; readonly upMs?: () => number }): QuickShop {
  const { justifi, folder, time, utcNow = () => new Date().toISOString(), upMs = () => Math.round(uptime() * 1_000) } = parts;
  const connections = openConnections();
  /** The open till; the one before it has closed its journal. */
  let account: OpenRegister | null = null;
  let history: SaleHistory | null = null;
  let dayClose: DayClose | null = null;
  let allRegisters: RegistersReading | null = null;

  function close(): void {
    account?.close();
    account = null;
  }

  return {
    history() {
      if (history === null) throw new Error('no register is open');
      return history;
    },
    dayClose() {
      if (dayClose === null) throw new Error('no register is open');
      return dayClose;
    },
    allRegisters() {
      if (allRegisters === null) throw new Error('no register is open');
      return allRegisters;
    },
    open(forms = noForms, subAccountId = ACCOUNT) {
      close();
      const settings = openSettings(join(folder, 'settings.json'), () => {});
      settings.change({ registerId: 'register-1' });
      const log = { info: () => {}, warn: () => {}, error: () => {}, tail: () => [] };
      const accessTokens = createAccessTokens(clientCredentialsSource(justifi.origin, trainingCredentials, connections.send), time.monotonicMs);
      const api = createApi({ baseUrl: justifi.origin, sendRequest: connections.send, accessTokens, pause: time.pause });
      const opened = openAccountRegister(
        {
          dataFolder: folder,
          version: '0.1.0',
          pc: 'pc-1',
          settings: settings.read,
          usualDescription: () => null,
          bankAuthorisation: () => 'I authorize this debit.',
          savedConsent: () => 'I agree that the shop keeps this card.',
          forms: { ...forms, plaid: forms, insured: forms, sezzle: forms },
          timers: time.timers,
          monotonicMs: time.monotonicMs,
          utcNow,
          upMs,
          log,
          typed: () => ({ saleId: randomUUID(), amountInCents: 0, description: '' }),
          check: 'tail',
          journalWork: workHere(),
          openHistory: historyHere,
          language: () => 'en',
          onJournal: (name) => {
            settings.change({ journals: [...new Set([...settings.read().journals, name])] });
          },
          cashier: () => null,
          onRecorded: () => {},
          onFinding: () => {},
          onDamaged: () => {},
          onChange: () => {},
        },
        {
          view: { kind: 'connected', subAccountId, name: 'Training Shop', credentialsKind: 'client' },
          subAccountId,
          mode: 'test',
          currency: 'USD',
          checkouts: createCheckouts({ api, subAccountId, originUrl: 'http://localhost:47615', originForm: { read: () => 'url', remember: () => {} } }),
          payments: createPayments(api, subAccountId),
          accountPayments: createAccountPayments(api, subAccountId),
          terminals: createTerminals(api, subAccountId),
          completions: createCompletions(api, subAccountId),
          sezzleOrders: { read: () => Promise.resolve(ok(null)), complete: () => Promise.resolve(ok(null)) },
          methodGroups: createMethodGroups({ api, subAccountId, nowMs: Date.now }),
          trainingCustomers: null,
          ways: { taken: () => ({ cardPresent: true, plaid: false, insurance: false, sezzle: false }), ask: () => {} },
          checkoutAddress: () => null,
          justifiNowMs: Date.now,
          problem: () => Promise.resolve(null),
          probe: () => probe(connections.send, justifi.origin),
        },
      );
      if (opened.account.kind !== 'open') throw new Error(`The till is ${opened.account.kind}`);
      ({ account, history, dayClose, allRegisters } = opened);
      return opened.account;
    },
    rename(registerName) {
      close();
      openSettings(join(folder, 'settings.json'), () => {}).change({ registerName });
    },
    close,
    async end() {
      close();
      await connections.close();
    },
  };
}
