import { z } from 'zod';
import { LONGEST_BANK_AUTHORISATION, checkBankAuthorisation } from './bank-authorisation.ts';
import { containsCardNumber } from './card-number.ts';
import { rights } from './cashier.ts';
import { withoutControls } from './control-characters.ts';
import { type DescriptionProblem, USUAL_PRESETS, checkDescription } from './description.ts';
import { type Currency, LARGEST_AMOUNT_IN_CENTS, SMALLEST_AMOUNT_IN_CENTS } from './money.ts';
import type { LockedSetting } from './locked-setting.ts';
import type { QuickItem } from './quick-item.ts';
import { type Result, assertNever, failed, ok } from './result.ts';
import { LONGEST_SAVED_CONSENT, checkSavedConsent } from './saved-consent.ts';
import { typedText } from './text.ts';

/** The command language of a printer. `escpos`: Epson and nearly all others. Star has its own: newer printers, older ones. */
const PRINTER_COMMANDS = ['escpos', 'star', 'star-line'] as const;
export type PrinterCommands = (typeof PRINTER_COMMANDS)[number];
/** Of a receipt printer, in mm. */
export const ROLLS = ['58', '80'] as const;
export type Roll = (typeof ROLLS)[number];
const PAPERS = [...ROLLS, 'a4', 'letter'] as const;
export type Paper = (typeof PAPERS)[number];

export const TIPS_OFFERED = ['none', 'percents', 'amounts'] as const;

const LONGEST_ITEM = 60;

const amount = z.int().min(SMALLEST_AMOUNT_IN_CENTS).max(LARGEST_AMOUNT_IN_CENTS);

/** The manager's settings for the sales of this register. A missing one takes its default. */
export const registerSettings = z.object({
  registerName: typedText(60, 1).default('Register 1'),
  limits: z
    .object({
      smallestInCents: amount.default(SMALLEST_AMOUNT_IN_CENTS),
      largestInCents: amount.default(LARGEST_AMOUNT_IN_CENTS),
      /** Null: never asked. */
      confirmAboveInCents: z.int().min(0).max(LARGEST_AMOUNT_IN_CENTS).nullable().default(100_000),
      /** 0: never asked. */
      sameAgainWithinMinutes: z.int().min(0).max(60).default(3),
    })
    .prefault({}),
  /** The customer's form: cards, bank accounts, or both; a postal code only or the whole address; whether they may log in to their bank or pay on their own phone, and whether they may save a card. JustiFi's form itself never shows saved cards: it does not know the customer at the counter. */
  form: z
    .object({
      cards: z.boolean().default(true),
      bankAccounts: z.boolean().default(true),
      billing: z.enum(['short', 'full']).default('short'),
      /** The shop's bank debit authorisation, with the placeholders of contract/bank-authorisation.ts; empty: Counter's own wording. */
      bankAuthorisation: typedText(LONGEST_BANK_AUTHORISATION).default(''),
      /** The customer may log in to their bank, through Plaid, where the account has it. */
      plaid: z.boolean().default(false),
      /** The customer may take an insurance with a card payment, where the account has it. */
      insurance: z.boolean().default(false),
      /** The customer may pay later, through Sezzle, where the account has it. Not proved with a live account (docs/justifi.md). */
      sezzle: z.boolean().default(false),
      /** The customer may pay on their own phone, on JustiFi's page. A link that was shown stays payable for a week. */
      phone: z.boolean().default(false),
      /** A customer may let the shop save the card of a paid sale, at JustiFi, and pay with it later. */
      saved: z.boolean().default(false),
      /** The consent, with the placeholder of contract/saved-consent.ts; empty: Counter's own wording. */
      savedConsent: typedText(LONGEST_SAVED_CONSENT).default(''),
    })
    .prefault({}),
  /** The actions of a cashier without the manager. */
  rights: rights.prefault({}),
  /** The manager's side locks after each call that changes or exports something, once there is a manager PIN (S-28). */
  lockAfterAction: z.boolean().default(false),
  /** The hour of the shop's clock at which its day begins: earlier sales belong to the day before. */
  dayBeginsAtHour: z.int().min(0).max(12).default(4),
  /** When the cashier enters none: it is asked for, or Counter sends a word of its own, or the shop's default. */
  description: z.object({ kind: z.enum(['required', 'optional', 'usual']).default('required'), usual: typedText(200).default('') }).prefault({}),
  descriptionPresets: z.array(typedText(200, 1)).max(12).default([...USUAL_PRESETS]),
  /** Buttons with a price. None: the till has only descriptions. */
  quickItems: z.array(z.strictObject({ name: typedText(LONGEST_ITEM, 1), priceInCents: z.int().min(1).max(LARGEST_AMOUNT_IN_CENTS) })).max(12).default([]),
  /** The tips that the customer is offered before the form. `percents`: of the purchase. */
  tips: z
    .object({
      offered: z.enum(TIPS_OFFERED).default('none'),
      percents: z.array(z.int().min(1).max(100)).max(3).default([15, 18, 20]),
      amountsInCents: z.array(z.int().min(1).max(LARGEST_AMOUNT_IN_CENTS)).max(3).default([100, 200, 500]),
      /** Of a purchase below this the amounts are offered instead of percentages. 0: never. */
      amountsBelowInCents: z.int().min(0).max(LARGEST_AMOUNT_IN_CENTS).default(0),
      /** The customer may give an amount of their own. */
      another: z.boolean().default(true),
    })
    .prefault({}),
  /** The text on every receipt, a line each. The logo is a file of its own (main/storage/logo-file.ts). */
  receipt: z
    .object({
      shopName: typedText(60).default(''),
      address: z.array(typedText(60)).max(5).default([]),
      taxId: typedText(60).default(''),
      header: z.array(typedText(60)).max(6).default([]),
      footer: z.array(typedText(60)).max(10).default([]),
    })
    .prefault({}),
  printing: z
    .object({
      /** `network`: raw bytes to `address`. `queue`: raw bytes to a queue of the system, by its name. `driver`: a page, to a printer that only has a driver. */
      way: z.enum(['none', 'network', 'queue', 'driver']).default('none'),
      /** "192.168.1.40" or "printer.local:9101". */
      address: typedText(100).default(''),
      queue: typedText(200).default(''),
      commands: z.enum(PRINTER_COMMANDS).default('escpos'),
      /** Of a receipt printer: mm. */
      paper: z.enum(PAPERS).default('80'),
      /** Each paid sale is printed automatically. */
      auto: z.boolean().default(false),
      merchantCopy: z.boolean().default(false),
      /** A cash drawer is connected to the printer. It never opens automatically for a sale by card. */
      drawer: z.boolean().default(false),
    })
    .prefault({}),
});
export type RegisterSettings = Readonly<z.infer<typeof registerSettings>>;

