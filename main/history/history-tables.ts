import type { DatabaseSync } from 'node:sqlite';

/**
 * Changed with the tables, and with what is read from the journal: a history of another number is made anew from the journal.
 */
export const HISTORY_VERSION = 5;

/** `number`: the journal entry that began the sale. It orders the sales, whatever the clock showed. */
const TABLES = `
  CREATE TABLE head (only INTEGER PRIMARY KEY CHECK (only = 1), sequence INTEGER NOT NULL, link TEXT NOT NULL) STRICT;
  INSERT INTO head VALUES (1, 0, '');

  CREATE TABLE sale (
    number             INTEGER PRIMARY KEY,
    id                 TEXT NOT NULL UNIQUE,
    -- Printed on its receipt.
    code               TEXT NOT NULL,
    at                 TEXT NOT NULL,
    business_day       TEXT NOT NULL,
    amount_in_cents    INTEGER NOT NULL,
    -- Without tip and premium.
    purchase_in_cents  INTEGER NOT NULL,
    description        TEXT NOT NULL,
    cashier            TEXT,
    tender             TEXT,
    state              TEXT NOT NULL,
    is_listed          INTEGER NOT NULL,
    paid_kind          TEXT NOT NULL,
    brand              TEXT,
    last4              TEXT,
    checkout_id        TEXT,
    payment_id         TEXT,
    -- Null: its customer's money was not taken.
    charged_in_cents   INTEGER,
    is_pending         INTEGER NOT NULL,
    given_back_in_cents INTEGER NOT NULL,
    -- The payment of a bank transfer failed after it was accepted.
    has_failed         INTEGER NOT NULL,
    -- Money that may still move: 'payment' or 'reversal'.
    open_kind          TEXT,
    open_in_cents      INTEGER
  ) STRICT;
  CREATE INDEX sale_by_day ON sale (business_day);
  CREATE INDEX sale_by_amount ON sale (amount_in_cents);
  CREATE INDEX sale_by_purchase ON sale (purchase_in_cents);
  CREATE INDEX sale_by_last4 ON sale (last4);
  CREATE INDEX sale_by_cashier ON sale (cashier);
  CREATE INDEX sale_by_checkout ON sale (checkout_id);
  CREATE INDEX sale_by_payment ON sale (payment_id);
  CREATE INDEX sale_by_code ON sale (code);
  CREATE INDEX sale_pending ON sale (number) WHERE is_pending = 1;
  CREATE INDEX sale_open ON sale (open_kind) WHERE open_kind IS NOT NULL;

  CREATE TABLE cashier (name TEXT PRIMARY KEY) STRICT;

  -- Money that moved: one line each, on the day that it moved. By the tender that it came by, and by who charged or asked for it.
  CREATE TABLE movement (
    sequence         INTEGER NOT NULL,
    part             INTEGER NOT NULL,
    sale             INTEGER NOT NULL,
    kind             TEXT NOT NULL,
    at               TEXT NOT NULL,
    business_day     TEXT NOT NULL,
    amount_in_cents  INTEGER NOT NULL,
    -- What of it is a tip.
    tip_in_cents     INTEGER NOT NULL,
    -- What of it is the premium of an insurance.
    premium_in_cents INTEGER NOT NULL,
    reversal_id      TEXT,
    tender           TEXT,
    paid_kind        TEXT NOT NULL,
    cashier          TEXT,
    PRIMARY KEY (sequence, part)
  ) STRICT;
  CREATE INDEX movement_by_sale ON movement (sale);
  CREATE INDEX movement_by_day ON movement (business_day);

  CREATE VIRTUAL TABLE description USING fts5(words, content='', detail='none', prefix='1 2 3', tokenize='unicode61 remove_diacritics 2');
`;

/** Makes the tables in an empty file. */
export function makeTables(database: DatabaseSync): void {
  database.exec(`BEGIN; ${TABLES} PRAGMA user_version = ${HISTORY_VERSION}; COMMIT;`);
}
