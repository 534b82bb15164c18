import type { MessageBoxOptions, MessageBoxReturnValue, OpenDialogReturnValue, SaveDialogReturnValue } from 'electron';
import { refusingOthers } from './not-in-host.ts';
import { recordEffect } from './recorded-effects.ts';

/** How the next dialogs are answered, if a test has said so; otherwise as by somebody who presses Enter or closes them. */
const answers: Record<string, unknown>[] = [];

export function answerNextDialog(answer: Record<string, unknown>): void {
  answers.push(answer);
}

/** The window, if any, comes first. */
function optionsOf(args: readonly unknown[]): unknown {
  return args.at(-1);
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
  showMessageBox: (...args: unknown[]): Promise<MessageBoxReturnValue> => Promise.resolve(showMessage(optionsOf(args) as MessageBoxOptions)),
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
