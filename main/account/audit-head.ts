import type { AuditTrouble } from '../../contract/audit.ts';
import { type Result, ok } from '../../contract/result.ts';
import type { AuditStore } from '../manager/audit.ts';
import type { Timers } from '../sale/timers.ts';
import type { AuditFile } from '../storage/audit-file.ts';
import type { Keychain } from '../storage/keychain.ts';

/** A keychain is slow, so the head is saved once a minute; newer lines are not covered yet. */
export const HEAD_KEPT_EVERY_MS = 60_000;

type AuditHeadParts = {
  /** Null: not open yet. */
  readonly file: () => AuditFile | null;
  readonly keychain: Pick<Keychain, 'readAuditHead' | 'saveAuditHead'>;
  readonly registerId: () => string;
  readonly timers: Timers;
  readonly utcNow: () => string;
  /** The log lacks the line that the keychain has. */
  readonly onReplaced: () => void;
};

type AuditHead = {
  /** Compares the log with the head of the last run, once a run, and saves the head from then on. Without an answer of the keychain the next call tries again. */
  check(): Promise<void>;
  /** The log. Its problems include a missing head. */
  store(): AuditStore | null;
  close(): void;
};

/**
 * The head (last line) of the audit log, kept in the keychain. SECURITY: a log that was rewritten as a whole, or replaced by yesterday's copy, is consistent in itself;
 * only a record outside its folder shows it.
 */
export function openAuditHead({ file, keychain, registerId, timers, utcNow, onReplaced }: AuditHeadParts): AuditHead {
  let isChecked = false;
  let kept: string | null = null;
  let replacedAt: string | null = null;
  let callOff = () => {};

  async function check(): Promise<void> {
    const log = file();
    if (isChecked || log === null) return;
    const before = await keychain.readAuditHead();
    if (before.kind === 'failed') return;
    const holds = before.value === null || before.value.registerId !== registerId() ? true : log.holds(before.value);
    if (holds === null) return;
    isChecked = true;
    if (!holds) {
      replacedAt = utcNow();
      onReplaced();
    }
    await keep();
  }

  /** The head of the last good run is kept until the manager has acknowledged that the log lacks it. */
  async function keep(): Promise<void> {
    callOff();
    callOff = timers.after(HEAD_KEPT_EVERY_MS, () => void keep());
    const head = file()?.head() ?? null;
    if (replacedAt !== null || head === null || head.link === kept) return;
    const saved = await keychain.saveAuditHead({ registerId: registerId(), sequence: head.sequence, link: head.link });
    if (saved.kind === 'ok') kept = head.link;
  }

  function trouble(): AuditTrouble | null {
    return replacedAt === null ? null : { kind: 'replaced', at: replacedAt, missing: [], gapSinceUtc: null, setAside: [] };
  }

  function acknowledge(log: AuditFile): Result<null, unknown> {
    const settled = log.acknowledgeTrouble();
    if (settled.kind === 'failed') return settled;
    replacedAt = null;
    void keep();
    return ok(null);
  }

  return {
    check,
    store() {
      const log = file();
      return log === null ? null : { ...log, trouble: () => trouble() ?? log.trouble(), acknowledgeTrouble: () => acknowledge(log) };
    },
    close: () => callOff(),
  };
}
