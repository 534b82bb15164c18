import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { newPepper } from './pin-hash.ts';

export type PepperParts = {
  readonly keychain: {
    readPepper(): Promise<Result<string, { readonly kind: KeychainProblem }>>;
    savePepper(pepper: string): Promise<Result<null, { readonly kind: KeychainProblem }>>;
    read(): Promise<Result<unknown, { readonly kind: KeychainProblem }>>;
  };
  /** Then credentials must be in the keychain, and one that looks empty is locked or was reset. */
  readonly hasAccount: () => boolean;
  readonly protect: (secret: string) => void;
};

export type Pepper = {
  read(): Promise<Result<string, { readonly kind: KeychainProblem }>>;
  /** Made when there is none; never while the keychain may be only locked. */
  ensure(): Promise<Result<string, { readonly kind: KeychainProblem }>>;
  /** The credentials were saved, perhaps into a keychain that was reset: what is still known here goes back to them, or no PIN opens after the next start. */
  keep(): Promise<void>;
};

/** What is added to every PIN before it is hashed. It stays in the keychain, and in the memory of main. */
export function openPepper({ keychain, hasAccount, protect }: PepperParts): Pepper {
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
      if (known !== null && (await keychain.readPepper()).kind === 'failed') await keychain.savePepper(known);
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
