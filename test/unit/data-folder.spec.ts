import { expect, test } from 'vitest';
import { isNetworkFolder, localDataFolder } from '../../main/shell/data-folder.ts';

test('E-15: on Windows the data stays on this PC, in Local, also where a company keeps Roaming on a server; elsewhere it is where Electron puts it', () => {
  expect(localDataFolder('win32', String.raw`C:\Users\Shop`, 'Counter')).toBe(String.raw`C:\Users\Shop\AppData\Local\Counter`);
  expect([localDataFolder('linux', '/home/shop', 'Counter'), localDataFolder('darwin', '/Users/shop', 'Counter')]).toEqual([null, null]);
});

test.each([
  ['a share of Windows', 'win32', String.raw`\\server\tills\Counter`, String.raw`\\server\tills\Counter`, 0, true],
  ['a drive letter that is mapped to a share', 'win32', String.raw`H:\Counter`, String.raw`\\server\tills\Counter`, 0, true],
  ['a disk of a Windows PC', 'win32', String.raw`C:\Counter`, String.raw`C:\Counter`, 0, false],
  ['NFS', 'linux', '/home/shop', '/home/shop', 0x69_69, true],
  ['CIFS, whose number is negative where numbers are signed', 'linux', '/home/shop', '/home/shop', 0xff_53_4d_42 | 0, true],
  ['SMB 2', 'linux', '/home/shop', '/home/shop', 0xfe_53_4d_42, true],
  ['ext4', 'linux', '/home/shop', '/home/shop', 0xef_53, false],
] as const)('E-15: %s: is it a network folder?', (_name, platform, path, realPath, fileSystem, isNetwork) => {
  expect(isNetworkFolder(path, { platform, realPath: () => realPath, fileSystem: () => fileSystem })).toBe(isNetwork);
});

test('E-15: this PC’s own disk is none', () => {
  expect(isNetworkFolder(import.meta.dirname)).toBe(false);
});
