import { chmodSync, mkdirSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Credentials } from '../../contract/credentials.ts';
import type { PolicyView } from '../../contract/policy.ts';
import { disregard, failed } from '../../contract/result.ts';
import type { Mode } from '../../contract/till-snapshot.ts';
import type { AccessTokenSource } from '../justifi/access-token.ts';
import { JUSTIFI_API, createTrialApi } from '../justifi/authorised-api.ts';
import { clientCredentialsSource } from '../justifi/client-credentials.ts';
import { readAdministratorsFile } from '../files/administrators-file.ts';
import { type Connections, type SendRequest, openConnections } from '../justifi/connection.ts';
import { modeOfClientId } from '../justifi/sub-account.ts';
import { tokenBrokerSource } from '../justifi/token-broker.ts';
import { type Log, openLog } from '../log/log.ts';
import { type Redactor, createRedactor } from '../log/redact.ts';
import type { KeptCredentials } from '../manager/connect-account.ts';
import { LOCKED_OUT_FROM } from '../manager/lock-out.ts';
import type { Timers } from '../sale/timers.ts';
import type { FindRoute } from '../network/route.ts';
import { readSystemAuthorities } from '../network/system-authorities.ts';
import { type AuditFile, openAuditFile } from '../storage/audit-file.ts';
import { AUDIT_LOG } from '../storage/journal-name.ts';
import type { JournalWork } from '../storage/journal-work.ts';
import { type Keychain, type KeychainContent, openKeychain } from '../storage/keychain.ts';
import { readMachine } from '../storage/machine.ts';
import { type PinFile, openPinFile } from '../storage/pin-file.ts';
import { LONGEST_POLICY, readPolicy } from '../storage/policy-file.ts';
import { type Settings, type SettingsFile, openSettings } from '../storage/settings.ts';
import { newId } from './new-id.ts';
import { type RegisterState, boundPin, findJournals, modesOf, registerStateOf, registerIdOf } from './register-state.ts';


/** The services of every run of Counter, with a window or without. */
export type AppServices = {
  readonly redactor: Redactor;
  readonly log: Log;
  readonly settings: SettingsFile;
  readonly policy: PolicyView;
  readonly pins: PinFile;
  readonly keychain: Keychain;
  /** The keychain, for the account of this register. */
  readonly accountKeychain: KeptCredentials;
  /** Of the settings; where they are missing, what it will be. */
  registerId(): string;
  /** Decides what this data folder is, from settings, PINs, journals and keychain. Only here does a new or training register get settings automatically. */
  decideState(): Promise<RegisterState>;
  /** Called when the manager's PIN was restored from the keychain: `pins.json` had none, or another. */
  onPinRestored(then: () => void): void;
  /** As it was found last; null: not yet. */
  registerState(): RegisterState | null;
  /** False before `decideState`, and when it found traces of an account that is missing. */
  isDecided(): boolean;
  /** What the keychain answered then. */
  keychainContent(): KeychainContent | null;
  /** The mode of a stopped register, as its files show it. */
  readonly stoppedMode: Exclude<Mode, 'training'>;
  /** Called when this folder is a copy from another PC, with the ids of both registers. */
  onCopied(then: (before: string, after: string) => void): void;
  /** Called when the keychain answers after the time limit. */
  onLateKeychain(then: () => void): void;
  /** Changes settings for the manager, also where they were missing. */
  readonly begin: SettingsFile['begin'];
  readonly connections: Connections;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly utcNow: () => string;
  /** How long the PC has been up, sleep included. Whole milliseconds. */
  readonly upMs: () => number;
  /** `onChange`: it cannot be written any more, or can again. */
  openAuditLog(onChange: () => void): AuditFile;
  /** There is a journal of this name on this PC from now on. */
  rememberJournal(name: string): void;
  /** How a journal is checked and copied beside the main thread. */
  readonly journalWork: JournalWork;
  tokenSourceOf(credentials: Credentials, send: SendRequest): AccessTokenSource;
  /** JustiFi, with credentials that are not in use yet. Its answers don't count for the register's reachability. */
  tryCredentials(credentials: Credentials): ReturnType<typeof createTrialApi>;
};

type AppServicesParts = {
  readonly dataFolder: string;
  readonly policyFile: string;
  /** How a journal is checked and copied beside the main thread. */
  readonly journalWork: JournalWork;
  readonly findRoute: FindRoute;
  /** An id of this PC; null: the system has none. */
  readonly machine?: () => Promise<string | null>;
};