export type SettingsProblem =
  | { readonly kind: 'limits-crossed' }
  | { readonly kind: 'no-way-to-pay' }
  | { readonly kind: 'register-name-empty' | 'register-name-card-number' }
  | { readonly kind: 'preset-invalid'; readonly preset: string; readonly why: DescriptionProblem['kind'] }
  | { readonly kind: 'quick-item-invalid'; readonly item: string }
  | { readonly kind: 'usual-description-invalid'; readonly why: DescriptionProblem['kind'] }
  | { readonly kind: 'bank-authorisation-incomplete' | 'bank-authorisation-card-number' }
  | { readonly kind: 'saved-consent-incomplete' | 'saved-consent-card-number' }
  | { readonly kind: 'receipt-card-number' }
  | { readonly kind: 'printer-address-invalid' | 'printer-queue-empty' | 'paper-needs-driver' }
  | LockedSetting
  | { readonly kind: 'sale-in-progress' }
  | { readonly kind: 'audit-unwritable' }
  /** The settings of this register are missing: its account has to be connected again first. */
  | { readonly kind: 'settings-missing' }
  | { readonly kind: 'settings-unwritable' };

/** The settings as they are stored: trimmed, without double presets; refused where they contradict each other. */
export function checkRegisterSettings(typed: RegisterSettings): Result<RegisterSettings, SettingsProblem> {
  const registerName = withoutControls(typed.registerName).trim();
  if (registerName === '') return failed({ kind: 'register-name-empty' });
  if (containsCardNumber(registerName)) return failed({ kind: 'register-name-card-number' });
  if (typed.limits.smallestInCents > typed.limits.largestInCents) return failed({ kind: 'limits-crossed' });
  if (!typed.form.cards && !typed.form.bankAccounts) return failed({ kind: 'no-way-to-pay' });
  const presets = new Set<string>();
  for (const preset of typed.descriptionPresets) {
    const checked = checkDescription(preset);
    if (checked.kind === 'failed') return failed({ kind: 'preset-invalid', preset, why: checked.failure.kind });
    presets.add(checked.value);
  }
  const quickItems: QuickItem[] = [];
  for (const { name, priceInCents } of typed.quickItems) {
    const checked = checkDescription(name);
    if (checked.kind === 'failed') return failed({ kind: 'quick-item-invalid', item: name });
    quickItems.push({ name: checked.value, priceInCents });
  }
  const usual = checkDescription(typed.description.usual);
  const isNone = usual.kind === 'failed' && usual.failure.kind === 'description-empty' && typed.description.kind !== 'usual';
  if (usual.kind === 'failed' && !isNone) return failed({ kind: 'usual-description-invalid', why: usual.failure.kind });
  const authorisation = checkBankAuthorisation(typed.form.bankAuthorisation);
  if (authorisation.kind === 'failed') return authorisation;
  const consent = checkSavedConsent(typed.form.savedConsent);
  if (consent.kind === 'failed') return consent;
  const receipt = tidyReceipt(typed.receipt);
  if (textsOf(receipt).some(containsCardNumber)) return failed({ kind: 'receipt-card-number' });
  const printing = { ...typed.printing, address: typed.printing.address.trim(), queue: typed.printing.queue.trim() };
  const printer = printerProblem(printing);
  if (printer !== null) return failed(printer);
  return ok({ ...typed, registerName, form: { ...typed.form, bankAuthorisation: authorisation.value, savedConsent: consent.value }, receipt, printing, description: { ...typed.description, usual: usual.kind === 'ok' ? usual.value : '' }, descriptionPresets: [...presets], quickItems });
}

