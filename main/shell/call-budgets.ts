import type { CallName, Role } from '../../contract/channels.ts';
import { type Budget, type TokenBucket, createTokenBucket } from '../sale/token-bucket.ts';

/** Far above what a person at a till needs, and far below a flood. */
const USUAL: Budget = { burst: 40, perSecond: 10 };
/** Typing, and a scanner's keys. */
const TYPING: Budget = { burst: 150, perSecond: 40 };
/** Begins a payment, or loads another document. */
const SALE: Budget = { burst: 30, perSecond: 3 };
/** Asks JustiFi, reads the keychain or opens a file each time. */
const DEAR: Budget = { burst: 20, perSecond: 0.5 };
/** Paper. */
const PRINT: Budget = { burst: 10, perSecond: 0.5 };
/** Guesses at a secret; each is logged and checked with JustiFi. */
const GUESS: Budget = { burst: 8, perSecond: 0.1 };
/** Hashes a PIN: 32 MiB and a tenth of a second. Guesses are held back by the lock-out. */
const PIN: Budget = { burst: 30, perSecond: 1 };
/** A hint, or a line for the log. */
const HINT: Budget = { burst: 20, perSecond: 1 };
/** Once for each press on Pay, of which JustiFi takes two in ten seconds. */
const SUBMIT: Budget = { burst: 5, perSecond: 0.2 };

const OWN: { readonly [R in Role]?: { readonly [Name in CallName<R>]?: Budget } } = {
  till: {
    edit: TYPING,
    charge: SALE, chooseTip: SALE, tryAgain: SALE, payBy: SALE, quoteInsurance: SALE, cancelSale: SALE, goBack: SALE, newSale: SALE, serveNext: SALE,
    listSales: SALE, readSale: SALE, readFees: DEAR, askChargedTwice: DEAR, giveBack: DEAR, readReport: DEAR, readDayChart: DEAR, closeDay: DEAR, compareReport: DEAR, printReport: PRINT, saveReport: DEAR,
    resolveLatePayment: DEAR, openAgain: DEAR, beginTraining: DEAR, networkChanged: DEAR,
    pressTrainingReader: SALE, payTrainingLink: SALE, shareLink: DEAR,
    findCustomers: SALE, readCustomer: DEAR, paySaved: SALE, saveCard: DEAR,
    unlockManager: PIN, signIn: PIN, signOut: PIN, proveSecret: GUESS,
    printReceipt: PRINT, skipPrint: PRINT, sendReceipt: DEAR,
    inputRefused: HINT, pageBroke: HINT, personSeen: HINT,
  },
  manager: { readPrinters: DEAR, testPrinter: DEAR, openDrawer: DEAR, chooseLogo: DEAR, findSubAccounts: DEAR, connect: DEAR, testConnection: DEAR, disconnect: DEAR, readCardReaders: DEAR, pairCardReader: DEAR, renameCardReader: DEAR, identifyCardReader: DEAR, checkCardReader: DEAR, removeSavedCard: DEAR, forgetCustomer: DEAR, readAllRegisters: DEAR, printAllRegisters: PRINT, saveAllRegisters: DEAR, setPin: PIN, saveCashier: PIN },
  checkout: { submit: SUBMIT, opened: HINT, fieldsReady: HINT, drawn: HINT, pressTab: HINT, submitted: HINT, failed: HINT, answered: HINT, stuck: HINT, goBack: HINT, trouble: HINT },
};

export function budgetOf(role: Role, name: string): Budget {
  const own: Readonly<Record<string, Budget | undefined>> = OWN[role] ?? {};
  return own[name] ?? USUAL;
}

/**
 * SECURITY: how often each kind of window may make each call. By the kind, so that a page gets no fresh budget by
 * crashing; and apart for each kind, so that a window which tries another's calls uses up nothing of that one's.
 */
export function createCallBudgets(monotonicMs: () => number): { spend(sender: readonly Role[], role: Role, name: string): boolean } {
  const buckets = new Map<string, TokenBucket>();
  return {
    spend(sender, role, name) {
      const key = `${sender.join('+')} ${role}:${name}`;
      const bucket = buckets.get(key) ?? createTokenBucket(budgetOf(role, name), monotonicMs);
      buckets.set(key, bucket);
      return bucket.take();
    },
  };
}
