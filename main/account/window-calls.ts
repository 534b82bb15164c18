import { release as osRelease, type as osName } from 'node:os';
import { type Appearance, appearance } from '../../contract/appearance.ts';
import type { Handlers } from '../../contract/channels.ts';
import type { Language } from '../../contract/language.ts';
import type { LinkShare } from '../../contract/pay-link.ts';
import { type RegisterSettings, registerSettings } from '../../contract/register-settings.ts';
import { failed } from '../../contract/result.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import type { SaleHistory } from '../history/sale-history.ts';
import type { DayClose } from '../report/day-close.ts';
import { JUSTIFI_API } from '../justifi/authorised-api.ts';
import { probe } from '../justifi/connection.ts';
import { JUSTIFI_ORIGINS } from '../local-origin/checkout-policy.ts';
import type { Access } from '../manager/access.ts';
import { accountCalls } from '../manager/account-calls.ts';
import { type Audit, COUNTER } from '../manager/audit.ts';
import { cardReaderCalls } from '../manager/card-reader-calls.ts';
import type { Cashiers } from '../manager/cashiers.ts';
import { customerCalls } from '../manager/customer-calls.ts';
import { type DiagnosticsParts, diagnostics } from '../manager/diagnostics.ts';
import { guardManager } from '../manager/guard.ts';
import { receiptCalls } from '../manager/receipt-calls.ts';
import { registersCalls } from '../manager/registers-calls.ts';
import { managerCalls } from '../manager/manager-calls.ts';
import type { Pepper } from '../manager/pepper.ts';
import type { SaveChosen } from '../manager/saved-file.ts';
import { type SettingsCopyParts, settingsCopy } from '../manager/settings-copy.ts';
import { type HistoryCalls, tillCalls } from '../manager/till-calls.ts';
import type { SharedLink, Till } from '../sale/till.ts';
import { LONGEST_POLICY, parsePolicy } from '../storage/policy-file.ts';
import { TRAINING_ACCOUNT } from './justifi-account.ts';
import type { Accounts } from './accounts.ts';
import type { AppServices } from './app-services.ts';
import { readLicences } from './licences.ts';
import type { Receipts } from './receipts.ts';
import { createRegistersPapers } from './registers-papers.ts';
import { createReportPapers } from './report-papers.ts';

const LOG_LINES_SHOWN = 50;
const ENGINES: readonly string[] = ['electron', 'chrome', 'node'];

type WindowCallsParts = Pick<DiagnosticsParts, 'journalHealth' | 'auditTrouble' | 'pageFindings' | 'port'> & {
  readonly services: AppServices;
  readonly version: string;
  readonly till: Till;
  readonly audit: Audit;
  readonly access: Access;
  readonly pepper: Pepper;
  readonly cashiers: Cashiers;
  readonly history: () => SaleHistory | null;
  readonly dayClose: () => DayClose | null;
  readonly language: () => Language;
  /** For numbers and lists, whatever the till's language. BCP 47. */
  readonly systemLocale: () => string;
  readonly snapshot: () => TillSnapshot;
  readonly receipts: Receipts;
  readonly accounts: Pick<Accounts, 'terminals' | 'allRegisters' | 'savedCards' | 'pressTrainingReader' | 'payTrainingLink'>;
  /** `shop`: to whom the customer pays. False: it did not work. */
  readonly shareLink: (by: LinkShare, link: SharedLink, shop: string) => Promise<boolean>;
  /** Opens the account in the settings again. */
  readonly reopen: () => Promise<void>;
  readonly showTheme: (theme: Appearance['theme']) => void;
  readonly saveFile: SaveChosen;
  /** Lets the manager choose a JSON file, and reads up to so many bytes of it. */
  readonly openFile: (most: number) => ReturnType<SettingsCopyParts['openFile']>;
  readonly onChange: () => void;
};

/** All calls of the till's window: the cashier's, and the manager's with their guard. */
type WindowCalls = {
  readonly handlers: { readonly till: Handlers<'till'>; readonly manager: Handlers<'manager'> };
  /** The manager's side was locked: credentials typed there are forgotten, and nothing is read for it any more. */
  forget(): void;
};

export function createWindowCalls(parts: WindowCallsParts): WindowCalls {
  const { services, till, audit, access, cashiers, reopen, showTheme, onChange } = parts;
  const { settings, pins, log } = services;
  const { allRegisters } = parts.accounts;
  const accountSide = accountCallsOf(parts);
  const manager = {
    ...managerCalls({ till, access, audit, cashiers, settings, reopen, showTheme, onChange, onSaved: parts.receipts.desk.tryNow }),
    ...receiptCalls({ audit, ...parts.receipts }),
    ...accountSide,
    ...cardReaderCalls({ terminals: parts.accounts.terminals, accountId: () => settings.read().account?.subAccountId ?? TRAINING_ACCOUNT, isBusy: till.isBusy, audit, settings, onChange }),
    ...customerCalls({ customers: () => parts.accounts.savedCards()?.customers ?? null, audit, onChange }),
    ...registersCalls({ reading: allRegisters, papers: createRegistersPapers({ ...parts, last: () => allRegisters()?.last() ?? null, desk: parts.receipts.desk, utcNow: services.utcNow }) }),
    ...diagnosticsOf(parts),
    ...settingsCopy({
      till,
      audit,
      settings,
      saveFile: parts.saveFile,
      openFile: () => parts.openFile(LONGEST_POLICY),
      parse: parsePolicy,
      async reopen() {
        showTheme(settings.read().appearance.theme);
        await reopen();
      },
    }),
  };
  return {
    forget() {
      accountSide.forget();
      allRegisters()?.stop();
    },
    handlers: {
      till: tillCallsOf(parts),
      manager: guardManager(manager, {
        mayManage: access.mayManage,
        whileOpen: access.whileOpen,
        afterAction() {
          if (settings.read().lockAfterAction && pins.read().managerPin !== null) access.lock('action');
        },
        onRefused(call, isFirst) {
          log.warn('manager.refused', { call });
          if (isFirst) audit.note(COUNTER, 'manager-refused', { call });
        },
      }),
    },
  };
}

