/** One rule of Counter's, broken on purpose. */
export type Mutation = {
  readonly name: string;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
  /** The narrowest specs, or their folder, that have to notice it; of a long one, the tests with these words in their name. */
  readonly specs: readonly string[];
  readonly tests?: string;
  /** Whether a storm of 64 sales must notice it as well. Not for rules that only a power cut or a full disk would show, nor for rare ones. */
  readonly storm: boolean;
};

const REGISTER_SPEC = 'test/unit/register/';
const IN_USE_SPEC = 'test/unit/journal-in-use.spec.ts';
const LEDGER_SPEC = 'test/unit/sale-ledger/';
const RECONCILE_SPEC = 'test/unit/reconcile.spec.ts';
const JUSTIFI_SPEC = 'test/unit/justifi-requests.spec.ts';
const FORGOTTEN_SPEC = 'test/unit/forgotten-attempts.spec.ts';
const SALE_SPEC = 'test/unit/sale.spec.ts';
const PHONE_SPEC = 'test/unit/phone/';
const INSURED_SPEC = 'test/unit/insured.spec.ts';
const PLAID_SPEC = 'test/unit/plaid.spec.ts';
const SEZZLE_SPEC = 'test/unit/sezzle.spec.ts';
const SAVED_SPEC = 'test/unit/saved.spec.ts';
const COMPARISON_SPEC = 'test/unit/comparison/';
const TIP_SPEC = 'test/unit/tip.spec.ts';

const PAID_BY_THE_PAGE = `{ kind: 'paid', paymentId: 'py_page', paidWith: { kind: 'unknown', brand: null, last4: null }, chargedInCents: sale.purchase.totalInCents }`;
const DECLINED_BY_THE_PAGE = `{ kind: 'declined', reason: 'declined', code: 'page', attempts: { ...sale.attempts, open: 0 } }`;

function trusting(word: 'submitted' | 'failed', outcome: string) {
  return {
    file: 'main/sale/tender-host.ts',
    find: `} else if (sale.kind === 'submitting' && hint.kind !== 'answered') {`,
    replace: `} else if (sale.kind === 'submitting' && hint.kind === '${word}') {\n      current.learn({ kind: 'outcome-known', outcome: ${outcome}, at: '' });\n    } else if (sale.kind === 'submitting' && hint.kind !== 'answered') {`,
  };
}

/** One text in one file, noticed by these specs; not by a storm of 64 sales by default. */
function rule(name: string, file: string, find: string, replace: string, specs: readonly string[] = [LEDGER_SPEC], storm = false): Mutation {
  return { name, edits: [{ file, find, replace }], specs, storm };
}

const SALE = 'main/sale';

