import type { EventEmitter } from 'node:events';
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { debugLog } from './host-settings.ts';
import { type InvokeHandler, type IpcMain, ipcMain } from './ipc-main.ts';
import { preventableEvent } from './preventable-event.ts';
import type { MainMessage, PreloadMessage } from './preload-world.ts';
import type { WebFrame } from './web-frame.ts';

/** Whose preload the message is of. */
type Sender = EventEmitter & { readonly ipc: IpcMain; readonly host: { readonly preload: string | undefined }; readonly mainFrame: WebFrame };
type Reply = (message: MainMessage) => void;
type Invocation = Extract<PreloadMessage, { readonly kind: 'invoke' }>;

/** A message of the main frame's preload; no other script in a page can send to main. */
export function dispatch(sender: Sender, message: PreloadMessage, reply: Reply): void {
  debugLog('ipc', message);
  switch (message.kind) {
    case 'invoke':
      void invoke(sender, message, reply);
      break;
    case 'send': {
      const event = messageEvent(sender);
      for (const ipc of [sender.ipc, ipcMain]) emitOn(ipc, message.channel, event, message.arguments);
      break;
    }
    case 'preload-error':
      sender.emit('preload-error', preventableEvent({}), sender.host.preload, message.error);
      break;
  }
}

function emitOn(ipc: IpcMain, channel: string, event: object, args: readonly unknown[]): void {
  // A page must not be able to stop the app with a channel of this name.
  if (channel === 'error' && ipc.listenerCount('error') === 0) return;
  ipc.emit(channel, event, ...args);
}

async function invoke(sender: Sender, { id, channel, arguments: args }: Invocation, reply: Reply): Promise<void> {
  try {
    const handler = sender.ipc.handlerOf(channel) ?? ipcMain.handlerOf(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    reply({ kind: 'result', id, value: await run(handler, sender, args) });
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    reply({ kind: 'error', id, error: String(error) });
  }
}

function run(handler: InvokeHandler, sender: Sender, args: readonly unknown[]): unknown {
  return handler(messageEvent(sender) as unknown as IpcMainInvokeEvent, ...args) as unknown;
}

function messageEvent(sender: Sender): object {
  const frame = sender.mainFrame;
  return preventableEvent({
    type: 'frame',
    sender,
    senderFrame: frame,
    processId: frame.processId,
    frameId: frame.routingId,
    ports: [],
    reply: (channel: string, ...args: unknown[]) => frame.send(channel, ...args),
  } satisfies { readonly [Key in keyof IpcMainEvent]?: unknown });
}
