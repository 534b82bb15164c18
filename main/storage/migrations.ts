import { DatabaseSync } from 'node:sqlite';

/** Each entry brings the journal from one `user_version` to the next. Never edit one that was released; add another. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE entry (
    sequence               INTEGER PRIMARY KEY,
    at                     TEXT NOT NULL,
    utc_offset_in_minutes  INTEGER NOT NULL,
    sale_id                TEXT,
    event                  TEXT NOT NULL CHECK (json_valid(event)),
    state                  TEXT CHECK (state IS NULL OR json_valid(state)),
    link                   TEXT NOT NULL CHECK (length(link) = 64),
    -- Computed, not stored: it cannot say anything else than the event.
    kind                   TEXT NOT NULL GENERATED ALWAYS AS (event ->> '$.kind') VIRTUAL,
    CHECK ((sale_id IS NULL) = (state IS NULL))
  ) STRICT;

  CREATE TABLE sale (
    id               TEXT NOT NULL,
    state            TEXT NOT NULL CHECK (json_valid(state)),
    -- The entry that led to this state.
    sequence         INTEGER NOT NULL,
    kind             TEXT NOT NULL GENERATED ALWAYS AS (state ->> '$.kind') VIRTUAL,
    amount_in_cents  INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(state ->> '$.purchase.totalInCents', state ->> '$.amountInCents')) VIRTUAL,
    checkout_id      TEXT GENERATED ALWAYS AS (state ->> '$.checkoutId') VIRTUAL,
    CHECK (amount_in_cents >= 0)
  ) STRICT;

  CREATE INDEX entry_by_sale ON entry (sale_id);
  CREATE INDEX entry_by_kind ON entry (kind, at);
  CREATE UNIQUE INDEX sale_by_id ON sale (id);
  CREATE INDEX sale_by_kind ON sale (kind, sequence);
  CREATE INDEX sale_by_checkout ON sale (checkout_id);

  -- Append-only, also when the file is opened with another tool.
  CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
  CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
  CREATE TRIGGER sale_is_never_deleted BEFORE DELETE ON sale BEGIN SELECT RAISE(ABORT, 'sales are never deleted'); END;
  `,
];

export class JournalFromNewerCounter extends Error {}

/** Brings the schema up to date, all or nothing. A journal of a newer Counter is refused: an old one must not write into it. */
export function migrate(database: DatabaseSync): void {
  const version = versionOf(database);
  if (isOfNewerCounter(version)) throw new JournalFromNewerCounter(`journal version ${version}, this Counter knows ${MIGRATIONS.length}`);
  for (let next = version; next < MIGRATIONS.length; next += 1) {
    database.exec(`BEGIN IMMEDIATE; ${MIGRATIONS[next]}; PRAGMA user_version = ${next + 1}; COMMIT;`);
  }
}

export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

export function isOfNewerCounter(version: number): boolean {
  return version > MIGRATIONS.length;
}

export function isKnownVersion(version: number): boolean {
  return version >= 1 && !isOfNewerCounter(version);
}

/** Whether the file has exactly the tables, indexes and triggers of its version. */
export function hasShapeOfVersion(database: DatabaseSync, version: number): boolean {
  const model = models.get(version) ?? shapeOfModel(version);
  models.set(version, model);
  return shapeOf(database) === model;
}

/** Cached by version: each is needed several times in one opening. */
const models = new Map<number, string>();

function shapeOfModel(version: number): string {
  const model = new DatabaseSync(':memory:');
  try {
    for (const migration of MIGRATIONS.slice(0, version)) model.exec(migration);
    return shapeOf(model);
  } finally {
    model.close();
  }
}

function shapeOf(database: DatabaseSync): string {
  return JSON.stringify(database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all());
}
