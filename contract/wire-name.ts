import type { CallName, PushName, Role } from './channels.ts';

/** The name of a call or a push on Electron's wire: "till:charge". Apart from the contract, so that preloads carry no schemas. */
export function wireName<R extends Role>(role: R, name: CallName<R> | PushName<R>): string {
  return `${role}:${name}`;
}
