import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { openDevtoolsSocket } from './devtools-socket.ts';
// Playwright's types of the DevTools protocol; its package exports them only by way of CDPSession's generics.
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };

type Command = keyof Protocol.CommandParameters;
type Answer = { readonly resolve: (result: never) => void; readonly reject: (error: Error) => void; readonly method: string };

type Incoming = {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: never;
  readonly error?: { readonly message: string };
};

/** A failed command: the target is gone, or Chromium refused it. */
export class CdpError extends Error {
  override readonly name = 'CdpError';
}

/** One conversation with one target (or, without an id, with the browser itself). */
export class CdpSession {
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #connection: CdpConnection;
  readonly id: string | undefined;

  constructor(connection: CdpConnection, id: string | undefined) {
    this.#connection = connection;
    this.id = id;
  }

  send<Method extends Command>(
    method: Method,
    params?: Protocol.CommandParameters[Method],
  ): Promise<Protocol.CommandReturnValues[Method]> {
    return this.#connection.request(method, params ?? {}, this.id);
  }

  /** For commands whose target may vanish at any moment, where that is no error. */
  sendIfAlive<Method extends Command>(method: Method, params?: Protocol.CommandParameters[Method]): void {
    this.send(method, params).catch((error: unknown) => {
      if (!(error instanceof CdpError)) throw error;
    });
  }

  on<Name extends keyof Protocol.Events>(name: Name, listener: (payload: Protocol.Events[Name]) => void): void {
    this.#events.on(name, listener);
  }

  onClose(listener: () => void): void {
    this.#events.once('close', listener);
  }

  deliver(name: string, payload: unknown): void {
    this.#events.emit(name, payload);
  }

  /** The session that Chromium announced with `Target.attachedToTarget` on this one. */
  child(id: string): CdpSession {
    return this.#connection.session(id);
  }
}

/** Carries whole messages to a Chromium and back. */
export type CdpLine = {
  send(message: string): void;
  /** Once, before anything is sent. */
  listen(onMessage: (message: string) => void, onClose: () => void): void;
};

/** Chromium's own pipe: it ends when this process does, however it ends. */
export function pipeLine(toChromium: Writable, fromChromium: Readable): CdpLine {
  return {
    send: (message) => void toChromium.write(`${message}\0`),
    listen(onMessage, onClose) {
      let unread = '';
      toChromium.on('error', onClose);
      fromChromium.on('error', onClose).on('close', onClose);
      fromChromium.setEncoding('utf8').on('data', (text: string) => {
        const messages = (unread + text).split('\0');
        unread = messages.pop() ?? '';
        for (const message of messages) onMessage(message);
      });
    },
  };
}

/** A port of a Chromium that belongs to another process: everything created over this connection is removed with it. */
export function socketLine(endpoint: string): CdpLine {
  let hear = (_message: string) => {};
  const socket = openDevtoolsSocket(endpoint, (message) => hear(message));
  const open = new Promise<void>((resolve) => {
    socket.on('open', resolve);
  });
  return {
    send: (message) => void open.then(() => socket.send(message)),
    listen(onMessage, onClose) {
      hear = onMessage;
      socket.on('close', onClose);
    },
  };
}

/**
 * The DevTools protocol
 *
 * The host speaks it itself because Playwright hides the parts that the stand-in needs: requests of redirects, of workers and of
 * pop-ups (one `Fetch` domain on the browser target sees them all), targets held before their first script, and preflights
 * that go to the real server.
 */
export class CdpConnection {
  readonly root: CdpSession = new CdpSession(this, undefined);
  /** Settles when the connection has ended. */
  readonly closed: Promise<void>;
  readonly #line: CdpLine;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #answers = new Map<number, Answer>();
  #lastId = 0;
  #isClosed = false;

  constructor(line: CdpLine) {
    this.#line = line;
    this.closed = new Promise((resolve) => {
      line.listen(
        (message) => this.#receive(JSON.parse(message) as Incoming),
        () => {
          this.#close();
          resolve();
        },
      );
    });
  }

  request(method: string, params: object, sessionId: string | undefined): Promise<never> {
    if (this.#isClosed) return Promise.reject(new CdpError(`${method}: Chromium has ended`));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve, reject, method });
      this.#line.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  session(id: string): CdpSession {
    const session = this.#sessions.get(id) ?? new CdpSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  #receive(message: Incoming): void {
    if (message.id !== undefined) this.#settle(message.id, message);
    else if (message.method !== undefined) this.#announce(message.method, message.params ?? {}, message.sessionId);
  }

  #settle(id: number, { error, result }: Incoming): void {
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    if (answer === undefined) return;
    if (error === undefined) answer.resolve(result as never);
    else answer.reject(new CdpError(`${answer.method}: ${error.message}`));
  }

  #announce(method: string, params: Record<string, unknown>, sessionId: string | undefined): void {
    const session = sessionId === undefined ? this.root : this.#sessions.get(sessionId);
    session?.deliver(method, params);
    if (method === 'Target.detachedFromTarget') this.#drop(params.sessionId as string);
  }

  #drop(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    this.#sessions.delete(sessionId);
    session?.deliver('close', undefined);
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const answer of this.#answers.values()) answer.reject(new CdpError(`${answer.method}: Chromium has ended`));
    this.#answers.clear();
    for (const id of this.#sessions.keys()) this.#drop(id);
  }
}
