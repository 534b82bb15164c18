import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { release as osRelease, tmpdir, type as osName } from 'node:os';
import { join } from 'node:path';
import builtPages from 'virtual:built-pages';
import { type CustomerView, customerView } from '../contract/customer-display.ts';
import { type Look, look } from '../contract/look.ts';
import { secretOf } from '../contract/credentials.ts';
import { LONGEST_PROVISION_ORDER } from '../contract/provision-order.ts';
import { type RegisterSettings, registerSettings } from '../contract/register-settings.ts';
import { failed, ok } from '../contract/result.ts';
import type { TillSnapshot } from '../contract/till-snapshot.ts';
import { openGround } from './account/ground.ts';
import { openSerialQueue } from './sale/serial-queue.ts';
import { type RegisterAccount, openAccountRegister } from './account/open-register.ts';
import { JUSTIFI_API, openApi, openCheckouts } from './justifi/account.ts';
import { clientCredentialsSource } from './justifi/client-credentials.ts';
import { isAnswering, tellAnswers } from './justifi/connection.ts';
import { createPayments } from './justifi/payment.ts';
import { subAccountProblem } from './justifi/sub-account.ts';
import { type CheckoutOrigins, JUSTIFI_ORIGINS, checkoutPolicy } from './local-origin/checkout-policy.ts';
import { type PageWatch, openPageWatch } from './local-origin/page-watch.ts';
import { serveLocalOrigin } from './local-origin/server.ts';
import { type AccessEvent, openAccess } from './manager/access.ts';
import { accountCalls } from './manager/account-calls.ts';
import { openCashiers } from './manager/cashiers.ts';
import type { ConnectedAccount } from './manager/connect-account.ts';
import { COUNTER, MANAGER, openAudit } from './manager/audit.ts';
import { diagnostics } from './manager/diagnostics.ts';
import { guardManager } from './manager/guard.ts';
import { managerCalls } from './manager/manager-calls.ts';
import { provision } from './manager/provision.ts';
import { openPepper } from './manager/pepper.ts';
import { auditOfSale } from './manager/sale-audit.ts';
import { settingsCopy } from './manager/settings-copy.ts';
import { tillCalls } from './manager/till-calls.ts';
import { openLog } from './log/log.ts';
import { createRedactor } from './log/redact.ts';
import type { Reachability } from './sale/reachability.ts';
import type { Sale } from './sale/sale.ts';
import type { SaleEvent } from './sale/sale-event.ts';
import { type TillAccount, createTill } from './sale/till.ts';
import { openCheckoutWindows } from './shell/checkout-window.ts';
import { type Desktop, PROVISION, prepareDesktop } from './shell/desktop.ts';
import { openIpcRouter } from './shell/ipc-router.ts';
import { type CustomerDisplay, openCustomerDisplay } from './shell/display-window.ts';
import { openFile } from './shell/open-file.ts';
import { saveFile } from './shell/save-file.ts';
import { readStandardInput } from './shell/standard-input.ts';
import { type TillWindow, openTillWindow } from './shell/till-window.ts';
import { denyByDefault } from './shell/window-security.ts';
import type { AuditFile } from './storage/audit-file.ts';
import { openPinFile } from './storage/pin-file.ts';
import { LONGEST_POLICY, parsePolicy } from './storage/policy-file.ts';
import { type Credentials as TrainingCredentials, newTrainingCredentials } from './training/access-token.ts';
import { openBooks } from './training/books.ts';
import { createTrainingJustifi } from './training/justifi.ts';
import { startTrainingServer } from './training/server.ts';
import { trainingSubAccounts } from './training/sub-account.ts';

const TRAINING_CARD_NETWORK_MS = 900;
/** When the morning's rush of starting is over, and then for a till that is never switched off. */
const FIRST_PAGE_CHECK_AFTER_MS = 60_000;
const PAGE_CHECK_EVERY_MS = 24 * 60 * 60_000;
/** Of each kind, checkouts say: more than anybody trains in a day. */
const TRAINING_RECORDS_KEPT = 1_000;
/** A journal that cannot be opened is tried again. */
const REOPEN_AFTER_MS = 15_000;
const LOG_LINES_SHOWN = 50;
const ENGINES: readonly string[] = ['electron', 'chrome', 'node'];

// Before Electron is ready, and before anything is awaited.
const desktop = prepareDesktop();
if (desktop.dataFolder.kind === 'failed') void endWithoutFolder(desktop, desktop.dataFolder.failure);
else if (desktop.arguments.includes(PROVISION)) void provisionCounter(desktop, desktop.dataFolder.value).catch(() => desktop.exitSaying(1, 'Counter was not connected: it broke. Nothing was changed.'));
else if (desktop.isFirst) void openCounter(desktop, desktop.dataFolder.value);

