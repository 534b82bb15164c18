import { app, dialog } from 'electron';
import type { Closing } from '../../contract/closing.ts';
import type { Language } from '../../contract/language.ts';
import { FATAL_WORDS } from '../../words/fatal.ts';

type FatalErrorParts = {
  readonly log: (what: string, detail: Readonly<Record<string, string>>) => void;
  /** Whether Counter may start itself again; asked once, and counted. */
  readonly mayRestart: () => boolean;
  /** The payments that the failure interrupts. */
  readonly interrupts: () => Closing;
  readonly language: () => Language;
};

type FatalErrors = {
  /** Ends Counter after an unhandled failure: it starts again, and recovery resumes the open sales. */
  end(error: unknown): void;
  /** The words and the log are available from now on. Before, a failed start is reported in one sentence. */
  know(parts: FatalErrorParts): void;
};

/**
 * Makes an uncaught error in main end Counter. By itself Electron shows a box and goes on half broken, and an unhandled
 * rejection is only a warning: https://www.electronjs.org/docs/latest/api/process#event-loaded. At a start that would leave a Counter
 * without a window, and every later start would give way to it. `sayStartFailed`: shows a failed start.
 */
export function endAfterFailures(sayStartFailed: () => void): FatalErrors {
  let known: FatalErrorParts | null = null;
  let isEnding = false;

  function end(error: unknown): void {
    if (isEnding) return;
    isEnding = true;
    try {
      if (known === null) return sayStartFailed();
      const { log, mayRestart, interrupts, language } = known;
      const interrupted = interrupts();
      const isRestarting = mayRestart();
      log('counter.failed', { ...describe(error), interrupted, restarts: isRestarting ? 'yes' : 'no' });
      const { title, sentences } = FATAL_WORDS[language()];
      if (isRestarting) app.relaunch();
      else dialog.showErrorBox(title, sentences[interrupted]);
    } finally {
      app.exit(1);
    }
  }

  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  return {
    end,
    know(parts) {
      known = parts;
    },
  };
}

/** The place in the code, without the message, which may quote what was typed. */
function describe(error: unknown): { readonly error: string; readonly at: string } {
  if (!(error instanceof Error)) return { error: typeof error, at: 'unknown' };
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const at = /\n\s+at (?<frame>[^\n]*)/u.exec(error.stack ?? '')?.groups?.['frame'] ?? 'unknown';
  return { error: `${error.name}${code}`, at: at.replaceAll(/(?:file:\/\/)?\/[^\s()]*\//gu, '').slice(0, 200) };
}
