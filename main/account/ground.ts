import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials } from '../../contract/credentials.ts';
import type { PolicyView } from '../../contract/policy.ts';
import type { Mode } from '../../contract/till-snapshot.ts';
import type { AccessTokenSource } from '../justifi/access-token.ts';
import { JUSTIFI_API, openTrial } from '../justifi/account.ts';
import { clientCredentialsSource } from '../justifi/client-credentials.ts';
import { type SendRequest, openConnections } from '../justifi/connection.ts';
import { modeOfClientId } from '../justifi/sub-account.ts';
import { tokenBrokerSource } from '../justifi/token-broker.ts';
import { type Log, openLog } from '../log/log.ts';
import { type Redactor, createRedactor } from '../log/redact.ts';
import type { Timers } from '../sale/timers.ts';
import { type AuditFile, openAuditFile } from '../storage/audit-file.ts';
import { type Keychain, openKeychain } from '../storage/keychain.ts';
import { readPolicy } from '../storage/policy-file.ts';
import { type SettingsFile, openSettings } from '../storage/settings.ts';

/** What every run of Counter stands on, with a window or without. */
export type Ground = {
  readonly redactor: Redactor;
  readonly log: Log;
  readonly settings: SettingsFile;
  readonly policy: PolicyView;
  readonly keychain: Keychain;
  readonly connections: ReturnType<typeof openConnections>;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly utcNow: () => string;
  /** `onChange`: it cannot be written any more, or can again. */
  openAuditLog(onChange: () => void): AuditFile;
  /** There is a journal of this mode, or an audit log, on this PC from now on. */
  rememberJournal(name: Mode | 'audit'): void;
  tokenSourceOf(credentials: Credentials, send: SendRequest): AccessTokenSource;
  /** JustiFi, with credentials that are not in use yet: nothing of it counts as the register's own line. */
  tryCredentials(credentials: Credentials): ReturnType<typeof openTrial>;
};

export function openGround({ dataFolder, policyFile }: { readonly dataFolder: string; readonly policyFile: string }): Ground {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const redactor = createRedactor();
  const log = openLog(join(dataFolder, 'counter.log'), redactor);
  keepForOwner(dataFolder, log);
  const inForce = readPolicy(policyFile, join(dataFolder, 'policy-in-force.json'));
  if (inForce.trouble !== null) log.error('policy.invalid', { ...inForce.trouble });
  const settings = openSettings(join(dataFolder, 'settings.json'), (detail) => log.error('settings.damaged', { detail }), inForce.policy);
  if (settings.read().registerId === '') settings.change({ registerId: randomUUID() });
  const connections = openConnections();
  const timers: Timers = {
    after(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  };
  const monotonicMs = () => performance.now();
  const utcNow = () => new Date().toISOString();

  function tokenSourceOf(credentials: Credentials, send: SendRequest): AccessTokenSource {
    if (credentials.kind === 'client') return clientCredentialsSource(JUSTIFI_API, credentials, send);
    return tokenBrokerSource({ ...credentials, registerId: settings.read().registerId }, { sendRequest: send, utcNow, newNonce: randomUUID });
  }

  function rememberJournal(name: Mode | 'audit'): void {
    const { journals } = settings.read();
    if (!journals.includes(name)) settings.change({ journals: [...journals, name] });
  }

  return {
    redactor,
    log,
    settings,
    policy: { locked: inForce.policy.locked, trouble: inForce.trouble },
    keychain: openKeychain(),
    connections,
    timers,
    monotonicMs,
    utcNow,
    tokenSourceOf,
    rememberJournal,
    tryCredentials(credentials) {
      const keyMode = credentials.kind === 'client' ? modeOfClientId(credentials.clientId) : null;
      return openTrial({ sendRequest: connections.send, monotonicMs, onToken: (token) => redactor.protect('token', token), baseUrl: JUSTIFI_API, tokenSource: tokenSourceOf(credentials, connections.send) }, keyMode);
    },
    openAuditLog(onChange) {
      const auditFile = openAuditFile({
        file: join(dataFolder, 'audit.db'),
        utcNow,
        utcOffsetInMinutes: () => -new Date().getTimezoneOffset(),
        mustExist: settings.read().journals.includes('audit'),
        timers,
        onHealth: (health) => log.error(`audit.${health.kind}`, { health: JSON.stringify(health) }),
        onTrouble: ({ detail }) => log.error('audit.trouble', { detail }),
        registerName: () => settings.read().registerName,
        onChange,
      });
      if (auditFile.unusable() === null) rememberJournal('audit');
      return auditFile;
    },
  };
}

/** A folder that was there before Counter may be open to everybody on the PC. */
function keepForOwner(folder: string, log: Log): void {
  try {
    chmodSync(folder, 0o700);
  } catch (error) {
    log.warn('data-folder.open-to-others', { code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' });
  }
}
