/** A QR code as an SVG path of squares, for a viewBox of `size` by `size` that includes the quiet zone. */
export type QrDrawing = { readonly size: number; readonly path: string };
