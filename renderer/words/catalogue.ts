import type { Language } from '../../contract/look.ts';
import type { Currency } from '../../contract/money.ts';
import { type AccountWords, englishAccount } from './en/account.ts';
import { type AuditWords, englishAudit } from './en/audit.ts';
import { type CashierWords, englishCashiers } from './en/cashiers.ts';
import { type ManagerWords, englishManager } from './en/manager.ts';
import { type TillWords, englishTill } from './en/till.ts';
import { spanishAccount } from './es/account.ts';
import { spanishAudit } from './es/audit.ts';
import { spanishCashiers } from './es/cashiers.ts';
import { spanishManager } from './es/manager.ts';
import { spanishTill } from './es/till.ts';
import { type Formats, openFormats } from './formats.ts';
import { frenchAccount } from './fr/account.ts';
import { frenchAudit } from './fr/audit.ts';
import { frenchCashiers } from './fr/cashiers.ts';
import { frenchManager } from './fr/manager.ts';
import { frenchTill } from './fr/till.ts';

/**
 * Everything the till's window says, in one language and with one currency. English is the shape: a sentence that is there
 * and missing in another language does not compile.
 */
export type Words = {
  readonly language: Language;
  readonly format: Formats;
  readonly till: TillWords;
  readonly account: AccountWords;
  readonly manager: ManagerWords;
  readonly cashiers: CashierWords;
  readonly audit: AuditWords;
};

const CATALOGUES = {
  en: { till: englishTill, account: englishAccount, manager: englishManager, cashiers: englishCashiers, audit: englishAudit },
  es: { till: spanishTill, account: spanishAccount, manager: spanishManager, cashiers: spanishCashiers, audit: spanishAudit },
  fr: { till: frenchTill, account: frenchAccount, manager: frenchManager, cashiers: frenchCashiers, audit: frenchAudit },
} as const;

export function openWords(language: Language, currency: Currency): Words {
  const format = openFormats(language, currency);
  const { till, account, manager, cashiers, audit } = CATALOGUES[language];
  const managerWords = manager(format);
  return { language, format, till: till(format), account: account(format), manager: managerWords, cashiers: cashiers(format, managerWords), audit: audit(format) };
}
