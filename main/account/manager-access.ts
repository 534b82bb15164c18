import type { Credentials } from '../../contract/credentials.ts';
import { type Result, failed } from '../../contract/result.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import { type Access, type AccessParts, createAccess } from '../manager/access.ts';
import { type Pepper, createPepper } from '../manager/pepper.ts';
import type { AppServices } from './app-services.ts';

const NOTHING_TO_COMPARE: JustifiFailure = { kind: 'unauthorised', code: 'nothing-to-compare', status: 401 };

/** Access to this register's manager side. SECURITY: when its settings cannot be trusted, only the keychain decides who gets in. */
export function createManagerAccess(services: AppServices, { note, onChange }: Pick<AccessParts, 'note' | 'onChange'>): { readonly access: Access; readonly pepper: Pepper } {
  const { settings, pins, keychain, redactor, timers, monotonicMs } = services;
  const pepper = createPepper({
    keychain,
    registerId: services.registerId,
    managerPin: () => pins.read().managerPin,
    hasAccount: () => settings.read().account !== null,
    protect: (value) => redactor.protect('pepper', value),
  });

  /** Null: there is no account, and that is certain. */
  function accountCredentialsKind(): Credentials['kind'] | null {
    const inSettings = settings.read().account?.credentialsKind ?? null;
    if (services.isDecided()) return inSettings;
    const keychainContent = services.keychainContent();
    return keychainContent?.kind === 'credentials' ? keychainContent.credentialsKind : (inSettings ?? 'client');
  }

  async function tryCredentials(credentials: Credentials): Promise<Result<unknown, JustifiFailure>> {
    const keychainContent = services.keychainContent();
    const trial = services.tryCredentials(credentials);
    const subAccountId = services.isDecided() ? settings.read().account?.subAccountId : keychainContent?.kind === 'credentials' ? keychainContent.register?.subAccountId : undefined;
    if (subAccountId !== undefined) return trial.read(subAccountId);
    // Settings and keychain were both lost: any credentials that JustiFi accepts may set the register up again. No data of the old account remains to be misused.
    const isAllLost = keychainContent?.kind === 'keychain-damaged' || (keychainContent?.kind === 'nothing' && keychainContent.managerPin === null);
    return isAllLost ? trial.access() : failed(NOTHING_TO_COMPARE);
  }

  const access = createAccess({
    pins,
    readPepper: pepper.read,
    ensurePepper: pepper.ensure,
    bindPin: pepper.bindPin,
    accountCredentialsKind,
    readCredentials: keychain.read,
    tryCredentials,
    timers,
    monotonicMs,
    wallMs: Date.now,
    note,
    onChange,
  });
  return { access, pepper };
}
