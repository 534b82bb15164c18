/**
 * contextBridge between the page's world and the preload's world
 *
 * Two JavaScript worlds of one document share only its DOM. Each end holds the same detached element and dispatches
 * events on it: these are synchronous, and `detail` is a structured clone in the world that reads it. Functions stay
 * where they are and get a number; promises are settled by a later event. What Electron's own bridge does to errors (a
 * plain Error with the message), classes (own properties only) and symbols is done here too.
 *
 * `bridgeEnd` runs in both worlds by its source text, so it must not refer to anything outside itself.
 */
export type BridgeEnd = {
  /** Ready to cross as an event's detail. */
  pack(value: unknown): unknown;
  unpack(packed: unknown): unknown;
  post(message: unknown): void;
};

type Packed =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'function'; readonly id: number }
  | { readonly kind: 'promise'; readonly id: number }
  | { readonly kind: 'array'; readonly items: readonly Packed[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Packed])[] };

type BridgeMessage =
  | { readonly kind: 'call'; readonly id: number; readonly arguments: readonly Packed[] }
  | { readonly kind: 'returned' | 'threw'; readonly value: Packed }
  | { readonly kind: 'resolved' | 'rejected'; readonly id: number; readonly value: Packed };

export function bridgeEnd(
  channel: EventTarget,
  outgoing: string,
  incoming: string,
  otherMessage: (message: unknown) => void,
): BridgeEnd {
  // Captured now, before a script of the page can replace them.
  const { apply, getPrototypeOf } = Reflect;
  const { dispatchEvent } = EventTarget.prototype;
  const detailOf = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')!.get!;
  const TheEvent = CustomEvent;
  const clone = structuredClone;

  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const idsOfFunctions = new WeakMap<object, number>();
  const proxies = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let lastId = 0;
  let answer: { readonly kind: 'returned' | 'threw'; readonly value: Packed } | undefined;

  function post(message: unknown): void {
    apply(dispatchEvent, channel, [new TheEvent(outgoing, { detail: message })]);
  }

  function idOfFunction(value: (...args: unknown[]) => unknown): number {
    const id = idsOfFunctions.get(value) ?? ++lastId;
    idsOfFunctions.set(value, id);
    functions.set(id, value);
    return id;
  }

  function idOfPromise(promise: Promise<unknown>): number {
    const id = ++lastId;
    promise.then(
      (value) => post({ kind: 'resolved', id, value: packOrError(value) }),
      (error: unknown) => post({ kind: 'rejected', id, value: packOrError(error) }),
    );
    return id;
  }

  /** Whether Electron would copy it member by member; anything else must be cloneable as it is. */
  function isPlain(value: object): boolean {
    const tag = Object.prototype.toString.call(value);
    return tag === '[object Object]' || getPrototypeOf(value) === null;
  }

  function pack(value: unknown, depth = 0): Packed {
    if (depth > 1000) throw new TypeError('Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.');
    if (typeof value === 'function') return { kind: 'function', id: idOfFunction(value as (...args: unknown[]) => unknown) };
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (typeof value !== 'object' || value === null) return { kind: 'value', value };
    if (value instanceof Promise) return { kind: 'promise', id: idOfPromise(value) };
    if (value instanceof Error) return { kind: 'error', message: value.message };
    if (Array.isArray(value)) return { kind: 'array', items: value.map((item) => pack(item, depth + 1)) };
    if (isPlain(value)) {
      return { kind: 'object', entries: Object.entries(value).map(([key, member]) => [key, pack(member, depth + 1)]) };
    }
    try {
      return { kind: 'value', value: clone(value) };
    } catch {
      throw new Error('An object could not be cloned.');
    }
  }

  function packOrError(value: unknown): Packed {
    try {
      return pack(value);
    } catch (error) {
      return pack(error);
    }
  }

  function unpack(packed: Packed): unknown {
    switch (packed.kind) {
      case 'value':
        return packed.value;
      case 'error':
        return new Error(packed.message);
      case 'function':
        return proxyOf(packed.id);
      case 'promise':
        return new Promise((resolve, reject) => {
          promises.set(packed.id, { resolve, reject });
        });
      case 'array':
        return packed.items.map((item) => unpack(item));
      case 'object':
        break;
    }
    return Object.fromEntries(packed.entries.map(([key, member]) => [key, unpack(member)]));
  }

  function proxyOf(id: number): (...args: unknown[]) => unknown {
    const proxy =
      proxies.get(id) ??
      ((...args: unknown[]): unknown => {
        const packedArguments = args.map((argument) => pack(argument));
        answer = undefined;
        post({ kind: 'call', id, arguments: packedArguments });
        // Read through a function: the other end has set it from within post(), which no type can see.
        const given = takeAnswer();
        if (given === undefined) throw new Error('The other end of the context bridge is gone');
        if (given.kind === 'threw') throw unpack(given.value);
        return unpack(given.value);
      });
    proxies.set(id, proxy);
    return proxy;
  }

  function takeAnswer(): typeof answer {
    const given = answer;
    answer = undefined;
    return given;
  }

  function call(id: number, packedArguments: readonly Packed[]): void {
    let reply: BridgeMessage;
    try {
      const args = packedArguments.map((argument) => unpack(argument));
      reply = { kind: 'returned', value: pack(functions.get(id)!(...args)) };
    } catch (error) {
      reply = { kind: 'threw', value: packOrError(error) };
    }
    post(reply);
  }

  channel.addEventListener(incoming, (event) => {
    const message = apply(detailOf, event, []) as BridgeMessage;
    switch (message.kind) {
      case 'call':
        return call(message.id, message.arguments);
      case 'returned':
      case 'threw':
        answer = message;
        return undefined;
      case 'resolved':
      case 'rejected': {
        const waiting = promises.get(message.id);
        promises.delete(message.id);
        return message.kind === 'resolved' ? waiting?.resolve(unpack(message.value)) : waiting?.reject(unpack(message.value));
      }
      default:
        return otherMessage(message);
    }
  });

  return { pack, unpack: (packed) => unpack(packed as Packed), post };
}