function tillCallsOf(parts: WindowCallsParts): Handlers<'till'> {
  const { settings, pins, redactor, log, utcNow } = parts.services;
  const { till, audit, access, cashiers, accounts, snapshot, dayClose, reopen, onChange } = parts;
  const { desk } = parts.receipts;
  return tillCalls({
    history: historyCalls(parts.history),
    dayClose,
    reportPapers: createReportPapers({ ...parts, desk, utcNow }),
    till,
    access,
    cashiers,
    snapshot,
    desk,
    rights: () => settings.read().rights,
    confirmAboveInCents: () => settings.read().limits.confirmAboveInCents,
    hasManagerPin: () => pins.read().managerPin !== null,
    note: audit.note,
    settings,
    reopen,
    protect: redactor.protect,
    pressTrainingReader: accounts.pressTrainingReader,
    payTrainingLink: accounts.payTrainingLink,
    shareLink: (by, link) => parts.shareLink(by, link, shopNameOf(snapshot(), settings.read())),
    savedCards: accounts.savedCards,
    onChange,
    log: log.info,
  });
}

/** The name on the receipt, else the one at JustiFi. */
function shopNameOf({ account, registerName }: TillSnapshot, { receipt }: Pick<RegisterSettings, 'receipt'>): string {
  return receipt.shopName || (account.kind === 'connected' ? account.name : registerName);
}

/** Of the register that is open. */
function historyCalls(history: () => SaleHistory | null): HistoryCalls {
  const closed = failed({ kind: 'still-starting' } as const);
  return {
    listSales: async (order) => history()?.listSales(order) ?? closed,
    readSale: async ({ saleId }) => history()?.readSale(saleId) ?? closed,
    readFees: async ({ saleId }) => history()?.readFees(saleId) ?? closed,
    askChargedTwice: async ({ saleId }) => history()?.askChargedTwice(saleId) ?? closed,
  };
}

function accountCallsOf({ services, till, access, audit, pepper, reopen }: WindowCallsParts): ReturnType<typeof accountCalls> {
  const { settings, accountKeychain, connections, timers, redactor, log, tryCredentials } = services;
  return accountCalls({
    till,
    access,
    audit,
    settings: { read: settings.read, change: services.begin },
    tryCredentials,
    keychain: {
      ...accountKeychain,
      async save(credentials, subAccountId) {
        const saved = await accountKeychain.save(credentials, subAccountId);
        if (saved.kind === 'ok') await pepper.keep();
        return saved;
      },
    },
    isAccountSure: () => services.registerState()?.kind === 'connected',
    timers,
    probeApi: () => probe(connections.send, JUSTIFI_API),
    probeForm: () => probe(connections.send, JUSTIFI_ORIGINS.fields),
    reopen,
    protect: redactor.protect,
    log: log.info,
  });
}

function diagnosticsOf({ services, version, snapshot, journalHealth, auditTrouble, pageFindings, port, saveFile }: WindowCallsParts): ReturnType<typeof diagnostics> {
  const { settings, keychain, log, redactor, utcNow } = services;
  return diagnostics({
    snapshot,
    readKeychain: keychain.read,
    journalHealth,
    auditTrouble,
    settings: () => ({ now: visibleSettings(settings.read()), asItComes: visibleSettings({ appearance: appearance.parse({}), ...registerSettings.parse({}) }) }),
    fixed: {
      version,
      engine: ENGINES.map((name) => `${name} ${process.versions[name] ?? '–'}`).join(' · '),
      system: `${osName()} ${osRelease()} · ${process.arch}`,
      startedUtc: utcNow(),
    },
    pageFindings,
    port,
    licences: readLicences,
    logTail: () => log.tail(LOG_LINES_SHOWN),
    redact: redactor.redact,
    saveFile,
  });
}

/** The settings that a manager can change, and no others. */
function visibleSettings({ limits, form, rights, lockAfterAction, dayBeginsAtHour, description, descriptionPresets, quickItems, tips, receipt, printing, appearance: chosen }: RegisterSettings & { readonly appearance: Appearance }): unknown {
  return { limits, form, rights, lockAfterAction, dayBeginsAtHour, description, descriptionPresets, quickItems, tips, receipt, printing, appearance: chosen };
}
