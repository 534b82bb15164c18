import { join } from 'node:path';
import type { KeychainProblem, StopReason } from '../../contract/problem.ts';
import { assertNever } from '../../contract/result.ts';
import { listBackups } from '../storage/journal-backup.ts';
import { DATABASE_FILES } from '../storage/journal-database.ts';
import { type JournalFiles, nodeFiles } from '../storage/journal-files.ts';
import { listSegments } from '../storage/journal-mirror.ts';
import { type JournalName, journalsAmong } from '../storage/journal-name.ts';
import { journalPathsOf } from '../storage/journal-paths.ts';
import type { KeychainContent } from '../storage/keychain.ts';
import type { FileFound } from '../storage/json-file.ts';
import type { StoredPin } from '../storage/pin-file.ts';

/**
 * The state of this data folder. SECURITY: a register that was connected never becomes a training till by itself, and never a new one: only
 * the manager can make it one, by the PIN or by the secret typed again (C-21, A-03).
 */
export type RegisterState = { readonly kind: 'new' | 'training' | 'connected' } | { readonly kind: 'stopped'; readonly why: StopReason };

/** Whether there is, or was, a journal of this mode. */
type JournalsFound = Readonly<Record<JournalName['mode'], boolean>>;

/** All traces of an account. Any of them may be missing. */
export type Evidence = {
  readonly settings: { readonly found: FileFound; readonly registerId: string; readonly account: { readonly subAccountId: string } | null };
  readonly pins: { readonly found: FileFound; readonly hasManagerPin: boolean };
  readonly journals: JournalsFound;
  readonly keychain: KeychainContent;
};

export function registerStateOf({ settings, pins, journals, keychain }: Evidence): RegisterState {
  const areWhole = settings.found === 'whole' && settings.registerId !== '';
  if (areWhole && settings.account !== null) return isForeign(settings.registerId, settings.account.subAccountId, keychain) ? stopped('settings-foreign') : { kind: 'connected' };
  // Disconnecting empties the keychain. Settings without an account don't belong to a keychain with credentials.
  if (keychain.kind === 'credentials') return stopped(areWhole ? 'settings-foreign' : 'settings-missing');
  const soldForMoney = journals.test || journals.live;
  const silence = silenceOf(keychain);
  if (areWhole) return soldForMoney && silence !== null ? stopped(silence) : { kind: 'training' };
  if (soldForMoney || pins.hasManagerPin || pins.found === 'lost' || keychain.kind === 'keychain-damaged') return stopped('settings-missing');
  // A locked keychain reads like an empty one: only an open one shows whether this register was connected.
  if (keychain.kind === 'keychain-locked') return stopped('keychain-locked');
  return settings.found === 'none' && !journals.training ? { kind: 'new' } : { kind: 'training' };
}

function stopped(why: StopReason): RegisterState {
  return { kind: 'stopped', why };
}

function isForeign(registerId: string, subAccountId: string, keychain: KeychainContent): boolean {
  return keychain.kind === 'credentials' && (keychain.register?.id !== registerId || keychain.register.subAccountId !== subAccountId);
}

/** Why the keychain does not show whether there was an account; null: it does. */
function silenceOf(keychain: KeychainContent): KeychainProblem | null {
  switch (keychain.kind) {
    case 'keychain-locked':
    case 'keychain-unavailable':
    case 'keychain-damaged':
      return keychain.kind;
    case 'credentials':
    case 'nothing':
      return null;
    default:
      return assertNever(keychain);
  }
}

/**
 * The manager's PIN that the keychain holds for this register: it counts more than `pins.json`. Null: none, or another register's
 * on the same user account.
 */
export function boundPin(registerState: RegisterState, registerId: string, keychain: KeychainContent): StoredPin | null {
  if (!('managerPin' in keychain) || keychain.managerPin === null) return null;
  const isOwn = keychain.managerPin.registerId === registerId || registerState.kind === 'stopped';
  return isOwn ? keychain.managerPin.pin : null;
}

/** The id of a register whose settings are missing: the one that the keychain knows, where journals show that this is its folder; else a new one. */
export function registerIdOf(journals: JournalsFound, keychain: KeychainContent, newId: string): string {
  const known = keychain.kind === 'credentials' ? keychain.register?.id : keychain.kind === 'nothing' ? keychain.managerPin?.registerId : undefined;
  return Object.values(journals).some(Boolean) ? (known ?? newId) : newId;
}

/** Finds journals, whole or in parts. Changes nothing. */
export function findJournals(dataFolder: string, files: JournalFiles = nodeFiles): readonly JournalName[] {
  return journalsAmong(files.names(dataFolder)).filter(({ name }) => {
    const paths = journalPathsOf(join(dataFolder, `${name}.db`));
    return DATABASE_FILES.some((suffix) => files.size(paths.database + suffix) !== null) || files.size(paths.highWaterMark) !== null || listSegments(files, paths.mirror).length > 0 || listBackups(files, paths.backups).length > 0;
  });
}

export function modesOf(journals: readonly JournalName[]): JournalsFound {
  const has = (mode: JournalName['mode']) => journals.some((journal) => journal.mode === mode);
  return { training: has('training'), test: has('test'), live: has('live'), audit: has('audit') };
}
