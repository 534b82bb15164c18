import { z } from 'zod';
import type { LockedSetting } from './policy.ts';

export const LANGUAGES = ['en', 'es', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How the till looks and sounds, and how amounts are typed. Nothing here changes what is charged. */
export const look = z.object({
  /** `auto`: the language of the operating system, English where it is none of ours. */
  language: z.enum(['auto', ...LANGUAGES]).default('auto'),
  /** `auto`: light or dark as the operating system is. */
  theme: z.enum(['auto', 'light', 'dark']).default('auto'),
  /** `cents`: 3 5 7 5 is 35.75. `decimal`: the point is typed. */
  entry: z.enum(['cents', 'decimal']).default('cents'),
  sounds: z.boolean().default(false),
  /** A second window for the customer, on a second screen. */
  customerDisplay: z.boolean().default(false),
});
export type Look = Readonly<z.infer<typeof look>>;
export type Theme = Look['theme'];

export type LookProblem = LockedSetting | { readonly kind: 'audit-unwritable' | 'settings-unwritable' };
