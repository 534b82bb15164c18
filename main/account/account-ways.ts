import type { TakenWays } from '../justifi/sub-account.ts';

/** The ways to pay that JustiFi allows for one account. */
export type AccountWays = {
  /** Until JustiFi has answered, readers are offered, because JustiFi refuses them itself; Plaid, an insurance and Sezzle are not. */
  taken(): TakenWays;
  /** Asks JustiFi, unless it has answered or a request is under way. */
  ask(): void;
};

/** `read`: null: no answer. */
export function createAccountWays(read: () => Promise<TakenWays | null>, onChange: () => void): AccountWays {
  let taken: TakenWays = { cardPresent: true, plaid: false, insurance: false, sezzle: false };
  let state: 'not-asked' | 'asking' | 'answered' = 'not-asked';

  async function ask(): Promise<void> {
    state = 'asking';
    const answer = await read();
    state = answer === null ? 'not-asked' : 'answered';
    if (answer === null) return;
    taken = answer;
    onChange();
  }

  return {
    taken: () => taken,
    ask() {
      if (state === 'not-asked') void ask();
    },
  };
}
