import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Chromium opens at most six to one origin at a time. */
const MOST_CONNECTIONS = 32;

/** For `createServer`: whoever connects says at once, and shortly, what it wants. A slow or silent peer is hung up on. */
export const SHORT_PATIENCE = {
  connectionsCheckingInterval: 1_000,
  headersTimeout: 4_000,
  requestTimeout: 10_000,
  maxHeaderSize: 16 * 1024,
} as const;

/** A peer that asks and does not read its answer, or that is silent between two halves of a request. */
const SILENT_AFTER_MS = 10_000;

/**
 * SECURITY: a server on loopback can be reached by every program of the PC. This keeps it to a few connections: one more
 * closes the one that was of use the longest ago, so that idle ones can neither use up the app's files nor keep its own page out.
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
