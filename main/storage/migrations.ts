import type { DatabaseSync } from 'node:sqlite';

/** Each entry brings the journal from one `user_version` to the next. Never edit one that was released; add another. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE sale (
    id               TEXT PRIMARY KEY,
    kind             TEXT NOT NULL,
    amount_in_cents  INTEGER NOT NULL CHECK (amount_in_cents >= 0),
    currency         TEXT,
    description      TEXT NOT NULL,
    checkout_id      TEXT,
    state            TEXT NOT NULL CHECK (json_valid(state)),
    changed_at       TEXT NOT NULL
  ) STRICT;

  CREATE TABLE sale_event (
    sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
    sale_id   TEXT NOT NULL,
    kind      TEXT NOT NULL,
    event     TEXT NOT NULL CHECK (json_valid(event)),
    at        TEXT NOT NULL
  ) STRICT;

  CREATE INDEX sale_event_by_sale ON sale_event (sale_id, sequence);
  CREATE INDEX sale_by_checkout ON sale (checkout_id);

  -- Append-only, also for whoever opens the file with another tool and means well.
  CREATE TRIGGER sale_event_is_never_changed BEFORE UPDATE ON sale_event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
  CREATE TRIGGER sale_event_is_never_deleted BEFORE DELETE ON sale_event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
  `,
];

export class JournalFromNewerCounter extends Error {}

/** Brings the schema up to date, all or nothing. A journal of a newer Counter is refused: an old one must not write into it. */
export function migrate(database: DatabaseSync): void {
  const row = database.prepare('PRAGMA user_version').get();
  const version = Number(row?.['user_version'] ?? 0);
  if (version > MIGRATIONS.length) throw new JournalFromNewerCounter(`journal version ${version}, this Counter knows ${MIGRATIONS.length}`);
  for (let next = version; next < MIGRATIONS.length; next += 1) {
    database.exec(`BEGIN IMMEDIATE; ${MIGRATIONS[next]}; PRAGMA user_version = ${next + 1}; COMMIT;`);
  }
}
