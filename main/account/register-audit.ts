import { type Audit, type AuditParts, COUNTER, createAudit } from '../manager/audit.ts';
import type { AuditFile } from '../storage/audit-file.ts';
import type { AppServices } from './app-services.ts';
import { openAuditHead } from './audit-head.ts';

/** The audit log of this register: its file, and its last line as kept in the keychain. */
type RegisterAudit = {
  readonly audit: Audit;
  /** Opens the log for writing. The first line: Counter has started. */
  open(version: string): void;
  /** Compares the log with the head of the last run, once. */
  checkHead(): void;
  /** Why it cannot be written; null: it can. */
  unusable(): ReturnType<AuditFile['unusable']>;
  /** The same, or the damage that was found in it. */
  trouble(): string | null;
  close(): void;
};

export function openRegisterAudit(services: AppServices, { saveFile, systemLocale, onChange }: Pick<AuditParts, 'saveFile' | 'systemLocale'> & { readonly onChange: () => void }): RegisterAudit {
  const { log, settings, keychain, timers, utcNow } = services;
  let file: AuditFile | null = null;
  const head = openAuditHead({
    file: () => file,
    keychain,
    registerId: services.registerId,
    timers,
    utcNow,
    onReplaced() {
      log.error('audit.replaced', {});
      audit.note(COUNTER, 'log-replaced');
      onChange();
    },
  });
  const audit = createAudit({
    store: head.store,
    registerName: () => settings.read().registerName,
    saveFile,
    systemLocale,
    onUnwritable: (action) => log.error('audit.unwritable', { action }),
  });
  return {
    audit,
    open(version) {
      file = services.openAuditLog(onChange);
      services.onPinRestored(() => audit.note(COUNTER, 'pin-restored'));
      services.onCopied((before, after) => audit.note(COUNTER, 'register-copied', { before, after }));
      audit.note(COUNTER, 'counter-started', { version });
      const { trouble } = services.policy;
      if (trouble !== null) audit.note(COUNTER, 'policy-invalid', { what: trouble.what, where: trouble.where });
    },
    checkHead: () => void head.check(),
    unusable: () => file?.unusable() ?? null,
    trouble: () => file?.unusable() ?? file?.trouble()?.kind ?? null,
    close() {
      head.close();
      file?.close();
    },
  };
}
