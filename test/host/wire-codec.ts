/**
 * Structured clones as text
 *
 * Electron's messages are structured clones; a CDP binding carries only strings. The same function runs in Node and,
 * by its source text, in the preload's world, so it must not refer to anything outside itself.
 */
export type WireCodec = {
  encode(value: unknown): string;
  decode(text: string): unknown;
};

/** A leaf itself, or a tag followed by its content; numbers that are not leaves are indexes of the table. */
type WireNode = string | number | boolean | null | readonly [tag: string, ...rest: (string | number | boolean)[]];

export function wireCodec(): WireCodec {
  const viewConstructors: Readonly<Record<string, new (buffer: ArrayBuffer, offset: number, length: number) => ArrayBufferView>> = {
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
    Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView,
  }; // prettier-ignore
  const errorConstructors = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
  const unclonable = (): Error => new Error('An object could not be cloned.');

  function toBase64(buffer: ArrayBuffer): string {
    const bytes = new Uint8Array(buffer);
    let binary = '';
    const chunk = 0x8000;
    for (let at = 0; at < bytes.length; at += chunk) binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
    return btoa(binary);
  }

  function fromBase64(text: string): ArrayBuffer {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer;
  }

  function encode(value: unknown): string {
    let root: unknown;
    try {
      root = structuredClone(value);
    } catch {
      throw unclonable();
    }
    const table: WireNode[] = [];
    const places = new Map<unknown, number>();

    function entriesOf(object: object): number[] {
      return Object.entries(object).flatMap(([key, member]) => [place(key), place(member)]);
    }

    function nodeOf(item: object): WireNode {
      if (Array.isArray(item)) return ['array', item.length, ...entriesOf(item)];
      if (item instanceof Date) return ['date', String(item.getTime())];
      if (item instanceof RegExp) return ['regexp', item.source, item.flags];
      if (item instanceof Map) return ['map', ...[...item].flatMap(([key, member]) => [place(key), place(member)])];
      if (item instanceof Set) return ['set', ...[...item].map(place)];
      if (item instanceof Error) return ['error', item.name, item.message, item.stack ?? ''];
      if (item instanceof ArrayBuffer) return ['buffer', toBase64(item)];
      if (ArrayBuffer.isView(item)) {
        const length = item instanceof DataView ? item.byteLength : (item as Uint8Array).length;
        return ['view', item.constructor.name, place(item.buffer), item.byteOffset, length];
      }
      if (Object.getPrototypeOf(item) === Object.prototype) return ['object', ...entriesOf(item)];
      throw unclonable();
    }

    function place(item: unknown): number {
      const negativeZero = Object.is(item, -0);
      const known = negativeZero ? undefined : places.get(item);
      if (known !== undefined) return known;
      const at = table.push(null) - 1;
      if (!negativeZero) places.set(item, at);
      if (item === undefined) table[at] = ['undefined'];
      else if (typeof item === 'bigint') table[at] = ['bigint', String(item)];
      else if (typeof item === 'number') {
        table[at] = Number.isFinite(item) && !negativeZero ? item : ['number', negativeZero ? '-0' : String(item)];
      } else if (typeof item === 'object' && item !== null) table[at] = nodeOf(item);
      else table[at] = item as WireNode;
      return at;
    }

    place(root);
    return JSON.stringify(table);
  }

  function decode(text: string): unknown {
    const table = JSON.parse(text) as WireNode[];
    const revived = new Map<number, unknown>();

    function keep<Item>(at: number, item: Item): Item {
      revived.set(at, item);
      return item;
    }

    function pairs(rest: readonly unknown[]): [unknown, unknown][] {
      return Array.from({ length: rest.length / 2 }, (_, pair) => [revive(rest[2 * pair]), revive(rest[2 * pair + 1])]);
    }

    function define(object: object, rest: readonly unknown[]): void {
      for (const [key, value] of pairs(rest)) {
        Object.defineProperty(object, key as string, { value, enumerable: true, configurable: true, writable: true });
      }
    }

    function revive(place: unknown): unknown {
      const at = place as number;
      if (revived.has(at)) return revived.get(at);
      const node = table[at];
      if (!Array.isArray(node)) return keep(at, node);
      const [tag, ...rest] = node as [string, ...unknown[]];
      switch (tag) {
        case 'undefined':
          return keep(at, undefined);
        case 'bigint':
          return keep(at, BigInt(rest[0] as string));
        case 'number':
          return keep(at, Number(rest[0]));
        case 'date':
          return keep(at, new Date(Number(rest[0])));
        case 'regexp':
          return keep(at, new RegExp(rest[0] as string, rest[1] as string));
        case 'buffer':
          return keep(at, fromBase64(rest[0] as string));
        case 'view': {
          const View = viewConstructors[rest[0] as string]!;
          return keep(at, new View(revive(rest[1]) as ArrayBuffer, rest[2] as number, rest[3] as number));
        }
        case 'error': {
          const [name, message, stack] = rest as [string, string, string];
          const ErrorOfKind = name in errorConstructors ? errorConstructors[name as keyof typeof errorConstructors] : Error;
          return keep(at, Object.defineProperty(new ErrorOfKind(message), 'stack', { value: stack, configurable: true, writable: true }));
        }
        case 'map': {
          const map = keep(at, new Map<unknown, unknown>());
          for (const [key, value] of pairs(rest)) map.set(key, value);
          return map;
        }
        case 'set': {
          const set = keep(at, new Set<unknown>());
          for (const member of rest) set.add(revive(member));
          return set;
        }
        case 'array': {
          const array = keep(at, [] as unknown[]);
          define(array, rest.slice(1));
          array.length = rest[0] as number;
          return array;
        }
        default: {
          const object = keep(at, {});
          define(object, rest);
          return object;
        }
      }
    }

    return revive(0);
  }

  return { encode, decode };
}
