import { EventEmitter } from 'node:events';

/**
 * Refusing instead of being undefined
 *
 * Production code that starts to use a part of Electron which the stand-in lacks must fail with a sentence that says so,
 * not with "undefined is not a function" three calls later.
 */
export function notInHost(what: string): Error {
  return new Error(`${what} is not in the Chromium host (test/host/README.md lists what is)`);
}

/** A function that refuses when it is called. */
export function refusal(what: string): () => never {
  return () => {
    throw notInHost(what);
  };
}

/** Names that the language, Node and test runners look up on any object. */
const askedOfEveryObject = new Set(['then', 'toJSON', 'constructor', 'inspect', '__esModule', 'default', 'asymmetricMatch']);

function refuseUnknown(owner: string) {
  return (target: object, key: string | symbol, receiver: unknown): unknown => {
    if (typeof key === 'symbol' || key in target || key.startsWith('_') || askedOfEveryObject.has(key)) {
      return Reflect.get(target, key, receiver);
    }
    throw notInHost(`${owner}.${key}`);
  };
}

/** The same object, except that reading a member it does not have throws. */
export function refusingOthers<Members extends object>(owner: string, members: Members): Members {
  return new Proxy<Members>(members, { get: refuseUnknown(owner) });
}

/** A part of Electron that the stand-in lacks entirely. */
export function absentModule(name: string): object {
  const refuse = refusal(name);
  // A function of the old kind, because only that can be both called and constructed.
  return new Proxy(function absent(): void {}, { get: refuseUnknown(name), construct: refuse, apply: refuse });
}

/**
 * An event emitter on which unknown members throw
 *
 * The check sits at the end of the prototype chain, so objects of the class stay ordinary objects with private fields.
 */
export function refusingEmitter(owner: string): new () => EventEmitter {
  class RefusingEmitter extends EventEmitter {}
  Object.setPrototypeOf(RefusingEmitter.prototype, new Proxy(EventEmitter.prototype, { get: refuseUnknown(owner) }));
  return RefusingEmitter;
}
