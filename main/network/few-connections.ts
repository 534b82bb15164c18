import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Chromium opens at most six to one origin at a time. */
const MOST_CONNECTIONS = 32;

/** For `createServer`: requests are short and come at once. A slow or silent peer is disconnected. */
export const REQUEST_TIMEOUTS = {
  connectionsCheckingInterval: 1_000,
  headersTimeout: 4_000,
  requestTimeout: 10_000,
  maxHeaderSize: 16 * 1024,
} as const;

/** For a peer that does not read its answer, or is silent in the middle of a request. */
const SILENT_AFTER_MS = 10_000;

/**
 * SECURITY: a server on loopback can be reached by every program of the PC. This keeps it to a few connections: one more
 * closes the one that was idle longest, so that idle connections neither use up the app's file handles nor block its own page.
 */
export function keepFewConnections(server: Server, most: number = MOST_CONNECTIONS): void {
  /** In the order of their last use. */
  const sockets = new Set<Socket>();
  server.timeout = SILENT_AFTER_MS;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const [longestUnused] = sockets;
    if (sockets.size > most) longestUnused?.destroy();
  });
  server.on('request', ({ socket }) => {
    if (!sockets.delete(socket)) return;
    sockets.add(socket);
  });
}
