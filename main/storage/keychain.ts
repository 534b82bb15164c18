import { z } from 'zod';
import { type Credentials, keptCredentials } from '../../contract/credentials.ts';
import { parseJson } from '../../contract/json.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { foreignId, secretText } from '../../contract/text.ts';
import { type PasswordStore, withTimeLimit } from './password-store.ts';
import { type StoredPin, storedPin } from './pin-file.ts';

/** The keychain item of the shop's secret: one item, one service name. */
const SERVICE = 'Counter';
const ACCOUNT = 'justifi';
/** An item of its own, because it is written often: a write that is cut short costs no credentials. */
const AUDIT_ACCOUNT = 'audit';

/** The register for which the credentials were typed: for another one, with other settings, they give no access. */
const boundRegister = z.strictObject({ id: foreignId(60), subAccountId: foreignId(100) });
type BoundRegister = Readonly<z.infer<typeof boundRegister>>;

/** The manager's PIN, and of which register: without it, deleting `pins.json` would open the manager's side, and an older one bring an older PIN back. */
const boundPin = z.strictObject({ registerId: foreignId(60), pin: storedPin });
type BoundPin = Readonly<z.infer<typeof boundPin>>;

/** The item: the credentials and their register while an account is connected; from the first PIN on the pepper of the PINs, and the manager's PIN. */
const storedItem = z.strictObject({ credentials: keptCredentials.optional(), register: boundRegister.optional(), pepper: secretText(200, 1).optional(), managerPin: boundPin.optional() });
type StoredItem = z.infer<typeof storedItem>;

/** How far the audit log of a register reached. */
const auditHead = z.strictObject({ registerId: foreignId(60), sequence: z.int().min(0), link: secretText(64, 64) });
export type KeptAuditHead = Readonly<z.infer<typeof auditHead>>;

/** `keychain-locked`: nothing was found. Where nothing is expected, it is simply not there yet. `detail` is for the log. */
export type KeychainFailure = { readonly kind: KeychainProblem; readonly detail?: string };

export type Keychain = {
  read(): Promise<Result<Credentials, KeychainFailure>>;
  save(credentials: Credentials, register: BoundRegister): Promise<Result<null, KeychainFailure>>;
  /** Reads the account's part. `mustTell`: tells an empty keychain from a locked one, which takes a write. */
  readContent(mustTell: boolean): Promise<KeychainContent>;
  /** For a change that may have to be undone: returns a function that restores the account as it is now. */
  remember(): Promise<() => Promise<unknown>>;
  /** The register's id changes: entries bound to `before` are bound to `after`. */
  rebind(before: string, after: string): Promise<Result<null, KeychainFailure>>;
  /** Removes the credentials. Ok also when there was nothing to remove. */
  remove(): Promise<Result<null, KeychainFailure>>;
  /** Null: none was kept, or it cannot be read any more. */
  readAuditHead(): Promise<Result<KeptAuditHead | null, KeychainFailure>>;
  saveAuditHead(head: KeptAuditHead): Promise<Result<null, KeychainFailure>>;
  readPepper(): Promise<Result<string, KeychainFailure>>;
  savePepper(pepper: string): Promise<Result<null, KeychainFailure>>;
  /** From now on this is the manager's PIN of this register, and overrides `pins.json`. Null: there is none. */
  bindPin(registerId: string, pin: StoredPin | null): Promise<Result<null, KeychainFailure>>;
};

/** `nothing`: it was read, and there are no credentials in it. */
export type KeychainContent =
  | { readonly kind: 'credentials'; readonly credentialsKind: Credentials['kind']; readonly register: BoundRegister | null; readonly managerPin: BoundPin | null }
  | { readonly kind: 'nothing'; readonly managerPin: BoundPin | null }
  | { readonly kind: KeychainProblem };

type KeychainParts = {
  /** Imports the native module when it is first needed, so that a PC without libsecret still starts in training mode. */
  readonly load?: () => Promise<PasswordStore>;
  readonly answerWithinMs?: number;
  /** Called when it answers after the time limit. */
  readonly onLateAnswer?: () => void;
};

/** A keychain answers in milliseconds. One that asks the user for a password may take longer; the till shows that meanwhile. */
const ANSWER_WITHIN_MS = 4_000;

