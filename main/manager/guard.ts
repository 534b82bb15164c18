import type { CallName, Handlers, Locked } from '../../contract/channels.ts';

export type GuardParts = {
  /** Is the manager's side open? Asking keeps it open. */
  readonly mayManage: () => boolean;
  /** `isFirst`: of this call since the side was last open; a page that asks a thousand times fills no log. */
  readonly onRefused: (call: CallName<'manager'>, isFirst: boolean) => void;
};

/** SECURITY: the one place where a call of the manager's side is let through; before its handler runs, whichever it is. */
export function guardManager(handlers: Handlers<'manager'>, { mayManage, onRefused }: GuardParts): Handlers<'manager'> {
  const refused = new Set<string>();
  const guarded = Object.entries(handlers).map(([name, handler]) => [
    name,
    async (input: never): Promise<unknown> => {
      if (mayManage()) {
        refused.clear();
        return (handler as (input: never) => Promise<unknown>)(input);
      }
      onRefused(name as CallName<'manager'>, !refused.has(name));
      refused.add(name);
      return LOCKED;
    },
  ]);
  return Object.fromEntries(guarded) as Handlers<'manager'>;
}

const LOCKED: Locked = { kind: 'failed', failure: { kind: 'locked' } };
