import type { BaseWindow } from 'electron';
import { failed } from '../../contract/result.ts';
import { openFile, openPicture } from './open-file.ts';
import { saveFile } from './save-file.ts';

/** Files that the manager chooses, in dialogs of the till's window. Without a window nothing is chosen. */
type ChosenFiles = {
  save(suggestedName: string, text: string, isStillOpen: () => boolean): ReturnType<typeof saveFile>;
  /** A PNG, up to so many bytes of it and one more. */
  openPicture(most: number): ReturnType<typeof openPicture>;
  /** A JSON file, up to so many bytes of it. */
  open(most: number): ReturnType<typeof openFile>;
};

export function chosenFiles(window: () => BaseWindow | null): ChosenFiles {
  return {
    async save(...order) {
      const till = window();
      return till === null ? failed({ kind: 'cancelled' }) : saveFile(till, ...order);
    },
    async openPicture(most) {
      const till = window();
      return till === null ? failed({ kind: 'cancelled' }) : openPicture(till, most);
    },
    async open(most) {
      const till = window();
      return till === null ? failed({ kind: 'cancelled' }) : openFile(till, 'json', most);
    },
  };
}
