import type { Customers } from './customers.ts';
import type { SaveOffers } from './save-offer.ts';
import type { Saved } from './saved.ts';

/** The customers of a register, the offer to save a card, and paying with one. */
export type SavedCards = { readonly customers: Customers; readonly offers: SaveOffers; readonly pay: Saved['pay'] };
