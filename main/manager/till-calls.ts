import type { Handlers } from '../../contract/channels.ts';
import { secretOf } from '../../contract/credentials.ts';
import type { LinkShare, TrainingPay } from '../../contract/pay-link.ts';
import type { CopyFor, Paper, PrintProblem, ReceiptPaper, SendProblem, SendWay } from '../../contract/printing.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { ReaderPress } from '../../contract/training-reader.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import type { DayChart, DayView, KeptDay, ReportComparison, ReportProblem, SaveProblem } from '../../contract/report.ts';
import type { SavedCards } from '../sale/saved/saved-cards.ts';
import type { SharedLink, Till } from '../sale/till.ts';
import type { Access } from './access.ts';
import type { Cashiers } from './cashiers.ts';
import { type TillRightsParts, guardTill } from './till-rights.ts';

type TillCallsParts = Omit<TillRightsParts, 'access' | 'cashiers'> & {
  readonly till: Till;
  readonly access: Access;
  readonly cashiers: Cashiers;
  readonly history: HistoryCalls;
  /** Of the register that is open; null: none is. */
  readonly dayClose: () => DayCalls | null;
  readonly reportPapers: PaperCalls;
  readonly snapshot: () => TillSnapshot;
  readonly desk: ReceiptCalls;
  readonly settings: { change(change: { readonly isSetUp: true }): Result<null, unknown> };
  /** Opens the account of the settings once more. */
  readonly reopen: () => Promise<void>;
  /** Keeps a typed secret out of every log. */
  readonly protect: (kind: 'typed', secret: string) => void;
  /** False: there is no reader of training. */
  readonly pressTrainingReader: (press: ReaderPress) => boolean;
  /** False: it did not work. */
  readonly shareLink: (by: LinkShare, link: SharedLink) => Promise<boolean>;
  /** False: there is no such link, or not in training. */
  readonly payTrainingLink: (saleId: string, how: TrainingPay) => Promise<boolean>;
  /** The customers of the open register; null: none is open, or it saves no cards. */
  readonly savedCards: () => SavedCards | null;
  readonly onChange: () => void;
  readonly log: (what: string, detail: Readonly<Record<string, string>>) => void;
};

type ReceiptCalls = {
  print(order: { readonly paper: ReceiptPaper; readonly copyFor: CopyFor }): Result<null, PrintProblem>;
  skip(paper: Paper): void;
  send(paper: ReceiptPaper, by: SendWay): Promise<Result<null, SendProblem>>;
};

type DayCalls = {
  read(before: number | null): Promise<Result<DayView, ReportProblem>>;
  chart(): Promise<Result<DayChart, ReportProblem>>;
  close(number: number): Promise<Result<KeptDay, ReportProblem>>;
  compare(sequence: number | null): Promise<Result<ReportComparison, ReportProblem>>;
};

/** `sequence`: of a closed day; null: the present report. */
type PaperCalls = {
  print(sequence: number | null): Promise<Result<null, PrintProblem | ReportProblem>>;
  save(sequence: number | null): Promise<Result<null, SaveProblem | ReportProblem>>;
};

/** The calls about sales that are over. */
export type HistoryCalls = Pick<Handlers<'till'>, 'listSales' | 'readSale' | 'readFees' | 'askChargedTwice'>;

/** Saved cards, as the cashier uses them. */
function customersAtTill({ savedCards, note, cashiers, onChange }: Pick<TillCallsParts, 'savedCards' | 'note' | 'cashiers' | 'onChange'>): Pick<Handlers<'till'>, 'findCustomers' | 'readCustomer' | 'paySaved' | 'saveCard'> {
  const none = () => failed({ kind: 'customers-unusable' } as const);
  return {
    findCustomers: async ({ search }) => savedCards()?.customers.find(search) ?? none(),
    readCustomer: async ({ customerId }) => savedCards()?.customers.read(customerId) ?? none(),
    async paySaved({ saleId, customerId, methodId }) {
      const cards = savedCards();
      if (cards === null) return none();
      const may = cards.customers.mayPay(customerId, methodId);
      return may.kind === 'ok' ? cards.pay(saleId, methodId) : may;
    },
    async saveCard({ saleId, customerId, name, phone, email }) {
      const saved = await (savedCards()?.offers.save({ saleId, customerId, details: { name, phone, email } }) ?? none());
      if (saved.kind === 'ok') note(cashiers.actor(), 'card-saved', { sale: saleId });
      onChange();
      return saved;
    },
  };
}

