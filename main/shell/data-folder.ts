import { realpathSync, statfsSync } from 'node:fs';
import { win32 } from 'node:path';

/**
 * The folder of the data on Windows; null: Electron's default. Windows copies the Roaming folder to other PCs, and a company may keep it on a server, where
 * SQLite's journal is not safe (https://sqlite.org/wal.html#overview, item 2): the data goes to Local. Not beside Roaming, which may be on that server; `home` is the user's profile on this PC.
 */
export function localDataFolder(platform: NodeJS.Platform, home: string, appName: string): string | null {
  return platform === 'win32' ? win32.join(home, 'AppData', 'Local', appName) : null;
}

/** Of Windows: `\\server\share`. */
const NETWORK_PATH = String.raw`\\`;

/** NFS, SMB, SMB 2 and CIFS, as Linux numbers them. https://man7.org/linux/man-pages/man2/statfs.2.html */
const NETWORK_FILE_SYSTEMS: readonly number[] = [0x69_69, 0x51_7b, 0xfe_53_4d_42, 0xff_53_4d_42];

type Disk = { readonly platform: NodeJS.Platform; readonly realPath: (path: string) => string; readonly fileSystem: (path: string) => number };

const thisPc: Disk = { platform: process.platform, realPath: realpathSync.native, fileSystem: (path) => statfsSync(path).type };

/** Whether a folder that exists is another computer's. On Windows the real path of a mapped drive letter is its share's; macOS gives no way to know. */
export function isNetworkFolder(path: string, { platform, realPath, fileSystem }: Disk = thisPc): boolean {
  if (platform === 'win32') return path.startsWith(NETWORK_PATH) || realPath(path).startsWith(NETWORK_PATH);
  // The kernel's number is signed on some processors.
  return platform === 'linux' && NETWORK_FILE_SYSTEMS.includes(fileSystem(path) >>> 0);
}
