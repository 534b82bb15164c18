import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Handlers } from '../contract/channels.ts';
import type { Currency } from '../contract/money.ts';
import { failed, ok } from '../contract/result.ts';
import type { AccountView, Mode } from '../contract/till-snapshot.ts';
import { JUSTIFI_API, openApi, openCheckouts } from './justifi/account.ts';
import { clientCredentialsSource } from './justifi/client-credentials.ts';
import { isAnswering, openConnections, tellAnswers } from './justifi/connection.ts';
import { createPayments } from './justifi/payment.ts';
import { readSubAccount } from './justifi/sub-account.ts';
import { type CheckoutOrigins, JUSTIFI_ORIGINS, checkoutPolicy } from './local-origin/checkout-policy.ts';
import { serveLocalOrigin } from './local-origin/server.ts';
import { openLog } from './log/log.ts';
import { createRedactor } from './log/redact.ts';
import { type AccountCredentials, type ConnectParts, type ConnectedAccount, connectAccount } from './manager/connect-account.ts';
import type { Checkouts } from './sale/checkout.ts';
import type { Payments } from './sale/payments.ts';
import { type Reachability, watchReachability } from './sale/reachability.ts';
import { openRegister } from './sale/register.ts';
import type { Timers } from './sale/timers.ts';
import { type TillAccount, createTill } from './sale/till.ts';
import { openCheckoutWindows } from './shell/checkout-window.ts';
import { type Desktop, prepareDesktop } from './shell/desktop.ts';
import { openIpcRouter } from './shell/ipc-router.ts';
import { type TillWindow, openTillWindow } from './shell/till-window.ts';
import { denyByDefault } from './shell/window-security.ts';
import { inPieces } from './storage/in-pieces.ts';
import { type Journal, openSaleJournal } from './storage/journal.ts';
import { openKeychain } from './storage/keychain.ts';
import { openSettings } from './storage/settings.ts';
import { trainingCredentials } from './training/access-token.ts';
import { createTrainingJustifi } from './training/justifi.ts';
import { startTrainingServer } from './training/server.ts';
import { trainingSubAccounts } from './training/sub-account.ts';

const TRAINING_CARD_NETWORK_MS = 900;
/** When the morning's rush of starting is over. */
const BACKUP_AFTER_MS = 60_000;
const BACKUP_EVERY_MS = 24 * 60 * 60_000;

// Before Electron is ready, and before anything is awaited.
const desktop = prepareDesktop();
if (desktop.isFirst) void openCounter(desktop);

