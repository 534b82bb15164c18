import type { ConnectionTrouble } from '../../contract/connection-failure.ts';
import type { ConnectionCheckName, SubAccountObstacle } from '../../contract/connecting.ts';
import type { Currency } from '../../contract/money.ts';
import type { ConnectProblem } from '../../contract/problem.ts';
import type { AccountView } from '../../contract/till-snapshot.ts';
import type { Formats } from '../formats.ts';
import type { Sentences } from '../sentences.ts';
import type { TurnedAway } from './manager.ts';
import { isolated } from '../isolated.ts';

/* For the person who sets a register up: the first screen, connecting JustiFi, testing the connection. */

export function englishAccount({ number, plural }: Formats) {
  const noConnection: Readonly<Record<ConnectionTrouble, string>> = {
    'no-answer': 'No connection to JustiFi. Nothing was saved. Check the network, then try again.',
    untrusted: 'The certificate for JustiFi is not one that this PC trusts, so nothing was sent or saved. A network that inspects traffic must have its certificate in this PC’s system.',
    clock: 'The certificate of JustiFi is not valid at the date and time of this PC. Nothing was saved. Set the clock, then try again.',
    proxy: 'The proxy of this network does not let Counter through. Nothing was saved. Allow justifi.ai there, then try again.',
  };
  const problem: Sentences<ConnectProblem | TurnedAway> = {
    'client-id-empty': 'Type the client id.',
    'client-secret-empty': 'Type the client secret.',
    'client-id-odd': 'That is not a client id. Copy it from the JustiFi dashboard: one word, like test_… or live_….',
    'client-secret-odd': 'That is not a client secret. Copy it from the JustiFi dashboard: one word, no spaces.',
    'client-id-is-secret': 'The client id and the secret are the same. Copy each from its own line.',
    'broker-url-empty': 'Type the address of the key server.',
    'broker-url-invalid': 'That is not a web address. It looks like https://keys.example.com/counter.',
    'broker-url-not-https': 'The address must begin with https://.',
    'broker-key-too-short': ({ shortest }) => `A register key has at least ${number(shortest)} characters. Copy all of it.`,
    'broker-key-odd': 'That is not a register key. It is one word, no spaces.',
    'sub-account-invalid': 'JustiFi does not know this sub account. It begins with acc_; copy it again from the dashboard.',
    'sub-account-not-enabled': ({ status }) => `This sub account cannot take payments yet: JustiFi calls it ${isolated(status)}.`,
    'sub-account-not-ready': 'This sub account cannot take payments yet: JustiFi is still setting it up.',
    'currency-unknown': 'This sub account uses a currency that Counter does not know. Counter takes US and Canadian dollars.',
    'mode-mixed': 'A test key and a live sub account do not go together. Nothing was changed. Copy the key for this sub account.',
    'credentials-forgotten': 'That took too long, so what you typed was cleared. Enter it again.',
    'credentials-refused': 'JustiFi refused the client id or the secret. Copy both again from the dashboard.',
    'broker-refused': 'The key server refused this register. Check its key, and that the server knows this register.',
    'broker-unreachable': 'The key server does not answer. Check its address and the network, then try again.',
    'no-permission': 'These credentials may not use this sub account. Ask JustiFi for permission.',
    'keychain-locked': 'This PC’s keychain is locked or was reset. Unlock it, then try again; if it was reset, connect once more.',
    'keychain-unavailable': 'This PC’s keychain cannot be used, so nothing was saved. Unlock it, then try again.',
    'keychain-damaged': 'What Counter keeps in this PC’s keychain is damaged. Connect once more.',
    'no-connection': ({ trouble }) => noConnection[trouble],
    'form-unreachable': 'JustiFi’s card fields cannot be reached. Check the network and its filters.',
    'service-trouble': 'JustiFi did not answer as it should. Nothing was saved. Try again.',
    'sale-in-progress': 'A payment is under way. Finish it first.',
    'payments-open': ({ count }) => plural(count, { one: '1 payment of the shop before is not settled yet. Wait until it is confirmed, or keep it or give it back first.', other: `${number(count)} payments of the shop before are not settled yet. Wait until they are confirmed, or keep them or give them back first.` }),
    'settings-unwritable': 'This PC cannot write to its disk. Nothing was changed.',
    locked: 'The manager’s side locked itself. Nothing was changed. Enter the PIN and try again.',
    refused: 'That did not work. Restart Counter and try again.',
  };
  const view: Sentences<AccountView> = {
    starting: 'Counter is still starting.',
    training: 'This register is in training: no real payments. Connect JustiFi to take real ones.',
    connected: ({ name, subAccountId }) => (name === subAccountId ? `This register takes payments for ${isolated(name)}.` : `This register takes payments for ${isolated(name)} (${subAccountId}).`),
    broken: 'This register has an account, but cannot open it.',
  };
  const obstacle: Readonly<Record<SubAccountObstacle, (status: string) => string>> = {
    'not-enabled': (status) => `Cannot take payments: JustiFi calls it ${isolated(status)}.`,
    'not-ready': () => 'Cannot take payments yet: JustiFi is still setting it up.',
    'currency-unknown': () => 'Counter does not know its currency.',
    'mode-mixed': () => 'Does not go with this key: one is for tests, the other is live.',
  };
  const currency: Readonly<Record<Currency, string>> = { USD: 'US dollars', CAD: 'Canadian dollars' };
  const checks: Readonly<Record<ConnectionCheckName, string>> = {
    keychain: 'This PC’s keychain has the key',
    network: 'JustiFi answers',
    access: 'JustiFi accepts the key',
    'sub-account': 'The sub account may take payments',
    mode: 'Key and sub account go together',
    form: 'The card fields can be reached',
  };
  return {
    registerStopped: 'This register takes no payments',
    problem,
    view,
    obstacle,
    currency,
    title: 'Connect JustiFi',
    titleConnected: 'JustiFi account',
    way: 'How this register connects',
    wayClient: 'Client id and secret',
    wayBroker: 'Key server of the shop’s head office',
    clientId: 'Client id',
    clientSecret: 'Client secret',
    brokerUrl: 'Address of the key server',
    brokerKey: 'Register key',
    pasteHint: 'Copy the client id and secret from the JustiFi dashboard. The secret goes into this PC’s keychain and is never shown again.',
    registerId: (id: string) => `The key server knows this register as ${id}.`,
    next: 'Next',
    asking: 'Asking JustiFi…',
    connect: 'Connect',
    mode: { test: 'Test – no real payments', live: 'Live – real payments' },
    choose: 'Which account gets the payments?',
    none: 'JustiFi knows no sub account for this key. Create one in the dashboard, or type its id.',
    cut: 'Not all are listed. Type the id if yours is missing.',
    takesCards: 'cards',
    takesBankAccounts: 'bank accounts',
    takesNothing: 'neither cards nor bank accounts',
    byHand: 'Another one, by id',
    subAccountId: 'Sub account id',
    testHint: 'Checks the key, the account and the card fields. Nothing is charged.',
    testConnection: 'Test connection',
    testing: 'Testing…',
    tested: 'Ready to take payments.',
    testedBadly: 'Not ready to take payments yet.',
    skipped: 'not checked',
    checks,
    changeShop: 'Change the sub account',
    replaceKey: 'Replace the key',
    disconnect: 'Disconnect, back to training',
    stopped: 'To take payments again, connect it once more with “Replace the key”. Payments that were under way are asked about as soon as it is connected.',
    leave: {
      title: 'Disconnect this register?',
      sentence: 'The key is removed from this PC, and the register goes back to training. To take payments again, enter the key again.',
      openPayments: (count: number) =>
        plural(count, {
          one: '1 payment of this shop is still open. Counter cannot ask JustiFi about it until this shop is connected here again.',
          other: `${number(count)} payments of this shop are still open. Counter cannot ask JustiFi about them until this shop is connected here again.`,
        }),
      disconnect: 'Disconnect',
      stay: 'Stay connected',
    },
    tryAgain: 'Try again',
    back: 'Back',
    firstRun: {
      title: 'Welcome to Counter',
      sentence: 'Take payments at the counter, through JustiFi. Two ways to begin; you can change it later under Manager.',
      training: 'Try it in training mode',
      trainingHint: 'Everything works. No real payments, and nothing leaves this PC.',
      connect: 'Connect JustiFi',
      connectHint: 'For a shop that has a JustiFi account. Have the client id and secret at hand.',
    },
    steps: {
      name: (step: number, steps: number) => `Step ${number(step)} of ${number(steps)}`,
      connect: 'Connect JustiFi',
      register: 'Name of this register',
      pin: 'Manager PIN',
      limits: 'Limits',
      test: 'Test connection',
      registerHint: 'As it will stand on reports: “Front counter”, “Register 2”.',
      next: 'Next',
      later: 'Later',
      finish: 'Start selling',
    },
  };
}

export type AccountWords = ReturnType<typeof englishAccount>;
