import type { z } from 'zod';
import { type WebContents, ipcMain } from 'electron';
import { type CallName, type Handlers, type PushName, type PushPayload, type Refusal, type Role, channels } from '../../contract/channels.ts';
import { wireName } from '../../contract/wire-name.ts';
import { createCallBudgets } from './call-budgets.ts';
import { type Trust, admitMessage } from './ipc-guard.ts';

/** The calls of a window: one function per call of each of its roles. */
type RoleHandlers = { readonly [R in Role]?: Handlers<R> };

type Trusted = Trust & { readonly handlers: Readonly<Partial<Record<Role, Readonly<Record<string, (input: never) => Promise<unknown>>>>>> };

export type IpcRouter = {
  /** From now until it is destroyed, this window may make the calls of these roles, from its own origin's main frame. */
  trust(contents: WebContents, origin: string, handlers: RoleHandlers): void;
  push<R extends Role, Name extends PushName<R>>(contents: WebContents, role: R, name: Name, payload: PushPayload<R, Name>): void;
};

type IpcLog = {
  refused(detail: { readonly channel: string; readonly why: string }): void;
  broken(detail: { readonly channel: string; readonly error: string }): void;
};

/** SECURITY: the one door between the pages and main. A channel that is not in the contract has no handler at all. */
export function createIpcRouter(log: IpcLog, monotonicMs: () => number): IpcRouter {
  const budgets = createCallBudgets(monotonicMs);
  const trusted = new Map<number, Trusted>();

  function register(role: Role): void {
    const calls: Readonly<Record<string, { readonly input: z.ZodType }>> = channels[role].calls;
    for (const [name, { input: schema }] of Object.entries(calls)) {
      const channel = wireName(role, name as CallName<Role>);
      ipcMain.handle(channel, async (event, ...args: unknown[]) => {
        const window = trusted.get(event.sender.id);
        // Before anything else, even before the arguments are read.
        if (!budgets.spend(window?.roles ?? [], role, name)) return refuse(channel, 'too often');
        const input = admitMessage({ trust: window, frame: event.senderFrame }, role, schema, args);
        if (input.kind === 'failed') return refuse(channel, input.failure);
        try {
          return await window!.handlers[role]![name]!(input.value as never);
        } catch (error) {
          // A bug in Counter. The page gets a refusal; the details go into the log.
          log.broken({ channel, error: error instanceof Error ? (error.stack ?? error.message) : 'unknown' });
          return REFUSAL;
        }
      });
    }
  }

  function refuse(channel: string, why: string): Refusal {
    log.refused({ channel, why });
    return REFUSAL;
  }

  for (const role of Object.keys(channels) as Role[]) register(role);

  return {
    trust(contents, origin, handlers) {
      trusted.set(contents.id, { roles: Object.keys(handlers) as Role[], origin, handlers });
      const { id } = contents;
      contents.once('destroyed', () => trusted.delete(id));
    },
    push(contents, role, name, payload) {
      if (!contents.isDestroyed()) contents.send(wireName(role, name), payload);
    },
  };
}

const REFUSAL: Refusal = { kind: 'failed', failure: { kind: 'refused' } };