/** Builds every part of Counter, in the order in which the cashier needs them, and joins them. */
async function openCounter({ dataFolder, version, ready, onSecondCopy, onQuit, quit, stopWith }: Desktop): Promise<void> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const redactor = createRedactor();
  const log = openLog(join(dataFolder, 'counter.log'), redactor);
  const settings = openSettings(join(dataFolder, 'settings.json'), (detail) => log.error('settings.damaged', { detail }));
  if (settings.read().registerId === '') settings.change({ registerId: randomUUID() });
  const keychain = openKeychain();
  const connections = openConnections();
  const timers: Timers = {
    after(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  };
  const monotonicMs = () => performance.now();
  const utcNow = () => new Date().toISOString();

  let reachability: Reachability | null = null;
  const sendRequest = tellAnswers(connections.send, (answered) => reachability?.noted(answered));
  const apiParts = { sendRequest, monotonicMs, onToken: redactor.protect };

  let callOffBackup = () => {};
  let tillWindow: TillWindow | null = null;
  let origins: CheckoutOrigins = JUSTIFI_ORIGINS;
  const till = createTill({
    firstSaleId: randomUUID(),
    settings: settings.read,
    onChange: () => tillWindow?.push(till.snapshot()),
  });

  const handlers: Handlers<'till'> = {
    snapshot: async () => ok(till.snapshot()),
    edit: async (draft) => till.edit(draft),
    async inputRefused({ saleId, what }) {
      log.info('sale.input-refused', { sale: saleId, what });
      return ok(null);
    },
    charge: async (draft) => till.charge(draft),
    goBack: async ({ saleId }) => till.goBack(saleId),
    tryAgain: async ({ saleId }) => till.tryAgain(saleId),
    newSale: async ({ saleId }) => till.newSale(saleId),
    serveNext: async ({ saleId }) => till.serveNext(saleId),
    settleLate: ({ saleId, how }) => till.settleLate(saleId, how),
    async networkChanged() {
      till.networkChanged();
      return ok(null);
    },
    async connect(typed) {
      if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
      redactor.protect(typed.clientSecret.trim());
      const connected = await connectAccount(
        { tryCredentials, saveCredentials: keychain.save, saveAccount: (account) => settings.change({ account }) },
        typed,
      );
      if (connected.kind === 'failed') {
        const { kind, ...detail } = connected.failure;
        log.info('account.connect', { result: kind, ...detail });
        return connected;
      }
      log.info('account.connect', { result: 'ok' });
      await openAccount();
      return ok(null);
    },
    async disconnect() {
      if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
      const removed = await keychain.remove();
      if (removed.kind === 'failed') return failed({ kind: 'keychain-unavailable' });
      if (settings.change({ account: null }).kind === 'failed') return failed({ kind: 'settings-unwritable' });
      log.info('account.disconnect');
      await openAccount();
      return ok(null);
    },
  };

  await ready();
  denyByDefault(log.warn);
  const router = openIpcRouter({ refused: (detail) => log.warn('ipc.refused', detail), broken: (detail) => log.error('ipc.broken', detail) });
  const folders = { rendererFolder: join(import.meta.dirname, '../renderer'), preloadFolder: join(import.meta.dirname, '../preload') };
  tillWindow = openTillWindow({ router, handlers, ...folders, onClosed: quit, log: log.warn });
  const shownTill = tillWindow;
  onSecondCopy(() => shownTill.comeToFront());
  log.info('counter.started', { version, training: settings.read().account === null });

  const local = await serveLocalOrigin({ folder: join(folders.rendererFolder, 'checkout'), policy: () => checkoutPolicy(origins), log: log.warn });
  if (local.kind === 'failed') {
    log.error('local-origin.failed', { detail: local.failure.detail });
    stopWith('Counter needs a free network port on this PC and found none. Restart the PC, then start Counter again.');
    return;
  }
  const { origin: pageOrigin } = local.value;
  const forms = openCheckoutWindows({
    router,
    pageOrigin,
    origins: () => origins,
    training: () => origins !== JUSTIFI_ORIGINS,
    till: () => shownTill.window,
    preloadFolder: folders.preloadFolder,
    timers,
    log: log.warn,
  });
  onQuit(() => {
    forms.close();
    local.value.close();
  });
  await openAccount();

  /** Opens the account of the settings: the connected one, or training. */
  async function openAccount(): Promise<void> {
    // The account before it lets go of its journal first: it may be the same one.
    till.use({ kind: 'starting' });
    const { account } = settings.read();
    const opened = account === null ? await openTraining() : await openConnected(account);
    if (opened.kind === 'broken') log.error('account.broken', { problem: opened.problem.kind });
    till.use(opened);
    forms.prewarm();
  }

  async function openTraining(): Promise<TillAccount> {
    const justifi = createTrainingJustifi({
      // A real card network takes a second or two; whoever is trained here should have seen "Processing".
      cardNetwork: () => new Promise((resolve) => setTimeout(resolve, TRAINING_CARD_NETWORK_MS)),
      now: Date.now, newId: (prefix) => `${prefix}_${randomBytes(11).toString('hex')}`,
    });
    const { origin } = await startTrainingServer(justifi, { host: '127.0.0.1' });
    origins = { api: origin, fields: origin };
    const subAccountId = trainingSubAccounts[0]!.id;
    const api = openApi({ ...apiParts, baseUrl: origin, tokenSource: clientCredentialsSource(origin, trainingCredentials, sendRequest) });
    return openRegisterOf({
      view: { kind: 'training' },
      baseUrl: origin,
      mode: 'training',
      currency: 'USD',
      checkouts: openCheckouts(api, subAccountId, pageOrigin, { read: () => 'url', remember: () => {} }),
      payments: createPayments(api, subAccountId),
    });
  }

  async function openConnected(account: ConnectedAccount): Promise<TillAccount> {
    const credentials = await keychain.read();
    if (credentials.kind === 'failed') {
      log.error('keychain.unavailable', { kind: credentials.failure.kind });
      return { kind: 'broken', mode: account.mode, problem: { kind: 'keychain-unavailable' } };
    }
    redactor.protect(credentials.value.clientSecret);
    origins = JUSTIFI_ORIGINS;
    const api = openApi({ ...apiParts, baseUrl: JUSTIFI_API, tokenSource: clientCredentialsSource(JUSTIFI_API, credentials.value, sendRequest) });
    const originForm = { read: () => settings.read().originForm, remember: (form: 'url' | 'host') => void settings.change({ originForm: form }) };
    return openRegisterOf({
      view: { kind: 'connected', subAccountId: account.subAccountId },
      baseUrl: JUSTIFI_API,
      mode: account.mode,
      currency: account.currency,
      checkouts: openCheckouts(api, account.subAccountId, pageOrigin, originForm),
      payments: createPayments(api, account.subAccountId),
    });
  }

  /** One register, with a journal of its own: training, test and live sales never meet in one file. */
  function openRegisterOf(account: { view: AccountView; baseUrl: string; mode: Mode; currency: Currency; checkouts: Checkouts; payments: Payments }): TillAccount {
    const utcOffsetInMinutes = () => -new Date().getTimezoneOffset();
    const opened = openSaleJournal({ file: join(dataFolder, `${account.mode}.db`), utcNow, utcOffsetInMinutes });
    if (opened.kind === 'failed') {
      log.error('journal.unwritable', { detail: opened.failure.detail });
      return { kind: 'broken', mode: account.mode, problem: { kind: 'journal-unwritable' } };
    }
    const { journal, health } = opened.value;
    if (health.kind !== 'sound') log.error(`journal.${health.kind}`, { health: JSON.stringify(health) });
    const unfinished = journal.unfinished();
    const lastPaid = journal.lastPaid();
    if (unfinished.kind === 'failed' || lastPaid.kind === 'failed') {
      log.error('journal.unreadable', { detail: unfinished.kind === 'failed' ? unfinished.failure.detail : 'the last sale' });
      return { kind: 'broken', mode: account.mode, problem: { kind: 'journal-unwritable' } };
    }
    keepBackups(journal);
    const watched = watchReachability({
      probe: () => isAnswering(connections.send, account.baseUrl),
      timers,
      onChange(reachable) {
        log.info(reachable ? 'justifi.reachable' : 'justifi.unreachable');
        if (reachable) register.online();
        tillWindow?.push(till.snapshot());
      },
    });
    reachability = watched;
    const register = openRegister({
      checkouts: account.checkouts,
      payments: account.payments,
      // The training JustiFi forgets everything when Counter ends: there is nobody left to ask.
      unfinished: account.mode === 'training' ? [] : unfinished.value,
      lastSale: lastPaid.value,
      limits: () => {
        const { sameAgainWithinMinutes, ...limits } = settings.read().limits;
        return { ...limits, sameAgainWithinMs: sameAgainWithinMinutes * 60_000 };
      },
      isReachable: watched.isReachable,
      keepDraft: journal.keepDraft,
      forms,
      journal,
      timers,
      monotonicMs,
      utcNow,
      random: Math.random,
      newId: randomUUID,
      draft: till.draft().amountInCents > 0 ? till.draft() : (journal.draft() ?? till.draft()),
      currency: account.currency,
      mode: account.mode === 'training' ? null : account.mode,
      metadata: { register: settings.read().registerName, register_id: settings.read().registerId, cashier: 'unnamed', app_version: version },
      log: log.info,
      onChange: () => tillWindow?.push(till.snapshot()),
    });
    const closeBoth = () => {
      register.close();
      journal.close();
    };
    return { kind: 'open', ...account, reachability: watched, register: { ...register, close: closeBoth } };
  }

  /** A backup of the day soon after the start, and then one a day, for a till that is never switched off. */
  function keepBackups(journal: Journal): void {
    callOffBackup();
    callOffBackup = timers.after(BACKUP_AFTER_MS, () => {
      callOffBackup = timers.after(BACKUP_EVERY_MS, () => keepBackups(journal));
      void inPieces(journal.backUp()).then((backup) => {
        if (backup.kind === 'failed') log.error('journal.no-backup', { detail: backup.failure.detail });
      });
    });
  }

  async function tryCredentials({ subAccountId, ...credentials }: AccountCredentials): ReturnType<ConnectParts['tryCredentials']> {
    const fetchToken = clientCredentialsSource(JUSTIFI_API, credentials, connections.send);
    const token = await fetchToken();
    if (token.kind === 'failed') return failed({ step: 'token', failure: token.failure });
    const subAccount = await readSubAccount(openApi({ ...apiParts, baseUrl: JUSTIFI_API, tokenSource: async () => token }), subAccountId);
    return subAccount.kind === 'ok' ? subAccount : failed({ step: 'sub-account', failure: subAccount.failure });
  }
}
