import type { MessageBoxOptions, MessageBoxReturnValue, OpenDialogReturnValue, SaveDialogReturnValue } from 'electron';
import { BaseWindow } from './base-window.ts';
import { refusingOthers } from './not-in-host.ts';
import { recordEffect } from './recorded-effects.ts';

/** How the next dialogs are answered, if a test has said so; otherwise by the default button, or by closing them. */
const answers: Record<string, unknown>[] = [];

export function answerNextDialog(answer: Record<string, unknown>): void {
  answers.push(answer);
}

/** The window, if any, comes first. */
function optionsOf(args: readonly unknown[]): unknown {
  return args.at(-1);
}

/** Where a person sees the window, the person answers. */
async function askPerson(args: readonly unknown[]): Promise<MessageBoxReturnValue | null> {
  const [window] = args;
  const { message, detail = '', buttons = ['OK'], defaultId = 0, cancelId = 0 } = optionsOf(args) as MessageBoxOptions;
  // A window that is closed over its question answers as its cancel button does.
  const asked = window instanceof BaseWindow ? window.ask({ message, detail, buttons, defaultId, cancelId }) : null;
  return asked === null ? null : { response: await asked, checkboxChecked: false };
}

function showMessage(options: MessageBoxOptions): MessageBoxReturnValue {
  const { type = 'none', title = '', message, detail = '' } = options;
  console.error(`[${type}] ${[title, message, detail].filter((part) => part !== '').join(': ')}`);
  recordEffect('dialog.showMessageBox', options);
  return { response: options.defaultId ?? 0, checkboxChecked: false, ...answers.shift() };
}

export const dialog = refusingOthers('dialog', {
  showErrorBox(title: string, content: string): void {
    console.error(`[error] ${title}: ${content}`);
    recordEffect('dialog.showErrorBox', { title, content });
  },
  showMessageBox: async (...args: unknown[]): Promise<MessageBoxReturnValue> => (await askPerson(args)) ?? showMessage(optionsOf(args) as MessageBoxOptions),
  showMessageBoxSync: (...args: unknown[]): number => showMessage(optionsOf(args) as MessageBoxOptions).response,
  showOpenDialog(...args: unknown[]): Promise<OpenDialogReturnValue> {
    recordEffect('dialog.showOpenDialog', optionsOf(args));
    return Promise.resolve({ canceled: true, filePaths: [], ...answers.shift() });
  },
  showSaveDialog(...args: unknown[]): Promise<SaveDialogReturnValue> {
    recordEffect('dialog.showSaveDialog', optionsOf(args));
    return Promise.resolve({ canceled: true, filePath: '', ...answers.shift() });
  },
});
