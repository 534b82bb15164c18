/** Of the file, in bytes. Apart from logo.ts, which is loaded when a logo is chosen. */
export const LARGEST_LOGO_FILE = 1_000_000;
