import { z } from 'zod';
import { LANGUAGES } from './language.ts';
import type { LockedSetting } from './locked-setting.ts';

/** Zoom of the whole till, in percent. */
export const TEXT_SIZES = [100, 125, 150, 175, 200] as const;

/** How the till looks and sounds, and how amounts are typed. Nothing here changes what is charged. */
export const appearance = z.object({
  /** `auto`: the language of the operating system, English where Counter does not have it. */
  language: z.enum(['auto', ...LANGUAGES]).default('auto'),
  /** `auto`: light or dark as the operating system is. */
  theme: z.enum(['auto', 'light', 'dark']).default('auto'),
  textSize: z.literal(TEXT_SIZES).default(100),
  /** `cents`: 3 5 7 5 is 35.75. `decimal`: the point is typed. */
  entry: z.enum(['cents', 'decimal']).default('cents'),
  sounds: z.boolean().default(false),
  /** A second window for the customer, on a second screen. */
  customerDisplay: z.boolean().default(false),
});
export type Appearance = Readonly<z.infer<typeof appearance>>;
export type Theme = Appearance['theme'];

export type AppearanceProblem = LockedSetting | { readonly kind: 'audit-unwritable' | 'settings-unwritable' | 'settings-missing' };
