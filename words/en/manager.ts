import type { ConnectionTrouble } from '../../contract/connection-failure.ts';
import type { DiagnosticName, UsualValue } from '../../contract/diagnostics.ts';
import type { AccessProblem } from '../../contract/pin.ts';
import type { AppearanceProblem } from '../../contract/appearance.ts';
import type { ReaderProblem } from '../../contract/card-reader.ts';
import type { NoAnswer } from '../../contract/channels.ts';
import type { CopyProblem } from '../../contract/settings-copy.ts';
import type { PolicyTrouble } from '../../contract/policy.ts';
import type { SettingsProblem } from '../../contract/register-settings.ts';
import type { ComparisonNotice, JournalNotice, StorageTrouble } from '../../contract/till-snapshot.ts';
import type { Formats } from '../formats.ts';
import type { Sentences } from '../sentences.ts';
import { isolated } from '../isolated.ts';

export type TurnedAway = NoAnswer<'manager'>['failure'];
type PinProblem = AccessProblem | TurnedAway;
export type AppearanceProblems = AppearanceProblem | TurnedAway;
export type CopyProblems = CopyProblem | SettingsProblem | TurnedAway;
/** The amounts that a manager types. */
export type AmountField = 'smallest' | 'largest' | 'confirmAbove' | 'amountsBelow';
export type LimitsProblem = SettingsProblem | TurnedAway | { readonly kind: 'not-an-amount'; readonly field: AmountField } | { readonly kind: 'minutes-invalid' | 'percents-invalid' | 'tip-amounts-invalid' };

/* The words of the manager's side, except the audit log. */

