import { WebSocket } from 'ws';

/**
 * A socket to the DevTools port of a Chromium on this PC
 *
 * Without compression: Node's own socket and Playwright's offer it, and Chromium then compresses every message to each of its clients, a twelfth of
 * the processor time of a start of the till. Each message is a task of its own: the code that waited for an answer, such as Playwright's listeners
 * of a new page, has run before the event that follows it.
 */
export function openDevtoolsSocket(endpoint: string, onMessage: (message: string) => void): WebSocket {
  const socket = new WebSocket(endpoint, { perMessageDeflate: false, allowSynchronousEvents: false, maxPayload: 0 });
  socket.on('message', (data) => Buffer.isBuffer(data) && onMessage(data.toString()));
  // Its end follows.
  socket.on('error', () => {});
  return socket;
}
