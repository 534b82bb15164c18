import { createRequire } from 'node:module';
import type { Handle, Winspool } from './winspool.ts';

/** The one call of koffi that is used: a C function by its prototype. Its own types are not imported: it is installed on Windows only. */
type Koffi = {
  load(library: string): { func(prototype: string): (...args: readonly unknown[]) => unknown };
  struct(name: string, fields: Readonly<Record<string, string>>): unknown;
  opaque(name: string): unknown;
};

const RAW = 'RAW';
/** Of a PRINTER_INFO_4W with its two names. */
const LONGEST_INFO = 4_096;
/** PRINTER_INFO_4W: two pointers, then the attributes. */
const ATTRIBUTES_AT = 16;

/** winspool.drv and GetLastError of the Windows that this runs on. Throws where they cannot be loaded. */
export function loadWinspool(libraries = { spool: 'winspool.drv', kernel: 'kernel32.dll' }): Winspool {
  const koffi = createRequire(import.meta.url)('koffi') as Koffi;
  const spool = koffi.load(libraries.spool);
  koffi.opaque('Printer');
  koffi.struct('DOC_INFO_1W', { pDocName: 'str16', pOutputFile: 'str16', pDatatype: 'str16' });
  const openPrinter = spool.func('int __stdcall OpenPrinterW(str16 name, _Out_ Printer **handle, void *defaults)');
  const getPrinter = spool.func('int __stdcall GetPrinterW(Printer *handle, uint32_t level, _Out_ uint8_t *info, uint32_t length, _Out_ uint32_t *needed)');
  const startDoc = spool.func('uint32_t __stdcall StartDocPrinterW(Printer *handle, uint32_t level, DOC_INFO_1W *info)');
  const startPage = spool.func('int __stdcall StartPagePrinter(Printer *handle)');
  const write = spool.func('int __stdcall WritePrinter(Printer *handle, const uint8_t *bytes, uint32_t length, _Out_ uint32_t *written)');
  const endPage = spool.func('int __stdcall EndPagePrinter(Printer *handle)');
  const endDoc = spool.func('int __stdcall EndDocPrinter(Printer *handle)');
  const abort = spool.func('int __stdcall AbortPrinter(Printer *handle)');
  const close = spool.func('int __stdcall ClosePrinter(Printer *handle)');
  const getLastError = koffi.load(libraries.kernel).func('uint32_t __stdcall GetLastError()');

  /** The number at this offset of GetPrinterW's answer for this level; null: no answer. */
  function said(handle: Handle, level: number, place: number): number | null {
    const info = Buffer.alloc(LONGEST_INFO);
    return getPrinter(handle, level, info, LONGEST_INFO, [0]) === 0 ? null : info.readUInt32LE(place);
  }

  return {
    open(queue) {
      const handle: [Handle | null] = [null];
      return openPrinter(queue, handle, null) === 0 ? null : handle[0];
    },
    look(handle) {
      const status = said(handle, 6, 0);
      return status === null ? null : { status, attributes: said(handle, 4, ATTRIBUTES_AT) ?? 0 };
    },
    startDocument: (handle, title) => Number(startDoc(handle, 1, { pDocName: title, pOutputFile: null, pDatatype: RAW })),
    startPage: (handle) => startPage(handle) !== 0,
    write(handle, bytes) {
      const written: [number] = [0];
      return write(handle, bytes, bytes.length, written) === 0 ? null : written[0];
    },
    endPage: (handle) => endPage(handle) !== 0,
    endDocument: (handle) => endDoc(handle) !== 0,
    abort: (handle) => void abort(handle),
    close: (handle) => void close(handle),
    lastError: () => Number(getLastError()),
  };
}
