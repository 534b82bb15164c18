import { createContext, use } from 'react';
import { useAllWords } from '../use-words.ts';

/** The settings that the company has set, by name. */
export const LockedSettings = createContext<readonly string[]>([]);

/** The sentence beside a setting that cannot be changed here; null where it can. */
export function useLocked(setting: string | undefined): string | null {
  const locked = use(LockedSettings);
  const { policy } = useAllWords().manager;
  return setting !== undefined && locked.includes(setting) ? policy.byCompany : null;
}
