/** A button on the till with a price: a press adds a line with its name to the tape. */
export type QuickItem = { readonly name: string; readonly priceInCents: number };
