import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openConnections } from '../../main/justifi/connection.ts';

const MEBIBYTE = 1024 * 1024;
let server: Server;
let answerWith: (response: ServerResponse, request: IncomingMessage) => void;
let connections: ReturnType<typeof openConnections>;
const ask = (timeoutMs = 20_000) => {
  const { port } = server.address() as AddressInfo;
  return connections.send({ url: `http://127.0.0.1:${port}/`, method: 'GET', headers: {}, body: null, timeoutMs });
};

beforeEach(async () => {
  connections = openConnections();
  server = createServer((request, response) => answerWith(response.on('error', () => {}), request));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(async () => {
  await connections.close();
  server.close();
  server.closeAllConnections();
});

/** The largest growth of this process's memory. */
async function memoryUsedBy(action: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 5);
  await action();
  clearInterval(watch);
  return Math.max(most, process.memoryUsage.rss()) - before;
}

test('A-11: an answer of gzip in gzip is not unpacked twice, and one that is unpacked is counted', async () => {
  const zeros = gzipSync(Buffer.alloc(600 * MEBIBYTE));
  const twice = gzipSync(zeros);
  expect(twice.length).toBeLessThan(10_000);
  answerWith = (response) => response.writeHead(200, { 'Content-Encoding': 'gzip, gzip' }).end(twice);
  expect(await memoryUsedBy(() => expect(ask()).resolves.toMatchObject({ status: 200, text: '' }))).toBeLessThan(100 * MEBIBYTE);
  answerWith = (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(zeros);
  expect(await memoryUsedBy(() => expect(ask()).resolves.toMatchObject({ status: 200, text: '' }))).toBeLessThan(100 * MEBIBYTE);
});

test('A-11: an endless answer is hung up on at its limit, long before its time is over', async () => {
  let sent = 0;
  const hungUp = Promise.withResolvers<void>();
  answerWith = (response) => {
    const part = Buffer.alloc(64 * 1024, 120);
    const more = () => {
      while (response.write(part)) sent += part.length;
    };
    response.on('drain', more).on('close', hungUp.resolve);
    more();
  };
  expect(await ask(60_000)).toMatchObject({ status: 200, text: '' });
  await hungUp.promise;
  expect(sent).toBeLessThan(16 * MEBIBYTE);
});

test('A-11: an answer of a usual length is read whole, plain or packed once; the next request finds the line usable', async () => {
  const text = JSON.stringify({ data: 'é'.repeat(300_000) });
  answerWith = (response) => response.end(text);
  expect(await ask()).toMatchObject({ status: 200, text });
  for (const [encoding, packed] of [['gzip', gzipSync(text)], ['br', brotliCompressSync(text)]] as const) {
    answerWith = (response) => response.writeHead(201, { 'Content-Encoding': encoding }).end(packed);
    // oxlint-disable-next-line no-await-in-loop -- one line, one after the other
    expect(await ask()).toMatchObject({ status: 201, text });
  }
});
