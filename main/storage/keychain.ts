import { z } from 'zod';
import { type Result, failed, ok } from '../../contract/result.ts';

/** What the shop's secret is kept as: one item, one service name. */
const SERVICE = 'Counter';
const ACCOUNT = 'justifi';

const storedCredentials = z.strictObject({ clientId: z.string().min(1), clientSecret: z.string().min(1) });
export type StoredCredentials = z.infer<typeof storedCredentials>;

/** Why the keychain did not help. `absent` may also mean locked: the Secret Service library cannot tell the two apart. */
export type KeychainFailure = { readonly kind: 'absent' } | { readonly kind: 'unavailable'; readonly detail: string } | { readonly kind: 'damaged' };

export type Keychain = {
  read(): Promise<Result<StoredCredentials, KeychainFailure>>;
  save(credentials: StoredCredentials): Promise<Result<null, KeychainFailure>>;
  /** Ok also when there was nothing to remove. */
  remove(): Promise<Result<null, KeychainFailure>>;
};

/** The part of keytar we use. `findCredentials` is left out: on a locked keyring it kills the process. */
export type PasswordStore = {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
};

/**
 * The operating system's keychain through keytar: Keychain, Credential Manager, or the Secret Service.
 * `load` imports the native module when it is first needed, so that a PC without libsecret still starts in training mode.
 */
export function openKeychain(load: () => Promise<PasswordStore> = loadKeytar): Keychain {
  async function use<Value>(action: (store: PasswordStore) => Promise<Result<Value, KeychainFailure>>): Promise<Result<Value, KeychainFailure>> {
    try {
      return await action(await load());
    } catch (error) {
      return failed({ kind: 'unavailable', detail: error instanceof Error ? error.message : 'unknown' });
    }
  }

  return {
    read: () =>
      use(async (store) => {
        const item = await store.getPassword(SERVICE, ACCOUNT);
        if (item === null) return failed({ kind: 'absent' });
        const parsed = storedCredentials.safeParse(parseJson(item));
        return parsed.success ? ok(parsed.data) : failed({ kind: 'damaged' });
      }),
    save: (credentials) =>
      use(async (store) => {
        await store.setPassword(SERVICE, ACCOUNT, JSON.stringify(credentials));
        // A keychain that takes a value and does not give it back would be noticed only at the next start.
        const kept = await store.getPassword(SERVICE, ACCOUNT);
        return kept === JSON.stringify(credentials) ? ok(null) : failed({ kind: 'unavailable', detail: 'the value could not be read back' });
      }),
    remove: () =>
      use(async (store) => {
        await store.deletePassword(SERVICE, ACCOUNT);
        return ok(null);
      }),
  };
}

async function loadKeytar(): Promise<PasswordStore> {
  const { default: keytar } = await import('keytar');
  return keytar;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
