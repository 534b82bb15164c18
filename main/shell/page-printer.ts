import { BrowserWindow, type WebContentsPrintOptions, session } from 'electron';
import type { PrintedPage } from '../printing/receipt-sending.ts';
import { type SendOutcome, SENT, notSent } from '../printing/raw-printer.ts';
import { SECURE_PREFERENCES, type WindowRules, secureSession } from './window-security.ts';

/** The page is a data: address, and makes no requests. */
const RULES: WindowRules = { role: 'receipt', origin: () => 'null', mayRequest: ({ protocol }) => protocol === 'data:' };

/** Electron may never call back (electron#25801), and a driver may wait for an answer in an invisible window. */
const PATIENCE_MS = 30_000;
const MICRONS_PER_MM = 1_000;

/** Of electron#39778: without it some drivers print tiny letters. */
const DOTS_PER_INCH = { horizontal: 203, vertical: 203 };

type PagePrinter = {
  /** Hands a page to the printer's driver. "Sent" is all that Electron knows, also without paper (electron#38975). */
  print(page: PrintedPage): Promise<SendOutcome>;
  /** The names of this PC's printers. */
  printers(): Promise<readonly string[]>;
};

export function createPagePrinter(log: (what: string, detail: Readonly<Record<string, string>>) => void): PagePrinter {
  let own: Electron.Session | null = null;

  /** SECURITY: never shown, and without preload; its page comes from main, and its policy lets it run and load nothing (receipt-page.ts). */
  function openHidden(): BrowserWindow {
    if (own === null) {
      own = session.fromPartition('receipt');
      secureSession(own, RULES, log);
    }
    return new BrowserWindow({ show: false, webPreferences: { ...SECURE_PREFERENCES, session: own } });
  }

  async function withHidden<Value>(use: (window: BrowserWindow) => Promise<Value>): Promise<Value> {
    const window = openHidden();
    try {
      return await use(window);
    } finally {
      if (!window.isDestroyed()) window.destroy();
    }
  }

  return {
    print: ({ html, queue, size }) =>
      withHidden(async (window) => {
        try {
          await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`);
        } catch (error) {
          log('receipt.page-not-loaded', { detail: error instanceof Error ? error.message : 'unknown' });
          return notSent('printer-error');
        }
        return printNow(window, optionsFor({ queue, size }), log);
      }),
    printers: () => withHidden(async ({ webContents }) => (await webContents.getPrintersAsync()).map(({ name }) => name)),
  };
}

function optionsFor({ queue, size }: Pick<PrintedPage, 'queue' | 'size'>): WebContentsPrintOptions {
  const isSheet = typeof size === 'string';
  return {
    silent: true,
    // On Linux there is no printing without it (electron#20379).
    deviceName: queue,
    printBackground: true,
    margins: { marginType: isSheet ? 'default' : 'none' },
    pageSize: isSheet ? size : { width: size.widthMm * MICRONS_PER_MM, height: size.heightMm * MICRONS_PER_MM },
    ...(isSheet ? {} : { dpi: DOTS_PER_INCH }),
  };
}

function printNow(window: BrowserWindow, options: WebContentsPrintOptions, log: (what: string, detail: Readonly<Record<string, string>>) => void): Promise<SendOutcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(notSent('slow', true)), PATIENCE_MS);
    function refused(reason: string): void {
      clearTimeout(timer);
      log('receipt.driver-refused', { reason });
      resolve(notSent(/device/iu.test(reason) ? 'unknown-printer' : 'printer-error'));
    }
    try {
      window.webContents.print(options, (isDone, reason) => {
        if (!isDone) return refused(reason);
        clearTimeout(timer);
        resolve(SENT);
      });
    } catch (error) {
      // Options that Electron refuses, or a closed page: only a receipt failed, so Counter goes on.
      refused(error instanceof Error ? error.message : 'unknown');
    }
  });
}
