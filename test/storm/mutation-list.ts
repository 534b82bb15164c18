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
const RECONCILE_SPEC = 'test/unit/reconcile.spec.ts';

const PAID_BY_THE_PAGE = `{ kind: 'paid', paymentId: 'py_page', paidWith: { kind: 'unknown', brand: null, last4: null }, chargedInCents: sale.purchase.amountInCents }`;
const DECLINED_BY_THE_PAGE = `{ kind: 'declined', reason: 'declined', code: 'page', completions: sale.completionsBefore }`;

function believing(word: 'submitted' | 'failed', outcome: string) {
  return {
    file: 'main/sale/register.ts',
    find: `if (sale.kind !== 'submitting') return;\n      watch?.askNow();`,
    replace: `if (sale.kind !== 'submitting') return;\n      if (hint.kind === '${word}') { watch?.stop(); current.apply({ kind: 'outcome-known', outcome: ${outcome}, at: parts.utcNow() }); form.close(); return; }\n      watch?.askNow();`,
  };
}

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'Pay is allowed first and written down a second later',
    edits: [
      {
        file: 'main/sale/register.ts',
        find: `const noted = current.apply({ kind: 'submit-allowed', checkoutId, amountInCents: purchase.amountInCents });\n    if (noted.kind === 'failed') return failed({ kind: 'journal-unwritable' });`,
        replace: `parts.timers.after(1_000, () => void current.apply({ kind: 'submit-allowed', checkoutId, amountInCents: purchase.amountInCents }));`,
      },
    ],
    specs: [REGISTER_SPEC],
    storm: true,
  },
  {
    name: 'A checkout is asked for before that is written down',
    edits: [
      {
        file: 'main/sale/sale-checkout.ts',
        find: `if (current.apply({ kind: 'checkout-asked', amountInCents: PREPARED_AMOUNT_IN_CENTS, idempotencyKey }).kind === 'failed') return;`,
        replace: `parts.timers.after(1_000, () => void current.apply({ kind: 'checkout-asked', amountInCents: PREPARED_AMOUNT_IN_CENTS, idempotencyKey }));`,
      },
    ],
    specs: [REGISTER_SPEC],
    storm: true,
  },
  {
    name: 'Another try gets another checkout',
    edits: [
      {
        file: 'main/sale/sale.ts',
        find: `kind: 'preparing', id: sale.id, purchase: sale.purchase, checkoutId: sale.checkoutId, completionsBefore: sale.completionsBefore });`,
        replace: `kind: 'preparing', id: sale.id, purchase: sale.purchase, checkoutId: null, completionsBefore: 0 });`,
      },
    ],
    specs: [REGISTER_SPEC],
    storm: true,
  },
  { name: 'The page says that it was paid, and is believed', edits: [believing('submitted', PAID_BY_THE_PAGE)], specs: [REGISTER_SPEC], storm: true },
  { name: 'The page says that it failed, and is believed', edits: [believing('failed', DECLINED_BY_THE_PAGE)], specs: [REGISTER_SPEC], storm: true },
  {
    name: 'The prepared form is shown without JustiFi having confirmed the amount',
    edits: [
      {
        file: 'main/sale/sale-checkout.ts',
        find: `if (changed.kind === 'ok' && wrong.length === 0) return changed.value;`,
        replace: `if (changed.kind === 'failed' || wrong.length >= 0) return { ...created.value, amountInCents: purchase.amountInCents };`,
      },
    ],
    specs: [REGISTER_SPEC],
    storm: false,
  },
  {
    name: 'A submitted sale is forgotten at the next start',
    edits: [{ file: 'main/sale/background.ts', find: `return 'counter';`, replace: `return 'nothing';` }],
    specs: [REGISTER_SPEC],
    storm: true,
  },
  {
    name: 'PAID that nobody has seen is not shown again after a crash',
    edits: [{ file: 'main/sale/recovery.ts', find: `if (unseen !== null) current.replace(unseen);`, replace: '' }],
    specs: [REGISTER_SPEC],
    storm: true,
  },
  {
    name: 'No answer from JustiFi counts as declined',
    edits: [
      {
        file: 'main/sale/reconcile.ts',
        find: `if (answer.kind === 'failed') return unclear(`,
        replace: `if (answer.kind === 'failed' && answer.failure.kind === 'server') return known({ kind: 'declined', reason: 'declined', code: 'http-5xx', completions: completionsBefore });\n  if (answer.kind === 'failed') return unclear(`,
      },
    ],
    specs: [RECONCILE_SPEC],
    storm: false,
  },
  {
    name: 'What JustiFi does not show at once never arrived',
    edits: [{ file: 'main/sale/reconcile.ts', find: 'export const NEVER_ARRIVED_AFTER_MS = 150_000;', replace: 'export const NEVER_ARRIVED_AFTER_MS = 0;' }],
    specs: [REGISTER_SPEC],
    storm: true,
  },
  {
    name: 'A payment that comes late is ignored',
    edits: [{ file: 'main/sale/sale.ts', find: `if (isSuccess(outcome)) {\n    const { paymentId`, replace: `if (isSuccess(outcome) && outcome.chargedInCents < 0) {\n    const { paymentId` }],
    specs: [REGISTER_SPEC],
    storm: false,
  },
  {
    name: 'Each try to void takes a new key',
    edits: [
      { file: 'main/sale/background.ts', find: `await parts.payments.void(paymentId, idempotencyKey)`, replace: `await parts.payments.void(paymentId, parts.newId())` },
    ],
    specs: [REGISTER_SPEC],
    storm: false,
  },
  {
    name: 'Pay can be pressed a second time while the first is under way',
    edits: [
      { file: 'main/sale/register.ts', find: `if (sale.kind !== 'ready' || !form.isOpen()) return refuseSubmit(`, replace: `if ((sale.kind !== 'ready' && sale.kind !== 'submitting') || !form.isOpen()) return refuseSubmit(` },
      { file: 'main/sale/sale.ts', find: `if (sale.kind !== 'ready' || sale.checkoutId !== event.checkoutId || sale.purchase`, replace: `if ((sale.kind !== 'ready' && sale.kind !== 'submitting') || sale.checkoutId !== event.checkoutId || sale.purchase` },
    ],
    specs: [REGISTER_SPEC],
    storm: false,
  },
  {
    name: 'A journal that cannot be written does not stop a sale',
    edits: [{ file: 'main/sale/current-sale.ts', find: `return failed({ kind: 'journal-unwritable' });`, replace: '' }],
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