/** The operating system's keychain through keytar: Keychain, Credential Manager, or the Secret Service. */
export function openKeychain({ load = loadKeytar, answerWithinMs = ANSWER_WITHIN_MS, onLateAnswer = () => {} }: KeychainParts = {}): Keychain {
  let last: Promise<unknown> = Promise.resolve();
  const timeLimited = withTimeLimit(load, answerWithinMs, onLateAnswer);

  /** One after the other: an item is read and written as a whole. */
  function use<Value>(action: (store: PasswordStore) => Promise<Result<Value, KeychainFailure>>): Promise<Result<Value, KeychainFailure>> {
    const done = last.then(async (): Promise<Result<Value, KeychainFailure>> => {
      try {
        return await action(await timeLimited());
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
    async readContent(mustTell) {
      const seen = await use((store) => contentOf(store, mustTell));
      return seen.kind === 'ok' ? seen.value : { kind: seen.failure.kind };
    },
    save: (credentials, register) => use((store) => changeItem(store, (item) => ({ ...item, credentials, register }))),
    async remember() {
      const before = await use(readItem);
      const { credentials, register } = before.kind === 'ok' ? before.value : {};
      return () => use((store) => setAccount(store, { credentials, register }));
    },
    rebind: (before, after) => use((store) => rebindItem(store, before, after)),
    remove: () => use((store) => setAccount(store, {})),
    readAuditHead: () =>
      use(async (store) => {
        const parsed = auditHead.safeParse(parseJson((await store.getPassword(SERVICE, AUDIT_ACCOUNT)) ?? ''));
        return ok(parsed.success ? parsed.data : null);
      }),
    saveAuditHead: (head) =>
      use(async (store) => {
        await store.setPassword(SERVICE, AUDIT_ACCOUNT, JSON.stringify(head));
        return ok(null);
      }),
    readPepper: () =>
      use(async (store) => {
        const item = await readItem(store);
        if (item.kind === 'failed') return item;
        return item.value.pepper === undefined ? failed({ kind: 'keychain-locked' }) : ok(item.value.pepper);
      }),
    savePepper: (pepper) => use((store) => changeItem(store, (item) => ({ ...item, pepper }))),
    bindPin: (registerId, pin) => use((store) => changeItem(store, ({ managerPin: _before, ...item }) => (pin === null ? item : { ...item, managerPin: { registerId, pin } }))),
  };
}

/** A locked Secret Service reads like an empty one; only a write shows the difference. Throws where there is no keychain at all. */
async function isLocked(store: PasswordStore): Promise<boolean> {
  try {
    await store.setPassword(SERVICE, 'look', 'Is this keychain open?');
    await store.deletePassword(SERVICE, 'look');
    return false;
  } catch (error) {
    if (error instanceof Error && /locked/iu.test(error.message)) return true;
    throw error;
  }
}

async function contentOf(store: PasswordStore, mustTell: boolean): Promise<Result<KeychainContent, KeychainFailure>> {
  const item = await readItem(store);
  if (item.kind === 'failed') return item.failure.kind === 'keychain-locked' && !(mustTell && (await isLocked(store))) ? ok({ kind: 'nothing', managerPin: null }) : item;
  const { credentials, register = null, managerPin = null } = item.value;
  return ok(credentials === undefined ? { kind: 'nothing', managerPin } : { kind: 'credentials', credentialsKind: credentials.kind, register, managerPin });
}

async function rebindItem(store: PasswordStore, before: string, after: string): Promise<Result<null, KeychainFailure>> {
  const item = await readItem(store);
  if (item.kind === 'failed') return item.failure.kind === 'keychain-locked' ? ok(null) : item;
  const { register, managerPin } = item.value;
  return writeItem(store, {
    ...item.value,
    ...(register?.id === before && { register: { ...register, id: after } }),
    ...(managerPin?.registerId === before && { managerPin: { ...managerPin, registerId: after } }),
  });
}

async function readItem(store: PasswordStore): Promise<Result<StoredItem, KeychainFailure>> {
  const text = await store.getPassword(SERVICE, ACCOUNT);
  if (text === null) return failed({ kind: 'keychain-locked' });
  const parsed = storedItem.safeParse(parseJson(text));
  return parsed.success ? ok(parsed.data) : failed({ kind: 'keychain-damaged' });
}

/** The other parts of the item stay. */
async function setAccount(store: PasswordStore, { credentials, register }: Pick<StoredItem, 'credentials' | 'register'>): Promise<Result<null, KeychainFailure>> {
  const item = await readItem(store);
  const { credentials: _credentials, register: _register, ...rest } = item.kind === 'ok' ? item.value : {};
  const next = { ...rest, ...(credentials && { credentials }), ...(register && { register }) };
  if (Object.keys(next).length > 0) return writeItem(store, next);
  await store.deletePassword(SERVICE, ACCOUNT);
  return ok(null);
}

/** A missing or foreign item is replaced. */
async function changeItem(store: PasswordStore, change: (item: StoredItem) => StoredItem): Promise<Result<null, KeychainFailure>> {
  const item = await readItem(store);
  return writeItem(store, change(item.kind === 'ok' ? item.value : {}));
}

async function writeItem(store: PasswordStore, item: StoredItem): Promise<Result<null, KeychainFailure>> {
  const text = JSON.stringify(item);
  await store.setPassword(SERVICE, ACCOUNT, text);
  // Read back, because a keychain that does not return its value would be noticed only at the next start.
  const kept = await store.getPassword(SERVICE, ACCOUNT);
  return kept === text ? ok(null) : failed({ kind: 'keychain-unavailable', detail: 'the value could not be read back' });
}

async function loadKeytar(): Promise<PasswordStore> {
  const { default: keytar } = await import('keytar');
  return keytar;
}
