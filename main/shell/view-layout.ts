export type Size = { readonly width: number; readonly height: number };
export type Place = Size & { readonly x: number; readonly y: number };

/** The largest width of the form over the till's page; `--beside` of renderer/skin/tokens.css. */
const WIDEST_FORM = 760;

const USUAL_WINDOW: Size = { width: 1280, height: 800 };

/** The screens work down to this size (C-60: 1366×768 at 125 %, less title bar and taskbar); a taskbar may take more of a small one. */
const SMALLEST_WINDOW: Size = { width: 1024, height: 574 };

/**
 * The rectangles of the two views on the window, in its content's pixels. The till's page fills it; the customer's form takes the right half, at most
 * 760 pixels, where the till's page leaves room for it. They cover the window to the last pixel.
 */
export function placeViews({ width, height }: Size): { readonly till: Place; readonly form: Place } {
  const beside = Math.min(WIDEST_FORM, Math.round(width / 2));
  return { till: { x: 0, y: 0, width, height }, form: { x: width - beside, y: 0, width: beside, height } };
}

/** The size of the new window, and its minimum, on a screen with this work area. */
export function windowSizes(room: Size): { readonly usual: Size; readonly smallest: Size } {
  return { usual: fitted(USUAL_WINDOW, room), smallest: fitted(SMALLEST_WINDOW, room) };
}

function fitted({ width, height }: Size, room: Size): Size {
  return { width: Math.min(width, room.width), height: Math.min(height, room.height) };
}
