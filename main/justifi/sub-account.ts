import { z } from 'zod';
import type { SubAccountObstacle, SubAccountOffer, SubAccountOffers } from '../../contract/connecting.ts';
import { CURRENCIES } from '../../contract/money.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, ok } from '../../contract/result.ts';
import { answeredId, reportedText } from '../../contract/text.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { JustifiApi } from './api.ts';
import { readPages } from './pages.ts';

/** Only an enabled sub account can take payments. */
const ENABLED = 'enabled';
/** A thousand shops; with more of them the id can be typed. */
const MOST_PAGES = 10;
/** The settings of each are a request of their own: read only for the first screen or two, a few at a time. */
const MOST_ASKED_FOR_SETTINGS = 40;
const AT_A_TIME = 5;

const subAccountData = z.object({
  id: answeredId,
  name: reportedText(500).nullish(),
  status: reportedText(60),
  currency: z.string().max(10).nullish(),
  account_type: z.string().max(20).nullish(),
  processing_ready: z.boolean().nullish(),
});
const subAccountAnswer = z.object({ data: subAccountData });
const settingsAnswer = z.object({ data: z.object({ payments: z.object({ credit_card_payments: z.boolean().nullish(), ach_payments: z.boolean().nullish() }) }) });

/** Test or live, by the key; null with a token broker, which holds the key. */
export type KeyMode = 'test' | 'live' | null;

/** JustiFi marks its client ids: test_… and live_…. Anything unknown is treated as real money. */
export function modeOfClientId(clientId: string): 'test' | 'live' {
  return clientId.startsWith('test_') ? 'test' : 'live';
}

/** The cashier's message when this sub account may not take payments; null when it may, or when there is no answer. */
export async function subAccountProblem(api: JustifiApi, subAccountId: string): Promise<ChargeProblem | null> {
  const read = await readSubAccount(api, subAccountId, null);
  if (read.kind === 'ok') return read.value.status === ENABLED ? null : { kind: 'not-set-up', code: `account-${read.value.status}` };
  const { failure } = read;
  return failure.kind === 'unauthorised' || failure.kind === 'forbidden' || failure.kind === 'invalid' ? { kind: 'not-set-up', code: failure.code } : null;
}

/** One sub account by its id, without its ways to pay. */
export async function readSubAccount(api: JustifiApi, subAccountId: string, keyMode: KeyMode): Promise<Result<SubAccountOffer, JustifiFailure>> {
  const answer = await api.send({ method: 'GET', path: `/v1/sub_accounts/${encodeURIComponent(subAccountId)}`, answer: subAccountAnswer });
  return answer.kind === 'ok' ? ok(offerOf(answer.value.data, keyMode)) : answer;
}

/** The sub accounts that these credentials may use, by name; those that can be chosen first. JustiFi leaves out archived ones. */
export async function listSubAccounts(api: JustifiApi, keyMode: KeyMode): Promise<Result<SubAccountOffers, JustifiFailure>> {
  const read = await readPages(api, { path: '/v1/sub_accounts', item: subAccountData, mostPages: MOST_PAGES });
  if (read.kind === 'failed') return read;
  const sorted = read.value.items
    .map((data) => offerOf(data, keyMode))
    .toSorted((a, b) => Number(a.obstacle !== null) - Number(b.obstacle !== null) || a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  const offers = [...sorted];
  for (let first = 0; first < Math.min(offers.length, MOST_ASKED_FOR_SETTINGS); first += AT_A_TIME) {
    // oxlint-disable-next-line no-await-in-loop -- JustiFi limits how much may be asked at once
    const asked = await Promise.all(sorted.slice(first, first + AT_A_TIME).map((offer) => withWhatItTakes(api, offer)));
    offers.splice(first, asked.length, ...asked);
  }
  return ok({ offers, isCut: read.value.isCut });
}

const waysAnswer = z.object({ data: z.object({ payments: z.object({ card_present: z.boolean().nullish(), ach_payments: z.boolean().nullish(), bank_account_verification: z.boolean().nullish(), insurance_payments: z.boolean().nullish(), bnpl_payments: z.boolean().nullish() }) }) });

/** `cardPresent`: at card readers. `plaid`: by a login at the bank. `insurance`: with an insurance beside the payment. `sezzle`: later, by Sezzle. */
export type TakenWays = { readonly cardPresent: boolean; readonly plaid: boolean; readonly insurance: boolean; readonly sezzle: boolean };

/** The ways to pay that JustiFi allows for the account; null: no answer. */
export async function takenWays(api: JustifiApi, subAccountId: string): Promise<TakenWays | null> {
  const answer = await api.send({ method: 'GET', path: `/v1/sub_accounts/${encodeURIComponent(subAccountId)}/settings`, answer: waysAnswer });
  if (answer.kind === 'failed') return null;
  const { card_present: cardPresent, ach_payments: bankAccounts, bank_account_verification: isVerified, insurance_payments: hasInsurance, bnpl_payments: paysLater } = answer.value.data.payments;
  return { cardPresent: cardPresent !== false, plaid: bankAccounts === true && isVerified === true, insurance: hasInsurance === true, sezzle: paysLater === true };
}

/** A shop whose settings cannot be read can be chosen all the same. */
async function withWhatItTakes(api: JustifiApi, offer: SubAccountOffer): Promise<SubAccountOffer> {
  if (offer.obstacle !== null) return offer;
  const answer = await api.send({ method: 'GET', path: `/v1/sub_accounts/${encodeURIComponent(offer.id)}/settings`, answer: settingsAnswer });
  if (answer.kind === 'failed') return offer;
  const { credit_card_payments: cards, ach_payments: bankAccounts } = answer.value.data.payments;
  return { ...offer, takes: { cards: cards === true, bankAccounts: bankAccounts === true } };
}

function offerOf({ id, name, status, currency, account_type: type, processing_ready: isReady }: z.infer<typeof subAccountData>, keyMode: KeyMode): SubAccountOffer {
  // Each checkout has its currency, which is compared; so a missing one here is no obstacle.
  const known = CURRENCIES.find((candidate) => candidate === (currency ?? 'usd').toUpperCase()) ?? null;
  const said = type === 'test' || type === 'live' ? type : null;
  // SECURITY: when unknown, it is treated as real money.
  const mode = said ?? keyMode ?? 'live';
  const obstacle = ((): SubAccountObstacle | null => {
    if (status !== ENABLED) return 'not-enabled';
    if (isReady === false) return 'not-ready';
    if (known === null) return 'currency-unknown';
    return keyMode !== null && mode !== keyMode ? 'mode-mixed' : null;
  })();
  return { id, name: name === undefined || name === null || name.trim() === '' ? id : name.trim(), status, currency: known, mode, takes: null, obstacle };
}