/** There is no place for the journal, the settings and the log. Said in a box, on the terminal, and in a log elsewhere. */
async function endWithoutFolder({ ready, arguments: given, exitSaying, stopWith }: Desktop, { path, code }: { readonly path: string; readonly code: string }): Promise<void> {
  const logFile = join(mkdtempSync(join(tmpdir(), 'counter-')), 'counter.log');
  openLog(logFile, createRedactor()).error('folder.unusable', { path, code });
  const sentence = `Counter cannot make its folder on this PC: ${path} (${code}). No payment can be taken. Call whoever looks after this PC. The log is ${logFile}.`;
  if (given.includes(PROVISION)) return exitSaying(1, sentence);
  await ready();
  stopWith(sentence);
}

/** For the diagnostics: what a manager could set, and nothing else. */
function visibleSettings({ limits, form, rights, descriptionPresets, look: chosen }: RegisterSettings & { readonly look: Look }): unknown {
  return { limits, form, rights, descriptionPresets, look: chosen };
}

/** Builds every part of Counter, in the order in which the cashier needs them, and joins them. */
async function openCounter({ policyFile, version, ready, onSecondCopy, onAway, onWoke, onQuit, quit, stopWith, showTheme }: Desktop, dataFolder: string): Promise<void> {
  const ground = openGround({ dataFolder, policyFile });
  const { redactor, log, settings, keychain, connections, timers, monotonicMs, utcNow, rememberJournal, tokenSourceOf, tryCredentials } = ground;

  let reachability: Reachability | null = null;
  const sendRequest = tellAnswers(connections.send, (answered) => reachability?.noted(answered));
  const apiParts = { sendRequest, monotonicMs, onToken: (token: string) => redactor.protect('token', token) };

  const startedUtc = utcNow();
  let journalHealth = 'unknown';
  let pageOrigin = '–';
  let pageWatch: PageWatch | null = null;
  let callOffReopening = () => {};
  /** Two accounts that open at the same time would both hold the one journal. */
  const oneByOne = openSerialQueue();
  let training: { readonly server: ReturnType<typeof startTrainingServer>; readonly credentials: TrainingCredentials } | null = null;
  let tillWindow: TillWindow | null = null;
  let customerDisplay: CustomerDisplay | null = null;
  /** The last sale whose amount was typed in this run. */
  let typedSaleId: string | null = null;
  let origins: CheckoutOrigins = JUSTIFI_ORIGINS;
  const till = createTill({
    firstSaleId: randomUUID(),
    settings: settings.read,
    onChange: pushSnapshot,
  });
  let auditFile: AuditFile | null = null;
  const audit = openAudit({
    store: () => auditFile,
    registerName: () => settings.read().registerName,
    saveFile: saveChosen,
    onUnwritable: (action) => log.error('audit.unwritable', { action }),
  });
  const hasAccount = () => settings.read().account !== null;
  const pepper = openPepper({ keychain, hasAccount, protect: (value) => redactor.protect('pepper', value) });
  const pins = openPinFile(join(dataFolder, 'pins.json'), (detail) => log.error('pins.damaged', { detail }));
  const access = openAccess({
    pins,
    readPepper: pepper.read,
    ensurePepper: pepper.ensure,
    accountThrough: () => settings.read().account?.through ?? null,
    readCredentials: keychain.read,
    tryCredentials: (credentials) => tryCredentials(credentials).read(settings.read().account?.subAccountId ?? ''),
    timers,
    monotonicMs,
    wallMs: Date.now,
    note({ kind, ...detail }: AccessEvent) {
      log.info(`manager.${kind}`, detail);
      if (kind === 'locked') accountSide.forget();
      return audit.note(MANAGER, kind, detail);
    },
    onChange: pushSnapshot,
  });

  const cashiers = openCashiers({
    pins,
    readPepper: pepper.read,
    isBusy: till.isBusy,
    monotonicMs,
    newId: randomUUID,
    note: audit.note,
    onChange: pushSnapshot,
  });

  const accountSide = accountCalls({
    till,
    access,
    audit,
    settings,
    tryCredentials,
    keychain: {
      ...keychain,
      async save(credentials) {
        const saved = await keychain.save(credentials);
        if (saved.kind === 'ok') await pepper.keep();
        return saved;
      },
    },
    timers,
    isApiAnswering: () => isAnswering(connections.send, JUSTIFI_API),
    isFormAnswering: () => isAnswering(connections.send, JUSTIFI_ORIGINS.fields),
    reopen: openAccount,
    protect: redactor.protect,
    log: log.info,
  });

  const handlers = {
    till: tillCalls({
      till,
      access,
      cashiers,
      snapshot,
      rights: () => settings.read().rights,
      confirmAboveInCents: () => settings.read().limits.confirmAboveInCents,
      hasManagerPin: () => pins.read().managerPin !== null,
      note: audit.note,
      settings,
      reopen: openAccount,
      protect: redactor.protect,
      onChange: pushSnapshot,
      log: log.info,
    }),
    manager: guardManager(
      {
        ...managerCalls({ till, access, audit, cashiers, settings, reopen: openAccount, showTheme, onChange: pushSnapshot }),
        ...accountSide,
        ...diagnostics({
          snapshot,
          readKeychain: keychain.read,
          journalHealth: () => journalHealth,
          auditTrouble: () => auditFile?.unusable() ?? auditFile?.trouble()?.kind ?? null,
          settings: () => ({ now: visibleSettings(settings.read()), asItComes: visibleSettings({ look: look.parse({}), ...registerSettings.parse({}) }) }),
          fixed: {
            version,
            engine: ENGINES.map((name) => `${name} ${process.versions[name] ?? '–'}`).join(' · '),
            system: `${osName()} ${osRelease()} · ${process.arch}`,
            startedUtc,
          },
          pageFindings: () => pageWatch?.findings() ?? [],
          port: () => pageOrigin,
          logTail: () => log.tail(LOG_LINES_SHOWN),
          redact: redactor.redact,
          saveFile: saveChosen,
        }),
        ...settingsCopy({
          till,
          audit,
          settings,
          saveFile: saveChosen,
          openFile: async () => (tillWindow === null ? failed({ kind: 'cancelled' }) : openFile(tillWindow.window, 'json', LONGEST_POLICY)),
          parse: parsePolicy,
          async reopen() {
            showTheme(settings.read().look.theme);
            await openAccount();
          },
        }),
      },
      {
        mayManage: access.mayManage,
        onRefused(call, isFirst) {
          log.warn('manager.refused', { call });
          if (isFirst) audit.note(COUNTER, 'manager-refused', { call });
        },
      },
    ),
  };

  await ready();
  showTheme(settings.read().look.theme);
  denyByDefault(log.warn);
  const router = openIpcRouter({ refused: (detail) => log.warn('ipc.refused', detail), broken: (detail) => log.error('ipc.broken', detail) });
  const folders = { rendererFolder: join(import.meta.dirname, '../renderer'), preloadFolder: join(import.meta.dirname, '../preload') };
  tillWindow = openTillWindow({ router, handlers, ...folders, onClosed: quit, log: log.warn });
  const shownTill = tillWindow;
  const display = openCustomerDisplay({ router, handlers: { view: async () => ok(viewOfCustomer(snapshot())) }, till: () => shownTill.window, ...folders, log: log.warn });
  customerDisplay = display;
  display.want(settings.read().look.customerDisplay);
  onSecondCopy(() => shownTill.comeToFront());
  onAway(access.lock);
  onWoke(till.woke);
  auditFile = ground.openAuditLog(pushSnapshot);
  audit.note(COUNTER, 'counter-started', { version });
  if (ground.policy.trouble !== null) audit.note(COUNTER, 'policy-invalid', { where: ground.policy.trouble.where });
  log.info('counter.started', { version, training: settings.read().account === null });

  const pagePolicy = () => checkoutPolicy(origins);
  const local = await serveLocalOrigin({ folder: join(folders.rendererFolder, 'checkout'), policy: pagePolicy, log: log.warn });
  if (local.kind === 'failed') {
    log.error('local-origin.failed', { detail: local.failure.detail });
    stopWith('Counter needs a free network port on this PC and found none. Restart the PC, then start Counter again.');
    return;
  }
  pageOrigin = local.value.origin;
  const page = openPageWatch({
    rendererFolder: folders.rendererFolder,
    built: builtPages,
    origins: () => ({ page: pageOrigin, ...origins }),
    policy: pagePolicy,
    onFinding(what) {
      log.error('page.changed', { what });
      audit.note(COUNTER, 'page-changed', { what });
      pushSnapshot();
    },
  });
  pageWatch = page;
  const changed = page.changedFiles();
  if (changed.length > 0) {
    log.error('page.not-as-built', { files: changed.join(' ') });
    audit.note(COUNTER, 'page-changed', { what: changed.join(' ') });
    stopWith('Counter’s own files were changed. Take no card with it. Install Counter again, then start it.');
    return;
  }
  const forms = openCheckoutWindows({
    router,
    pageOrigin,
    origins: () => origins,
    training: () => origins !== JUSTIFI_ORIGINS,
    mode: () => till.snapshot().mode,
    // Canada has no bank transfers: without cards there would be nothing on the form.
    form: () => ({ ...settings.read().form, ...(settings.read().account?.currency === 'CAD' ? { cards: true } : {}) }),
    language: () => settings.read().look.language,
    till: () => shownTill.window,
    preloadFolder: folders.preloadFolder,
    timers,
    onRequest: page.requested,
    log: log.warn,
  });
  onQuit(() => {
    auditFile.close();
    display.close();
    forms.close();
    local.value.close();
  });
  await openAccount();
  timers.after(FIRST_PAGE_CHECK_AFTER_MS, function checkPage() {
    timers.after(PAGE_CHECK_EVERY_MS, checkPage);
    void page.check();
  });

  async function saveChosen(name: string, text: string): ReturnType<typeof saveFile> {
    return tillWindow === null ? failed({ kind: 'cancelled' }) : saveFile(tillWindow.window, name, text);
  }

  function snapshot(): TillSnapshot {
    const { isSetUp, hasSold, look: chosen } = settings.read();
    const isFirstRun = !isSetUp && !hasAccount() && pins.read().managerPin === null;
    return { ...till.snapshot(), auditTrouble: auditFile?.unusable() ?? null, policy: ground.policy, isPageChanged: (pageWatch?.findings().length ?? 0) > 0, isFirstRun, isFirstSale: !hasSold, manager: access.view(), cashiers: cashiers.view(), look: chosen };
  }

  function viewOfCustomer(now: TillSnapshot): CustomerView {
    if (now.sale.kind === 'entering') typedSaleId = now.sale.saleId;
    return customerView(now, now.sale.saleId === typedSaleId);
  }

  function pushSnapshot(): void {
    const now = snapshot();
    tillWindow?.push(now);
    const view = viewOfCustomer(now);
    customerDisplay?.want(now.look.customerDisplay);
    customerDisplay?.push(view);
  }

  /** After the effect, and not on its way: the journal holds the sale already. */
  function noteSale(sale: Sale, event: SaleEvent): void {
    if ((sale.kind === 'paid' || sale.kind === 'accepted') && !settings.read().hasSold) timers.after(0, () => void settings.change({ hasSold: true }));
    const found = auditOfSale(sale, event);
    const who = found?.by === 'counter' ? COUNTER : found?.by === 'manager' ? MANAGER : cashiers.actor();
    if (found !== null) timers.after(0, () => audit.note(who, found.action, found.detail));
  }

  function openAccount(check: 'tail' | 'whole' = 'tail'): Promise<void> {
    return oneByOne(() => openNow(check));
  }

  /** Opens the account of the settings: the connected one, or training. */
  async function openNow(check: 'tail' | 'whole'): Promise<void> {
    callOffReopening();
    // The account before it lets go of its journal first: it may be the same one.
    till.use({ kind: 'starting' });
    const { account } = settings.read();
    const opened = account === null ? await openTraining(check) : await openConnected(account, check);
    if (opened.kind === 'broken') log.error('account.broken', { problem: opened.problem.kind });
    // A disk that was full may have room again; nobody should have to restart a till for that.
    if (opened.kind === 'broken' && opened.problem.kind === 'journal-unwritable') callOffReopening = timers.after(REOPEN_AFTER_MS, () => void openAccount(check));
    till.use(opened);
    forms.prewarm();
  }

  async function openTraining(check: 'tail' | 'whole'): Promise<TillAccount> {
    const { server, credentials } = (training ??= startTraining());
    const { origin } = await server;
    origins = { api: origin, fields: origin };
    const subAccountId = trainingSubAccounts[0]!.id;
    const api = openApi({ ...apiParts, baseUrl: origin, tokenSource: clientCredentialsSource(origin, credentials, sendRequest) });
    return openRegisterOf({
      view: { kind: 'training' },
      baseUrl: origin,
      mode: 'training',
      currency: 'USD',
      checkouts: openCheckouts(api, subAccountId, pageOrigin, { read: () => 'url', remember: () => {} }),
      payments: createPayments(api, subAccountId),
      problem: () => subAccountProblem(api, subAccountId),
    }, check);
  }

  function startTraining(): NonNullable<typeof training> {
    const credentials = newTrainingCredentials();
    const justifi = createTrainingJustifi({
      credentials: [credentials],
      books: openBooks(TRAINING_RECORDS_KEPT),
      // A real card network takes a second or two; whoever is trained here should have seen "Processing".
      cardNetwork: () => new Promise((resolve) => setTimeout(resolve, TRAINING_CARD_NETWORK_MS)),
      now: Date.now,
      newId: (prefix) => `${prefix}_${randomBytes(11).toString('hex')}`,
    });
    return { credentials, server: startTrainingServer(justifi, { host: '127.0.0.1', checkoutPage: pageOrigin }) };
  }

  /** SECURITY: nobody needs it once an account is connected. */
  function endTraining(): void {
    const { server } = training ?? {};
    training = null;
    void server?.then(({ close }) => close());
  }

  async function openConnected(account: ConnectedAccount, check: 'tail' | 'whole'): Promise<TillAccount> {
    endTraining();
    origins = JUSTIFI_ORIGINS;
    const credentials = await keychain.read();
    if (credentials.kind === 'failed') {
      log.error('keychain.unavailable', credentials.failure);
      return { kind: 'broken', mode: account.mode, problem: { kind: credentials.failure.kind } };
    }
    redactor.protect('credentials', secretOf(credentials.value));
    const api = openApi({ ...apiParts, baseUrl: JUSTIFI_API, tokenSource: tokenSourceOf(credentials.value, sendRequest) });
    const originForm = { read: () => settings.read().originForm, remember: (form: 'url' | 'host') => void settings.change({ originForm: form }) };
    return openRegisterOf({
      view: { kind: 'connected', subAccountId: account.subAccountId, name: account.name, through: account.through },
      baseUrl: JUSTIFI_API,
      mode: account.mode,
      currency: account.currency,
      checkouts: openCheckouts(api, account.subAccountId, pageOrigin, originForm),
      payments: createPayments(api, account.subAccountId),
      problem: () => subAccountProblem(api, account.subAccountId),
    }, check);
  }

  function openRegisterOf(account: Omit<RegisterAccount, 'isAnswering'> & { readonly baseUrl: string }, check: 'tail' | 'whole'): TillAccount {
    const opened = openAccountRegister(
      {
        dataFolder,
        version,
        settings: settings.read,
        forms,
        timers,
        monotonicMs,
        utcNow,
        log,
        check,
        typed: till.draft,
        onJournal: rememberJournal,
        cashier: () => cashiers.view().signedIn?.name ?? null,
        onRecorded: noteSale,
        // Not at once: whoever wrote into the journal is still under way.
        onDamaged: () => void timers.after(0, () => void openAccount('whole')),
        onChange: pushSnapshot,
      },
      { ...account, isAnswering: () => isAnswering(connections.send, account.baseUrl) },
    );
    reachability = opened.reachability;
    journalHealth = opened.journalHealth;
    return opened.account;
  }
}

