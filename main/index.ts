import { join } from 'node:path';
import builtPages from 'virtual:built-pages';
import { chosenLanguage } from '../contract/language.ts';
import { offeredForm, usualDescription } from '../contract/register-settings.ts';
import type { TillSnapshot } from '../contract/till-snapshot.ts';
import { NO_PORT, PAGE_CHANGED, PROVISION_BROKE, switchRefused } from '../words/start-failure.ts';
import { UNDESCRIBED, bankAuthorisationOf, savedConsentOf } from '../words/sale-texts.ts';
import { createAccounts } from './account/accounts.ts';
import { createAppServices } from './account/app-services.ts';
import { createManagerAccess } from './account/manager-access.ts';
import { newId } from './account/new-id.ts';
import { createPageReports } from './account/page-reports.ts';
import { runProvision } from './account/provision-run.ts';
import { openReceipts } from './account/receipts.ts';
import { openRegisterAudit } from './account/register-audit.ts';
import { registerSnapshot } from './account/register-snapshot.ts';
import { createTextSize } from './account/text-size.ts';
import { threadsIn } from './account/threads.ts';
import { reportUnusableFolder } from './account/unusable-folder.ts';
import { createWindowCalls } from './account/window-calls.ts';
import { JUSTIFI_ORIGINS, checkoutPolicy, wayAt } from './local-origin/checkout-policy.ts';
import { type CheckoutPage, type NoCheckoutPage, openCheckoutPage } from './local-origin/checkout-page.ts';
import { checkDaily } from './local-origin/page-watch.ts';
import { MANAGER } from './manager/audit.ts';
import { createCashiers } from './manager/cashiers.ts';
import { startRefusingProxy } from './network/refusing-proxy.ts';
import { createTill } from './sale/till.ts';
import { openCheckoutViews } from './shell/checkout-views.ts';
import { chosenFiles } from './shell/chosen-files.ts';
import { createClosingQuestion } from './shell/closing-question.ts';
import { type Desktop, PROVISION, prepareDesktop, sayStartFailed } from './shell/desktop.ts';
import { endAfterFailures } from './shell/fatal-error.ts';
import { createIpcRouter } from './shell/ipc-router.ts';
import { createLinkSharing } from './shell/link-sharing.ts';
import { receiptPrograms } from './shell/receipt-programs.ts';
import { type Screens, openScreens } from './shell/screens.ts';
import { openPageNetwork, systemRoute } from './shell/session-network.ts';
import { readStandardInput } from './shell/standard-input.ts';
import { denyByDefault } from './shell/window-security.ts';
import { mayRestart } from './storage/restart-count.ts';

const rendererFolder = join(import.meta.dirname, '../renderer');
const preloadFolder = join(import.meta.dirname, '../preload');
const threads = threadsIn(import.meta.dirname);

// Before Electron is ready, and before anything is awaited.
const failures = endAfterFailures(sayStartFailed);
const desktop = prepareDesktop();
if (desktop.refusedSwitch !== null) void desktop.refuseStart(switchRefused(desktop.refusedSwitch));
else if (desktop.dataFolder.kind === 'failed') void desktop.refuseStart(reportUnusableFolder(desktop.dataFolder.failure));
else if (desktop.arguments.includes(PROVISION)) void provision(desktop, desktop.dataFolder.value).catch(() => desktop.exitSaying(1, PROVISION_BROKE));
else if (desktop.isFirst) void openCounter(desktop, desktop.dataFolder.value);

async function provision({ isFirst, policyFile, arguments: given, exitSaying }: Desktop, dataFolder: string): Promise<void> {
  const { code, sentence } = await runProvision({ dataFolder, policyFile, journalWork: threads.journalWork, findRoute: systemRoute, isFirst, hasMoreArguments: given.at(-1) !== PROVISION, readInput: readStandardInput });
  exitSaying(code, sentence);
}

