import { type Audit, COUNTER } from '../manager/audit.ts';
import type { Log } from '../log/log.ts';

type PageReportsParts = { readonly log: Pick<Log, 'error'>; readonly audit: Pick<Audit, 'note'>; readonly onChange: () => void };

/** Reports a page that differs from its build, in the log and in the audit log. */
export function createPageReports({ log, audit, onChange }: PageReportsParts) {
  return {
    /** At the start: it is not served. `files`: their names. */
    notAsBuilt(files: string): void {
      log.error('page.not-as-built', { files });
      audit.note(COUNTER, 'page-changed', { what: files });
    },
    /** Found later, by the watch. */
    changed(what: string): void {
      log.error('page.changed', { what });
      audit.note(COUNTER, 'page-changed', { what });
      onChange();
    },
  };
}
