import type { Result } from '../../contract/result.ts';
import { type Place, type Size, windowSizes } from './view-layout.ts';

/** Not maximised, in pixels of the desktop. */
export type WindowPlace = Place & { readonly isMaximized: boolean };

/** The positions of the till's window, by display. `last`: the display of its last position; null: it was never opened. */
export type WindowPlaces = { readonly last: string | null; readonly places: Readonly<Record<string, WindowPlace>> };

/** Saved over the runs of Counter. */
export type KeptPlaces = { read(): WindowPlaces; write(next: WindowPlaces): Result<null, unknown> };

/** A display of Electron's, in pixels of the desktop. `workArea`: without its taskbar. */
export type DisplayPlace = { readonly bounds: Place; readonly workArea: Place };

/** A shop has one desk, and perhaps a laptop with changing displays. */
const MOST_DISPLAYS = 8;

/**
 * The position of the new window: on its last display as it was there, if that display is still connected; else on the first one. It lies wholly inside the
 * work area of that display, whatever was saved.
 */
export function placeOnOpening({ last, places }: WindowPlaces, displays: readonly DisplayPlace[], primary: DisplayPlace): { readonly bounds: Place; readonly smallest: Size; readonly isMaximized: boolean } {
  const display = displays.find((each) => nameOf(each) === last) ?? primary;
  const room = display.workArea;
  const { usual, smallest } = windowSizes(room);
  const kept = places[nameOf(display)];
  if (kept === undefined) return { bounds: { ...usual, x: room.x + half(room.width - usual.width), y: room.y + half(room.height - usual.height) }, smallest, isMaximized: false };
  const width = between(smallest.width, kept.width, room.width);
  const height = between(smallest.height, kept.height, room.height);
  const bounds = { x: between(room.x, kept.x, room.x + room.width - width), y: between(room.y, kept.y, room.y + room.height - height), width, height };
  return { bounds, smallest, isMaximized: kept.isMaximized };
}

/** The positions with the present one added; the same object when nothing has changed. The oldest displays are forgotten. */
export function withPlace(before: WindowPlaces, display: DisplayPlace, place: WindowPlace): WindowPlaces {
  const name = nameOf(display);
  const { [name]: known, ...others } = before.places;
  if (before.last === name && known !== undefined && isSame(known, place)) return before;
  return { last: name, places: { ...Object.fromEntries(Object.entries(others).slice(1 - MOST_DISPLAYS)), [name]: place } };
}

/** By its position and size on the desktop: its id may change with each start of the PC. */
function nameOf({ bounds: { x, y, width, height } }: DisplayPlace): string {
  return `${width}x${height} at ${x},${y}`;
}

function isSame(one: WindowPlace, other: WindowPlace): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height && one.isMaximized === other.isMaximized;
}

const half = (pixels: number): number => Math.round(pixels / 2);
const between = (least: number, wanted: number, most: number): number => Math.max(least, Math.min(wanted, most));
