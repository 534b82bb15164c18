import type { Page } from 'playwright';
import type { WindowPicture } from './control-message.ts';

/** The pages of a window as a person sees them, one picture (PNG): each at its place, the higher over the lower. */
export async function pictureOf({ width, height, pages }: WindowPicture, pageOf: (targetId: string) => Promise<Page | undefined>): Promise<Buffer> {
  const shown = await Promise.all(pages.map(async ({ targetId, bounds }) => ({ bounds, page: await pageOf(targetId) })));
  const drawn = shown.flatMap(({ bounds, page }) => (page === undefined ? [] : [{ bounds, page }]));
  const [lowest] = drawn;
  if (lowest === undefined) throw new Error('Nothing of this window is to be seen');
  const layers = await Promise.all(drawn.map(async ({ bounds, page }) => ({ ...bounds, png: (await page.screenshot({ animations: 'disabled' })).toString('base64') })));
  const base64 = await lowest.page.evaluate(composeLayers, { width, height, layers });
  return Buffer.from(base64, 'base64');
}

type Layers = { readonly width: number; readonly height: number; readonly layers: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly png: string }[] };

/** Runs in a page, which can draw; it changes nothing there. */
async function composeLayers({ width, height, layers }: Layers): Promise<string> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  for (const { x, y, width: wide, height: high, png } of layers) {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (character) => character.codePointAt(0)!)], { type: 'image/png' }));
    context.drawImage(image, x, y, wide, high);
  }
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCodePoint(byte);
  return btoa(text);
}
