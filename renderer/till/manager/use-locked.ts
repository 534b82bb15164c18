import { createContext, use } from 'react';
import { useWords } from '../use-words.ts';

/** The settings that the company has set, by name. */
export const LockedSettings = createContext<readonly string[]>([]);

/** What is said beside a setting that cannot be changed here; null where it can. */
export function useLocked(setting: string | undefined): string | null {
  const locked = use(LockedSettings);
  const { policy } = useWords().manager;
  return setting !== undefined && locked.includes(setting) ? policy.byCompany : null;
}
