import { isDeepStrictEqual } from 'node:util';
import { disregard, failed } from '../../contract/result.ts';
import type { Mode } from '../../contract/till-snapshot.ts';
import type { Log } from '../log/log.ts';
import { LOCKED_OUT_FROM } from '../manager/lock-out.ts';
import type { Keychain, KeychainContent } from '../storage/keychain.ts';
import type { PinFile } from '../storage/pin-file.ts';
import type { Settings, SettingsFile } from '../storage/settings.ts';
import { newId } from './new-id.ts';
import { type RegisterState, boundPin, findJournals, modesOf, registerIdOf, registerStateOf } from './register-state.ts';

/** The register of this data folder, as its settings, PINs, journals and keychain show it. */
export type FoundRegister = {
  /** The id in the settings; where they are missing, the id that it will get. */
  registerId(): string;
  /** Decides the state of this data folder from settings, PINs, journals and keychain. Only here does a new or training register get settings automatically. */
  decideState(): Promise<RegisterState>;
  /** Called when the manager's PIN was restored from the keychain: `pins.json` had none, or another. */
  onPinRestored(then: () => void): void;
  /** The state found last; null: not looked for yet. */
  registerState(): RegisterState | null;
  /** False before `decideState`, and when it found traces of an account that is missing. */
  isDecided(): boolean;
  /** The keychain's answer at that time. */
  keychainContent(): KeychainContent | null;
  /** The mode of a stopped register, as its files show it. */
  readonly stoppedMode: Exclude<Mode, 'training'>;
  /** Called when this folder is a copy from another PC, with the ids of both registers. */
  onCopied(then: (before: string, after: string) => void): void;
  /** Changes settings for the manager, also where they were missing. */
  readonly begin: SettingsFile['begin'];
  /** An account has left a journal here. */
  readonly hasJournals: boolean;
};

type FoundRegisterParts = {
  readonly dataFolder: string;
  readonly settings: SettingsFile;
  readonly pins: PinFile;
  readonly keychain: Keychain;
  readonly log: Pick<Log, 'info' | 'error'>;
  /** An id of this PC; null: the system has none. */
  readonly machine: () => Promise<string | null>;
};

export function createFoundRegister({ dataFolder, settings, pins, keychain, log, machine }: FoundRegisterParts): FoundRegister {
  const journalsFound = findJournals(dataFolder);
  const journals = modesOf(journalsFound);
  const freshRegisterId = newId();
  let keychainContent: KeychainContent | null = null;
  let registerState: RegisterState | null = null;
  let onPinRestored = () => {};
  let onCopied: (before: string, after: string) => void = () => {};
  if (settings.found() !== 'whole') settings.hold(true);

  async function decideState(): Promise<RegisterState> {
    const areWhole = settings.found() === 'whole' && settings.read().registerId !== '';
    keychainContent = await keychain.readContent(!areWhole || journals.test || journals.live);
    log.info('keychain.read', { found: keychainContent.kind });
    const { account } = settings.read();
    const found = registerStateOf({ settings: { found: settings.found(), registerId: settings.read().registerId, account }, pins: { found: pins.found(), hasManagerPin: pins.read().managerPin !== null }, journals, keychain: keychainContent });
    registerState = found;
    restorePin(found, keychainContent);
    if (found.kind === 'stopped') log.error('register.stopped', { why: found.why, settings: settings.found(), pins: pins.found(), journals: JSON.stringify(journals), keychain: keychainContent.kind });
    settings.hold(found.kind === 'stopped');
    if (found.kind !== 'stopped' && !areWhole) disregard(begin({ isSetUp: found.kind !== 'new' }), 'the next start finds the same, and tries again');
    if (found.kind !== 'stopped') await rememberMachine({ settings, keychain, log, machine }, keychainContent, (before, after) => onCopied(before, after));
    return found;
  }

  function registerId(): string {
    return settings.read().registerId || registerIdOf(journals, keychainContent ?? { kind: 'keychain-unavailable' }, freshRegisterId);
  }

  /** Restored settings list the logs that were found. */
  function begin(change: Partial<Settings>): ReturnType<SettingsFile['begin']> {
    const found = new Set([...journalsFound.map(({ name }) => name), ...settings.read().journals]);
    return settings.begin({ registerId: registerId(), journals: [...found], isSetUp: true, ...change });
  }

  function restorePin(found: RegisterState, seen: KeychainContent): void {
    const pin = boundPin(found, registerId(), seen);
    if (pin === null || isDeepStrictEqual(pin, pins.read().managerPin)) return;
    // Deleting the file also deleted the count of wrong PINs: one more wrong PIN locks.
    const restored = pins.change({ managerPin: pin, ...(pins.found() === 'whole' ? {} : { managerFailures: LOCKED_OUT_FROM - 1 }) });
    log.error('pins.restored', { written: restored.kind });
    onPinRestored();
  }

  return {
    registerId,
    decideState,
    onPinRestored(then) {
      onPinRestored = then;
    },
    registerState: () => registerState,
    isDecided: () => registerState !== null && registerState.kind !== 'stopped',
    keychainContent: () => keychainContent,
    stoppedMode: journals.live ? 'live' : 'test',
    onCopied(then) {
      onCopied = then;
    },
    begin,
    hasJournals: journals.test || journals.live,
  };
}

/** A copy of the register on another PC gets its own id. With the same id, each would take the other's payments for lost ones of its own (C-28). */
async function rememberMachine({ settings, keychain, log, machine }: Omit<FoundRegisterParts, 'dataFolder' | 'pins'>, seen: KeychainContent, onCopied: (before: string, after: string) => void): Promise<void> {
  const here = await machine();
  const { machine: known, registerId: before } = settings.read();
  if (here === null || here === known) return;
  if (known === null) return disregard(settings.change({ machine: here }), 'the next start tries again');
  const after = newId();
  // If the keychain does not open, no payment is taken, and the next start tries again.
  const rebound = seen.kind === 'credentials' || seen.kind === 'nothing' ? await keychain.rebind(before, after) : failed(seen);
  const changed = rebound.kind === 'ok' ? settings.change({ registerId: after, machine: here, copiedFrom: before }) : rebound;
  log.error('register.copied', { before, after, result: changed.kind });
  if (changed.kind === 'ok') onCopied(before, after);
  else if (rebound.kind === 'ok') disregard(await keychain.rebind(after, before), 'then the keychain is another register’s, and the next start says so');
}
