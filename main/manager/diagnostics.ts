import type { DiagnosticLine, Diagnostics, DiagnosticsProblem } from '../../contract/diagnostics.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { AccountView, TillSnapshot } from '../../contract/till-snapshot.ts';
import { changesBetween } from './settings-change.ts';

export type DiagnosticsParts = {
  readonly snapshot: () => Pick<TillSnapshot, 'registerName' | 'registerId' | 'mode' | 'account' | 'isOnline' | 'toConfirm' | 'journalNotice' | 'policy'>;
  readonly readKeychain: () => Promise<Result<unknown, { readonly kind: KeychainProblem }>>;
  /** Of the journal that is open: "sound", or what was done to it. */
  readonly journalHealth: () => string;
  /** Why the audit log cannot be written, or what was done to it. */
  readonly auditTrouble: () => string | null;
  /** The settings that may be seen, as they are and as they come. */
  readonly settings: () => { readonly now: unknown; readonly asItComes: unknown };
  readonly fixed: { readonly version: string; readonly engine: string; readonly system: string; readonly startedUtc: string };
  /** How the page of the card form differs from what was built. */
  readonly pageFindings: () => readonly string[];
  /** Where it is served. */
  readonly port: () => string;
  readonly logTail: () => readonly string[];
  readonly redact: (text: string) => string;
  readonly saveFile: (suggestedName: string, text: string) => Promise<Result<null, { readonly kind: 'cancelled' } | { readonly kind: 'unwritable'; readonly code: string }>>;
};

export type DiagnosticsCalls = {
  readDiagnostics(asked: { readonly screen: string }): Promise<Result<Diagnostics, never>>;
  exportDiagnostics(asked: { readonly screen: string }): Promise<Result<null, DiagnosticsProblem>>;
};

/** What a support person needs to know of this register, to be read out or saved; and nothing that is nobody's business. */
export function diagnostics(parts: DiagnosticsParts): DiagnosticsCalls {
  async function look(screen: string): Promise<Diagnostics> {
    const { registerName, registerId, mode, account, isOnline, toConfirm, journalNotice, policy } = parts.snapshot();
    const { fixed } = parts;
    const keychain = await parts.readKeychain();
    const audit = parts.auditTrouble();
    const { now, asItComes } = parts.settings();
    const changed = changesBetween(asItComes, now).map(({ setting }) => setting);
    const journal = parts.journalHealth();
    const page = parts.pageFindings();
    const hasAccount = mode !== 'training';
    const line = (name: DiagnosticLine['name'], value: string, isTrouble = false): DiagnosticLine => ({ name, value: parts.redact(value), isTrouble });
    const lines = [
      line('version', fixed.version),
      line('register', `${registerName} · ${registerId}`),
      line('mode', mode),
      line('account', accountWords(account), account.kind === 'broken'),
      line('keychain', keychain.kind === 'ok' ? 'ok' : keychain.failure.kind, hasAccount && keychain.kind === 'failed'),
      line('line', isOnline ? 'up' : 'down', !isOnline),
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
    return { lines, log: parts.logTail().map(parts.redact) };
  }

  return {
    readDiagnostics: async ({ screen }) => ok(await look(screen)),
    async exportDiagnostics({ screen }) {
      const { lines, log } = await look(screen);
      const text = [...lines.map(({ name, value, isTrouble }) => `${isTrouble ? '! ' : '  '}${name}: ${value}`), '', ...log, ''].join('\n');
      const saved = await parts.saveFile('counter-diagnostics.txt', text);
      if (saved.kind === 'ok') return saved;
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
      return `${account.name} · ${account.subAccountId} · ${account.through}`;
    case 'broken':
      return `broken · ${account.problem.kind}`;
    default:
      return assertNever(account);
  }
}
