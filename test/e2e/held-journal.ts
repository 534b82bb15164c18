import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Another program that holds the journal: writes into it, or locks others out. Resolves when it holds it, with a function that releases it. */
export async function holdJournal(file: string, how: 'writing' | 'alone'): Promise<() => Promise<void>> {
  const script = `const { DatabaseSync } = require('node:sqlite');
    const database = new DatabaseSync(${JSON.stringify(file)}, { timeout: 10_000 });
    database.exec(${JSON.stringify(how === 'alone' ? 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE' : 'BEGIN IMMEDIATE')});
    process.stdin.once('data', () => { database.exec('ROLLBACK'); database.close(); process.exit(0); });
    process.stdout.write('held');`;
  const holder = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  return async () => {
    holder.stdin.write('.');
    await once(holder, 'exit');
  };
}
