import { refusingOthers } from './not-in-host.ts';

/** Electron's NativeImage of a PNG. */
export function nativeImage(png: Buffer): object {
  return refusingOthers('nativeImage', {
    toPNG: () => png,
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
    // Width and height are at fixed positions of a PNG's first chunk.
    getSize: () => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) }),
    isEmpty: () => false,
  });
}
