import { type Credentials, checkCredentials, secretOf } from '../../contract/credentials.ts';
import { type PinRuleProblem, checkCashierPin, checkManagerPin } from '../../contract/pin.ts';
import type { ConnectProblem } from '../../contract/problem.ts';
import { type ProvisionOrder, readProvisionOrder } from '../../contract/provision-order.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Access } from './access.ts';
import { type Audit, COUNTER } from './audit.ts';
import type { Cashiers } from './cashiers.ts';
import { type ConnectParts, type ConnectedAccount, connectAccount } from './connect-account.ts';

type ProvisionParts = Pick<ConnectParts, 'tryCredentials' | 'keychain'> & {
  /** All that came on standard input; null when it was longer than any order. */
  readonly input: string | null;
  readonly access: Pick<Access, 'view' | 'checkPin' | 'proveSecret' | 'setPin'>;
  readonly cashiers: Pick<Cashiers, 'view' | 'save'>;
  readonly settings: {
    read(): { readonly account: ConnectedAccount | null; readonly registerName: string };
    /** The settings that the company's policy locks, by name. */
    readonly locked: readonly string[];
    change(change: { readonly account: ConnectedAccount; readonly registerName: string; readonly isSetUp: true }): Result<null, unknown>;
  };
  /** Open payments of the connected account, which only its credentials can read at JustiFi; null: not known. */
  readonly openPayments: () => number | null;
  readonly audit: Pick<Audit, 'note' | 'noteFirst'>;
  /** Keeps this text out of every log. `typed`: it may be any word. */
  readonly protect: (kind: 'typed' | 'credentials', secret: string) => void;
};

type ProvisionProblem = ConnectProblem | PinRuleProblem | { readonly kind: 'order-invalid' | 'already-connected' | 'not-proved' };

/** `notSaved`: the register is connected, and this is why the PINs of the order were not saved; null: all are saved. */
type Provisioned = ConnectedAccount & { readonly notSaved: string | null };

/**
 * Connects a register once, without a screen, for an administrator. Checked with JustiFi exactly as on the
 * manager's side; nothing is saved unless all of it works.
 */
export async function provision(parts: ProvisionParts): Promise<Result<Provisioned, ProvisionProblem>> {
  const read = readProvisionOrder(parts.input ?? '');
  if (read.kind === 'failed') return read;
  const order = read.value;
  parts.protect('typed', secretOf(order.credentials).trim());
  for (const typed of [...Object.values(order.proof), order.newManagerPin, ...order.cashiers.map(({ pin }) => pin)]) if (typed !== undefined) parts.protect('typed', typed);
  if (parts.settings.read().account !== null && !order.replace) return failed({ kind: 'already-connected' });
  const pins = checkPins(order);
  if (pins.kind === 'failed') return pins;
  const checked = checkCredentials(order.credentials);
  if (checked.kind === 'failed') return checked;
  parts.protect('credentials', secretOf(checked.value));
  if (parts.access.view().kind !== 'open' && !(await isProved(parts, order, checked.value))) {
    parts.audit.note(COUNTER, 'account-refused', { result: 'not-proved', by: 'provisioning' });
    return failed({ kind: 'not-proved' });
  }
  const connected = await connectAccount({ ...parts, saveAccount: (account) => saveAccount(parts, order, account), whyNotNow: () => whyNotNow(parts, order) }, checked.value, order.subAccountId);
  if (connected.kind === 'failed') {
    parts.audit.note(COUNTER, 'account-refused', { result: connected.failure.kind, by: 'provisioning' });
    return connected;
  }
  return ok({ ...connected.value, notSaved: await savePins(parts, order) });
}

/** Before anything is changed. */
function checkPins({ newManagerPin, cashiers }: ProvisionOrder): Result<null, PinRuleProblem> {
  const checks = [...(newManagerPin === undefined ? [] : [checkManagerPin(newManagerPin)]), ...cashiers.map(({ pin }) => checkCashierPin(pin))];
  const wrong = checks.find((check) => check.kind === 'failed');
  return wrong ?? ok(null);
}

/** The manager's PIN, then the cashiers, who need one (C-83). Null: all is saved. */
async function savePins({ access, cashiers }: ProvisionParts, order: ProvisionOrder): Promise<string | null> {
  const stillOpen = () => true;
  if (order.newManagerPin !== undefined) {
    const set = await access.setPin({ currentPin: order.proof.managerPin ?? null, pin: order.newManagerPin }, stillOpen);
    if (set.kind === 'failed') return set.failure.kind;
  }
  for (const { name, pin } of order.cashiers) {
    const known = cashiers.view().all.find((cashier) => cashier.name.toLowerCase() === name.toLowerCase());
    const saved = await cashiers.save({ cashierId: known?.id ?? null, name, pin }, stillOpen);
    if (saved.kind === 'failed') return saved.failure.kind;
  }
  return null;
}

/** As on the manager's side: a change of account waits for the open payments of the present one, unless the order abandons them. */
function whyNotNow({ settings, openPayments }: ProvisionParts, { subAccountId, leaveOpenPayments }: ProvisionOrder): ConnectProblem | null {
  const before = settings.read().account;
  if (before === null || before.subAccountId === subAccountId.trim() || leaveOpenPayments) return null;
  const count = openPayments();
  return count === 0 ? null : { kind: 'payments-open', count: count ?? 1 };
}

/** SECURITY: a change of account needs the same proof as on the manager's side. The credentials of the order count where they are those in use. */
async function isProved({ access, keychain }: ProvisionParts, { proof }: ProvisionOrder, given: Credentials): Promise<boolean> {
  if (proof.managerPin !== undefined) return (await access.checkPin(proof.managerPin)).kind === 'ok';
  if (proof.oldSecret === undefined) return (await access.proveSecret(given)).kind === 'ok';
  const kept = await keychain.read();
  return kept.kind === 'ok' && (await access.proveSecret(withSecret(kept.value, proof.oldSecret))).kind === 'ok';
}

function withSecret(credentials: Credentials, secret: string): Credentials {
  return credentials.kind === 'client' ? { ...credentials, clientSecret: secret } : { ...credentials, key: secret };
}

function saveAccount({ settings, audit }: ProvisionParts, order: ProvisionOrder, account: ConnectedAccount): Result<null, unknown> {
  const { subAccountId, name, mode, credentialsKind } = account;
  const noted = audit.noteFirst(COUNTER, 'account-connected', { subAccountId, name, mode, credentialsKind, before: settings.read().account?.subAccountId ?? null, by: 'provisioning' });
  if (noted.kind === 'failed') return noted;
  const before = settings.read().registerName;
  // A name that the company has locked stays.
  const registerName = settings.locked.includes('registerName') ? before : (order.registerName ?? before);
  if (registerName !== before) audit.note(COUNTER, 'setting-changed', { setting: 'registerName', old: JSON.stringify(before), new: JSON.stringify(registerName), by: 'provisioning' });
  const changed = settings.change({ account, registerName, isSetUp: true });
  return changed.kind === 'ok' ? ok(null) : changed;
}
