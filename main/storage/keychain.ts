import { z } from 'zod';
import { type Credentials, keptCredentials } from '../../contract/credentials.ts';
import { parseJson } from '../../contract/json.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';

/** What the shop's secret is kept as: one item, one service name. */
const SERVICE = 'Counter';
const ACCOUNT = 'justifi';

/** The item: credentials while an account is connected, and the pepper of the PINs from the first PIN on. */
const storedItem = z.strictObject({ credentials: keptCredentials.optional(), pepper: z.string().min(1).optional() });
type StoredItem = z.infer<typeof storedItem>;

/** `keychain-locked`: nothing was found. Where nothing is expected, it is simply not there yet. `detail` is for the log. */
export type KeychainFailure = { readonly kind: KeychainProblem; readonly detail?: string };

export type Keychain = {
  read(): Promise<Result<Credentials, KeychainFailure>>;
  save(credentials: Credentials): Promise<Result<null, KeychainFailure>>;
  /** Removes the credentials. Ok also when there was nothing to remove. */
  remove(): Promise<Result<null, KeychainFailure>>;
  readPepper(): Promise<Result<string, KeychainFailure>>;
  savePepper(pepper: string): Promise<Result<null, KeychainFailure>>;
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
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: an item is read and written as a whole. */
  function use<Value>(action: (store: PasswordStore) => Promise<Result<Value, KeychainFailure>>): Promise<Result<Value, KeychainFailure>> {
    const done = last.then(async (): Promise<Result<Value, KeychainFailure>> => {
      try {
        return await action(await load());
      } catch (error) {
        return failed({ kind: 'keychain-unavailable', detail: error instanceof Error ? error.message : 'unknown' });
      }
    });
    last = done;
    return done;
  }

  return {
    read: () =>
      use(async (store) => {
        const item = await readItem(store);
        if (item.kind === 'failed') return item;
        return item.value.credentials === undefined ? failed({ kind: 'keychain-locked' }) : ok(item.value.credentials);
      }),
    save: (credentials) => use((store) => changeItem(store, (item) => ({ ...item, credentials }))),
    remove: () =>
      use(async (store) => {
        const item = await readItem(store);
        if (item.kind === 'ok' && item.value.pepper !== undefined) return writeItem(store, { pepper: item.value.pepper });
        await store.deletePassword(SERVICE, ACCOUNT);
        return ok(null);
      }),
    readPepper: () =>
      use(async (store) => {
        const item = await readItem(store);
        if (item.kind === 'failed') return item;
        return item.value.pepper === undefined ? failed({ kind: 'keychain-locked' }) : ok(item.value.pepper);
      }),
    savePepper: (pepper) => use((store) => changeItem(store, (item) => ({ ...item, pepper }))),
  };
}

async function readItem(store: PasswordStore): Promise<Result<StoredItem, KeychainFailure>> {
  const text = await store.getPassword(SERVICE, ACCOUNT);
  if (text === null) return failed({ kind: 'keychain-locked' });
  const parsed = storedItem.safeParse(parseJson(text));
  return parsed.success ? ok(parsed.data) : failed({ kind: 'keychain-damaged' });
}

/** An item that is not there, or not ours, is begun anew. */
async function changeItem(store: PasswordStore, change: (item: StoredItem) => StoredItem): Promise<Result<null, KeychainFailure>> {
  const item = await readItem(store);
  return writeItem(store, change(item.kind === 'ok' ? item.value : {}));
}

async function writeItem(store: PasswordStore, item: StoredItem): Promise<Result<null, KeychainFailure>> {
  const text = JSON.stringify(item);
  await store.setPassword(SERVICE, ACCOUNT, text);
  // A keychain that takes a value and does not give it back would be noticed only at the next start.
  const kept = await store.getPassword(SERVICE, ACCOUNT);
  return kept === text ? ok(null) : failed({ kind: 'keychain-unavailable', detail: 'the value could not be read back' });
}

async function loadKeytar(): Promise<PasswordStore> {
  const { default: keytar } = await import('keytar');
  return keytar;
}
