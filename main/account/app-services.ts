import { chmodSync, mkdirSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { Credentials } from '../../contract/credentials.ts';
import type { PolicyView } from '../../contract/policy.ts';
import { disregard } from '../../contract/result.ts';
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
import type { Timers } from '../sale/timers.ts';
import type { FindRoute } from '../network/route.ts';
import { readSystemAuthorities } from '../network/system-authorities.ts';
import { type AuditFile, openAuditFile } from '../storage/audit-file.ts';
import { AUDIT_LOG } from '../storage/journal-name.ts';
import type { JournalWork } from '../storage/journal-work.ts';
import { type Keychain, openKeychain } from '../storage/keychain.ts';
import { readMachine } from '../storage/machine.ts';
import { type PinFile, openPinFile } from '../storage/pin-file.ts';
import { LONGEST_POLICY, readPolicy } from '../storage/policy-file.ts';
import { type SettingsFile, openSettings } from '../storage/settings.ts';
import { type WindowPlacesFile, openWindowPlaces } from '../storage/window-places.ts';
import { type FoundRegister, createFoundRegister } from './found-register.ts';
import { newId } from './new-id.ts';

/** The services of every run of Counter, with a window or without. */
export type AppServices = FoundRegister & {
  readonly redactor: Redactor;
  readonly log: Log;
  readonly settings: SettingsFile;
  readonly policy: PolicyView;
  readonly pins: PinFile;
  /** The position of the till's window in earlier runs. */
  readonly windowPlaces: WindowPlacesFile;
  readonly keychain: Keychain;
  /** The keychain, for the account of this register. */
  readonly accountKeychain: KeptCredentials;
  /** Called when the keychain answers after the time limit. */
  onLateKeychain(then: () => void): void;
  readonly connections: Connections;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly utcNow: () => string;
  /** How long the PC has been up, sleep included. Whole milliseconds. */
  readonly upMs: () => number;
  /** `onChange`: called when the log cannot be written any more, or can again. */
  openAuditLog(onChange: () => void): AuditFile;
  /** Records that a journal of this name exists on this PC. */
  rememberJournal(name: string): void;
  /** How a journal is checked and copied beside the main thread. */
  readonly journalWork: JournalWork;
  tokenSourceOf(credentials: Credentials, send: SendRequest): AccessTokenSource;
  /** JustiFi with credentials that are not in use yet. Its answers don't count for the register's reachability. */
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

const TIMERS: Timers = {
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
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
  let onLateKeychain = () => {};
  const keychain = openKeychain({ onLateAnswer: () => onLateKeychain() });
  const register = createFoundRegister({ dataFolder, settings, pins, keychain, log, machine });
  const { registerId } = register;
  const connections = openConnections({ findRoute, readAuthorities: () => readSystemAuthorities((code) => log.warn('network.no-system-authorities', { code })) });
  const monotonicMs = () => performance.now();
  const utcNow = () => new Date().toISOString();

  function tokenSourceOf(credentials: Credentials, send: SendRequest): AccessTokenSource {
    if (credentials.kind === 'client') return clientCredentialsSource(JUSTIFI_API, credentials, send);
    return tokenBrokerSource({ ...credentials, registerId: registerId() }, { sendRequest: send, utcNow, newNonce: newId });
  }

  function rememberJournal(name: string): void {
    const known = settings.read().journals;
    if (!known.includes(name)) disregard(settings.change({ journals: [...known, name] }), 'the files themselves are found as well');
  }

  return {
    ...register,
    redactor,
    log,
    settings,
    policy: { locked: inForce.policy.locked, trouble: inForce.trouble },
    pins,
    windowPlaces: openWindowPlaces(join(dataFolder, 'window.json')),
    keychain,
    accountKeychain: { ...keychain, save: (credentials, subAccountId) => keychain.save(credentials, { id: registerId(), subAccountId }) },
    onLateKeychain(then) {
      onLateKeychain = then;
    },
    connections,
    timers: TIMERS,
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
      const mustExist = settings.read().journals.includes(AUDIT_LOG) || register.hasJournals;
      const auditFile = auditFileIn({ dataFolder, settings, log, utcNow, work: journalWork, mustExist, onChange });
      if (auditFile.unusable() === null) rememberJournal(AUDIT_LOG);
      return auditFile;
    },
  };
}

type AuditFileParts = Pick<AppServices, 'settings' | 'log' | 'utcNow'> & Pick<Parameters<typeof openAuditFile>[0], 'work' | 'mustExist' | 'onChange'> & { readonly dataFolder: string };

function auditFileIn({ dataFolder, settings, log, ...parts }: AuditFileParts): AuditFile {
  return openAuditFile({
    ...parts,
    file: join(dataFolder, `${AUDIT_LOG}.db`),
    utcOffsetInMinutes: () => -new Date().getTimezoneOffset(),
    timers: TIMERS,
    onHealth: (health) => log.error(`audit.${health.kind}`, { health: JSON.stringify(health) }),
    onTrouble: ({ detail }) => log.error('audit.trouble', { detail }),
    registerName: () => settings.read().registerName,
  });
}

/** A folder that existed before Counter may be readable by every user of the PC. */
function keepForOwner(folder: string, log: Log): void {
  try {
    chmodSync(folder, 0o700);
  } catch (error) {
    log.warn('data-folder.open-to-others', { code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' });
  }
}