export const MUTATIONS: readonly Mutation[] = [
  rule(
    'Pay is allowed first and written down a second later',
    `${SALE}/submit-gate.ts`,
    `const noted = await current.intendSoon({ kind: 'submit-allowed', checkoutId, amountInCents, ...(premiumInCents > 0 && { premiumInCents }), failed: verdict.failed, authorisation, ...(claim.completion && { completion: claim.completion }) }, isStillOn);\n    if (noted.kind === 'failed') return failed({ kind: 'journal-unwritable' });`,
    `setTimeout(() => void current.intend({ kind: 'submit-allowed', checkoutId, amountInCents, failed: verdict.failed, authorisation }), 25);`,
    [REGISTER_SPEC],
    true,
  ),
  rule(
    'A checkout is asked for before that is written down',
    `${SALE}/card-form/checkout-preparation.ts`,
    `if (current.intend({ kind: 'checkout-asked', amountInCents: PREPARED_AMOUNT_IN_CENTS, idempotencyKey }).kind === 'failed') return;`,
    `parts.timers.after(1_000, () => void current.intend({ kind: 'checkout-asked', amountInCents: PREPARED_AMOUNT_IN_CENTS, idempotencyKey }));`,
    [REGISTER_SPEC],
    true,
  ),
  rule(
    'Another try gets another checkout',
    `${SALE}/transition.ts`,
    `isPayableAgain(sale) ? { ...onCheckout(sale), kind: 'preparing', purchase: withoutPremium(sale.purchase) } : null;`,
    `isPayableAgain(sale) ? { ...onCheckout(sale), kind: 'preparing', checkoutId: null, attempts: NO_ATTEMPTS } : null;`,
    [REGISTER_SPEC],
    true,
  ),
  rule(
    'Another try forgets what may still arrive',
    `${SALE}/transition.ts`,
    `isPayableAgain(sale) ? { ...onCheckout(sale), kind: 'preparing', purchase: withoutPremium(sale.purchase) } : null;`,
    `isPayableAgain(sale) ? { ...onCheckout(sale), kind: 'preparing', attempts: { ...sale.attempts, open: 0 } } : null;`,
  ),
  { name: 'The page says that it was paid, and is believed', edits: [trusting('submitted', PAID_BY_THE_PAGE)], specs: [REGISTER_SPEC], storm: true },
  { name: 'The page says that it failed, and is believed', edits: [trusting('failed', DECLINED_BY_THE_PAGE)], specs: [REGISTER_SPEC], storm: true },
  rule(
    'The prepared form is shown without JustiFi having confirmed the amount',
    `${SALE}/card-form/sale-checkout.ts`,
    `if (changed.kind === 'ok' && wrong.length === 0) return changed.value;`,
    `if (changed.kind === 'failed' || wrong.length >= 0) return { ...created.value, amountInCents: purchase.totalInCents };`,
    [REGISTER_SPEC],
  ),
  rule('A prepared checkout that was tried before is accepted', `${SALE}/new-checkout.ts`, `completions: checkout.completions.length === 0,`, '', [REGISTER_SPEC]),
  rule(
    'An idle till renews its prepared checkout for ever',
    `${SALE}/card-form/checkout-preparation.ts`,
    `callOffLettingGo = parts.timers.after(PREPARED_LIFETIME_MS, letGo);`,
    `callOffLettingGo = parts.timers.after(PREPARED_LIFETIME_MS, () => (letGo(), this.prepare()));`,
    ['test/unit/prepared-checkout.spec.ts'],
  ),
  rule('A submitted sale is forgotten at the next start', `${SALE}/recovery.ts`, `return 'counter';`, `return 'nothing';`, [REGISTER_SPEC], true),
  rule('PAID that was not seen is not shown again after a crash', `${SALE}/recovery.ts`, `if (unseen !== null) current.replace(unseen);`, '', [REGISTER_SPEC], true),
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
  rule('The first failure is the answer to every request', `${SALE}/reconcile.ts`, `if (now.open > 0 && elapsedMs < answerWaitMs) return unclear('attempt-missing');`, '', [RECONCILE_SPEC]),
  rule('A payment that comes late is ignored', `${SALE}/transition.ts`, `'paymentId' in sale) return sale;`, `'paymentId' in sale || (sale.kind === 'unresolved' && outcome.kind === 'paid')) return sale;`, [REGISTER_SPEC]),
  rule('A late payment of another amount is told at the price of the sale', `${SALE}/transition.ts`, `if (chargedInCents !== purchase.totalInCents) return {`, `if (chargedInCents !== purchase.totalInCents && sale.kind !== 'unresolved') return {`),
  rule('A bank transfer that was kept late is PAID', `${SALE}/transition.ts`, `sale.isPending ? 'accepted' : 'paid'`, `'paid'`),
  rule('A wrong amount that was found late does not stop the till', `${SALE}/wrong-amount-stop.ts`, `current.replace(wrong);`, ''),
  rule('A form that was lost counts as not charged, without JustiFi being asked', `${SALE}/transition.ts`, `if (sale.kind === 'submitting' || sale.kind === 'ready') return { ...sale, kind: 'checking' };`, `if (sale.kind === 'submitting') return { ...sale, kind: 'checking' };\n  if (sale.kind === 'ready') return { ...sale, kind: 'not-charged', reason: 'form-lost' };`),
  rule('A retry that fails before its form gets a second checkout', `${SALE}/transition.ts`, `if (sale.checkoutId !== null && wasAtCustomer(sale.attempts)) return {`, `if (sale.checkoutId !== null && sale.attempts.shown) return {`, [SALE_SPEC]),
  rule('A checkout that has expired is tried again', `${SALE}/transition.ts`, `(sale.kind === 'not-charged' && sale.reason !== 'expired')`, `sale.kind === 'not-charged'`, [SALE_SPEC]),
  rule('A checkout that has expired can be charged', `${SALE}/amount-check.ts`, ` || checkout.status === 'expired'`, ``, [FORGOTTEN_SPEC]),
  rule('A form stays on the screen after its checkout has expired', `${SALE}/transition.ts`, ` || hasExpired(sale, outcome)) return`, `) return`, [FORGOTTEN_SPEC]),
  rule('An answer from before the last Pay counts for it', `${SALE}/transition.ts`, `return outcome.attempts.submits < attempts.submits;`, `return outcome.attempts.submits < 0 * attempts.submits;`, [SALE_SPEC, FORGOTTEN_SPEC]),
  rule('A sale is charged again by itself on another checkout while a request of it is open', `${SALE}/charge-again.ts`, ` || mayStillBePaid(sale)) disregard`, `) disregard`, [FORGOTTEN_SPEC, PHONE_SPEC]),
  rule('A sale that cannot be left after a restart is not reported', `${SALE}/recovery.ts`, `if (hasCheckout && current.get().kind === 'draft') comeBack(earlier, current);`, ``, [FORGOTTEN_SPEC]),
  rule('A sale that is over is let go of before its end is written', `${SALE}/sale-ledger.ts`, ` && !isUnwritten(saleId)) sales.delete`, `) sales.delete`),
  rule('A payment that may still arrive is not watched while another try is made', `${SALE}/watch-plan.ts`, `if (attempts.open > 0) return {`, `if (attempts.open > 99) return {`),
  rule('A card is charged in the document of the bank login', `${SALE}/plaid/plaid.ts`, `methodTypes: [PLAID],`, `methodTypes: [PLAID, 'new_card', 'saved_card'],`, [PLAID_SPEC]),
  rule('A bank account is debited after a login without the words that the customer agrees to', `${SALE}/plaid/plaid.ts`, `authorisation: (methodType) => (methodType === PLAID ? shownAuthorisation : null),`, `authorisation: () => null,`, [PLAID_SPEC]),
  rule('A token of another way is charged in place of the connected bank account', 'renderer/checkout/token-guard.ts', `isUnused: (token) => unused.has(token),`, `isUnused: () => true,`, [PLAID_SPEC]),
  rule('A link to Plaid is asked for without end', 'renderer/checkout/plaid-links.ts', `if (state === 'gone' || asked >= MOST_TRIES) return false;`, ``, [PLAID_SPEC]),
  rule('An order at Sezzle is completed by two requests', `${SALE}/sezzle/sezzle-completions.ts`, ` || asked.has(order.idempotencyKey)`, ``, [SEZZLE_SPEC]),
  rule('Sezzle’s window was closed, and that counts as a no', `${SALE}/sezzle/sezzle.ts`, `new Set(['sezzle-cancelled',`, `new Set(['sezzle-closed', 'sezzle-unknown', 'sezzle-cancelled',`, [SEZZLE_SPEC]),
  rule('Sezzle’s no counts, whatever JustiFi says of the order', `${SALE}/sezzle/sezzle.ts`, ` && !mayBeApproved(opened, now.value)`, ``, [SEZZLE_SPEC]),
  rule('Silence while the customer is at Sezzle counts as NOT CHARGED', `${SALE}/watch-plan.ts`, `return completionKey === null ? NEVER_ARRIVED_AFTER_MS`, `return completionKey !== '' ? NEVER_ARRIVED_AFTER_MS`, [SEZZLE_SPEC]),
  rule('An order of another amount is put before the customer', `${SALE}/sezzle/sezzle.ts`, `if (read.value.balanceInCents !== sale.purchase.totalInCents)`, `if (read.value.balanceInCents < 0)`, [SEZZLE_SPEC]),
  rule('An order at Sezzle is completed with a new key each time', `${SALE}/sezzle/sezzle-completions.ts`, `parts.completeOrder({ checkoutId, idempotencyKey });`, `parts.completeOrder({ checkoutId, idempotencyKey: tries === 0 ? idempotencyKey : idempotencyKey + tries });`, [SEZZLE_SPEC]),
  rule('An order at Sezzle is not completed after its window or Counter was lost', `${SALE}/sezzle/sezzle-completions.ts`, `if (sale.kind === 'checking' || sale.kind === 'unresolved') send(sale);`, ``, [SEZZLE_SPEC]),
  rule('No answer about an order at Sezzle counts as a refusal', `${SALE}/sezzle/sezzle-completions.ts`, `case 'invalid':\n      // Also`, `case 'network':\n    case 'invalid':\n      // Also`, [SEZZLE_SPEC]),
  rule('An order that main may not complete cannot have been taken before', `${SALE}/sezzle/sezzle-completions.ts`, `{ reason: 'refused', isCertain: false }`, `{ reason: 'refused', isCertain: true }`, [SEZZLE_SPEC]),
  rule('Main completes an order at Sezzle though NOT CHARGED was shown', `${SALE}/transition.ts`, `attempts: withoutCompletion(outcome.attempts) };`, `attempts: outcome.attempts };`, [SEZZLE_SPEC]),
  rule('Any success answers the request to complete an order at Sezzle', 'main/justifi/sezzle-orders.ts', `answer: completionMade`, `answer: z.unknown()`, ['test/integration/sezzle-orders.spec.ts']),
  rule('A page of a proxy answers for JustiFi', 'main/justifi/api.ts', `isJsonOrEmpty && parsed.success`, `parsed.success`, ['test/integration/saved-methods.spec.ts']),
  rule('The beginning of a card number is sent to JustiFi in a pause', `${SALE}/card-form/checkout-preparation.ts`, `digitsIn(typed.description) > MOST_DIGITS_SENT_EARLY`, `digitsIn(typed.description) > 99`, ['test/unit/register/prepared-checkout.spec.ts']),
  rule('A prepared checkout is changed before its form has read it', `${SALE}/card-form/checkout-preparation.ts`, `!(await mounted.form.ready) || pause`, `pause`, ['test/unit/register/prepared-checkout.spec.ts']),
  rule('A checkout is changed again though the change before has no answer', `${SALE}/card-form/prepared-checkout.ts`, `const last = await before;`, `const last = (await before).kind === 'failed' ? await created : await before;`, ['test/unit/register/prepared-checkout.spec.ts']),
  rule('A second try at Sezzle is made on the checkout of the first', `${SALE}/tender-change.ts`, `HAS_OWN_CHECKOUT.has(tenders.current().kind)`, `false`, [SEZZLE_SPEC]),
  rule('An answer about a saved card counts for the sale that came after', `${SALE}/saved/saved.ts`, `if (presented !== presentation || current.get().id !== saleId) return;`, `if (presented === null && saleId === '') return;`, [SAVED_SPEC]),
  rule('A charge of a saved card without an answer is sent again', 'main/justifi/payment-method-groups.ts', `        isSentOnce: true,\n`, ``, ['test/integration/saved-methods.spec.ts']),
  rule('A saved card that JustiFi has marked as invalid can be charged', `${SALE}/saved/customers.ts`, `return method?.standing === 'usable' ? ok(null)`, `return method !== undefined ? ok(null)`, ['test/integration/customers.spec.ts']),
  rule('A link that may still be paid is not watched', `${SALE}/watch-plan.ts`, `if (attempts.link !== null) return {`, `if (attempts.link?.shownAt === '') return {`, [PHONE_SPEC]),
  rule('A sale whose customer has a link is typed again after a crash', `${SALE}/recovery.ts`, `return openLink(sale) === null ? 'abandon' : 'counter';`, `return 'abandon';`, [PHONE_SPEC]),
  rule('Back leads from a link to a second checkout', `${SALE}/tender-change.ts`, `if (openLink(sale) === null || tenders.offered('phone') === null) return flow.startOver(null);`, `return flow.startOver(null);`, [PHONE_SPEC]),
  rule('Silence about a link that was left means that it was not paid', `${SALE}/reconcile.ts`, `if (input.waitMs === null) return unclear('link-open');`, `if (input.waitMs === null) return known({ kind: 'not-charged', reason: 'not-received', attempts: { ...now, link: null } });`, [PHONE_SPEC]),
  rule('Pay on the form trusts what was read before the link could be paid', `${SALE}/submit-gate.ts`, `openLink(sale) === null && !mayBeInsured(sale) ? amounts.verdict(sale)`, `sale.id !== '' ? amounts.verdict(sale)`, [PHONE_SPEC]),
  rule('A payment that may still arrive is not watched after a restart', `${SALE}/transition.ts`, `return open > 0 ? ifOpen : 'unsubmitted';`, `return open > 99 ? ifOpen : 'unsubmitted';`),
  rule('A fact that cannot be written is forgotten', `${SALE}/fact-queue.ts`, `callOff = timers.after(WRITE_AGAIN_AFTER_MS, () => disregard(write(), 'it is tried again'));`, `unwritten.length = 0;`, [LEDGER_SPEC], true),
  rule('A fact about a sale that was let go of is dropped', `${SALE}/sale-ledger.ts`, `if (next === null) facts.addUnplaced(saleId, fact);\n      else facts.add(next, fact);`, `if (next !== null) facts.add(next, fact);`),
  rule('A fact whose sale cannot be read is dropped', `${SALE}/fact-queue.ts`, `return failed({ kind: 'journal-unwritable' });\n      }\n      unplaced.shift();`, `}\n      unplaced.shift();\n      if (found.kind === 'failed') continue;`),
  rule('A payment that JustiFi tells of after its sale was ended is dropped', `${SALE}/outcome-watch.ts`, `if (answer.kind === 'known' && isSuccess(answer.outcome)) onKnown(answer.outcome);`, ``),
  rule('A press that waits for the journal charges what was typed after it', `${SALE}/cashier-actions.ts`, `journalRetry.forgetPress();`, ``, [IN_USE_SPEC]),
  rule('A fact is true only when it is written', `${SALE}/sale-ledger.ts`, `disregard(facts.write(), 'it is written again later');\n      if (next !== null) put(next, fact);`, `      if (facts.write().kind === 'ok' && next !== null) put(next, fact);`),
  rule('Intents are written before the facts that wait', `${SALE}/sale-ledger.ts`, `if (factsWritten.kind === 'failed') return factsWritten;`, ``),
  rule('A payment without a completion is never asked about', `${SALE}/reconcile.ts`, `if (isCompleted) return fromPayments(input, 'completed-without-success');`, `if (isCompleted) return unclear('completed-without-success');`, [RECONCILE_SPEC], true),
  rule('A payment whose checkout is not completed is never asked about', `${SALE}/reconcile.ts`, `if (success !== undefined) return fromPayments(input, 'success-not-completed');`, `if (success !== undefined) return unclear('success-not-completed');`, [RECONCILE_SPEC]),
  rule('A failure without a word about its payment is no failure', `${SALE}/reconcile.ts`, `(paymentStatus === '' && status === 'failed')`, `paymentStatus === 'none'`, [RECONCILE_SPEC]),
  rule('A form that says that its checkout was paid is not listened to', `${SALE}/tender.ts`, `return hint.word === 'checkout-already-completed';`, `return false;`),
  rule('A journal that cannot be written does not stop a sale', `${SALE}/sale-ledger.ts`, `if (written.kind === 'failed') return failed(journalProblem(written.failure.reason));\n    put(next.value, intent);`, `put(next.value, intent);`, [REGISTER_SPEC]),
  rule('Signs of a payment that was never allowed are ignored', `${SALE}/tender-host.ts`, `if (isSignOfPayment(hint) && (`, `if (word === '' && (`),
  rule('Pay does not wait for the amount that JustiFi holds', `${SALE}/submit-gate.ts`, `const verdict = await (openLink(sale) === null && !mayBeInsured(sale) ? amounts.verdict(sale) : amounts.begin(sale));`, `const verdict: Awaited<ReturnType<AmountCheck['verdict']>> = { kind: 'agrees', failed: [], premiumInCents: 0 };`),
  rule('An old answer about the amount is good for ever', `${SALE}/amount-check.ts`, `const FRESH_FOR_MS = 60_000;`, `const FRESH_FOR_MS = 600_000_000;`),
  rule('A form on a checkout of another amount stays', `${SALE}/tender-host.ts`, `if (verdict.kind !== 'differs') return;`, `if (verdict.kind !== 'no-answer') return;`),
  rule('A closed register goes on asking for its reversals', `${SALE}/reversal-requests.ts`, `if (isClosed) return;`, ''),
  rule('A closed register takes facts that it can never write', `${SALE}/sale-ledger.ts`, `if (isClosed) return log(`, `if (saleId === '') return log(`),
  rule('Each try of a void or refund takes a new key', `${SALE}/reversal-call.ts`, `const key = idempotencyKey ?? '';`, `const key = crypto.randomUUID();`, [REGISTER_SPEC], true),
  rule('A refund is of the price, whatever was given back', `${SALE}/reversal.ts`, `(amountInCents ?? left)`, `(amountInCents ?? sale.chargedInCents)`),
  rule('A refused reversal counts as done', `${SALE}/reversal.ts`, `{ ...reversal, state: 'refused', code: answer.code }`, `{ ...reversal, state: 'done', code: answer.code }`),
  rule('A void is asked for once more after JustiFi refused it', `${SALE}/transition.ts`, ` || (reversal.kind === 'void' && mustRefund(sale.reversals))`, '', [REGISTER_SPEC]),
  rule('A payment that was given back elsewhere stays open', `${SALE}/reversal-call.ts`, `return booksOf(payment.value);`, `return null;`),
  rule('A void that JustiFi does not allow is asked for again and again', `${SALE}/reversal-call.ts`, ` || kind === 'forbidden' || kind === 'unauthorised'`, ''),
  rule('A refund whose state cannot be read counts as refused', `${SALE}/reversal-call.ts`, `reversal.state === 'asked' && isRefusal(failure)`, `isRefusal(failure)`),
  rule('A refusal counts also when an earlier request may have been carried out', `${SALE}/reversal-call.ts`, `books !== null || !mayBeDone.has(reversal.id)`, `true`),
  rule('The manager may end a payment at any time', `${SALE}/background-sales.ts`, `if (sale?.kind !== 'unresolved' || !isOld(sale)) return failed(`, `if (sale?.kind !== 'unresolved') return failed(`),
  rule('A PC clock that was set forward lets the manager end a payment early', `${SALE}/week-over.ts`, `Math.min(now, Date.parse(utcNow()))`, `Date.parse(utcNow())`),
  rule('A refund that failed counts as done', 'main/justifi/payment.ts', `return status === 'failed' ? {`, `return status === 'impossible' ? {`, [JUSTIFI_SPEC]),
  rule('A void that left the payment as it was counts as done', 'main/justifi/payment.ts', `answer.value.data.status === 'canceled' ? ok(null)`, `answer.value.data.status !== '' ? ok(null)`, [JUSTIFI_SPEC], true),
  rule('The page may do more than pay its checkout', 'main/justifi/checkout.ts', '`write:tokenize:${subAccountId}`]', '`write:tokenize:${subAccountId}`, `write:account:${subAccountId}`]', [JUSTIFI_SPEC]),
  rule('The gap of a damaged journal is looked at once', `${SALE}/gap-search.ts`, `return fetchMissing(sinceUtc);`, `return first;`, [COMPARISON_SPEC]),
  rule('The gap is asked about from where the journal says, without a margin', `${SALE}/comparison.ts`, `const EARLIER_BY_MS = 24 * 60 * 60_000;`, `const EARLIER_BY_MS = 0;`, [COMPARISON_SPEC]),
  rule('The clock that wrote the journal alone says where its gap begins', `${SALE}/comparison.ts`, `return isBefore(read.at(-1), early) && last.length`, `return isBefore(read.at(-1), early) || last.length`, [COMPARISON_SPEC]),
  rule('Sales of a copied PC are counted as this register\'s', `${SALE}/comparison.ts`, `checkout.pc !== null && checkout.pc !== pc`, `checkout.pc === ''`, [COMPARISON_SPEC], true),
  rule('A payment on a checkout that is not completed is left out of the comparison', `${SALE}/comparison.ts`, `const isPaid = status === 'completed' || paidOn.has(id);`, `const isPaid = status === 'completed';`, [COMPARISON_SPEC]),
  rule('A checkout that is found twice becomes two sales', `${SALE}/background-sales.ts`, `if (known.value !== null) return ok('known');`, ''),
  rule('One checkout that JustiFi does not show ends the comparison', `${SALE}/comparison.ts`, ` || kind === 'forbidden' || kind === 'conflict'`, '', [COMPARISON_SPEC]),
  rule('An entry that cannot be read is left out silently', `${SALE}/comparison.ts`, `if (isAboutOne(read.failure)) unreadable += 1;`, `if (isAboutOne(read.failure)) continue;`, [COMPARISON_SPEC]),
  rule('A sale is called missing at JustiFi because its list does not have it', `${SALE}/comparison.ts`, `read.failure.status === 404) sales.push(sale)`, `read.failure.status > 0) sales.push(sale)`, [COMPARISON_SPEC]),
  rule('ACCEPTED is left out of "paid just now"', `${SALE}/recently-paid.ts`, `sale.kind !== 'paid' && sale.kind !== 'accepted'`, `sale.kind !== 'paid'`),
  rule('A refund that waited for the journal is made, though another was made meanwhile', 'main/sale/reversal-requests.ts', `now.value.reversals.length === reversals.length`, `now.value.id === id`),
  rule('A refund that may have been made is asked for again, and not looked for', `${SALE}/reversal-call.ts`, `return mayBeMade ? parts.payments.findRefund(`, `return mayBeMade && reversal.id === '' ? parts.payments.findRefund(`, [LEDGER_SPEC], true),
  rule('No answer about the refunds that were made counts as none', `${SALE}/reversal-call.ts`, `if (found.kind === 'failed' && !isRefusal(found.failure)) return`, `if (found.kind === 'failed' && reversal.id === '') return`),
  rule('A list of which JustiFi does not say where it goes on is taken for whole', 'main/justifi/pages.ts', `if (cursor === null) return ok({ items, isCut: page.value.isCut });`, `if (cursor === null) return ok({ items, isCut: false });`, [JUSTIFI_SPEC]),
  rule('A refund is sent without the mark by which it is found', 'main/justifi/payment.ts', `metadata: markOf(id), `, `metadata: id === '' ? markOf(id) : {}, `, [JUSTIFI_SPEC]),
  rule("A payment that does not say its checkout is taken for another's", 'main/justifi/payment.ts', `data?.checkout_id !== undefined`, `data !== undefined`, ['test/unit/justifi-requests.spec.ts']),
  rule('"Charged once" is claimed with a payment that cannot be read', 'main/history/charged-twice.ts', `!theirs.value.isCut && theirs.value.unreadable === 0`, `!theirs.value.isCut`, ['test/unit/charged-twice.spec.ts']),
  rule('Payments of a journal that cannot be read count as none', 'main/sale/counter-snapshot.ts', `register.openPayments ?? 1`, `register.openPayments ?? 0`, ['test/unit/open-payments.spec.ts']),
  rule('What was paid before the start is not asked about', 'main/account/account-journal.ts', `recentlyPaid: recentlyPaid.value }`, `recentlyPaid: [] }`, ['test/integration/same-sale.spec.ts']),
  rule('A clock that was set forward hides what was paid a moment ago', `${SALE}/pc-clock.ts`, `if (then === null || now.upMs < then.upMs) return 0;`, `if (then !== null || now.upMs > 0) return 0;`, ['test/integration/same-sale.spec.ts']),
  rule('The same sale is told by its amount alone', `${SALE}/purchase.ts`, `beforeTip(one) === beforeTip(other) && one.description === other.description`, `beforeTip(one) === beforeTip(other)`),
  {
    name: 'Pay can be pressed a second time while the first is under way',
    edits: [
      { file: `${SALE}/submit-gate.ts`, find: `if (sale.kind !== 'ready' || presented === null) return refuse(`, replace: `if ((sale.kind !== 'ready' && sale.kind !== 'submitting') || presented === null) return refuse(` },
      { file: `${SALE}/submit-gate.ts`, find: `if (now.id !== sale.id || now.kind !== 'ready' || tender().presented() !== presented) return failed(`, replace: `if (now.id !== sale.id || tender().presented() !== presented) return failed(` },
      { file: `${SALE}/transition.ts`, find: `if (sale.kind !== 'ready' || sale.checkoutId !== intent.checkoutId`, replace: `if ((sale.kind !== 'ready' && sale.kind !== 'submitting') || sale.checkoutId !== intent.checkoutId` },
    ],
    specs: [REGISTER_SPEC],
    storm: false,
  },
  {
    name: 'An entry is acknowledged before its second copy has it',
    edits: [{ file: 'main/storage/log-copies.ts', find: `head = linked;\n      mirror.seal();`, replace: `head = linked;\n    setTimeout(() => mirror.seal(), 20);` }],
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
  // The day's report.
  rule('The next report begins at the entry of the closed one', 'main/report/day-close.ts', `const after = day?.report.upTo ?? 0;`, `const after = day?.sequence ?? 0;`, ['test/integration/day-close.spec.ts']),
  rule('A second press closes a second day', 'main/report/day-close.ts', `if (number !== wanted) return failed({ kind: 'day-closed' });`, ``, ['test/integration/day-close.spec.ts']),
  rule('A payment that is not in the list is missing at JustiFi', 'main/report/day-comparison.ts', `else if (read.kind === 'ok') differences.push(...differencesOf(sale, read.value));`, `else if (read.kind === 'ok') differences.push(missing);`, ['test/unit/day-comparison.spec.ts']),
  rule('Every payment of the account is missing on this register', 'main/report/day-comparison.ts', `else if (read?.value.registerId === parts.registerId)`, `else if (parts.registerId !== '')`, ['test/unit/day-comparison.spec.ts']),
  rule('A payment of another account is added up with this one’s', 'main/report/all-registers.ts', `return (accountId ?? account.subAccountId) === account.subAccountId && `, `return (accountId ?? account.subAccountId) !== '' && `, ['test/unit/all-registers.spec.ts']),
  rule('A refund of the day is added instead of taken off', 'main/report/all-registers.ts', `return [{ sum: 'refunds', cents: -amountInCents }];`, `return [{ sum: 'refunds', cents: amountInCents }];`, ['test/unit/all-registers.spec.ts']),
  rule('A day of which JustiFi has more is shown as whole', 'main/report/registers-run.ts', `  return ok({ unreadable, isCut: true });`, `  return ok({ unreadable, isCut: false });`, ['test/unit/registers-reading.spec.ts']),
  rule('A job of which the printer took half is sent', 'main/printing/winspool.ts', `    taken += written;`, `    taken += bytes.length;`, ['test/unit/winspool.spec.ts']),
  // What is printed.
  rule('A refund that JustiFi refused has a receipt', 'main/receipt/reversal-receipt.ts', `return reversal.state === 'done' || reversal.state === 'pending';`, `return reversal.id !== '';`, ['test/unit/reversal-receipt.spec.ts']),
  rule('A later refund changes the copies of the one before', 'main/receipt/reversal-receipt.ts', `sale.reversals.slice(0, sale.reversals.findIndex(({ id }) => id === reversal.id) + 1)`, `sale.reversals`, ['test/unit/reversal-receipt.spec.ts']),
  rule('A refund is printed by itself once more when it is done', 'main/printing/receipt-desk.ts', `queue.has({ paper, copyFor }) ? ok(null) : add({ paper, copyFor })`, `add({ paper, copyFor })`, ['test/unit/receipt-desk.spec.ts']),
  rule('A closed day is an original each time', 'main/printing/receipt-source.ts', `at: utcNow(), copyNumber }, placeOfPaper())`, `at: utcNow(), copyNumber: 0 }, placeOfPaper())`, ['test/unit/receipt-desk.spec.ts']),
  rule('A closed day of another account is printed', 'main/printing/receipt-source.ts', `closed?.closedAt === closedAt ?`, `closed !== null ?`, ['test/unit/receipt-desk.spec.ts']),
  rule('A tip is charged that was not offered', `${SALE}/tip-question.ts`, `if (now === null || !isOffered(now.offer, tipInCents))`, `if (now === null)`, [TIP_SPEC]),
  rule('A tip that may be mistyped is charged at once', `${SALE}/tip-question.ts`, `&& !(isConfirmed && now.isDoubtful && now.chosenInCents === tipInCents);`, `&& !isConfirmed;`, [TIP_SPEC]),
  rule('A sale that could not begin is typed again with its tip', `${SALE}/transition.ts`, `amountInCents: beforeTip(sale.purchase)`, `amountInCents: sale.purchase.totalInCents`, [TIP_SPEC]),
  rule('The tip is charged as well when the purchase is typed again', `${SALE}/sale-flow.ts`, `next(beforeTip(sale.purchase), description, abandon)`, `next(sale.purchase.totalInCents, description, abandon)`, [TIP_SPEC]),
  rule('A tip counts although all of its sale was given back', 'main/history/movement.ts', `...(left > 0 ? NOTHING_BESIDE : negative(beside))`, `...NOTHING_BESIDE`, ['test/integration/day-close.spec.ts', 'test/integration/day-ledger.spec.ts']),
  // The register's state, the manager's side, and the doors.
  rule('Missing settings with journals of payments are a first run', 'main/account/register-state.ts', `if (soldForMoney || pins.hasManagerPin ||`, `if (pins.hasManagerPin ||`, ['test/unit/register-state.spec.ts']),
  rule('Settings of another register are taken for its own', 'main/account/register-state.ts', `keychain.kind === 'credentials' && (keychain.register?.id !== registerId || keychain.register.subAccountId !== subAccountId)`, `false`, ['test/unit/register-state.spec.ts']),
  rule("A connected register's PIN is only in its file", 'main/account/register-state.ts', `return isOwn ? keychain.managerPin.pin : null;`, `return null;`, ['test/unit/register-state.spec.ts']),
  rule('A settings file that is missing beside its copy is a first run', 'main/storage/json-file.ts', `if (read.failure === 'ENOENT' && copy.kind === 'failed' && copy.failure === 'ENOENT')`, `if (read.failure === 'ENOENT')`, ['test/integration/settings.spec.ts']),
  rule('An order to provision needs no proof', 'main/manager/provision.ts', `parts.access.view().kind !== 'open' && !(await isProved(parts, order, checked.value))`, `parts.access.view().kind === 'locked' && order.proof.managerPin === 'never'`, ['test/unit/provision.spec.ts']),
  rule('An audit log that was put back is taken for the one written last', 'main/account/audit-head.ts', `? true : log.holds(before.value);`, `? true : (log.holds(before.value) ?? null) === null ? null : true;`, ['test/integration/audit-head.spec.ts']),
  rule('A call that was let in goes on after Lock', 'main/manager/guard.ts', `(input, whileOpen());`, `(input, () => true);`, ['test/unit/manager-lock.spec.ts']),
  rule('Wrong PINs of cashiers are not counted for the register', 'main/manager/register-tries.ts', `return counted() < MOST_FAILURES ? 0 :`, `return counted() < 1_000 ? 0 :`, ['test/unit/cashiers.spec.ts']),
  rule('A page reaches any host through the proxy', 'main/network/refusing-proxy.ts', `target === null || !parts.mayReach(target.host, target.port)`, `target === null`, ['test/integration/refusing-proxy.spec.ts']),
  rule('A window has as many calls as it likes', 'main/shell/call-budgets.ts', `return bucket.take();`, `return bucket.take() || true;`, ['test/unit/call-budgets.spec.ts']),
  rule('A formula behind a separator is a formula', 'main/files/csv.ts', `(?<=^|[,;|\\t\\r\\n])`, `(?<=^)`, ['test/integration/audit.spec.ts']),
  rule('A wallet may charge', `${SALE}/submit-gate.ts`, `!tender().methodTypes.includes(claim.methodType)`, `false`, [REGISTER_SPEC], true),
  rule('A journal that another program holds is a disk that cannot be written', `${SALE}/journal-problem.ts`, `if (reason === 'in-use') return { kind: 'journal-in-use' };`, ``, [IN_USE_SPEC]),
  rule('Closing during a payment asks nothing', `${SALE}/closing.ts`, `return 'payment';`, `return 'nothing';`, ['test/unit/closing.spec.ts']),
  rule('A form that gave way to an empty one says nothing', `${SALE}/emptied-form.ts`, `if (event?.kind === 'form-renewed') emptied =`, `if (event?.kind === 'form-renewed' && sale.id === '') emptied =`, [REGISTER_SPEC]),
  rule('A scan charges', 'renderer/till/scan/scan.ts', `if (nature === 'scan') return { fate: 'drop', released: [], found: endScan(key.atMs, false) };`, ``, ['test/unit/scan.spec.ts']),
  // The line to JustiFi.
  rule('A good access token is thrown away when its renewal fails', 'main/justifi/access-token.ts', `if (good === null || nowMs >= good.endsAtMs) return renew();`, `if (good === null || nowMs >= good.renewAtMs) return renew();`, ['test/unit/access-token.spec.ts']),
  rule('An answer of the token broker is one of JustiFi', 'main/justifi/connection.ts', `if (new URL(request.url).origin !== origin) return send(request);`, ``, ['test/unit/access-token.spec.ts']),
  rule('What JustiFi refused is told as never received', `${SALE}/reconcile.ts`, `if (seenStatus === null || !isRefusal(seenStatus)) return 'not-received';`, `if (seenStatus !== 429) return 'not-received';`, [RECONCILE_SPEC]),
  rule('Charge waits for as long as JustiFi hangs', `${SALE}/new-checkout.ts`, `const created = await time.spend(CREATE_WITHIN_MS, creating, NO_ANSWER);`, `const created = await creating;`, [REGISTER_SPEC]),
  rule('A PC that stood still has used up the ten seconds of Charge', `${SALE}/timers.ts`, `leftMs -= Math.min(givenMs, Math.ceil(monotonicMs() - sinceMs));`, `leftMs -= Math.ceil(monotonicMs() - sinceMs);`, [REGISTER_SPEC]),
  rule('Each step of Charge has ten seconds of its own', `${SALE}/timers.ts`, `const givenMs = Math.min(mostMs, leftMs);`, `const givenMs = mostMs;`, [REGISTER_SPEC]),
  rule('A form that is slow stays open beside the second', `${SALE}/card-form/loading-form.ts`, `if (loaded.kind === 'failed') closeWhenMounted(`, `if (ms < 0) closeWhenMounted(`, [REGISTER_SPEC]),
  rule('A changed checkout is asked for in the name of another account', 'main/justifi/checkout.ts', `subAccountId,\n        timeoutMs: change.timeoutMs,`, `subAccountId: 'acc_trainingShopCanada',\n        timeoutMs: change.timeoutMs,`, ['test/integration/justifi-client.spec.ts']),
  rule('A void is asked for in the name of another account', 'main/justifi/payment.ts', `subAccountId, idempotencyKey, answer: voided`, `subAccountId: 'acc_trainingShopCanada', idempotencyKey, answer: voided`, ['test/integration/slow-answers.spec.ts']),
  rule('A change that JustiFi acknowledged is believed to be kept', `${SALE}/amount-check.ts`, `amount: checkout.amountInCents === purchase.totalInCents,\n    total: checkout.totalInCents === purchase.totalInCents + premiumInCents,`, ``, ['test/integration/other-answers.spec.ts'], true),
  rule('An insurance that was taken after the last reading is not looked at', `${SALE}/submit-gate.ts`, `openLink(sale) === null && !mayBeInsured(sale) ?`, `openLink(sale) === null ?`, [INSURED_SPEC]),
  rule('A customer is charged another total than they have read', `${SALE}/submit-gate.ts`, `if (mayBeInsured(sale) && believed !== amountInCents) return`, `if (mayBeInsured(sale) && believed === -1) return`, [INSURED_SPEC]),
  rule('A premium makes the amount larger than the shop allows', `${SALE}/submit-gate.ts`, `if (premiumInCents > 0 && checkAmount(`, `if (premiumInCents < 0 && checkAmount(`, [INSURED_SPEC]),
  rule('A premium is charged by another way to pay', `${SALE}/amount-check.ts`, `mayBeInsured({ tender }) ? Math.max`, `tender !== null ? Math.max`, [INSURED_SPEC]),
  rule('A premium that JustiFi did not charge is PAID', `${SALE}/transition.ts`, `premiumInCents > 0 && apartInCents === premiumInCents && charged`, `premiumInCents > 0 && charged`, [INSURED_SPEC]),
  rule('A premium that the insurer charged itself is WRONG AMOUNT', `${SALE}/transition.ts`, `return isApart ? withPremiumApart(purchase) : purchase;`, `return isApart ? purchase : purchase;`, [INSURED_SPEC]),
  rule('A premium charged apart is forgotten where the checkout is not completed', `${SALE}/reconcile.ts`, `apart(completionOf(input, success))`, `apart({})`, [RECONCILE_SPEC]),
  rule('A premium is charged that is not in the journal', `${SALE}/submit-gate.ts`, `...(premiumInCents > 0 && { premiumInCents }), failed`, `failed`, [INSURED_SPEC]),
  rule('The premium of the try before is charged with the next', `${SALE}/transition.ts`, `return isPayableAgain(sale) ? { ...onCheckout(sale), kind: 'preparing', purchase: withoutPremium(sale.purchase) } : null;`, `return isPayableAgain(sale) ? { ...onCheckout(sale), kind: 'preparing' } : null;`, [INSURED_SPEC]),
  rule('Pay does not wait for the answer to an insurance', 'renderer/checkout/insurance.ts', `else if (state === 'answering' && open === 0) state = 'answered';`, `else state = 'answered';`, [INSURED_SPEC]),
  rule('The insurer’s texts may hold any markup', 'renderer/checkout/insurance.ts', `return KEPT.has(plain) ?`, `return plain !== '' ?`, [INSURED_SPEC]),
  rule('A result stays at the counter when its bank transfer has failed', `${SALE}/register.ts`, `if (isTroubled(sale) || sale.kind === 'reversed') return`, `if (sale.id === '') return`),
  rule('A refunded payment that is disputed is not told', `${SALE}/sale.ts`, `return sale.kind === 'paid' || sale.kind === 'reversed' || sale.kind === 'wrong-amount-seen';`, `return sale.kind === 'paid';`, ['test/unit/dispute-watch.spec.ts']),
  rule('A refunded sale is paid again when its dispute was seen', `${SALE}/transition.ts`, `if (givenBackInCents(reversals) >= chargedInCents) return 'reversed';`, ``, ['test/unit/dispute-watch.spec.ts']),
  rule('A dispute that the manager has seen is told again', `${SALE}/dispute-watch.ts`, `told.has(saleId) || isKnown(saleId)`, `told.has(saleId)`, ['test/unit/dispute-watch.spec.ts']),
  rule('A second charge on the checkout of a sale is no difference', 'main/report/day-comparison.ts', ` || (sale.paymentId !== null && sale.paymentId !== id)`, ``, ['test/unit/day-comparison.spec.ts']),
  rule('The same is charged again while its first payment may still arrive, and nothing is asked', `${SALE}/possible-payment.ts`, `mayStillBePaid(sale) && isSame`, `sale.attempts.link !== null && isSame`, ['test/unit/possible-payment.spec.ts']),
  rule('A clock that is set decides whether the same is perhaps charged twice', `${SALE}/possible-payment.ts`, `(saleId: string) => monotonicMs() -`, `(saleId: string) => Date.parse(utcNow()) -`, ['test/unit/possible-payment.spec.ts']),
  rule('A late payment that was kept was not paid just now', `${SALE}/register.ts`, ` || event?.kind === 'late-kept') recentlyPaid`, `) recentlyPaid`, ['test/unit/possible-payment.spec.ts']),
];
