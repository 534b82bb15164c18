import type { TenderKind } from '../../contract/tender.ts';
import { createCardForm } from '../sale/card-form/card-form.ts';
import type { CheckoutForms } from '../sale/card-form/checkout-form.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import { createInsured } from '../sale/insured/insured.ts';
import { createPhone } from '../sale/phone/phone.ts';
import { createPlaid } from '../sale/plaid/plaid.ts';
import type { Purchase } from '../sale/purchase.ts';
import { createReader } from '../sale/reader/reader.ts';
import { type Saved, createSaved } from '../sale/saved/saved.ts';
import { createSezzle } from '../sale/sezzle/sezzle.ts';
import type { Tender, TenderHost } from '../sale/tender.ts';
import type { Timers } from '../sale/timers.ts';
import type { Settings } from '../storage/settings.ts';
import { type JustifiAccount, accountIdOf } from './justifi-account.ts';
import { newId } from './new-id.ts';
import { qrCode } from './qr-code.ts';

type RegisterTendersParts = {
  readonly account: JustifiAccount;
  readonly settings: () => Settings;
  readonly forms: CheckoutForms & Readonly<Record<'plaid' | 'insured' | 'sezzle', CheckoutForms>>;
  /** The name of this PC in its network, for JustiFi's metadata. */
  readonly pc: string;
  readonly version: string;
  readonly cashier: () => string | null;
  readonly bankAuthorisation: (purchase: Purchase) => string;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly utcNow: () => string;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  readonly onChange: () => void;
};

/** Every way to pay at this register, made for the sale at its counter. */
export function createRegisterTenders(parts: RegisterTendersParts, current: CurrentSale, hostOf: (kind: TenderKind) => TenderHost): { readonly tenders: readonly Tender[]; readonly saved: Saved } {
  const { account, settings, forms, bankAuthorisation, utcNow } = parts;
  const { registerName, registerId } = settings();
  const shared = {
    checkouts: account.checkouts,
    timers: parts.timers,
    monotonicMs: parts.monotonicMs,
    newId,
    mode: account.mode === 'training' ? null : account.mode,
    metadata: { register: registerName, register_id: registerId, pc: parts.pc, app_version: parts.version },
    cashier: parts.cashier,
    log: parts.log,
  };
  const saved = createSaved({ ...shared, completions: account.completions }, current, hostOf('saved'));
  return {
    saved,
    tenders: [
      createReader({ ...shared, onChange: parts.onChange, terminals: account.terminals, paired: () => pairedReader(settings(), account) }, current, hostOf('reader')),
      createCardForm({ ...shared, forms, bankAuthorisation }, current, hostOf('card-form')),
      createPlaid({ ...shared, forms: forms.plaid, bankAuthorisation }, current, hostOf('plaid')),
      createInsured({ ...shared, forms: forms.insured }, current, hostOf('insured')),
      createSezzle({ ...shared, onChange: parts.onChange, forms: forms.sezzle, orders: account.sezzleOrders }, current, hostOf('sezzle')),
      saved.tender,
      createPhone({ ...shared, addressOf: account.checkoutAddress, draw: qrCode, utcNow }, current, hostOf('phone')),
    ],
  };
}

/** The card reader of this register, if it belongs to this account; null: none. */
function pairedReader({ cardReader }: Settings, { view }: Pick<JustifiAccount, 'view'>): Settings['cardReader'] {
  return cardReader?.ofAccount === accountIdOf(view) ? cardReader : null;
}

/** Whether a way to pay is switched on here that JustiFi allows for some accounts only. */
export function dependsOnAccount({ cardReader, form }: Settings): boolean {
  return cardReader !== null || form.plaid || form.insurance || form.sezzle;
}

/** The ways to pay that can be offered now, the first choice first. Saved cards are not offered until one is saved. */
export function waysToPay(settings: Settings, account: Pick<JustifiAccount, 'view' | 'ways'>, hasCustomers: boolean): readonly TenderKind[] {
  const { form } = settings;
  const takes = account.ways.taken();
  const paired = takes.cardPresent ? pairedReader(settings, account) : null;
  const atCounter: readonly TenderKind[] = paired === null ? ['card-form'] : paired.isFirst ? ['reader', 'card-form'] : ['card-form', 'reader'];
  return [...atCounter, ...(form.plaid && takes.plaid ? (['plaid'] as const) : []), ...(form.insurance && takes.insurance ? (['insured'] as const) : []), ...(form.sezzle && takes.sezzle ? (['sezzle'] as const) : []), ...(form.saved && hasCustomers ? (['saved'] as const) : []), ...(form.phone ? (['phone'] as const) : [])];
}
