import { expect, test } from 'vitest';
import { createAccountWays } from '../../main/account/account-ways.ts';
import type { TakenWays } from '../../main/justifi/sub-account.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a shop that starts without a connection offers Plaid as soon as JustiFi has answered', async () => {
  const answers: (TakenWays | null)[] = [null, { cardPresent: true, plaid: true, insurance: false, sezzle: false }];
  let asked = 0;
  let changes = 0;
  const ways = createAccountWays(async () => ((asked += 1), answers.shift() ?? null), () => void (changes += 1));
  ways.ask();
  ways.ask();
  await settled();
  expect({ asked, changes, taken: ways.taken() }).toEqual({ asked: 1, changes: 0, taken: { cardPresent: true, plaid: false, insurance: false, sezzle: false } });
  ways.ask();
  await settled();
  ways.ask();
  expect({ asked, changes, taken: ways.taken() }).toEqual({ asked: 2, changes: 1, taken: { cardPresent: true, plaid: true, insurance: false, sezzle: false } });
});
