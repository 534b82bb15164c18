/** The ways to pay. All of them pay the one checkout of the sale. */
export const TENDERS = ['reader', 'card-form', 'plaid', 'insured', 'sezzle', 'saved', 'phone'] as const;
export type TenderKind = (typeof TENDERS)[number];
