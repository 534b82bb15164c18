import type { DiagnosticName } from '../../../contract/diagnostics.ts';
import type { AccessProblem } from '../../../contract/pin.ts';
import type { LookProblem } from '../../../contract/look.ts';
import type { NoAnswer } from '../../../contract/channels.ts';
import type { CopyProblem } from '../../../contract/settings-copy.ts';
import type { PolicyTrouble } from '../../../contract/policy.ts';
import type { SettingsProblem } from '../../../contract/register-settings.ts';
import type { JournalNotice, StorageTrouble } from '../../../contract/till-snapshot.ts';
import type { Formats } from '../formats.ts';
import type { Sentences } from '../sentences.ts';

export type TurnedAway = NoAnswer<'manager'>['failure'];
export type PinProblem = AccessProblem | TurnedAway;
export type LookProblems = LookProblem | TurnedAway;
export type CopyProblems = CopyProblem | SettingsProblem | TurnedAway;
export type LimitsProblem = SettingsProblem | TurnedAway | { readonly kind: 'not-an-amount' } | { readonly kind: 'minutes-invalid' };

/* What a manager reads, except the audit log. */

export function englishManager({ money, dayAndTime, number, plural, wait }: Formats) {
  const locked = "The manager's side locked itself. Nothing was changed. Enter the PIN and try again.";
  const didNotWork = 'That did not work. Restart Counter and try again.';
  const notWritten = 'This PC cannot write to its disk. Nothing was changed.';
  const underWay = 'A payment is under way. Finish it first.';
  const waitSentence = (seconds: number) => `Too many wrong PINs. Try again in ${wait(seconds, { minutes: 'minutes' })}. The till takes payments meanwhile.`;

  const access: Sentences<PinProblem> = {
    'pin-too-short': ({ shortest }) => `Use at least ${number(shortest)} digits.`,
    'pin-too-long': ({ longest }) => `Use at most ${number(longest)} digits.`,
    'pin-too-simple': 'That is easy to guess: no rows like 123456, nothing repeated. Choose another.',
    'pin-wrong': ({ waitSeconds }) => `That is not the PIN. ${waitSeconds > 0 ? waitSentence(waitSeconds) : 'Try again.'}`,
    'locked-out': ({ waitSeconds }) => waitSentence(waitSeconds),
    'pin-not-set': 'No manager PIN is set on this register.',
    'secret-wrong': 'JustiFi does not know these for this register. Copy them again.',
    'no-account': 'No JustiFi account is connected, so there is no secret to enter. See “Forgotten PIN” in the manual.',
    'no-connection': 'No connection to JustiFi. Check the network, then try again.',
    'service-trouble': 'JustiFi did not answer as it should. Try again.',
    'still-asking': 'JustiFi is still being asked. Wait a moment.',
    'keychain-locked': "This PC's keychain is locked or was reset, so the PIN cannot be checked. Unlock it, or use the JustiFi secret.",
    'keychain-unavailable': 'This PC has no keychain that Counter can use, so the PIN cannot be checked. Log in to this PC as usual, or use the JustiFi secret.',
    'keychain-damaged': "What Counter keeps in this PC's keychain is damaged, so the PIN cannot be checked. Use the JustiFi secret.",
    'settings-unwritable': notWritten,
    locked,
    refused: didNotWork,
  };
  const limits: Sentences<LimitsProblem> = {
    'not-an-amount': `One of the amounts is not an amount. Write it like ${money(2500).replaceAll(/[^\d.,]/gu, '')}.`,
    'setting-locked': ({ setting }) => `Your company has set this (${setting}); it cannot be changed here.`,
    'minutes-invalid': 'Write the minutes as a number from 0 to 60.',
    'limits-crossed': 'The smallest amount is larger than the largest one.',
    'no-way-to-pay': 'Customers need a way to pay: cards, bank accounts, or both.',
    'register-name-empty': 'Give the register a name.',
    'preset-invalid': ({ why }) =>
      why === 'description-card-number' ? 'One of the buttons looks like a card number. Take it out.' : 'One of the buttons is too long. Keep it under 200 characters.',
    'sale-in-progress': underWay,
    'audit-unwritable': 'The audit log cannot be written, so nothing was changed. Check this PC’s disk.',
    'settings-unwritable': notWritten,
    locked: 'The manager’s side locked itself. Nothing was changed. Enter the PIN and try again.',
    refused: 'That did not work. Amounts go from 0.51 to 999,999.99, and there is room for twelve buttons.',
  };
  const look: Sentences<LookProblems> = {
    'setting-locked': ({ setting }) => `Your company has set this (${setting}); it cannot be changed here.`,
      'audit-unwritable': limits['audit-unwritable'],
    'settings-unwritable': notWritten,
    locked,
    refused: didNotWork,
  };
  const copy: Sentences<CopyProblems> = {
    'copy-cancelled': 'No file was chosen.',
    'copy-unwritable': 'The file could not be saved there. Choose another place.',
    'copy-unreadable': 'The file could not be read. Choose another.',
    'copy-invalid': ({ where }) => `That is no file of Counter’s settings, or it has a mistake (${where}). Nothing was changed.`,
    'copy-forgotten': 'Read the file once more.',
    'limits-crossed': 'The smallest amount is larger than the largest one.',
    'no-way-to-pay': 'Customers need a way to pay: cards, bank accounts, or both.',
    'register-name-empty': 'Give the register a name.',
    'preset-invalid': 'One of the descriptions cannot be used. Nothing was changed.',
    'setting-locked': ({ setting }) => `Your company has set this (${setting}); it cannot be changed here.`,
    'sale-in-progress': underWay,
    'audit-unwritable': 'The audit log cannot be written, so nothing was changed. Check this PC’s disk.',
    'settings-unwritable': notWritten,
    locked,
    refused: didNotWork,
  };
  const auditTrouble: Readonly<Record<StorageTrouble, string>> = {
    'disk-full': 'the disk of this PC is full. Make room.',
    'read-only': 'Counter may not write into its folder on this PC.',
    'in-use': 'another program on this PC is using it. Close that program.',
    'newer-counter': 'a newer version of Counter wrote it. Install that version.',
    damaged: 'it is damaged and could not be repaired. Call whoever looks after this PC.',
    unknown: 'this PC refuses it. Restart Counter, then call whoever looks after this PC.',
  };
  return {
    access,
    waitSentence,
    shell: {
      title: 'Manager',
      noPin: 'No manager PIN yet: set one before real money moves.',
      pageChanged: 'The card page changed. See Diagnostics.',
      backToTill: 'Back to the till',
      lock: 'Lock',
      sections: 'Sections',
      attention: 'Please look',
      account: 'JustiFi account',
      pin: 'Manager PIN',
      limits: 'Sales and limits',
      cashiers: 'Cashiers',
      audit: 'Audit log',
      copy: 'Copy settings',
      look: 'Screen and sound',
      diagnostics: 'Diagnostics',
      back: 'Back',
      save: 'Save',
      yes: 'yes',
      no: 'no',
      saved: 'Saved.',
    },
    door: {
      noPinTitle: 'No manager PIN is set',
      forgottenTitle: 'Forgotten PIN',
      noPinSentence: 'Enter what this register was connected with. Then set a manager PIN.',
      forgottenSentence: 'Enter what this register was connected with. Then set a new PIN. This is written into the audit log.',
      pin: 'Manager PIN',
      open: 'Open',
      checking: 'Checking…',
      forgotten: 'Forgotten?',
      keypad: 'Keypad',
      clear: 'Clear',
      backspace: 'Backspace',
    },
    setPin: {
      change: 'Change the manager PIN',
      set: 'Set a manager PIN',
      rule: (shortest: number) => `At least ${number(shortest)} digits, no row like 123456 and nothing repeated. Keep it to yourself: it opens refunds and settings.`,
      done: 'The new PIN is set.',
      current: 'Current PIN',
      new: 'New PIN',
      again: 'New PIN once more',
      notTheSame: 'The two were not the same. Type the new PIN again.',
      saving: 'Saving…',
      setPin: 'Set PIN',
      next: 'Next',
    },
    attention: {
      wrongAmount: (amountInCents: number, chargedInCents: number) =>
        `JustiFi charged ${money(chargedInCents)} instead of ${money(amountInCents)}. Give the difference back in JustiFi's dashboard, or refund the payment there.`,
      unresolved: (amountInCents: number, description: string, since: string) =>
        `A payment is still open: ${money(amountInCents)}, ${description}, since ${dayAndTime(since)}. JustiFi has not said how it ended, and nothing can be paid on it any more. Look in JustiFi's dashboard, then end it here.`,
      endIt: 'End it',
      lookedAtIt: 'I have looked at it. Go on',
      seen: 'I have seen this',
      audit: (why: StorageTrouble): readonly string[] => [`The audit log cannot be written: ${auditTrouble[why]}`, 'Payments go on meanwhile; no setting can be changed.'],
      journal({ kind, gapSinceUtc, isLookedInto, found }: JournalNotice): readonly string[] {
        const what =
          kind === 'tampered'
            ? 'The record of payments on this PC was changed by something other than Counter. It has been restored; what was found is kept beside it.'
            : 'The record of payments on this PC was damaged. It has been restored; what was found is kept beside it.';
        if (gapSinceUtc === null) return [what, 'No payment is missing.'];
        const since = `Payments since ${dayAndTime(gapSinceUtc)} may have been missing.`;
        if (!isLookedInto) return [what, since, 'Counter is asking JustiFi for them.'];
        if (found.count === 0) return [what, since, 'JustiFi knows of none that is not here.'];
        const fetched = plural(found.count, { one: 'One payment was', other: `${number(found.count)} payments were` });
        return [what, since, `${fetched} fetched back from JustiFi: ${money(found.amountInCents)}.`];
      },
    },
    limits: {
      problem: limits,
      title: 'Sales and limits',
      registerName: 'Name of this register',
      smallest: 'Smallest amount',
      largest: 'Largest amount',
      confirmAbove: 'Ask before charging more than',
      confirmAboveHint: 'Empty: never ask.',
      sameAgain: 'Ask about the same sale within (minutes)',
      sameAgainHint: '0: never ask.',
      cards: 'Customers may pay by card',
      bankAccounts: 'Customers may pay from a bank account',
      billing: 'What the customer enters besides the card',
      billingShort: 'Postal code only',
      billingFull: 'Name and whole address',
      presets: 'Buttons under “What is it for?”, one a line',
    },
    copy: {
      problem: copy,
      title: 'Copy to another register',
      sentence: 'The file holds names, limits, rights, descriptions and the look of this register; no key, no PIN, no cashier.',
      export: 'Save as a file',
      exported: 'The file is saved.',
      import: 'Read a file',
      changes: 'This would change:',
      nothing: 'Nothing would change.',
      stays: (names: string) => `Your company has set these, so they stay: ${names}.`,
      keepName: 'Keep the name of this register',
      apply: 'Change these settings',
    },
    diagnostics: {
      title: 'Diagnostics',
      sentence: 'For whoever helps you by phone. There is no key, no card and no customer in it.',
      allWell: 'All is well.',
      lookHere: 'Something needs attention; it is marked.',
      save: 'Save as a file',
      saved: 'The file is saved.',
      notSaved: 'The file could not be saved there. Choose another place.',
      again: 'Look again',
      log: 'The newest lines of the log',
      names: {
        version: 'Version of Counter',
        register: 'Register',
        mode: 'Mode',
        account: 'Account',
        keychain: 'Keychain',
        line: 'Line to JustiFi',
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
    },
    policy: {
      byCompany: 'Set by your company.',
      trouble: ({ where, inForce }: PolicyTrouble) =>
        `The company’s settings file has a mistake (${where}). ${inForce === 'last-valid' ? 'The last valid version is in use.' : 'None of it is in force.'} Tell whoever looks after this PC.`,
    },
    look: {
      problem: look,
      title: 'Screen and sound',
      language: 'Language',
      languageAuto: 'As this PC',
      theme: 'Colours',
      themeAuto: 'As this PC',
      light: 'Light',
      dark: 'Dark',
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
