/** One rule of Counter's, broken on purpose. */
export type Mutation = {
  readonly name: string;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
  /** The narrowest specs that have to notice it; of a long one, the tests with these words in their name. */
  readonly specs: readonly string[];
  readonly tests?: string;
  /** Does a storm of 48 sales have to notice it as well? Not what only a power cut or a full disk would show, nor what is too rare in so few. */
  readonly storm: boolean;
};

const REGISTER_SPEC = 'test/unit/register.spec.ts';
const LEDGER_SPEC = 'test/unit/sale-ledger.spec.ts';
const RECONCILE_SPEC = 'test/unit/reconcile.spec.ts';
const JUSTIFI_SPEC = 'test/unit/justifi-requests.spec.ts';
const GAP_SPEC = 'test/unit/gap.spec.ts';

const PAID_BY_THE_PAGE = `{ kind: 'paid', paymentId: 'py_page', paidWith: { kind: 'unknown', brand: null, last4: null }, chargedInCents: sale.purchase.totalInCents }`;
const DECLINED_BY_THE_PAGE = `{ kind: 'declined', reason: 'declined', code: 'page', attempts: { ...sale.attempts, open: 0 } }`;

function believing(word: 'submitted' | 'failed', outcome: string) {
  return {
    file: 'main/sale/tender-host.ts',
    find: `} else if (sale.kind === 'submitting' && hint.kind !== 'answered') {`,
    replace: `} else if (sale.kind === 'submitting' && hint.kind === '${word}') {\n      current.learn({ kind: 'outcome-known', outcome: ${outcome}, at: '' });\n    } else if (sale.kind === 'submitting' && hint.kind !== 'answered') {`,
  };
}

/** One text in one file, noticed by these specs; not by a storm of 48 sales, where nothing else is said. */
function rule(name: string, file: string, find: string, replace: string, specs: readonly string[] = [LEDGER_SPEC], storm = false): Mutation {
  return { name, edits: [{ file, find, replace }], specs, storm };
}

const SALE = 'main/sale';

