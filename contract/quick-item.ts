/** A button on the till with a price: pressed, it is a line of the tape with its name. */
export type QuickItem = { readonly name: string; readonly priceInCents: number };