/** The report of the day. */
function reportCalls({ dayClose, reportPapers, note, cashiers }: Pick<TillCallsParts, 'dayClose' | 'reportPapers' | 'note' | 'cashiers'>): Pick<Handlers<'till'>, 'readReport' | 'readDayChart' | 'compareReport' | 'printReport' | 'saveReport' | 'closeDay'> {
  const none = () => failed({ kind: 'still-starting' } as const);
  return {
    readReport: async ({ before }) => dayClose()?.read(before) ?? none(),
    readDayChart: async () => dayClose()?.chart() ?? none(),
    compareReport: async ({ sequence }) => dayClose()?.compare(sequence) ?? none(),
    printReport: ({ sequence }) => reportPapers.print(sequence),
    saveReport: ({ sequence }) => reportPapers.save(sequence),
    async closeDay({ number }) {
      const closed = await (dayClose()?.close(number) ?? none());
      if (closed.kind === 'ok') note(cashiers.actor(), 'day-closed', { number, netInCents: closed.value.report.totals.netInCents });
      return closed;
    },
  };
}

/** Paper and mail for the customer. */
function receiptCalls(desk: ReceiptCalls): Pick<Handlers<'till'>, 'printReceipt' | 'skipPrint' | 'sendReceipt'> {
  return {
    printReceipt: async (order) => desk.print(order),
    async skipPrint({ paper }) {
      desk.skip(paper);
      return ok(null);
    },
    sendReceipt: ({ paper, by }) => desk.send(paper, by),
  };
}

/** The calls that open the manager's side, and those allowed before the till is in use. */
function accessCalls({ till, access, protect, reopen, settings, onChange }: TillCallsParts): Pick<Handlers<'till'>, 'unlockManager' | 'proveSecret' | 'lockManager' | 'openAgain' | 'beginTraining'> {
  return {
    unlockManager: ({ pin }) => access.unlock(pin),
    async proveSecret(typed) {
      protect('typed', secretOf(typed).trim());
      return access.proveSecret(typed);
    },
    async lockManager() {
      access.lock();
      return ok(null);
    },
    async openAgain() {
      if (till.snapshot().account.kind !== 'broken') return ok(null);
      await reopen();
      const { account } = till.snapshot();
      return account.kind === 'broken' ? failed(account.problem) : ok(null);
    },
    async beginTraining() {
      if (settings.change({ isSetUp: true }).kind === 'failed') return failed({ kind: 'settings-unwritable' });
      onChange();
      return ok(null);
    },
  };
}

/** Payment links, and the reader of training. */
function customerCalls({ till, shareLink, payTrainingLink, pressTrainingReader }: TillCallsParts): Pick<Handlers<'till'>, 'shareLink' | 'payTrainingLink' | 'pressTrainingReader'> {
  return {
    async shareLink({ saleId, by }) {
      const link = till.link(saleId);
      if (link === null) return failed({ kind: 'no-link' });
      return (await shareLink(by, link)) ? ok(null) : failed({ kind: 'not-shared' });
    },
    payTrainingLink: async ({ saleId, how }) => ((await payTrainingLink(saleId, how)) ? ok(null) : failed({ kind: 'no-link' })),
    pressTrainingReader: async ({ press }) => (pressTrainingReader(press) ? ok(null) : failed({ kind: 'no-reader' })),
  };
}

/** The calls of the cashier's side of the till's window. */
export function tillCalls(parts: TillCallsParts): Handlers<'till'> {
  const { till, cashiers } = parts;
  const guarded = guardTill(
    {
      charge: async (order) => till.charge(order),
      chooseTip: async ({ saleId, tipInCents, isConfirmed }) => till.chooseTip(saleId, { tipInCents, isConfirmed }),
      tryAgain: async ({ saleId }) => till.tryAgain(saleId),
      payBy: async ({ saleId, tender }) => till.payBy(saleId, tender),
      quoteInsurance: async ({ saleId, insured }) => till.quoteInsurance(saleId, insured),
      ...customersAtTill(parts),
      giveBack: ({ saleId, kind, amountInCents, leftInCents, reason, returnsFees }) => till.giveBack(saleId, { kind, amountInCents, leftInCents, reason, returnsFees }),
      resolveLatePayment: ({ saleId, how }) => till.resolveLatePayment(saleId, how),
      ...reportCalls(parts),
    },
    parts,
  );
  return {
    ...guarded,
    ...parts.history,
    ...receiptCalls(parts.desk),
    ...accessCalls(parts),
    ...customerCalls(parts),
    snapshot: async () => ok(parts.snapshot()),
    edit: async (draft) => till.edit(draft),
    async inputRefused({ saleId, what }) {
      parts.log('sale.input-refused', { sale: saleId, what });
      return ok(null);
    },
    cancelSale: async ({ saleId }) => till.cancelSale(saleId),
    goBack: async ({ saleId }) => till.goBack(saleId),
    newSale: async ({ saleId }) => till.newSale(saleId),
    serveNext: async ({ saleId }) => till.serveNext(saleId),
    async pageBroke({ detail }) {
      parts.log('till-page.broke', { detail });
      return ok(null);
    },
    async personSeen() {
      till.personSeen();
      return ok(null);
    },
    async networkChanged() {
      till.networkChanged();
      return ok(null);
    },
    signIn: cashiers.signIn,
    signOut: async () => cashiers.signOut(),
  };
}