/** Builds every part of Counter, in the order in which the cashier needs them, and joins them. */
async function openCounter(desktopNow: Desktop, dataFolder: string): Promise<void> {
  const { version, ready, quit, stopWith, showTheme } = desktopNow;
  const services = createAppServices({ dataFolder, policyFile: desktopNow.policyFile, journalWork: threads.journalWork, findRoute: systemRoute });
  const { log, settings, timers, monotonicMs } = services;
  let screens: Screens | null = null;
  let page: CheckoutPage | null = null;
  let forms: ReturnType<typeof openCheckoutViews> | null = null;
  let allowOnly: (origins: readonly string[]) => Promise<void> = async () => {};
  const push = () => screens?.push(snapshot());
  const noPort = (what: string, detail: string) => (log.error(what, { detail }), stopWith(NO_PORT));

  // The register, its cashiers, and the calls of its window.
  const language = () => chosenLanguage(settings.read().appearance.language, desktopNow.systemLanguages());
  const usual = () => usualDescription(settings.read().description, UNDESCRIBED[language()]);
  const till = createTill({ firstSaleId: newId(), settings: () => ({ ...settings.read(), usualDescription: usual() }), onChange: push });
  failures.know({ log: log.error, mayRestart: () => mayRestart(join(dataFolder, 'restarts.json'), Date.now()), interrupts: till.closing, language });
  const files = chosenFiles(() => screens?.counter.window ?? null);
  const registerAudit = openRegisterAudit(services, { saveFile: files.save, systemLocale: desktopNow.systemLocale, onChange: push });
  const { audit } = registerAudit;
  const { access, pepper } = createManagerAccess(services, {
    note({ kind, ...detail }) {
      log.info(`manager.${kind}`, detail);
      if (kind === 'locked') calls.forget();
      return audit.noteFirst(MANAGER, kind, detail);
    },
    onChange: push,
  });
  const cashiers = createCashiers({ pins: services.pins, readPepper: pepper.read, isBusy: till.isBusy, monotonicMs, newId, note: audit.note, noteFirst: audit.noteFirst, onChange: push });
  const textSize = createTextSize({ ofRegister: () => settings.read().appearance.textSize, cashierId: () => cashiers.view().signedIn?.id ?? null, onChange: push });
  const receipts = openReceipts({ services, dataFolder, till, audit, dayClose: () => accounts.dayClose(), cashiers, language, openPicture: files.openPicture, ...receiptPrograms(log.warn), onChange: push });
  const accounts = createAccounts({ services, openHistory: threads.openHistory, language, receipts: receipts.desk, dataFolder, version, till, audit, cashiers, usualDescription: usual, bankAuthorisation: (purchase, shop) => bankAuthorisationOf(settings.read().form.bankAuthorisation, language(), purchase, shop), savedConsent: (shop) => savedConsentOf(settings.read().form.savedConsent, language(), shop), checkAuditHead: registerAudit.checkHead, pageOrigin: () => page?.origin ?? '–', forms: () => forms!, allowOnly: (origins) => allowOnly(origins), onChange: push });
  const snapshot = (): TillSnapshot => registerSnapshot({ services, till, access, cashiers, textSize: textSize.read, auditTrouble: registerAudit.unusable, isPageChanged: () => (page?.watch.findings().length ?? 0) > 0, printing: receipts.desk.view, trainingReader: accounts.trainingReader, registersProgress: () => accounts.allRegisters()?.progress() ?? null, saveOffer: accounts.saveOffer });
  const calls = createWindowCalls({
    services, version, till, audit, access, pepper, cashiers, snapshot, receipts, showTheme, language, systemLocale: desktopNow.systemLocale, shareLink: createLinkSharing(language),
    accounts, reopen: accounts.open, history: accounts.history, dayClose: accounts.dayClose, saveFile: files.save, openFile: files.open, onChange: push,
    journalHealth: accounts.journalHealth, auditTrouble: registerAudit.trouble,
    pageFindings: () => page?.watch.findings() ?? [], port: () => page?.origin ?? '–',
  });

  // SECURITY: the network is closed before any window is made, and so before any page runs.
  await ready();
  showTheme(settings.read().appearance.theme);
  denyByDefault(log.warn);
  const network = await openPageNetwork({ isConnected: () => accounts.origins() === JUSTIFI_ORIGINS, startProxy: (mayReach) => startRefusingProxy({ mayReach, findRoute: systemRoute, log: log.warn }) });
  if (network.kind === 'failed') return noPort('network.failed', network.failure.detail);
  ({ allowOnly } = network.value);

  // The till's window first, because the cashier waits for it; then the audit log.
  const router = createIpcRouter({ refused: (detail) => log.warn('ipc.refused', detail), broken: (detail) => log.error('ipc.broken', detail) }, monotonicMs);
  const { mayClose, systemEnds } = createClosingQuestion({ closing: till.closing, language, log: log.info });
  const onPageDies = () => failures.end(new Error('The page of the till is gone'));
  const shown = openScreens({ router, handlers: calls.handlers, snapshot, rendererFolder, preloadFolder, mayClose, places: services.windowPlaces, onClosed: quit, onPageDies, log: log.warn });
  screens = shown;
  desktopNow.onStartedAgain(shown.counter.comeToFront);
  desktopNow.onProcessLost((detail) => log.warn('process.lost', detail));
  desktopNow.onAway(access.lock, () => access.view().kind === 'unlocked');
  desktopNow.onWoke(till.woke);
  registerAudit.open(version);
  log.info('counter.started', { version, training: settings.read().account === null });

  // The card form's page, and the watch over it.
  const policy = (path: string) => checkoutPolicy(accounts.origins(), wayAt(path));
  const reports = createPageReports({ log, audit, onChange: push });
  const opened = await openCheckoutPage({ rendererFolder, built: builtPages, origins: accounts.origins, policy, onFinding: reports.changed, log: log.warn });
  if (opened.kind === 'failed') return noPage(opened.failure);
  page = opened.value;
  forms = openCheckoutViews({
    router, preloadFolder, timers, monotonicMs, pageOrigin: page.origin,
    origins: accounts.origins, training: () => accounts.origins() !== JUSTIFI_ORIGINS,
    form: () => offeredForm(settings.read().form, settings.read().account?.currency ?? null),
    language: () => settings.read().appearance.language,
    counter: () => shown.counter, onRequest: page.watch.requested, log: log.warn,
  });

  desktopNow.onKeys({ goBack: forms.goBack, payBy: till.payByKey, changeTextSize: textSize.change });
  desktopNow.onSystemEnd(systemEnds);
  desktopNow.onQuit(() => mayClose(shown.counter.window, quit), () => {
    for (const { close } of [receipts.desk, registerAudit, shown, forms, opened.value, network.value]) close();
  });
  services.onLateKeychain(() => {
    if (till.snapshot().account.kind === 'broken') void accounts.open();
  });
  await accounts.open();
  checkDaily(page.watch, timers);

  function noPage(failure: NoCheckoutPage): void {
    if (failure.kind === 'no-port') return noPort('local-origin.failed', failure.detail);
    reports.notAsBuilt(failure.files);
    return stopWith(PAGE_CHANGED);
  }
}
