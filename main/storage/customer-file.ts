import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { keptText, reportedText } from '../../contract/text.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { BookFailure, CustomerBook, KeptCustomer } from '../sale/saved/customer-book.ts';
import { openSqlite } from './journal-database.ts';

const VERSION = 1;
const MOST_WORDS = 6;

const TABLES = `
  CREATE TABLE customer (
    customer_id  TEXT PRIMARY KEY,
    group_id     TEXT NOT NULL,
    name         TEXT NOT NULL,
    phone        TEXT NOT NULL,
    email        TEXT NOT NULL,
    -- The name without capitals and accents.
    sought       TEXT NOT NULL
  ) STRICT;

  CREATE TABLE method (
    method_id     TEXT PRIMARY KEY,
    customer_id   TEXT NOT NULL REFERENCES customer ON DELETE CASCADE,
    brand         TEXT,
    last4         TEXT CHECK (length(last4) = 4),
    standing      TEXT NOT NULL,
    consent       TEXT NOT NULL,
    consented_at  TEXT NOT NULL
  ) STRICT;

  CREATE INDEX method_of_customer ON method (customer_id);
  CREATE INDEX method_by_last4 ON method (last4);
  PRAGMA user_version = ${VERSION};
`;

const customerRow = z.object({ customer_id: keptText(), group_id: keptText(), name: reportedText(), phone: reportedText(), email: reportedText() });
const methodRow = z.object({ method_id: keptText(), brand: keptText().nullable(), last4: keptText().nullable(), standing: z.enum(['usable', 'expired', 'refused']) });

/** Opens the table of customers, or creates it. ":memory:": it ends with Counter. */
export function openCustomerFile(file: string, onTrouble: (detail: string) => void): Result<CustomerBook, BookFailure> {
  const unusable = (error: unknown): Result<never, BookFailure> => {
    onTrouble(error instanceof Error ? error.message : 'unknown');
    return failed({ kind: 'customers-unusable' });
  };
  try {
    return ok(bookIn(openTables(file), unusable));
  } catch (error) {
    return unusable(error);
  }
}

function openTables(file: string): DatabaseSync {
  const database = openSqlite(file, { readOnly: false });
  try {
    // SECURITY: deleted data is overwritten, and no copy of it stays in a log beside the file: a forgotten customer is really deleted.
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;');
    const version = z.object({ user_version: z.int() }).parse(database.prepare('PRAGMA user_version').get()).user_version;
    if (version > VERSION) throw new Error(`customers of version ${version}, this Counter knows ${VERSION}`);
    if (version === 0) database.exec(`BEGIN IMMEDIATE; ${TABLES} COMMIT;`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function bookIn(database: DatabaseSync, unusable: (error: unknown) => Result<never, BookFailure>): CustomerBook {
  const sql = statements(database);
  let count = z.object({ count: z.int() }).parse(sql.count.get()).count;

  function tried<Value>(action: () => Value): Result<Value, BookFailure> {
    try {
      return ok(action());
    } catch (error) {
      return unusable(error);
    }
  }

  function changed(change: () => void): Result<null, BookFailure> {
    return tried(() => {
      database.exec('BEGIN IMMEDIATE');
      try {
        change();
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
      count = z.object({ count: z.int() }).parse(sql.count.get()).count;
      return null;
    });
  }

  function toCustomer(row: Record<string, SQLOutputValue>): KeptCustomer {
    const { customer_id: customerId, group_id: groupId, name, phone, email } = customerRow.parse(row);
    const methods = sql.methods.all(customerId).map((each) => {
      const { method_id: methodId, ...method } = methodRow.parse(each);
      return { methodId, ...method };
    });
    return { customerId, groupId, name, phone, email, methods };
  }

  return {
    isEmpty: () => count === 0,
    find: (search, most) =>
      tried(() => {
        const words = soughtIn(search).split(' ').filter((word) => word !== '').slice(0, MOST_WORDS);
        const found = sql.find(words.length).all(...words.flatMap((word) => [word, word]), most + 1).map(toCustomer);
        return { customers: found.slice(0, most).map(({ groupId: _groupId, ...customer }) => customer), isCut: found.length > most };
      }),
    customer: (customerId) =>
      tried(() => {
        const row = sql.customer.get(customerId);
        return row === undefined ? null : toCustomer(row);
      }),
    add: ({ customerId, groupId, details: { name, phone, email } }, method, consent) =>
      changed(() => {
        sql.add.run(customerId, groupId, name, phone, email, soughtIn(name));
        sql.addMethod.run(method.methodId, customerId, method.brand, method.last4, method.standing, consent.words, consent.at);
      }),
    addMethod: (customerId, method, consent) => changed(() => void sql.addMethod.run(method.methodId, customerId, method.brand, method.last4, method.standing, consent.words, consent.at)),
    judge: (methodId, standing) => changed(() => void sql.judge.run(standing, methodId)),
    removeMethod: (methodId) => changed(() => void sql.removeMethod.run(methodId)),
    forget: (customerId) => changed(() => void sql.forget.run(customerId)),
    close: () => database.close(),
  };
}

function statements(database: DatabaseSync) {
  const columns = 'customer_id, group_id, name, phone, email';
  return {
    count: database.prepare('SELECT count(*) AS count FROM customer'),
    customer: database.prepare(`SELECT ${columns} FROM customer WHERE customer_id = ?`),
    methods: database.prepare('SELECT method_id, brand, last4, standing FROM method WHERE customer_id = ? ORDER BY consented_at DESC, method_id'),
    /** Each word is given twice: for the name, and for the digits. */
    find: (words: number) => database.prepare(`SELECT ${columns} FROM customer WHERE true ${'AND (instr(sought, ?) > 0 OR customer_id IN (SELECT customer_id FROM method WHERE last4 = ?)) '.repeat(words)}ORDER BY sought, customer_id LIMIT ?`),
    add: database.prepare('INSERT INTO customer (customer_id, group_id, name, phone, email, sought) VALUES (?, ?, ?, ?, ?, ?)'),
    addMethod: database.prepare('INSERT INTO method (method_id, customer_id, brand, last4, standing, consent, consented_at) VALUES (?, ?, ?, ?, ?, ?, ?)'),
    judge: database.prepare('UPDATE method SET standing = ? WHERE method_id = ?'),
    removeMethod: database.prepare('DELETE FROM method WHERE method_id = ?'),
    forget: database.prepare('DELETE FROM customer WHERE customer_id = ?'),
  };
}

/** Without capitals, accents and signs: "Chloé" is found by "chloe". */
function soughtIn(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}+/gu, '').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