export function createAppServices({ dataFolder, policyFile, journalWork, findRoute, machine = readMachine }: AppServicesParts): AppServices {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const redactor = createRedactor();
  const log = openLog(join(dataFolder, 'counter.log'), redactor);
  keepForOwner(dataFolder, log);
  const inForce = readPolicy(() => readAdministratorsFile(policyFile, LONGEST_POLICY), join(dataFolder, 'policy-in-force.json'));
  if (inForce.trouble !== null) log.error('policy.invalid', { ...inForce.trouble });
  const settings = openSettings(join(dataFolder, 'settings.json'), (detail) => log.error('settings.damaged', { detail }), inForce.policy);
  const pins = openPinFile(join(dataFolder, 'pins.json'), (detail) => log.error('pins.damaged', { detail }));
  const journalsFound = findJournals(dataFolder);
  const journals = modesOf(journalsFound);
  const freshRegisterId = newId();
  if (settings.found() !== 'whole') settings.hold(true);
  let keychainContent: KeychainContent | null = null;
  let registerState: RegisterState | null = null;
  let onLateKeychain = () => {};
  let onPinRestored = () => {};
  let onCopied: (before: string, after: string) => void = () => {};
  const keychain = openKeychain({ onLateAnswer: () => onLateKeychain() });
  const connections = openConnections({ findRoute, readAuthorities: () => readSystemAuthorities((code) => log.warn('network.no-system-authorities', { code })) });
  const timers: Timers = {
    after(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  };
  const monotonicMs = () => performance.now();
  const utcNow = () => new Date().toISOString();

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
    if (found.kind !== 'stopped') await rememberMachine(keychainContent);
    return found;
  }

  /** A copy of the register on another PC gets its own id. With the same id, each would take the other's payments for lost ones of its own (C-28). */
  async function rememberMachine(seen: KeychainContent): Promise<void> {
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

  function tokenSourceOf(credentials: Credentials, send: SendRequest): AccessTokenSource {
    if (credentials.kind === 'client') return clientCredentialsSource(JUSTIFI_API, credentials, send);
    return tokenBrokerSource({ ...credentials, registerId: registerId() }, { sendRequest: send, utcNow, newNonce: newId });
  }

  function rememberJournal(name: string): void {
    const known = settings.read().journals;
    if (!known.includes(name)) disregard(settings.change({ journals: [...known, name] }), 'the files themselves are found as well');
  }

  return {
    redactor,
    log,
    settings,
    policy: { locked: inForce.policy.locked, trouble: inForce.trouble },
    pins,
    keychain,
    accountKeychain: { ...keychain, save: (credentials, subAccountId) => keychain.save(credentials, { id: registerId(), subAccountId }) },
    registerId,
    registerState: () => registerState,
    isDecided: () => registerState !== null && registerState.kind !== 'stopped',
    keychainContent: () => keychainContent,
    stoppedMode: journals.live ? 'live' : 'test',
    decideState,
    onPinRestored(then) {
      onPinRestored = then;
    },
    onCopied(then) {
      onCopied = then;
    },
    onLateKeychain(then) {
      onLateKeychain = then;
    },
    begin,
    connections,
    timers,
    monotonicMs,
    utcNow,
    upMs: () => Math.round(uptime() * 1_000),
    tokenSourceOf,
    rememberJournal,
    journalWork,
    tryCredentials(credentials) {
      const keyMode = credentials.kind === 'client' ? modeOfClientId(credentials.clientId) : null;
      return createTrialApi({ sendRequest: connections.send, monotonicMs, onToken: (token) => redactor.protect('token', token), baseUrl: JUSTIFI_API, tokenSource: tokenSourceOf(credentials, connections.send) }, keyMode);
    },
    openAuditLog(onChange) {
      const auditFile = openAuditFile({
        file: join(dataFolder, `${AUDIT_LOG}.db`),
        utcNow,
        utcOffsetInMinutes: () => -new Date().getTimezoneOffset(),
        mustExist: settings.read().journals.includes(AUDIT_LOG) || journals.test || journals.live,
        timers,
        work: journalWork,
        onHealth: (health) => log.error(`audit.${health.kind}`, { health: JSON.stringify(health) }),
        onTrouble: ({ detail }) => log.error('audit.trouble', { detail }),
        registerName: () => settings.read().registerName,
        onChange,
      });
      if (auditFile.unusable() === null) rememberJournal(AUDIT_LOG);
      return auditFile;
    },
  };
}

/** A folder that existed before Counter may be readable by every user of the PC. */
function keepForOwner(folder: string, log: Log): void {
  try {
    chmodSync(folder, 0o700);
  } catch (error) {
    log.warn('data-folder.open-to-others', { code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' });
  }
}
