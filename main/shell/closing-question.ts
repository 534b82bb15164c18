import { type BaseWindow, dialog } from 'electron';
import type { Closing, Interruption } from '../../contract/closing.ts';
import type { Language } from '../../contract/language.ts';
import { CLOSING_WORDS } from '../../words/closing.ts';
import { isClosingWanted } from '../sale/closing.ts';

const KEEP_OPEN = 0;

type ClosingQuestion = {
  /**
   * Whether Counter may close now. If closing would interrupt a payment, it may not yet: the person at the till is asked, and `close` is called once they
   * have chosen it. After that Counter may close.
   */
  mayClose(window: BaseWindow, close: () => void): boolean;
  /** The operating system is shutting down: no question is asked any more, even if the shutdown is cancelled. */
  systemEnds(): void;
};

type ClosingQuestionParts = {
  readonly closing: () => Closing;
  readonly language: () => Language;
  readonly log: (what: string, detail: Readonly<Record<string, string>>) => void;
};

/** Asks before Counter is closed in the middle of a sale. One question at a time, however often it is closed. */
export function createClosingQuestion({ closing, language, log }: ClosingQuestionParts): ClosingQuestion {
  let isSure = false;
  let isAsking = false;

  async function ask(window: BaseWindow, about: Interruption): Promise<boolean> {
    const words = CLOSING_WORDS[language()];
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Counter',
      ...words.about[about],
      buttons: [words.keepOpen, words.close],
      // Enter, Esc and the box's own cross keep it open.
      defaultId: KEEP_OPEN,
      cancelId: KEEP_OPEN,
      noLink: true,
    });
    const isClosing = response !== KEEP_OPEN;
    log(isClosing ? 'closing.chosen' : 'closing.kept-open', { about });
    return isClosing;
  }

  async function askAndClose(window: BaseWindow, close: () => void): Promise<void> {
    isAsking = true;
    try {
      if (!(await isClosingWanted(closing, (about) => ask(window, about)))) return;
    } finally {
      isAsking = false;
    }
    isSure = true;
    close();
  }

  return {
    mayClose(window, close) {
      // A closed window cannot be kept open.
      if (isSure || window.isDestroyed()) return true;
      if (isAsking) return false;
      if (closing() === 'nothing') return true;
      void askAndClose(window, close);
      return false;
    },
    systemEnds() {
      isSure = true;
    },
  };
}
