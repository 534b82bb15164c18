import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';

/** RFC 6455, 5.2: the kinds of frames that Chromium's DevTools server sends or is sent. */
const CONTINUED = 0;
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const LAST_FRAME = 0x80;
const MASKED = 0x80;

/**
 * A WebSocket to the DevTools port of a Chromium on this PC, without compression
 *
 * Node's own, and Playwright's, offer it, and Chromium then compresses every message to each of its clients: a twelfth of the processor time of a
 * start of the till. Only text is sent and read.
 */
export class DevtoolsSocket {
  readonly #socket: Promise<Socket>;
  readonly #onMessage: (message: string) => void;
  readonly #onClose: () => void;
  readonly #parts: Buffer[] = [];
  /** Of a message in several frames. */
  #unread: Buffer = Buffer.alloc(0);
  #received = 0;
  #needed = 2;
  #isClosed = false;

  constructor(endpoint: string, onMessage: (message: string) => void, onClose: () => void) {
    this.#onMessage = onMessage;
    this.#onClose = onClose;
    this.#socket = upgrade(endpoint).then(([socket, head]) => {
      socket.setNoDelay(true);
      socket.on('error', () => undefined).on('close', () => this.#end());
      socket.on('data', (data: Buffer) => this.#read(data));
      if (head.length > 0) this.#read(head);
      return socket;
    });
    this.#socket.catch(() => this.#end());
  }

  send(message: string): void {
    this.#write(TEXT, Buffer.from(message));
  }

  close(): void {
    void this.#socket.then((socket) => socket.destroy(), () => undefined);
  }

  /** Masked, as every frame of a client must be, with zeros: no proxy is on the way that a mask would protect. */
  #write(kind: number, content: Buffer): void {
    const { length } = content;
    const head = Buffer.alloc(length < 126 ? 6 : length < 65_536 ? 8 : 14);
    head[0] = LAST_FRAME | kind;
    head[1] = MASKED | (length < 126 ? length : length < 65_536 ? 126 : 127);
    if (head.length === 8) head.writeUInt16BE(length, 2);
    if (head.length === 14) head.writeBigUInt64BE(BigInt(length), 2);
    void this.#socket.then((socket) => {
      socket.cork();
      socket.write(head);
      socket.write(content);
      socket.uncork();
    }, () => undefined);
  }

  #read(data: Buffer): void {
    this.#parts.push(data);
    this.#received += data.length;
    if (this.#received < this.#needed) return;
    let rest = Buffer.concat(this.#parts);
    let frame = frameOf(rest);
    for (; typeof frame !== 'number'; frame = frameOf(rest)) {
      rest = rest.subarray(frame.end);
      this.#take(frame);
    }
    this.#parts.splice(0, Infinity, rest);
    this.#received = rest.length;
    this.#needed = frame;
  }

  #take({ kind, isLast, content }: Frame): void {
    if (kind === PING) this.#write(PONG, content);
    else if (kind === CLOSE) this.close();
    else if (kind === TEXT || kind === CONTINUED) {
      const whole = this.#unread.length === 0 ? content : Buffer.concat([this.#unread, content]);
      this.#unread = isLast ? Buffer.alloc(0) : whole;
      // A task for each: what was waiting for an answer, such as Playwright's listeners of a new page, is there before the event that follows it.
      if (isLast) setImmediate(() => this.#onMessage(whole.toString()));
    }
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    setImmediate(this.#onClose);
  }
}

type Frame = { readonly kind: number; readonly isLast: boolean; readonly content: Buffer; readonly end: number };

/** The first frame of these bytes; where it is not complete, how many bytes it needs. A server masks none. */
function frameOf(bytes: Buffer): Frame | number {
  if (bytes.length < 2) return 2;
  const short = bytes[1]! & 0x7f;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < start) return start;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const end = start + length;
  if (bytes.length < end) return end;
  return { kind: bytes[0]! & 0x0f, isLast: (bytes[0]! & LAST_FRAME) !== 0, content: bytes.subarray(start, end), end };
}

async function upgrade(endpoint: string): Promise<[socket: Socket, head: Buffer]> {
  const asked = request(endpoint.replace(/^ws:/u, 'http:'), {
    headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': crypto.getRandomValues(Buffer.alloc(16)).toString('base64') },
  });
  asked.on('response', ({ statusCode }: IncomingMessage) => asked.destroy(new Error(`DevTools answered ${statusCode}`)));
  asked.end();
  const [, socket, head] = (await once(asked, 'upgrade')) as [IncomingMessage, Socket, Buffer];
  return [socket, head];
}
