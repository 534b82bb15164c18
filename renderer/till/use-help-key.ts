import { useShortcuts } from './use-shortcuts.ts';

/** F1 on a screen without the status bar. */
export function useHelpKey(onHelp: () => void): void {
  useShortcuts((key) => {
    if (key !== 'F1') return false;
    onHelp();
    return true;
  });
}