export function englishManager({ money, dayAndTime, number, plural, wait }: Formats) {
  const noConnection: Readonly<Record<ConnectionTrouble, string>> = {
    'no-answer': 'No connection to JustiFi. Check the network, then try again.',
    untrusted: 'The certificate for JustiFi is not one that this PC trusts, so nothing was sent. A network that inspects traffic must have its certificate in this PC’s system.',
    clock: 'The certificate of JustiFi is not valid at the date and time of this PC. Set the clock, then try again.',
    proxy: 'The proxy of this network does not let Counter through. Allow justifi.ai there, then try again.',
  };
  const locked = 'The manager’s side locked itself. Nothing was changed. Enter the PIN and try again.';
  const didNotWork = 'That did not work. Restart Counter and try again.';
  const notWritten = 'This PC cannot write to its disk. Nothing was changed.';
  const settingsMissing = 'The settings of this register are missing. Connect its account again first. Nothing was changed.';
  const underWay = 'A payment is under way. Finish it first.';
  const waitSentence = (seconds: number) => `Too many wrong PINs. Try again in ${wait(seconds, { minutes: 'minutes' })}. The till takes payments meanwhile.`;

  const access: Sentences<PinProblem> = {
    'pin-too-short': ({ shortest }) => `Use at least ${number(shortest)} digits.`,
    'pin-too-long': ({ longest }) => `Use at most ${number(longest)} digits.`,
    'pin-too-simple': 'That PIN is easy to guess. Use no sequences or repeats.',
    'pin-wrong': ({ waitSeconds }) => `Wrong PIN. ${waitSeconds > 0 ? waitSentence(waitSeconds) : 'Try again.'}`,
    'locked-out': ({ waitSeconds }) => waitSentence(waitSeconds),
    'pin-not-set': 'No manager PIN is set on this register.',
    'secret-wrong': 'JustiFi does not know these for this register. Copy them again.',
    'no-account': 'No JustiFi account is connected, so there is no secret to enter. See “Forgotten PIN” in the manual.',
    'no-connection': ({ trouble }) => noConnection[trouble],
    'service-trouble': 'JustiFi did not answer as it should. Try again.',
    'still-asking': 'Still waiting for JustiFi. Try again in a moment.',
    'keychain-locked': 'This PC’s keychain is locked or was reset, so the PIN cannot be checked. Unlock it, or use the JustiFi secret.',
    'keychain-unavailable': 'This PC has no keychain that Counter can use, so the PIN cannot be checked. Log in to this PC as usual, or use the JustiFi secret.',
    'keychain-damaged': 'What Counter keeps in this PC’s keychain is damaged, so the PIN cannot be checked. Use the JustiFi secret.',
    'settings-unwritable': notWritten,
    locked,
    refused: didNotWork,
  };
  const amounts: Readonly<Record<AmountField, string>> = { smallest: 'Smallest amount', largest: 'Largest amount', confirmAbove: 'Ask before charging more than', amountsBelow: 'Offer the amounts instead below a purchase of' };
  const limits: Sentences<LimitsProblem> = {
    'not-an-amount': ({ field }) => `${amounts[field]}: enter it like ${money(2500).replaceAll(/[^\d.,]/gu, '')}.`,
    'setting-locked': ({ setting }) => `Your company set this (${setting}). It cannot be changed here.`,
    'minutes-invalid': 'Write the minutes as a number from 0 to 60.',
    'percents-invalid': 'Percentages: up to three whole numbers from 1 to 100, like 15, 18, 20.',
    'tip-amounts-invalid': `Amounts: up to three, one in each line, like ${money(200)}.`,
    'limits-crossed': 'The smallest amount is larger than the largest one.',
    'no-way-to-pay': 'Customers need a way to pay: cards, bank accounts, or both.',
    'register-name-empty': 'Give the register a name.',
    'register-name-card-number': 'That name looks like a card number. Choose another.',
    'bank-authorisation-incomplete': 'The text for bank accounts must contain {shop} and {amount}.',
    'bank-authorisation-card-number': 'That looks like a card number. It cannot stand in the text for bank accounts.',
    'saved-consent-incomplete': 'The consent to save a card must contain {shop}.',
    'saved-consent-card-number': 'That looks like a card number. It cannot stand in the consent to save a card.',
    'receipt-card-number': 'That looks like a card number. It cannot stand on a receipt.',
    'printer-address-invalid': 'Type the printer’s address like 192.168.1.40 or printer.local:9100.',
    'printer-queue-empty': 'Choose the printer.',
    'paper-needs-driver': 'A4 and Letter need the printer’s own driver. Choose the driver, or paper of 58 or 80 mm.',
    'preset-invalid': ({ why }) =>
      why === 'description-card-number' ? 'One of the quick descriptions looks like a card number. Remove it.' : 'One of the quick descriptions is too long. Keep it under 200 characters.',
    'quick-item-invalid': ({ item }) => `${isolated(item)}: a quick item has a name and a price, like “Coffee = 3.50”, and no card number.`,
    'usual-description-invalid': ({ why }) =>
      why === 'description-empty' ? 'Enter the usual description.' : why === 'description-card-number' ? 'The usual description looks like a card number. Choose another.' : 'The usual description is too long. Keep it under 200 characters.',
    'sale-in-progress': underWay,
    'audit-unwritable': 'The audit log cannot be written, so nothing was changed. Check this PC’s disk.',
    'settings-unwritable': notWritten,
    'settings-missing': settingsMissing,
    locked: 'The manager’s side locked itself. Nothing was changed. Enter the PIN and try again.',
    refused: 'That did not work. Amounts go from 0.51 to 999,999.99, and there can be twelve quick descriptions.',
  };
  const appearance: Sentences<AppearanceProblems> = {
    'setting-locked': ({ setting }) => `Your company set this (${setting}). It cannot be changed here.`,
      'audit-unwritable': limits['audit-unwritable'],
    'settings-unwritable': notWritten,
    'settings-missing': settingsMissing,
    locked,
    refused: didNotWork,
  };
  const copy: Sentences<CopyProblems> = {
    'copy-cancelled': 'No file was chosen.',
    'copy-unwritable': 'The file could not be saved there. Choose another place.',
    'copy-unreadable': 'The file could not be read. Choose another.',
    'copy-invalid': ({ where }) => `That is not a Counter settings file, or it has a mistake (${isolated(where)}). Nothing was changed.`,
    'copy-forgotten': 'Read the file once more.',
    'limits-crossed': 'The smallest amount is larger than the largest one.',
    'no-way-to-pay': 'Customers need a way to pay: cards, bank accounts, or both.',
    'register-name-empty': 'Give the register a name.',
    'register-name-card-number': 'That name looks like a card number. Choose another.',
    'bank-authorisation-incomplete': 'The text for bank accounts must contain {shop} and {amount}.',
    'bank-authorisation-card-number': 'That looks like a card number. It cannot stand in the text for bank accounts.',
    'saved-consent-incomplete': 'The consent to save a card must contain {shop}.',
    'saved-consent-card-number': 'That looks like a card number. It cannot stand in the consent to save a card.',
    'receipt-card-number': 'That looks like a card number. It cannot stand on a receipt.',
    'printer-address-invalid': 'Type the printer’s address like 192.168.1.40 or printer.local:9100.',
    'printer-queue-empty': 'Choose the printer.',
    'paper-needs-driver': 'A4 and Letter need the printer’s own driver. Choose the driver, or paper of 58 or 80 mm.',
    'preset-invalid': 'One of the descriptions cannot be used. Nothing was changed.',
    'quick-item-invalid': ({ item }) => `The quick item ${isolated(item)} cannot be used. Nothing was changed.`,
    'usual-description-invalid': 'The usual description cannot be used. Nothing was changed.',
    'setting-locked': ({ setting }) => `Your company set this (${setting}). It cannot be changed here.`,
    'sale-in-progress': underWay,
    'audit-unwritable': 'The audit log cannot be written, so nothing was changed. Check this PC’s disk.',
    'settings-unwritable': notWritten,
    'settings-missing': settingsMissing,
    locked,
    refused: didNotWork,
  };
  const auditTrouble: Readonly<Record<StorageTrouble, string>> = {
    'disk-full': 'the disk of this PC is full. Make room.',
    'read-only': 'Counter may not write into its folder on this PC.',
    'in-use': 'another program on this PC is using it. Close that program.',
    'newer-counter': 'a newer version of Counter wrote it. Install that version.',
    damaged: 'it is damaged and could not be repaired. Call your IT support.',
    unknown: 'this PC refuses it. Restart Counter, then call your IT support.',
  };
  return {
    access,
    waitSentence,
    shell: {
      title: 'Manager',
      noPin: 'No manager PIN yet. Set one before you take real payments.',
      pageChanged: 'The card page changed. See Diagnostics.',
      backToTill: 'Back to the till',
      lock: 'Lock',
      sections: 'Sections',
      attention: 'Needs attention',
      account: 'JustiFi account',
      pin: 'Manager PIN',
      limits: 'Sales and limits',
      cashiers: 'Cashiers',
      audit: 'Audit log',
      copy: 'Copy settings',
      cardReader: 'Card reader',
      appearance: 'Screen and sound',
      diagnostics: 'Diagnostics',
      back: 'Back',
      save: 'Save',
      yes: 'yes',
      no: 'no',
      saved: 'Saved.',
      unsaved: 'Not saved yet.',
      discard: 'Something here is not saved. Save it, or press Back once more to discard the changes.',
    },
    door: {
      noPinTitle: 'No manager PIN is set',
      forgottenTitle: 'Forgotten PIN',
      noPinSentence: 'Enter the client id and secret of this register. Then set a manager PIN.',
      forgottenSentence: 'Enter the client id and secret of this register. Then set a new PIN. The audit log records it.',
      pin: 'Manager PIN',
      open: 'Open',
      checking: 'Checking…',
      forgotten: 'Forgotten?',
      keypad: 'Keypad',
      barcode: 'That was a barcode, not a PIN.',
      pressAgain: 'Those keys came as fast as a scanner. Press Enter again.',
      clear: 'Clear',
      backspace: 'Backspace',
    },
    setPin: {
      change: 'Change the manager PIN',
      set: 'Set a manager PIN',
      rule: (shortest: number) => `At least ${number(shortest)} digits, no sequences or repeats. Keep it to yourself: it opens refunds and settings.`,
      done: 'New PIN saved.',
      current: 'Current PIN',
      new: 'New PIN',
      again: 'New PIN again',
      notTheSame: 'The PINs don’t match. Type the new PIN again.',
      saving: 'Saving…',
      setPin: 'Set PIN',
      next: 'Next',
    },
    attention: {
      troubled: {
        'transfer-failed': (amountInCents: number, description: string, at: string) => `The bank transfer of ${money(amountInCents)} for ${isolated(description)}, accepted ${dayAndTime(at)}, has failed. The shop does not get this money. Ask the customer to pay another way.`,
        disputed: (amountInCents: number, description: string, at: string, givenBackInCents: number) => `The payment of ${money(amountInCents)} for ${isolated(description)}, made ${dayAndTime(at)}, is disputed by the customer’s bank. ${givenBackInCents > 0 ? `You have given back ${money(givenBackInCents)} of it: say so when you answer` : 'Answer it'} in JustiFi’s dashboard.`,
      },
      copied: (from: string, now: string): readonly string[] => [`Counter was copied to this PC from another: the disk of register ${from} was cloned or moved. This register has a new id: ${now}.`, 'If the other PC still takes payments, give both registers a name of their own. A key server has to be told the new id.'],
      wrongAmount: (amountInCents: number, chargedInCents: number) =>
        `JustiFi charged ${money(chargedInCents)} instead of ${money(amountInCents)}. Refund the difference or the payment in JustiFi’s dashboard.`,
      unresolved: (amountInCents: number, description: string, since: string) =>
        `A payment is still open: ${money(amountInCents)}, ${isolated(description)}, since ${dayAndTime(since)}. JustiFi has not said how it ended, and nothing can be paid on it any more. Check JustiFi’s dashboard, then close it here.`,
      wasSeen: 'Reviewed. It will not be shown again.',
      wasEnded: (amountInCents: number, description: string) => `Closed: ${money(amountInCents)}, ${isolated(description)}. It does not count as paid.`,
      endIt: 'Close it',
      lookedAtIt: 'Reviewed – continue',
      seen: 'Reviewed',
      audit: (why: StorageTrouble): readonly string[] => [`The audit log cannot be written: ${auditTrouble[why]}`, 'Payments go on meanwhile; no setting can be changed.'],
      journal({ kind, gapSinceUtc, isLookedInto, found, onOtherPc, unreadable, isComplete }: JournalNotice): readonly string[] {
        const what =
          kind === 'tampered'
            ? 'The record of payments on this PC was changed by something other than Counter. It has been restored; what was found is kept beside it.'
            : 'The record of payments on this PC was damaged. It has been restored; what was found is kept beside it.';
        if (gapSinceUtc === null) return [what, 'No payment is missing.'];
        const since = `Payments since ${dayAndTime(gapSinceUtc)} may have been missing.`;
        if (!isLookedInto) return [what, since, 'Counter is asking JustiFi for them.'];
        const open = [
          ...(onOtherPc === 0 ? [] : [plural(onOtherPc, { one: 'One payment with this register’s id was taken on another PC. It was not counted here.', other: `${number(onOtherPc)} payments with this register’s id were taken on another PC. They were not counted here.` })]),
          ...(unreadable === 0 ? [] : [plural(unreadable, { one: 'One entry at JustiFi could not be read. Look for it in JustiFi’s dashboard.', other: `${number(unreadable)} entries at JustiFi could not be read. Look for them in JustiFi’s dashboard.` })]),
          ...(isComplete ? [] : ['JustiFi has more than Counter could look through. Compare the rest in JustiFi’s dashboard.']),
        ];
        if (found.count === 0) return [what, since, open.length === 0 ? 'JustiFi knows of none that is not here.' : 'None was fetched back from JustiFi.', ...open];
        const fetched = plural(found.count, { one: 'One payment was', other: `${number(found.count)} payments were` });
        return [what, since, `${fetched} fetched back from JustiFi: ${money(found.amountInCents)}.`, ...open];
      },
      comparison({ unknown, onOtherPc, missingAtJustifi, unreadable, isComplete, disputes }: ComparisonNotice): readonly string[] {
        const differences = [
          ...(unknown.count === 0 ? [] : [`${plural(unknown.count, { one: 'One payment was missing here and has been added:', other: `${number(unknown.count)} payments were missing here and have been added:` })} ${money(unknown.amountInCents)}.`]),
          ...(onOtherPc.count === 0 ? [] : [`${plural(onOtherPc.count, { one: 'One payment with this register’s id was taken on another PC:', other: `${number(onOtherPc.count)} payments with this register’s id were taken on another PC:` })} ${money(onOtherPc.amountInCents)}.`]),
          ...(missingAtJustifi.count === 0 ? [] : [`${plural(missingAtJustifi.count, { one: 'One payment is PAID here, and JustiFi does not know it:', other: `${number(missingAtJustifi.count)} payments are PAID here, and JustiFi does not know them:` })} ${money(missingAtJustifi.amountInCents)}.`]),
          ...(unreadable === 0 ? [] : [plural(unreadable, { one: 'One entry at JustiFi could not be read.', other: `${number(unreadable)} entries at JustiFi could not be read.` })]),
        ];
        const rest = [
          ...(isComplete ? [] : ['JustiFi has more than Counter could look through. Compare the rest in JustiFi’s dashboard.']),
          ...(disputes.unreadable === 0 ? [] : [plural(disputes.unreadable, { one: 'One disputed payment at JustiFi could not be read. Look for it in JustiFi’s dashboard.', other: `${number(disputes.unreadable)} disputed payments at JustiFi could not be read. Look for them in JustiFi’s dashboard.` })]),
          ...(disputes.isComplete ? [] : ['JustiFi has more disputed payments than Counter could look through. Look for the rest in JustiFi’s dashboard, and answer them there.']),
        ];
        return differences.length === 0 ? rest : ['JustiFi and the record of payments on this PC do not say the same.', ...differences, 'Compare them in JustiFi’s dashboard.', ...rest];
      },
    },
    limits: {
      problem: limits,
      title: 'Sales and limits',
      registerName: 'Name of this register',
      ...amounts,
      confirmAboveHint: 'Empty: never ask.',
      sameAgain: 'Ask about a repeat within (minutes)',
      sameAgainHint: '0: never ask.',
      cards: 'Customers can pay by card',
      bankAccounts: 'Customers can pay from a bank account',
      plaid: 'Customers can log in to their bank and pay from it (Plaid)',
      plaidHint: 'Only where JustiFi has switched it on for this account.',
      insurance: 'Customers can take an insurance with a card payment',
      insuranceHint: 'Only where JustiFi has switched it on for this account. The till asks for the customer’s name, e-mail, state and ZIP code.',
      sezzle: 'Customers can pay later (Sezzle)',
      sezzleHint: 'Off as it comes: no JustiFi component completes it today, so Counter does it by itself, and that was never seen with a live account. Docs, “Pay later”, say how to prove it.',
      phone: 'Customers can pay on their own phone (link and code)',
      phoneHint: 'A link that was shown can be paid for a week. It cannot be canceled.',
      saved: 'Customers can save a card and pay with it later',
      savedHint: 'The customer has to agree first. The card is kept at JustiFi.',
      savedConsent: 'What the customer agrees to before a card is saved',
      savedConsentHint: '{shop} is filled in. Empty: the text that comes with Counter.',
      billing: 'What the customer enters besides the card',
      billingShort: 'Postal code only',
      billingFull: 'Name and whole address',
      bankAuthorisation: 'What the customer agrees to by paying from a bank account',
      bankAuthorisationHint: '{shop} and {amount} are filled in. Empty: the text that comes with Counter.',
      description: 'Description of a sale',
      descriptionRequired: 'Required',
      descriptionOptional: 'Optional: “Sale” if left empty',
      descriptionUsual: 'Optional: the usual one if left empty',
      usualDescription: 'Usual description',
      presets: 'Quick descriptions, one per line',
      quickItems: 'Quick items, one per line',
      quickItemsHint: 'Name = price. Each is a button that adds its price and its name. Empty: no such buttons.',
      lockAfterAction: 'Lock the manager’s side after each change or export',
      dayBeginsAt: 'The shop’s day begins at',
    },
    cardReader: {
      problem: {
        'no-answer': 'JustiFi did not answer. Check the network, then try again.',
        'not-allowed': 'This key may not use card readers. Give it the permission at JustiFi, then try again.',
        'reader-unknown': 'JustiFi does not list this reader for the account.',
        'reader-offline': 'The reader does not answer. Check its power and network, then try again.',
        'settings-unwritable': notWritten,
        'audit-unwritable': 'The audit log cannot be written, so nothing was changed.',
        'sale-in-progress': underWay,
        'no-account': 'No account is open on this register.',
        'name-empty': 'Give the reader a name, without a card number.',
        locked,
        refused: didNotWork,
      } satisfies Sentences<ReaderProblem | TurnedAway>,
      title: 'Card reader of this register',
      none: 'No card reader is paired. Customers pay on the card form.',
      paired: (name: string) => `Paired: ${isolated(name)}. One reader belongs to one register: pair it with no other.`,
      noReaders: 'JustiFi lists no card readers for this account.',
      first: 'Customers pay at the reader first',
      pair: 'Pair',
      unpair: 'Unpair',
      identify: 'Identify',
      identified: 'The reader shows its name for 20 seconds.',
      check: 'Check',
      connected: 'connected',
      notConnected: 'not connected',
      rename: 'Rename',
      name: 'Name of the reader',
    },
    copy: {
      problem: copy,
      title: 'Copy to another register',
      sentence: 'The file holds the name, limits, permissions, descriptions and appearance of this register. It holds no key, no PIN and no cashier.',
      export: 'Save as a file',
      exported: 'The file is saved.',
      import: 'Read a file',
      changes: 'This would change:',
      nothing: 'Nothing would change.',
      stays: (names: string) => `Your company set these, so they stay: ${names}.`,
      keepName: 'Keep the name of this register',
      apply: 'Change these settings',
    },
    diagnostics: {
      title: 'Diagnostics',
      sentence: 'For support calls. It contains no key, no card and no customer.',
      allWell: 'All is well.',
      lookHere: 'Something needs attention. It is marked below.',
      save: 'Save as a file',
      saved: 'The file is saved.',
      notSaved: 'The file could not be saved there. Choose another place.',
      again: 'Refresh',
      log: 'The newest lines of the log',
      licences: 'Licenses of the software in Counter',
      names: {
        version: 'Version of Counter',
        register: 'Register',
        mode: 'Mode',
        account: 'Account',
        keychain: 'Keychain',
        cardReader: 'Card reader',
        line: 'Connection to JustiFi',
        toConfirm: 'Payments to confirm',
        journal: 'Record of payments',
        audit: 'Audit log',
        policy: 'Company policy',
        page: 'Card page',
        settings: 'Settings changed',
        port: 'Page of the card form',
        engine: 'Engine',
        system: 'System',
        screen: 'Screen',
        started: 'Started',
      } satisfies Record<DiagnosticName, string>,
      values: {
        ok: 'works',
        up: 'connected',
        sound: 'no faults',
        'as built': 'unchanged',
        training: 'training',
        test: 'test',
        live: 'live',
        starting: 'starting',
        'keychain-locked': 'locked or reset',
        'keychain-unavailable': 'not available',
        'keychain-damaged': 'damaged',
      } satisfies Record<UsualValue, string>,
    },
    policy: {
      byCompany: 'Set by your company.',
      trouble: ({ what, where, inForce }: PolicyTrouble) =>
        `${what === 'mistake' ? `The company’s settings file has a mistake (${isolated(where)}).` : `Other people than an administrator can change the company’s settings file (${isolated(where)}).`} ${inForce === 'last-valid' ? 'The last valid version is in use.' : 'None of it is in force.'} Tell your IT support.`,
    },
    appearance: {
      problem: appearance,
      title: 'Screen and sound',
      language: 'Language',
      languageAuto: 'Same as this PC',
      theme: 'Theme',
      themeAuto: 'Same as this PC',
      light: 'Light',
      dark: 'Dark',
      textSize: 'Text size',
      entry: 'How amounts are typed',
      cents: (example: string) => `Cents first: 3 5 7 5 is ${example}`,
      decimal: 'With the decimal point',
      sounds: 'Sounds for paid and declined',
      customerDisplay: 'Show the sale to the customer on a second screen',
      formStaysEnglish: 'The form for the card is JustiFi’s own and is in English in every language.',
    },
  };
}

export type ManagerWords = ReturnType<typeof englishManager>;
