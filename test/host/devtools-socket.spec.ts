import { once } from 'node:events';
import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { openDevtoolsSocket } from './devtools-socket.ts';

it('The socket to the DevTools of a Chromium offers no compression', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  const upgraded = once(server, 'upgrade') as Promise<[IncomingMessage, Socket]>;
  await once(server, 'listening');
  openDevtoolsSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, () => {});
  const [{ headers }, socket] = await upgraded;
  socket.destroy();
  expect(headers.upgrade).toBe('websocket');
  expect(headers['sec-websocket-extensions']).toBeUndefined();
});

it('The code that waited for a message has run before the next one, also where both came at once', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  await once(server, 'listening');
  server.on('connection', (_client, { socket }) => {
    const frame = (text: string) => Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]);
    socket.write(Buffer.concat([frame('answer'), frame('event')]));
  });
  const heard: string[] = [];
  const answered = Promise.withResolvers<void>();
  const socket = openDevtoolsSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, (message) => {
    heard.push(message);
    answered.resolve();
  });
  onTestFinished(() => socket.terminate());
  void answered.promise.then(() => heard.push('listener added'));
  await expect.poll(() => heard).toEqual(['answer', 'listener added', 'event']);
});
