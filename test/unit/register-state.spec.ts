import { describe, expect, test } from 'vitest';
import { type Evidence, boundPin, registerStateOf, registerIdOf } from '../../main/account/register-state.ts';
import type { KeychainContent } from '../../main/storage/keychain.ts';

/* The state of a data folder, from settings, PINs, journals and keychain. */

const OWN = 'register-1';
const ACCOUNT = { subAccountId: 'acc_1' };
const pin = { cost: 2 ** 15, blockSize: 8, parallel: 1, salt: 'c2FsdHNhbHRzYWx0', hash: 'aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g=' };
const credentials = (id: string, subAccountId = 'acc_1'): KeychainContent => ({ kind: 'credentials', credentialsKind: 'client', register: { id, subAccountId }, managerPin: null });

const SETTINGS = {
  connected: { found: 'whole', registerId: OWN, account: ACCOUNT },
  training: { found: 'whole', registerId: OWN, account: null },
  none: { found: 'none', registerId: '', account: null },
  lost: { found: 'lost', registerId: '', account: null },
  // A file without a register id is not one of Counter's.
  empty: { found: 'whole', registerId: '', account: null },
} as const satisfies Record<string, Evidence['settings']>;
const KEYCHAIN = {
  own: credentials(OWN),
  'other register': credentials('register-2'),
  'other account': credentials(OWN, 'acc_2'),
  unbound: { kind: 'credentials', credentialsKind: 'client', register: null, managerPin: null },
  nothing: { kind: 'nothing', managerPin: null },
  locked: { kind: 'keychain-locked' },
  unavailable: { kind: 'keychain-unavailable' },
  damaged: { kind: 'keychain-damaged' },
} as const satisfies Record<string, KeychainContent>;
const PINS = { none: { found: 'none', hasManagerPin: false }, set: { found: 'whole', hasManagerPin: true }, lost: { found: 'lost', hasManagerPin: false } } as const satisfies Record<string, Evidence['pins']>;
const JOURNALS = { none: [], training: ['training'], test: ['test'], live: ['live', 'training'] } as const;

type Case = { readonly settings: keyof typeof SETTINGS; readonly keychain: keyof typeof KEYCHAIN; readonly pins: keyof typeof PINS; readonly journals: keyof typeof JOURNALS };
const keys = <Part extends object>(part: Part) => Object.keys(part) as (keyof Part)[];
const all: readonly Case[] = keys(SETTINGS).flatMap((settings) => keys(KEYCHAIN).flatMap((keychain) => keys(PINS).flatMap((pins) => keys(JOURNALS).map((journals) => ({ settings, keychain, pins, journals })))));

function verdict({ settings, keychain, pins, journals }: Case): string {
  const there = (name: string) => (JOURNALS[journals] as readonly string[]).includes(name);
  const registerState = registerStateOf({ settings: SETTINGS[settings], pins: PINS[pins], journals: { training: there('training'), test: there('test'), live: there('live'), audit: false }, keychain: KEYCHAIN[keychain] });
  return registerState.kind === 'stopped' ? registerState.why : registerState.kind;
}

const holdsCredentials = ({ keychain }: Case) => KEYCHAIN[keychain].kind === 'credentials';
const isSilent = ({ keychain }: Case) => KEYCHAIN[keychain].kind.startsWith('keychain-');
const areMissing = ({ settings }: Case) => SETTINGS[settings].registerId === '';
const soldForMoney = ({ journals }: Case) => journals === 'test' || journals === 'live';

describe('the state of a data folder', () => {
  test('connected: where the settings say so, and the keychain says the same or nothing', () => {
    for (const one of all.filter(({ settings }) => settings === 'connected')) expect([one, verdict(one)]).toEqual([one, holdsCredentials(one) && one.keychain !== 'own' ? 'settings-foreign' : 'connected']);
  });

  test('in training by its settings, but with credentials in the keychain: stopped, never a training till', () => {
    for (const one of all.filter(({ settings }) => settings === 'training').filter(holdsCredentials)) expect([one, verdict(one)]).toEqual([one, 'settings-foreign']);
  });

  test('in training by its settings, with a journal of payments and a locked keychain: stopped until it opens', () => {
    for (const one of all.filter(({ settings, keychain }) => settings === 'training' && !KEYCHAIN[keychain].kind.startsWith('credentials'))) {
      expect([one, verdict(one)]).toEqual([one, soldForMoney(one) && isSilent(one) ? KEYCHAIN[one.keychain].kind : 'training']);
    }
  });

  test('C-21, C-22: missing or damaged settings, and any trace of an account: stopped', () => {
    for (const one of all.filter(areMissing)) {
      const tells = holdsCredentials(one) || soldForMoney(one) || one.pins !== 'none' || one.keychain === 'damaged';
      const expected = tells ? 'settings-missing' : one.keychain === 'locked' ? 'keychain-locked' : one.settings === 'none' && one.journals === 'none' ? 'new' : 'training';
      expect([one, verdict(one)]).toEqual([one, expected]);
    }
  });

  test('A-03: only an empty folder, on a PC with an empty keychain, is new', () => {
    const fresh = all.filter((one) => verdict(one) === 'new');
    expect(fresh.map(({ settings, pins, journals }) => [settings, pins, journals])).toEqual(fresh.map(() => ['none', 'none', 'none']));
    expect(fresh.map(({ keychain }) => keychain)).toEqual(['nothing', 'unavailable']);
  });

  test('C-21: no register with credentials in the keychain, and none with a journal of payments and no settings, is ever in training', () => {
    const training = all.filter((one) => ['training', 'new'].includes(verdict(one)));
    expect(training.filter(holdsCredentials)).toEqual([]);
    expect(training.filter((one) => areMissing(one) && soldForMoney(one))).toEqual([]);
  });
});

describe('A-03: the manager’s PIN that the keychain holds', () => {
  const seen: KeychainContent = { kind: 'nothing', managerPin: { registerId: OWN, pin } };

  test('counts for the register it was set on, and wherever a register is stopped', () => {
    expect(boundPin({ kind: 'training' }, OWN, seen)).toEqual(pin);
    expect(boundPin({ kind: 'stopped', why: 'settings-missing' }, 'register-2', seen)).toEqual(pin);
  });

  test('does not count for another register of the same user', () => {
    expect(boundPin({ kind: 'new' }, 'register-2', seen)).toBeNull();
    expect(boundPin({ kind: 'training' }, 'register-2', seen)).toBeNull();
    expect(boundPin({ kind: 'connected' }, OWN, { kind: 'keychain-locked' })).toBeNull();
  });
});

describe('a register whose settings are missing', () => {
  const none = { training: false, test: false, live: false, audit: false };

  test('keeps its id where its journals are; another folder gets a new one', () => {
    expect(registerIdOf({ ...none, live: true }, credentials(OWN), 'new')).toBe(OWN);
    expect(registerIdOf({ ...none, training: true }, { kind: 'nothing', managerPin: { registerId: OWN, pin } }, 'new')).toBe(OWN);
    expect(registerIdOf(none, credentials(OWN), 'new')).toBe('new');
    expect(registerIdOf({ ...none, live: true }, { kind: 'keychain-locked' }, 'new')).toBe('new');
  });
});