/** `counter --provision`: an administrator connects the register, with what comes on standard input and without a window. */
async function provisionCounter({ isFirst, policyFile, arguments: given, exitSaying }: Desktop, dataFolder: string): Promise<void> {
  if (given.at(-1) !== PROVISION) return exitSaying(1, 'Nothing may follow --provision: what stands on a command line can be read by everybody. Give it on standard input.');
  if (!isFirst) return exitSaying(1, 'Counter is running. Close it, then provision.');
  const { redactor, log, settings, keychain, tryCredentials, openAuditLog } = openGround({ dataFolder, policyFile });
  const auditFile = openAuditLog(() => {});
  const audit = openAudit({
    store: () => auditFile,
    registerName: () => settings.read().registerName,
    saveFile: async () => failed({ kind: 'cancelled' }),
    onUnwritable: (action) => log.error('audit.unwritable', { action }),
  });
  const input = await readStandardInput(LONGEST_PROVISION_ORDER);
  const done = await provision({ input, settings, audit, tryCredentials, keychain, protect: redactor.protect });
  auditFile.close();
  if (done.kind === 'failed') {
    log.error('provision.failed', { ...done.failure });
    const code = 'code' in done.failure ? `, ${done.failure.code}` : '';
    return exitSaying(1, `Counter was not connected (${done.failure.kind}${code}). Nothing was changed.`);
  }
  const { name, subAccountId, mode } = done.value;
  log.info('provision.done', { subAccountId, mode });
  return exitSaying(0, `Counter is connected to ${name} (${subAccountId}), ${mode}.`);
}