function tidyReceipt({ shopName, address, taxId, header, footer }: RegisterSettings['receipt']): RegisterSettings['receipt'] {
  const tidy = (text: string) => withoutControls(text).trim();
  const lines = (texts: readonly string[]) => texts.map(tidy).filter((line) => line !== '');
  return { shopName: tidy(shopName), address: lines(address), taxId: tidy(taxId), header: lines(header), footer: lines(footer) };
}

function textsOf({ shopName, address, taxId, header, footer }: RegisterSettings['receipt']): readonly string[] {
  return [shopName, ...address, taxId, ...header, ...footer];
}

/** The printer's own: its raw bytes are for rolls, its driver for sheets. Null: it can be used, or there is none. */
function printerProblem({ way, address, queue, paper }: RegisterSettings['printing']): SettingsProblem | null {
  if (way === 'none') return null;
  if (way === 'network' && readPrinterAddress(address) === null) return { kind: 'printer-address-invalid' };
  if (way !== 'network' && queue === '') return { kind: 'printer-queue-empty' };
  const isSheet = paper === 'a4' || paper === 'letter';
  return isSheet && way !== 'driver' ? { kind: 'paper-needs-driver' } : null;
}

/** Printers listen at port 9100 unless another is named. Null: no host, or no port. */
export function readPrinterAddress(address: string): { readonly host: string; readonly port: number } | null {
  const { host, port } = /^(?<host>[a-z\d](?:[a-z\d.-]{0,250}[a-z\d])?)(?::(?<port>\d{1,5}))?$/iu.exec(address.trim())?.groups ?? {};
  const number = Number(port ?? RAW_PORT);
  return host === undefined || number < 1 || number > 65_535 ? null : { host, port: number };
}
const RAW_PORT = 9100;

/** The description of a sale without an entered one; null: it has to be entered. `undescribed`: Counter's own word. JustiFi requires one (POST /v1/checkouts). */
export function usualDescription({ kind, usual }: RegisterSettings['description'], undescribed: string): string | null {
  switch (kind) {
    case 'required':
      return null;
    case 'optional':
      return undescribed;
    case 'usual':
      return usual;
    default:
      return assertNever(kind);
  }
}

/** The customer's form for an account in this currency; null: training. JustiFi takes bank transfers in the United States only: in Canada a form without cards would be empty. */
export function offeredForm(form: RegisterSettings['form'], currency: Currency | null): RegisterSettings['form'] {
  return currency === 'CAD' ? { ...form, cards: true } : form;
}
