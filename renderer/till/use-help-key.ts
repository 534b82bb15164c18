import { useFunctionKeys } from './use-shortcuts.ts';

/** F1 on a screen without the status bar. */
export function useHelpKey(onHelp: () => void): void {
  useFunctionKeys({ F1: onHelp });
}
