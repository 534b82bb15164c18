import { createHash } from 'node:crypto';

/** Of the log that a manager reads; every other journal holds sales. */
export const AUDIT_LOG = 'audit';

/** The parts of a journal's name. */
export type JournalName = { readonly name: string; readonly mode: 'training' | 'test' | 'live' | 'audit' };

/** With mode, sum and extension it is shorter than the settings' limit for a name. */
const SAFE_ID = /^[\w-]{1,60}$/u;
const IN_FOLDER = /^(?<name>training|audit|(?:test|live)-[\w-]{1,69})\.(?:db|mirror|backups|head)(?:$|[-.])/u;

/**
 * The file name, without ending, of an account's journal. A journal belongs to one account: another shop's credentials are never used to ask about it, and
 * an account that is connected again finds its own.
 */
export function journalNameOf(mode: 'training' | 'test' | 'live', subAccountId: string): string {
  if (mode === 'training') return mode;
  const sum = createHash('sha256').update(subAccountId).digest('hex');
  // An id of any other shape is no part of a file name.
  if (!SAFE_ID.test(subAccountId)) return `${mode}-${sum.slice(0, 32)}`;
  const small = subAccountId.toLowerCase();
  // To Windows and macOS, names that differ only in case are the same file.
  return small === subAccountId ? `${mode}-${small}` : `${mode}-${small}-${sum.slice(0, 8)}`;
}

/** The journals that these file names belong to, whole or in parts. */
export function journalsAmong(fileNames: readonly string[]): readonly JournalName[] {
  const names = new Set(fileNames.flatMap((fileName) => IN_FOLDER.exec(fileName)?.groups?.['name'] ?? []));
  return [...names].toSorted().map((name) => ({ name, mode: modeOf(name) }));
}

function modeOf(name: string): JournalName['mode'] {
  if (name === 'training' || name === AUDIT_LOG) return name;
  return name.startsWith('live-') ? 'live' : 'test';
}
