import { bankAuthorisation } from '../contract/bank-authorisation.ts';
import type { Language } from '../contract/language.ts';
import { type Currency, formatMoney } from '../contract/money.ts';
import { savedConsent } from '../contract/saved-consent.ts';
import { localeOf } from './language.ts';

/** The description of a sale where it is optional and was left empty: JustiFi requires one. */
export const UNDESCRIBED: Readonly<Record<Language, string>> = { en: 'Sale', es: 'Venta', fr: 'Vente' };

/** Counter's own wording of a single debit; the manager can set the shop's own. */
export const USUAL_BANK_AUTHORISATION: Readonly<Record<Language, string>> = {
  en: 'By pressing Pay, I authorize {shop} to debit this bank account once for {amount}, today or on the next business day, and to correct a wrong debit. If my bank returns it unpaid, I still owe {shop} this amount.',
  es: 'Al presionar Pay, autorizo a {shop} a cargar {amount} a esta cuenta bancaria una sola vez, hoy o el siguiente día hábil, y a corregir un cargo equivocado. Si mi banco lo devuelve sin pagar, sigo debiendo esta cantidad a {shop}.',
  fr: 'En appuyant sur Pay, j’autorise {shop} à prélever une seule fois {amount} sur ce compte bancaire, aujourd’hui ou le prochain jour ouvrable, et à corriger un prélèvement erroné. Si ma banque le retourne impayé, je dois toujours ce montant à {shop}.',
};

/** The bank debit authorisation of a sale. `wording`: the shop's own; empty: Counter's. */
export function bankAuthorisationOf(wording: string, language: Language, { totalInCents: amountInCents, currency }: { readonly totalInCents: number; readonly currency: Currency }, shop: string): string {
  const amount = formatMoney({ amountInCents, currency }, localeOf(language, currency));
  return bankAuthorisation(wording === '' ? USUAL_BANK_AUTHORISATION[language] : wording, { shop, amount });
}

/** Counter's own wording of the consent to save a card; the manager can set the shop's own. */
export const USUAL_SAVED_CONSENT: Readonly<Record<Language, string>> = {
  en: 'I agree that {shop} keeps this card with its payment provider, JustiFi, and charges it when I ask for that at the counter. I can have it removed at any time.',
  es: 'Acepto que {shop} guarde esta tarjeta con su proveedor de pagos, JustiFi, y le cobre cuando yo lo pida en el mostrador. Puedo hacer que la eliminen en cualquier momento.',
  fr: 'J’accepte que {shop} conserve cette carte chez son fournisseur de paiement, JustiFi, et la débite lorsque je le demande au comptoir. Je peux la faire supprimer en tout temps.',
};

/** The consent before a card is saved. `wording`: the shop's own; empty: Counter's. */
export function savedConsentOf(wording: string, language: Language, shop: string): string {
  return savedConsent(wording === '' ? USUAL_SAVED_CONSENT[language] : wording, shop);
}

/** The mail that carries a payment link. */
export function linkMessage(language: Language, { address, amountInCents, currency }: { readonly address: string; readonly amountInCents: number; readonly currency: Currency }, shop: string): { readonly title: string; readonly text: string } {
  const amount = formatMoney({ amountInCents, currency }, localeOf(language, currency));
  const { title, text } = LINK_MESSAGES[language];
  return { title: title(amount, shop), text: `${text(amount, shop)}\n${address}` };
}

const LINK_MESSAGES: Readonly<Record<Language, { readonly title: (amount: string, shop: string) => string; readonly text: (amount: string, shop: string) => string }>> = {
  en: { title: (amount, shop) => `Pay ${amount} to ${shop}`, text: (amount, shop) => `Pay ${amount} to ${shop} on this page:` },
  es: { title: (amount, shop) => `Pague ${amount} a ${shop}`, text: (amount, shop) => `Pague ${amount} a ${shop} en esta página:` },
  fr: { title: (amount, shop) => `Payez ${amount} à ${shop}`, text: (amount, shop) => `Payez ${amount} à ${shop} sur cette page :` },
};
