import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, disregard, failed, ok } from '../../contract/result.ts';
import { type StoredPin, newPepper } from './pin-hash.ts';

type PepperParts = {
  readonly keychain: {
    readPepper(): Promise<Result<string, { readonly kind: KeychainProblem }>>;
    savePepper(pepper: string): Promise<Result<null, { readonly kind: KeychainProblem }>>;
    bindPin(registerId: string, pin: StoredPin | null): Promise<Result<null, { readonly kind: KeychainProblem }>>;
    read(): Promise<Result<unknown, { readonly kind: KeychainProblem }>>;
  };
  readonly registerId: () => string;
  readonly managerPin: () => StoredPin | null;
  /** With an account, credentials must be in the keychain: one that looks empty is locked or was reset. */
  readonly hasAccount: () => boolean;
  readonly protect: (secret: string) => void;
};

export type Pepper = {
  read(): Promise<Result<string, { readonly kind: KeychainProblem }>>;
  /** Creates one when there is none; never while the keychain may just be locked. */
  ensure(): Promise<Result<string, { readonly kind: KeychainProblem }>>;
  /** Called after credentials were saved. Writes the pepper and the PIN back into a keychain that was reset; otherwise no PIN works after the next start. */
  keep(): Promise<void>;
  /** Saves the manager's PIN with it. Returns a function that undoes it. */
  bindPin(pin: StoredPin): Promise<Result<() => Promise<unknown>, { readonly kind: KeychainProblem }>>;
};

/** The pepper is added to every PIN before hashing. It is only in the keychain and in main's memory. */
export function createPepper({ keychain, registerId, managerPin, hasAccount, protect }: PepperParts): Pepper {
  let known: string | null = null;

  function remember(pepper: string): Result<string, never> {
    protect(pepper);
    known = pepper;
    return ok(pepper);
  }

  async function read(): Promise<Result<string, { readonly kind: KeychainProblem }>> {
    if (known !== null) return ok(known);
    const kept = await keychain.readPepper();
    return kept.kind === 'ok' ? remember(kept.value) : kept;
  }

  return {
    read,
    async keep() {
      if (known === null || (await keychain.readPepper()).kind === 'ok') return;
      disregard(await keychain.savePepper(known), 'the PIN opens until the next start, and then the keychain’s trouble is said');
      const pin = managerPin();
      if (pin !== null) disregard(await keychain.bindPin(registerId(), pin), 'as above');
    },
    async bindPin(pin) {
      const before = managerPin();
      const bound = await keychain.bindPin(registerId(), pin);
      return bound.kind === 'ok' ? ok(() => keychain.bindPin(registerId(), before)) : bound;
    },
    async ensure() {
      const kept = await read();
      if (kept.kind === 'ok' || kept.failure.kind !== 'keychain-locked') return kept;
      if (hasAccount() && (await keychain.read()).kind === 'failed') return failed({ kind: 'keychain-locked' });
      const pepper = newPepper();
      const saved = await keychain.savePepper(pepper);
      return saved.kind === 'ok' ? remember(pepper) : saved;
    },
  };
}
