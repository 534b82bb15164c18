import { readFileSync } from 'node:fs';

/** Before the fuses in every Electron. */
export const MARK = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
export const FUSE_VERSION = 1;

/** In the order in which Electron keeps them. https://www.electronjs.org/docs/latest/tutorial/fuses */
export const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  'wasmTrapHandlers',
] as const;
export type Fuse = (typeof FUSES)[number];
export type Fuses = Readonly<Partial<Record<Fuse, boolean>>>;

/** The required state of each fuse in a package (S-16), independent of the configuration. */
export const SAFE_FUSES: Fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

/** The fuses after the mark in a binary. Throws where there is no mark. */
export function readFuses(binary: string): Fuses {
  const bytes = readFileSync(binary);
  const mark = bytes.indexOf(MARK);
  if (mark === -1) throw new Error(`There are no fuses in ${binary}.`);
  const wire = bytes.subarray(mark + MARK.length + 2);
  return Object.fromEntries(FUSES.map((fuse, index) => [fuse, wire[index] === '1'.charCodeAt(0)]));
}
