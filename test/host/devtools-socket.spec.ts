import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DevtoolsSocket } from './devtools-socket.ts';

/** A server that takes every upgrade: the socket that it got, and the headers that it was asked with. */
async function withServer(refuses = false) {
  const server = createServer();
  const upgraded = once(server, 'upgrade') as Promise<[IncomingMessage, Socket]>;
  if (!refuses) server.on('upgrade', (_request, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'));
  else server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const messages: string[] = [];
  const [closed, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const hear = (message: string) => {
    messages.push(message);
    answered.resolve();
  };
  const client = new DevtoolsSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/devtools/browser/1`, hear, closed.resolve);
  const [request, socket] = await upgraded;
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  return { client, socket, request, messages, closed: closed.promise, answered: answered.promise };
}

function frame(text: string, { first = true, last = true } = {}): Buffer {
  const content = Buffer.from(text);
  const head = content.length < 126 ? Buffer.from([0, content.length]) : content.length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10);
  if (head.length === 4) head.writeUInt16BE(content.length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(content.length), 2);
  head[0] = (last ? 0x80 : 0) | (first ? 1 : 0);
  if (head.length > 2) head[1] = head.length === 4 ? 126 : 127;
  return Buffer.concat([head, content]);
}

describe('the socket to the DevTools of a Chromium', () => {
  it('offers no compression', async () => {
    const { request } = await withServer();
    expect(request.headers['sec-websocket-extensions']).toBeUndefined();
  });

  it('reads messages of every length, whole, in pieces, several at once and in several frames', async () => {
    const { socket, messages } = await withServer();
    const long = 'ü'.repeat(40_000);
    const sent = ['{}', 'a'.repeat(125), 'b'.repeat(126), 'c'.repeat(65_535), long];
    const bytes = Buffer.concat([...sent.map((text) => frame(text)), frame('in ', { last: false }), frame('two', { first: false })]);
    for (let at = 0; at < bytes.length; at += 7_001) socket.write(bytes.subarray(at, at + 7_001));
    await expect.poll(() => messages).toEqual([...sent, 'in two']);
  });

  it('tells of a message when all that waited for the one before it has run, also where both came at once', async () => {
    const { socket, messages, answered } = await withServer();
    void answered.then(() => messages.push('who waited'));
    socket.write(Buffer.concat(['answer', 'event'].map((text) => frame(text))));
    await expect.poll(() => messages).toEqual(['answer', 'who waited', 'event']);
  });

  it('sends messages of every length, in the order of the calls, and answers a ping', async () => {
    const { client, socket } = await withServer();
    let read = Buffer.alloc(0);
    socket.on('data', (data: Buffer) => (read = Buffer.concat([read, data])));
    const sent = ['{}', 'b'.repeat(126), 'ü'.repeat(40_000)];
    for (const message of sent) client.send(message);
    const wanted = Buffer.concat(sent.map(masked));
    await expect.poll(() => read.equals(wanted)).toBe(true);
    socket.write(Buffer.from([0x89, 2, 0x68, 0x69]));
    await expect.poll(() => read.subarray(wanted.length).toString('hex')).toBe('8a82000000006869');
  });

  it('tells of its end once, whoever ends it, also where it was refused', async () => {
    const byServer = await withServer();
    byServer.socket.destroy();
    await byServer.closed;
    const byClient = await withServer();
    byClient.client.close();
    await byClient.closed;
    await (await withServer(true)).closed;
  });
});

/** As a client's frame, with a mask of zeros. */
function masked(text: string): Buffer {
  const whole = frame(text);
  const headLength = whole.length - Buffer.byteLength(text);
  whole[1]! |= 0x80;
  return Buffer.concat([whole.subarray(0, headLength), Buffer.alloc(4), whole.subarray(headLength)]);
}
