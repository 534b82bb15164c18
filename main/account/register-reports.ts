import { join } from 'node:path';
import type { Language } from '../../contract/language.ts';
import type { OpenHistory } from '../history/history-thread.ts';
import { type SaleHistory, createSaleHistory } from '../history/sale-history.ts';
import type { Log } from '../log/log.ts';
import { type DayClose, type DayJournal, createDayClose } from '../report/day-close.ts';
import { type RegistersReading, createRegistersReading } from '../report/registers-reading.ts';
import { type ShopDay, businessDayOf } from '../sale/business-day.ts';
import type { Register } from '../sale/register.ts';
import type { Timers } from '../sale/timers.ts';
import type { Journal } from '../storage/journal.ts';
import type { Settings } from '../storage/settings.ts';
import type { JustifiAccount } from './justifi-account.ts';

type RegisterReportsParts = {
  readonly dataFolder: string;
  /** The name of the journal's files, without extensions. */
  readonly name: string;
  readonly account: JustifiAccount;
  readonly journal: Journal;
  /** Reports damage that it finds. */
  readonly closeDay: DayJournal['closeDay'];
  readonly register: Register;
  readonly openHistory: OpenHistory;
  readonly settings: () => Settings;
  readonly shopDay: () => ShopDay;
  readonly cashier: () => string | null;
  readonly language: () => Language;
  readonly timers: Timers;
  readonly utcNow: () => string;
  readonly log: Pick<Log, 'error'>;
  readonly onChange: () => void;
};

/** The reads after the sale: the sales of the register, its day, and the day of all registers. */
type RegisterReports = {
  readonly history: SaleHistory;
  readonly dayClose: DayClose;
  readonly allRegisters: RegistersReading;
  close(): void;
};

/** After the busy first minute of a start, and before the journal is checked. */
const WARM_HISTORY_AFTER_MS = 30_000;

export function openRegisterReports({ dataFolder, name, account, journal, closeDay, register, openHistory, settings, shopDay, cashier, language, timers, utcNow, log, onChange }: RegisterReportsParts): RegisterReports {
  const { registerId, registerName } = settings();
  const { payments, checkouts, currency } = account;
  const named = { id: registerId, name: registerName };
  const history = openHistory({ history: join(dataFolder, `${name}.history.db`), journal: journal.paths.database }, (detail) => log.error('history.unreadable', { detail }));
  const callOffWarming = timers.after(WARM_HISTORY_AFTER_MS, history.warm);
  const allRegisters = createRegistersReading({
    justifi: account.accountPayments,
    account: { subAccountId: account.subAccountId, isTest: account.mode !== 'live', currency },
    register: named,
    timers,
    utcNow: () => justifiUtc(account) ?? utcNow(),
    shopDay,
    onChange,
  });
  return {
    history: createSaleHistory({ history, register, payments, steps: journal.steps, journal, utcNow, businessDay: (utc) => businessDayOf(utc, shopDay()), language }),
    dayClose: createDayClose({ journal: { ...journal, closeDay }, history, payments, checkouts, register: named, currency, cashier, utcNow, shopDay }),
    allRegisters,
    close() {
      allRegisters.stop();
      callOffWarming();
      history.close();
    },
  };
}

/** These are JustiFi's days: a PC with a wrong clock reads the same ones. Null: JustiFi has not told its time yet. */
function justifiUtc({ justifiNowMs }: Pick<JustifiAccount, 'justifiNowMs'>): string | null {
  const nowMs = justifiNowMs();
  return nowMs === null ? null : new Date(nowMs).toISOString();
}
