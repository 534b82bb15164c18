import { type Stats, lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Result, failed } from '../../contract/result.ts';
import { readBounded } from './bounded-file.ts';

/** Someone other than an administrator could have written it. `unprotected`: the path, and "owner 1000", "mode 777", "link". */
export type Unprotected = { readonly unprotected: string };

const ADMINISTRATOR = 0;
const WRITABLE_BY_OTHERS = 0o022;
const PERMISSIONS = 0o7777;

/**
 * A small text file that only an administrator can have put there, up to `most` bytes. SECURITY: the file and every folder above it
 * belong to root, only root may write to them, and none is a link. The folders are looked at first, from the top: once they are
 * good, only root can replace what is read next. So a missing file is really missing. Windows keeps owners and rights
 * in lists that Node does not read: there only links are refused (docs/operator.md).
 */
export function readAdministratorsFile(path: string, most: number): Result<string, string | Unprotected> {
  try {
    for (const each of withFoldersAbove(path)) {
      const found = openTo(lstatSync(each), each === path);
      if (found !== null) return failed({ unprotected: `${each}: ${found}` });
    }
  } catch (error) {
    return failed(error instanceof Error && 'code' in error ? String(error.code) : 'unknown');
  }
  return readBounded(path, most);
}

/** "/", "/etc", "/etc/counter", "/etc/counter/policy.json". */
function withFoldersAbove(path: string): readonly string[] {
  const above = dirname(path);
  return above === path ? [path] : [...withFoldersAbove(above), path];
}

function openTo(stat: Stats, isTheFile: boolean): string | null {
  if (stat.isSymbolicLink()) return 'link';
  if (isTheFile && !stat.isFile()) return 'not-a-file';
  if (!isTheFile && !stat.isDirectory()) return 'not-a-folder';
  if (process.platform === 'win32') return null;
  if (stat.uid !== ADMINISTRATOR) return `owner ${stat.uid}`;
  return (stat.mode & WRITABLE_BY_OTHERS) === 0 ? null : `mode ${(stat.mode & PERMISSIONS).toString(8)}`;
}
