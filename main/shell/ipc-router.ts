import type { z } from 'zod';
import { type IpcMainInvokeEvent, type WebContents, ipcMain } from 'electron';
import { type CallName, type Handlers, type PushName, type PushPayload, type Refusal, type Role, channels } from '../../contract/channels.ts';
import { wireName } from '../../contract/wire-name.ts';

type Trusted = {
  readonly role: Role;
  readonly origin: string;
  readonly handlers: Readonly<Record<string, (input: never) => Promise<unknown>>>;
};

export type IpcRouter = {
  /** From now until it is destroyed, this window may make the calls of its role, from its own origin's main frame. */
  trust<R extends Role>(contents: WebContents, role: R, origin: string, handlers: Handlers<R>): void;
  push<R extends Role, Name extends PushName<R>>(contents: WebContents, role: R, name: Name, payload: PushPayload<R, Name>): void;
};

export type IpcLog = {
  refused(detail: { readonly channel: string; readonly why: string }): void;
  broken(detail: { readonly channel: string; readonly error: string }): void;
};

/**
 * The one door between the pages and main. SECURITY: every message is refused unless the channel is in the contract,
 * the window was trusted with the channel's role, its main frame sent it, that frame's origin is exactly the window's,
 * and the input parses. https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
 */
export function openIpcRouter(log: IpcLog): IpcRouter {
  const trusted = new Map<number, Trusted>();

  function register(role: Role): void {
    const calls: Readonly<Record<string, { readonly input: z.ZodType }>> = channels[role].calls;
    for (const [name, { input: schema }] of Object.entries(calls)) {
      const channel = wireName(role, name as CallName<Role>);
      ipcMain.handle(channel, async (event, ...args: unknown[]) => {
        const window = trusted.get(event.sender.id);
        const why = refusal(event, window, role);
        if (why !== null || window === undefined) return refuse(channel, why ?? 'unknown window');
        const input = schema.safeParse(args[0]);
        if (!input.success || args.length > 1) return refuse(channel, 'input does not parse');
        try {
          return await window.handlers[name]!(input.data as never);
        } catch (error) {
          // A bug of ours. The page learns that it did not work; the rest is for the log.
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
    trust(contents, role, origin, handlers) {
      trusted.set(contents.id, { role, origin, handlers });
      const { id } = contents;
      contents.once('destroyed', () => trusted.delete(id));
    },
    push(contents, role, name, payload) {
      if (!contents.isDestroyed()) contents.send(wireName(role, name), payload);
    },
  };
}

const REFUSAL: Refusal = { kind: 'failed', failure: { kind: 'refused' } };

function refusal(event: IpcMainInvokeEvent, window: Trusted | undefined, role: Role): string | null {
  if (window === undefined) return 'window is not trusted';
  if (window.role !== role) return `window is ${window.role}`;
  // Null: the frame navigated or was destroyed before the message was handled.
  if (event.senderFrame === null) return 'frame is gone';
  if (event.senderFrame.parent !== null) return 'not the main frame';
  if (event.senderFrame.origin !== window.origin) return 'other origin';
  return null;
}
