import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Line, type Order, TWIN_PC, hasOpened } from './line.ts';
import { type TillChild, startTill } from './till-child.ts';

type DiskCopyOrder = {
  readonly script: string;
  readonly folder: string;
  readonly journal: string;
  readonly open: Pick<Extract<Order, { kind: 'open' }>, 'origin' | 'seed' | 'faster' | 'shopMs'>;
  readonly onLine: (line: Line) => void;
};

/** The disk of the PC that is switched off is copied into another: both bring the open sales to an end, at the same JustiFi. */
export function openDiskCopy({ script, folder, journal, open, onLine }: DiskCopyOrder): { readonly till: TillChild; readonly journal: string; readonly isOpen: () => boolean } {
  const copied = `${folder}-copy`;
  let isOpen = false;
  cpSync(folder, copied, { recursive: true });
  const till = startTill(script, (line) => {
    isOpen ||= hasOpened(line.said);
    onLine(line);
  });
  till.order({ kind: 'open', folder: copied, ...open, pc: TWIN_PC, isCalm: true }, { kind: 'calm' });
  return { till, journal: join(copied, basename(journal)), isOpen: () => isOpen };
}
