import { closeSync, constants, fstatSync, openSync, rmSync } from 'node:fs';
import { type Result, failed } from '../../contract/result.ts';
import { codeOf, readHandle } from './bounded-file.ts';
import { retryWhileHeld } from './held-file.ts';

/** Opening a pipe without a writer would block, and a link may lead to another user's file. Windows has neither flag. */
const READ_PLAIN = process.platform === 'win32' ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
const BY_OTHERS = 0o077;

/** "not-private": other users of the PC could read it, and it is deleted all the same. "not-deleted": it was read, and is still there. Otherwise "too-long", "not-a-file" or the system's error code. */
type NotTaken = string;

/**
 * A small text file with a secret, up to `most` bytes: read once, and deleted before it counts. SECURITY: it must be a plain file of this user, which
 * only this user may read. Node does not read Windows' lists of rights: there the folder's rights decide, which in a user's profile keep others out.
 */
export function takePrivateFile(path: string, most: number): Result<string, NotTaken> {
  let handle: number | null = null;
  try {
    handle = retryWhileHeld(() => openSync(path, READ_PLAIN));
    const stat = fstatSync(handle);
    if (!stat.isFile()) return failed('not-a-file');
    const isPrivate = process.platform === 'win32' || (stat.uid === process.getuid?.() && (stat.mode & BY_OTHERS) === 0);
    const read = isPrivate ? readHandle(handle, most) : failed('not-private');
    // Windows deletes no open file.
    closeSync(handle);
    handle = null;
    return isDeleted(path) ? read : failed('not-deleted');
  } catch (error) {
    return failed(codeOf(error));
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

function isDeleted(path: string): boolean {
  try {
    retryWhileHeld(() => rmSync(path));
    return true;
  } catch {
    return false;
  }
}