export const MUTATIONS: readonly Mutation[] = [
  rule(
    'Pay is allowed first and written down a second later',
    `${SALE}/tender-host.ts`,
    `const noted = current.intend({ kind: 'submit-allowed', checkoutId, amountInCents: purchase.totalInCents, failed: verdict.failed });\n    if (noted.kind === 'failed') return failed({ kind: 'journal-unwritable' });`,
    `setTimeout(() => void current.intend({ kind: 'submit-allowed', checkoutId, amountInCents: purchase.totalInCents, failed: verdict.failed }), 25);`,
    [REGISTER_SPEC],
    true,
  ),
  rule(
    'A checkout is asked for before that is written down',
    `${SALE}/card-form/sale-checkout.ts`,
    `if (current.intend({ kind: 'checkout-asked', amountInCents: PREPARED_AMOUNT_IN_CENTS, idempotencyKey }).kind === 'failed') return;`,
    `parts.timers.after(1_000, () => void current.intend({ kind: 'checkout-asked', amountInCents: PREPARED_AMOUNT_IN_CENTS, idempotencyKey }));`,
    [REGISTER_SPEC],
    true,
  ),
  rule(
    'Another try gets another checkout',
    `${SALE}/transition.ts`,
    `sale.kind === 'declined' || sale.kind === 'not-charged' ? { ...onCheckout(sale), kind: 'preparing' } : null;`,
    `sale.kind === 'declined' || sale.kind === 'not-charged' ? { ...onCheckout(sale), kind: 'preparing', checkoutId: null, attempts: NO_ATTEMPTS } : null;`,
    [REGISTER_SPEC],
    true,
  ),
  rule(
    'Another try forgets what may still arrive',
    `${SALE}/transition.ts`,
    `sale.kind === 'declined' || sale.kind === 'not-charged' ? { ...onCheckout(sale), kind: 'preparing' } : null;`,
    `sale.kind === 'declined' || sale.kind === 'not-charged' ? { ...onCheckout(sale), kind: 'preparing', attempts: { ...sale.attempts, open: 0 } } : null;`,
  ),
  { name: 'The page says that it was paid, and is believed', edits: [believing('submitted', PAID_BY_THE_PAGE)], specs: [REGISTER_SPEC], storm: true },
  { name: 'The page says that it failed, and is believed', edits: [believing('failed', DECLINED_BY_THE_PAGE)], specs: [REGISTER_SPEC], storm: true },
  rule(
    'The prepared form is shown without JustiFi having confirmed the amount',
    `${SALE}/card-form/sale-checkout.ts`,
    `if (changed.kind === 'ok' && wrong.length === 0) return changed.value;`,
    `if (changed.kind === 'failed' || wrong.length >= 0) return { ...created.value, amountInCents: purchase.totalInCents };`,
    [REGISTER_SPEC],
  ),
  rule('A prepared checkout that was tried before is accepted', `${SALE}/card-form/prepared-checkout.ts`, `completions: checkout.completions.length === 0,`, '', [REGISTER_SPEC]),
  rule('A submitted sale is forgotten at the next start', `${SALE}/recovery.ts`, `return 'counter';`, `return 'nothing';`, [REGISTER_SPEC], true),
  rule('PAID that nobody has seen is not shown again after a crash', `${SALE}/recovery.ts`, `if (unseen !== null) current.replace(unseen);`, '', [REGISTER_SPEC], true),
  rule(
    'No answer from JustiFi counts as declined',
    `${SALE}/reconcile.ts`,
    `if (input.checkout.kind === 'failed') return unclear(`,
    `if (input.checkout.kind === 'failed' && input.checkout.failure.kind === 'server') return known({ kind: 'declined', reason: 'declined', code: 'http-5xx', attempts: input.attempts });\n  if (input.checkout.kind === 'failed') return unclear(`,
    [RECONCILE_SPEC],
  ),
  rule('What JustiFi does not show at once never arrived', `${SALE}/reconcile.ts`, 'export const NEVER_ARRIVED_AFTER_MS = 150_000;', 'export const NEVER_ARRIVED_AFTER_MS = 0;', [REGISTER_SPEC], true),
  rule('What JustiFi does not show for 150 seconds cannot arrive any more', `${SALE}/reconcile.ts`, 'export const CANNOT_ARRIVE_AFTER_MS = 60 * 60_000;', 'export const CANNOT_ARRIVE_AFTER_MS = 150_000;'),
  rule('NOT CHARGED is said though JustiFi lists a payment', `${SALE}/reconcile.ts`, `if (payments?.kind === 'ok' && payments.value.every(hasEndedUnpaid)) return known(outcome);`, `if (payments?.kind !== 'failed') return known(outcome);`, [RECONCILE_SPEC]),
  rule('DECLINED is said while an attempt is open', `${SALE}/reconcile.ts`, `if (open !== undefined) return fromPayments(`, `if (open !== undefined && input.payments === undefined) return fromPayments(`, [RECONCILE_SPEC]),
  rule('Attempts are counted instead of told apart by their ids', `${SALE}/reconcile.ts`, `checkout.completions.filter(({ id }) => !attempts.failed.includes(id));`, `checkout.completions.slice(attempts.failed.length);`, [RECONCILE_SPEC]),
  rule('The first failure is the answer to every request', `${SALE}/reconcile.ts`, `if (now.open > 0 && elapsedMs < waitMs) return unclear('attempt-missing');`, '', [RECONCILE_SPEC]),
  rule('A payment that comes late is ignored', `${SALE}/transition.ts`, `'paymentId' in sale) return sale;`, `'paymentId' in sale || (sale.kind === 'unresolved' && outcome.kind === 'paid')) return sale;`, [REGISTER_SPEC]),
  rule('A late payment of another amount is told at the price of the sale', `${SALE}/transition.ts`, `if (chargedInCents !== sale.purchase.totalInCents) return {`, `if (chargedInCents !== sale.purchase.totalInCents && sale.kind !== 'unresolved') return {`),
  rule('A wrong amount that was found late does not stop the till', `${SALE}/counter.ts`, `current.replace(wrong);`, ''),
  rule('A form that was lost counts as not charged, without JustiFi being asked', `${SALE}/transition.ts`, `if (sale.kind === 'submitting' || sale.kind === 'ready') return { ...sale, kind: 'checking' };`, `if (sale.kind === 'submitting') return { ...sale, kind: 'checking' };\n  if (sale.kind === 'ready') return { ...sale, kind: 'not-charged', reason: 'form-lost' };`),
  rule('A payment that may still arrive is not watched while another try is made', `${SALE}/outcome-watch.ts`, `if (attempts.open > 0) return {`, `if (attempts.open > 99) return {`),
  rule('A payment that may still arrive is not watched after a restart', `${SALE}/transition.ts`, `return open > 0 ? ifOpen : 'unsubmitted';`, `return open > 99 ? ifOpen : 'unsubmitted';`),
  rule('A fact that cannot be written is forgotten', `${SALE}/sale-ledger.ts`, `callOff = timers.after(WRITE_AGAIN_AFTER_MS, () => void writeFacts());`, `unwritten.length = 0;`),
  rule('A fact is true only when it is written', `${SALE}/sale-ledger.ts`, `      writeFacts();\n      put(next, fact);`, `      if (writeFacts()) put(next, fact);`),
  rule('Intents are written before the facts that wait', `${SALE}/sale-ledger.ts`, `if (!writeFacts() || !write(next.value, intent))`, `if (!write(next.value, intent))`),
  rule('A journal that cannot be written does not stop a sale', `${SALE}/sale-ledger.ts`, `if (!writeFacts() || !write(next.value, intent)) return failed({ kind: 'journal-unwritable' });`, `write(next.value, intent);`, [REGISTER_SPEC]),
  rule('Signs of a payment that was never allowed are ignored', `${SALE}/tender-host.ts`, `if (isSignOfPayment(hint) && (`, `if (word === '' && (`),
  rule('Pay does not wait for the amount that JustiFi holds', `${SALE}/tender-host.ts`, `const verdict = await amounts.verdict(sale);`, `const verdict: Verdict = { kind: 'agrees', failed: [] };`),
  rule('An old answer about the amount is good for ever', `${SALE}/amount-check.ts`, `const FRESH_FOR_MS = 60_000;`, `const FRESH_FOR_MS = 600_000_000;`),
  rule('A form on a checkout of another amount stays', `${SALE}/tender-host.ts`, `if (verdict.kind !== 'differs') return;`, `if (verdict.kind !== 'no-answer') return;`),
  rule('Each try of a void or refund takes a new key', `${SALE}/reversal-requests.ts`, `const key = idempotencyKey ?? '';`, `const key = parts.newId();`, [REGISTER_SPEC]),
  rule('A refund is of the price, whatever was given back', `${SALE}/reversal-requests.ts`, `(amountInCents ?? left)`, `(amountInCents ?? sale.purchase.totalInCents)`),
  rule('A refused reversal counts as done', `${SALE}/reversal.ts`, `{ ...reversal, state: 'refused', code: answer.code }`, `{ ...reversal, state: 'done', code: answer.code }`),
  rule('A void is asked for once more after JustiFi refused it', `${SALE}/transition.ts`, ` || (reversal.kind === 'void' && mustRefund(sale.reversals))`, '', [REGISTER_SPEC]),
  rule('A payment that was given back elsewhere stays open', `${SALE}/reversal-requests.ts`, `await readBooks(reversal.paymentId)`, `null`),
  rule('The manager may end a payment at any time', `${SALE}/register.ts`, `if (sale?.kind !== 'unresolved' || !isOld(sale)) return inProgress();`, `if (sale?.kind !== 'unresolved') return inProgress();`),
  rule('A refund that failed counts as done', 'main/justifi/payment.ts', `return status === 'failed' ? {`, `return status === 'impossible' ? {`, [JUSTIFI_SPEC]),
  rule('A void that left the payment as it was counts as done', 'main/justifi/payment.ts', `answer.value.data.status === 'canceled' ? ok(null)`, `answer.value.data.status !== '' ? ok(null)`, [JUSTIFI_SPEC]),
  rule('The page may do more than pay its checkout', 'main/justifi/checkout.ts', '`write:tokenize:${subAccountId}`]', '`write:tokenize:${subAccountId}`, `write:account:${subAccountId}`]', [JUSTIFI_SPEC]),
  rule('The gap of a damaged journal is looked at once', `${SALE}/gap.ts`, `return takeUnknown(parts, early);\n}`, `return { kind: 'ok', value: null };\n}`, [GAP_SPEC]),
  rule('The gap is asked about from where the journal says, without a margin', `${SALE}/gap.ts`, `const EARLIER_BY_MS = 24 * 60 * 60_000;`, `const EARLIER_BY_MS = 0;`, [GAP_SPEC]),
  rule('ACCEPTED is left out of "paid just now"', `${SALE}/recently-paid.ts`, `sale.kind !== 'paid' && sale.kind !== 'accepted'`, `sale.kind !== 'paid'`),
  rule('The same sale is told by its amount alone', `${SALE}/recently-paid.ts`, `purchase.totalInCents === totalInCents && purchase.description === description`, `purchase.totalInCents === totalInCents`),
  {
    name: 'Pay can be pressed a second time while the first is under way',
    edits: [
      { file: `${SALE}/tender-host.ts`, find: `if (sale.kind !== 'ready' || presented === null) return refuse(`, replace: `if ((sale.kind !== 'ready' && sale.kind !== 'submitting') || presented === null) return refuse(` },
      { file: `${SALE}/tender-host.ts`, find: `if (now.id !== sale.id || now.kind !== 'ready' || tender().presented() !== presented) return failed(`, replace: `if (now.id !== sale.id || tender().presented() !== presented) return failed(` },
      { file: `${SALE}/transition.ts`, find: `if (sale.kind !== 'ready' || sale.checkoutId !== intent.checkoutId`, replace: `if ((sale.kind !== 'ready' && sale.kind !== 'submitting') || sale.checkoutId !== intent.checkoutId` },
    ],
    specs: [REGISTER_SPEC],
    storm: false,
  },
  {
    name: 'An entry is acknowledged before its second copy has it',
    edits: [{ file: 'main/storage/kept-log.ts', find: `head = linked;\n    mirror.seal();`, replace: `head = linked;\n    setTimeout(() => mirror.seal(), 20);` }],
    specs: ['test/integration/journal-crash.spec.ts'],
    tests: 'wholly or not at all',
    storm: true,
  },
  {
    name: 'SQLite does not wait for the disk',
    edits: [{ file: 'main/storage/journal-database.ts', find: 'PRAGMA synchronous = FULL;', replace: 'PRAGMA synchronous = OFF;' }],
    specs: ['test/integration/journal.spec.ts'],
    storm: false,
  },
  {
    name: 'The second copy does not wait for the disk',
    edits: [{ file: 'main/storage/journal-mirror.ts', find: `file.write(SEAL, end + sealing.length - SEAL_FROM_END);\n      file.sync();`, replace: `file.write(SEAL, end + sealing.length - SEAL_FROM_END);` }],
    specs: ['test/integration/journal.spec.ts'],
    storm: false,
  },
];
