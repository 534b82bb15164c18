import type { z } from 'zod';
import type { Role } from '../../contract/channels.ts';
import { type Result, failed, ok } from '../../contract/result.ts';

/** The permissions of a window: set where it is created, never requested by the window. */
export type Trust = { readonly roles: readonly Role[]; readonly origin: string };

/** The sender, as Electron reports it. The frame is null when it navigated or was destroyed before its message was handled. */
export type Sender = {
  readonly trust: Trust | undefined;
  readonly frame: { readonly origin: string; readonly parent: unknown } | null;
};

/**
 * Decides about one message. SECURITY: it is refused unless the window was trusted with the channel's role, its main
 * frame sent it, that frame's origin is exactly the window's, and the one argument parses.
 * https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
 */
export function admitMessage<Input>(sender: Sender, role: Role, schema: z.ZodType<Input>, args: readonly unknown[]): Result<Input, string> {
  const { trust, frame } = sender;
  if (trust === undefined) return failed('window is not trusted');
  if (!trust.roles.includes(role)) return failed(`window is ${trust.roles.join(' and ')}`);
  if (frame === null) return failed('frame is gone');
  if (frame.parent !== null) return failed('not the main frame');
  if (frame.origin !== trust.origin) return failed('other origin');
  if (args.length > 1) return failed('more than one argument');
  const input = schema.safeParse(args[0]);
  return input.success ? ok(input.data) : failed('input does not parse');
}
