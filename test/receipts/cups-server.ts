import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { has } from '../setup/system-needs.ts';

/** Null where a real CUPS can be started; else why not. */
export const NO_CUPS: string | null = process.platform !== 'linux' ? 'not on Linux' : process.getuid?.() !== 0 ? 'CUPS drops its rights, which only root can do' : has('cupsd') && has('lpadmin') ? null : 'CUPS is not installed';

export type CupsServer = { readonly server: string; admin(command: 'lpadmin' | 'cupsdisable' | 'cupsenable' | 'cupsreject' | 'cupsaccept', ...args: readonly string[]): void; close(): Promise<void> };

/** A real CUPS of the test's own: its own folder, its own port, none of the PC's queues. */
export async function startCups(): Promise<CupsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'counter-cups-'));
  chmodSync(folder, 0o755);
  for (const name of ['etc', 'spool', 'cache', 'run', 'log']) mkdirSync(join(folder, name));
  const group = Number(/^lp:x:(\d+)/mu.exec(readFileSync('/etc/group', 'utf8'))?.[1] ?? 7);
  for (const name of ['run', 'log']) chownSync(join(folder, name), 7, group);
  for (const name of ['spool', 'cache']) chownSync(join(folder, name), 0, group);
  const port = await freePort();
  const at = (name: string) => join(folder, name);
  writeFileSync(at('etc/cups-files.conf'), [`ServerRoot ${at('etc')}`, `RequestRoot ${at('spool')}`, `CacheDir ${at('cache')}`, `StateDir ${at('run')}`, `TempDir ${at('spool')}`, `AccessLog ${at('log/access')}`, `ErrorLog ${at('log/error')}`, `PageLog ${at('log/page')}`, 'SystemGroup root', ''].join('\n'));
  writeFileSync(at('etc/cupsd.conf'), [`Listen 127.0.0.1:${port}`, `Listen ${at('run/socket')}`, 'Browsing No', 'DefaultAuthType None', '<Location />', 'Order allow,deny', 'Allow all', '</Location>', '<Policy default>', '<Limit All>', 'Order allow,deny', 'Allow all', '</Limit>', '</Policy>', ''].join('\n'));
  const daemon: ChildProcess = spawn('cupsd', ['-f', '-c', at('etc/cupsd.conf'), '-s', at('etc/cups-files.conf')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => daemon.once('exit', () => resolve()));
  const server = `127.0.0.1:${port}`;
  await answers(server);
  return {
    server,
    admin: (command, ...args) => void execFileSync(command, ['-h', server, ...args], { stdio: 'ignore' }),
    async close() {
      daemon.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(server: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    // It ends with 0 also when nothing answers.
    if (/scheduler is running/u.test(execFileSync('lpstat', ['-h', server, '-r'], { encoding: 'utf8', env: {} }))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('CUPS did not start');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
