import type { CallInput, CallName, CallResult, Handlers, Locked } from '../../contract/channels.ts';

/**
 * Whether the manager's side has stayed open since this call was allowed; asked again after each wait and before an effect. Once it was locked,
 * the answer stays no, even when it is opened again.
 */
export type IsStillOpen = () => boolean;

/** The manager's calls. Each gets a function to ask whether the side is still open, before it changes, writes or answers anything. */
export type ManagerHandlers = {
  readonly [Name in CallName<'manager'>]: (input: CallInput<'manager', Name>, isStillOpen: IsStillOpen) => Promise<CallResult<'manager', Name> | Locked>;
};

/** Calls that change nothing and give nothing out of the till. */
const LOOKS: ReadonlySet<string> = new Set<CallName<'manager'>>(['stillHere', 'readSettings', 'readSettingsCopy', 'readDiagnostics', 'readAudit', 'findSubAccounts', 'testConnection', 'previewReceipt', 'readPrinters', 'readCardReaders', 'identifyCardReader', 'checkCardReader', 'readCustomers', 'readAllRegisters', 'stopAllRegisters']);

type GuardParts = {
  /** Whether the manager's side is open. Each call keeps it open. */
  readonly mayManage: () => boolean;
  /** For one call that is allowed now. */
  readonly whileOpen: () => IsStillOpen;
  /** A call has changed something, or written a file. */
  readonly afterAction: () => void;
  /** `isFirst`: the first refusal of this call since the side was last open; a page that repeats a call fills no log. */
  readonly onRefused: (call: CallName<'manager'>, isFirst: boolean) => void;
};

export const LOCKED: Locked = { kind: 'failed', failure: { kind: 'locked' } };

/** SECURITY: the one place where calls of the manager's side are allowed, before their handlers run. */
export function guardManager(handlers: ManagerHandlers, { mayManage, whileOpen, afterAction, onRefused }: GuardParts): Handlers<'manager'> {
  const refused = new Set<string>();
  const guarded = Object.entries(handlers).map(([name, handler]) => [
    name,
    async (input: never): Promise<unknown> => {
      if (mayManage()) {
        refused.clear();
        const answer = await (handler as (input: never, isStillOpen: IsStillOpen) => Promise<{ readonly kind: string }>)(input, whileOpen());
        if (answer.kind === 'ok' && !LOOKS.has(name)) afterAction();
        return answer;
      }
      onRefused(name as CallName<'manager'>, !refused.has(name));
      refused.add(name);
      return LOCKED;
    },
  ]);
  return Object.fromEntries(guarded) as Handlers<'manager'>;
}
