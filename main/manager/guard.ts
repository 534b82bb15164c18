import type { CallName, Handlers, Locked } from '../../contract/channels.ts';

export type GuardParts = {
  /** Is the manager's side open? Asking keeps it open. */
  readonly mayManage: () => boolean;
  readonly onRefused: (call: CallName<'manager'>) => void;
};

/** SECURITY: the one place where a call of the manager's side is let through; before its handler runs, whichever it is. */
export function guardManager(handlers: Handlers<'manager'>, { mayManage, onRefused }: GuardParts): Handlers<'manager'> {
  const guarded = Object.entries(handlers).map(([name, handler]) => [
    name,
    async (input: never): Promise<unknown> => {
      if (mayManage()) return (handler as (input: never) => Promise<unknown>)(input);
      onRefused(name as CallName<'manager'>);
      return LOCKED;
    },
  ]);
  return Object.fromEntries(guarded) as Handlers<'manager'>;
}

const LOCKED: Locked = { kind: 'failed', failure: { kind: 'locked' } };
