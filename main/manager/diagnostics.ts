import { withoutControls } from '../../contract/control-characters.ts';
import type { DiagnosticLine, Diagnostics, DiagnosticsProblem } from '../../contract/diagnostics.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import type { Locked } from '../../contract/channels.ts';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { AccountView, TillSnapshot } from '../../contract/till-snapshot.ts';
import { type IsStillOpen, LOCKED } from './guard.ts';
import type { SaveChosen } from './saved-file.ts';
import { changesBetween } from './settings-change.ts';

export type DiagnosticsParts = {
  readonly snapshot: () => Pick<TillSnapshot, 'registerName' | 'registerId' | 'mode' | 'account' | 'connectionFailure' | 'cardReader' | 'toConfirm' | 'journalNotice' | 'policy'>;
  readonly readKeychain: () => Promise<Result<unknown, { readonly kind: KeychainProblem }>>;
  /** The health of the open journal: "sound", or its repair. */
  readonly journalHealth: () => string;
  /** Why the audit log cannot be written, or the damage that was found in it. */
  readonly auditTrouble: () => string | null;
  /** The visible settings: now, and the defaults. */
  readonly settings: () => { readonly now: unknown; readonly asItComes: unknown };
  readonly fixed: { readonly version: string; readonly engine: string; readonly system: string; readonly startedUtc: string };
  /** How the page of the card form differs from its build. */
  readonly pageFindings: () => readonly string[];
  /** The origin of the card form's page. */
  readonly port: () => string;
  readonly logTail: () => readonly string[];
  readonly licences: () => string;
  readonly redact: (text: string) => string;
  readonly saveFile: SaveChosen;
};

type DiagnosticsCalls = {
  readDiagnostics(asked: { readonly screen: string }, isStillOpen: IsStillOpen): Promise<Result<Diagnostics, never> | Locked>;
  exportDiagnostics(asked: { readonly screen: string }, isStillOpen: IsStillOpen): Promise<Result<null, DiagnosticsProblem> | Locked>;
};

/** The report on this register for support, to be read out or saved. No secrets and no personal data. */
export function diagnostics(parts: DiagnosticsParts): DiagnosticsCalls {
  async function look(screen: string): Promise<Diagnostics> {
    const { registerName, registerId, mode, account, connectionFailure, cardReader, toConfirm, journalNotice, policy } = parts.snapshot();
    const { fixed } = parts;
    const keychain = await parts.readKeychain();
    const audit = parts.auditTrouble();
    const { now, asItComes } = parts.settings();
    const changed = changesBetween(asItComes, now).map(({ setting }) => setting);
    const journal = parts.journalHealth();
    const page = parts.pageFindings();
    const hasAccount = mode !== 'training';
    const line = (name: DiagnosticLine['name'], value: string, isTrouble = false): DiagnosticLine => ({ name, value: parts.redact(withoutControls(value)), isTrouble });
    const lines = [
      line('version', fixed.version),
      line('register', `${registerName} · ${registerId}`),
      line('mode', mode),
      line('account', accountWords(account), account.kind === 'broken'),
      line('keychain', keychain.kind === 'ok' ? 'ok' : keychain.failure.kind, hasAccount && keychain.kind === 'failed'),
      line('cardReader', cardReader === null ? '–' : `${cardReader.name} · ${cardReader.terminalId}${cardReader.isFirst ? ' · asked first' : ''}`),
      line('line', connectionFailure === null ? 'up' : `down: ${connectionFailure.trouble} (${connectionFailure.code})`, connectionFailure !== null),
      line('toConfirm', String(toConfirm), toConfirm > 0),
      line('journal', journalNotice === null ? journal : `${journal} · ${journalNotice.kind}`, journalNotice !== null),
      line('audit', audit ?? 'ok', audit !== null),
      line('policy', policy.trouble?.where ?? (policy.locked.length === 0 ? '–' : `locks ${policy.locked.join(', ')}`), policy.trouble !== null),
      line('settings', changed.length === 0 ? '–' : changed.join(', ')),
      line('page', page.length === 0 ? 'as built' : page.join(' · '), page.length > 0),
      line('port', parts.port()),
      line('engine', fixed.engine),
      line('system', fixed.system),
      line('screen', screen),
      line('started', fixed.startedUtc),
    ];
    return { lines, log: parts.logTail().map(parts.redact), licences: parts.licences() };
  }

  return {
    async readDiagnostics({ screen }, isStillOpen) {
      const seen = await look(screen);
      return isStillOpen() ? ok(seen) : LOCKED;
    },
    async exportDiagnostics({ screen }, isStillOpen) {
      const { lines, log } = await look(screen);
      const text = [...lines.map(({ name, value, isTrouble }) => `${isTrouble ? '! ' : '  '}${name}: ${value}`), '', ...log, ''].join('\n');
      const saved = await parts.saveFile('counter-diagnostics.txt', text, isStillOpen);
      if (saved.kind === 'ok') return saved;
      if (saved.failure.kind === 'locked') return LOCKED;
      return failed(saved.failure.kind === 'cancelled' ? { kind: 'diagnostics-cancelled' } : { kind: 'diagnostics-unwritable', code: saved.failure.code });
    },
  };
}

function accountWords(account: AccountView): string {
  switch (account.kind) {
    case 'starting':
    case 'training':
      return account.kind;
    case 'connected':
      return `${account.name} · ${account.subAccountId} · ${account.credentialsKind}`;
    case 'broken':
      return `broken · ${account.problem.kind}`;
    default:
      return assertNever(account);
  }
}
