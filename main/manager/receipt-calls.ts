import type { LogoProblem, PrintProblem, SystemPrinter } from '../../contract/printing.ts';
import type { RegisterSettings, Roll } from '../../contract/register-settings.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type Audit, MANAGER } from './audit.ts';
import { LOCKED, type ManagerHandlers } from './guard.ts';

type ReceiptCallsParts = {
  readonly audit: Pick<Audit, 'note' | 'noteFirst'>;
  readonly desk: {
    preview(receipt: RegisterSettings['receipt'], paper: Roll): Promise<string>;
    printers(): Promise<readonly SystemPrinter[]>;
    testPage(): Promise<Result<null, PrintProblem>>;
    openDrawer(): Promise<Result<null, PrintProblem>>;
  };
  /** Lets the manager choose a picture, and makes a logo of it. */
  readonly chooseLogo: () => Promise<Result<string, LogoProblem>>;
  /** Base64 of a PNG; null: none. */
  readonly logo: { read(): string | null; write(png: string | null): Result<null, unknown> };
};

type ReceiptCalls = Pick<ManagerHandlers, 'previewReceipt' | 'chooseLogo' | 'removeLogo' | 'readPrinters' | 'testPrinter' | 'openDrawer'>;

/** The logo of receipts, and their printer. Their settings are saved with all others. */
export function receiptCalls({ audit, desk, chooseLogo, logo }: ReceiptCallsParts): ReceiptCalls {
  function keep(png: string | null): Result<null, LogoProblem> {
    // The picture itself is too long for an audit line.
    const noted = audit.noteFirst(MANAGER, 'setting-changed', { setting: 'receipt.logo', old: logo.read() === null ? '""' : '"PNG"', new: png === null ? '""' : '"PNG"' });
    return noted.kind === 'failed' || logo.write(png).kind === 'failed' ? failed({ kind: 'logo-unwritable' }) : ok(null);
  }

  return {
    async previewReceipt({ receipt, paper }, isStillOpen) {
      const svg = await desk.preview(receipt, paper);
      return isStillOpen() ? ok({ svg, hasLogo: logo.read() !== null }) : LOCKED;
    },
    async chooseLogo(_input, isStillOpen) {
      const chosen = await chooseLogo();
      if (!isStillOpen()) return LOCKED;
      return chosen.kind === 'ok' ? keep(chosen.value) : chosen;
    },
    removeLogo: async () => keep(null),
    async readPrinters(_input, isStillOpen) {
      const printers = await desk.printers();
      return isStillOpen() ? ok(printers) : LOCKED;
    },
    testPrinter: () => desk.testPage(),
    async openDrawer() {
      const opened = await desk.openDrawer();
      if (opened.kind === 'ok') audit.note(MANAGER, 'drawer-opened');
      return opened;
    },
  };
}
