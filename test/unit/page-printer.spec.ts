import { beforeEach, expect, test, vi } from 'vitest';
import { createPagePrinter } from '../../main/shell/page-printer.ts';

type Print = (options: unknown, done: (isDone: boolean, reason: string) => void) => void;

const electron = vi.hoisted(() => {
  const state = { print: (() => {}) as Print, destroyed: 0 };
  class BrowserWindow {
    webContents = { print: (...order: Parameters<Print>) => state.print(...order) };
    loadURL = () => Promise.resolve();
    isDestroyed = () => false;
    destroy = () => void (state.destroyed += 1);
  }
  return { state, BrowserWindow };
});
vi.mock('electron', () => ({ BrowserWindow: electron.BrowserWindow, session: { fromPartition: () => ({}) }, app: {} }));
vi.mock('../../main/shell/window-security.ts', () => ({ SECURE_PREFERENCES: {}, secureSession: () => {} }));

const PAGE = { html: '<p>Receipt</p>', queue: 'Office', size: 'A4' as const };
const logged: string[] = [];
const printWith = (print: Print) => {
  electron.state.print = print;
  return createPagePrinter((what, { reason }) => logged.push(`${what} ${reason}`)).print(PAGE);
};
beforeEach(() => {
  logged.length = 0;
  electron.state.destroyed = 0;
});

test('a receipt that Electron refuses to print is reported as not sent, and the till goes on', async () => {
  expect(await printWith(() => { throw new RangeError('height and width properties must be minimum 352 microns.'); })).toEqual({ kind: 'not-sent', trouble: 'printer-error', mayHavePrinted: false });
  expect(await printWith((_options, done) => done(false, 'Invalid deviceName provided'))).toEqual({ kind: 'not-sent', trouble: 'unknown-printer', mayHavePrinted: false });
  expect(await printWith((_options, done) => done(true, ''))).toEqual({ kind: 'sent' });
  expect(logged).toEqual(['receipt.driver-refused height and width properties must be minimum 352 microns.', 'receipt.driver-refused Invalid deviceName provided']);
  // Its hidden window is closed each time.
  expect(electron.state.destroyed).toBe(3);
});
