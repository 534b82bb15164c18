import { Worker } from 'node:worker_threads';

/*
 * Reading the operating system's certificates takes hundreds of milliseconds and blocks, so a thread does it. It sends only those that Node
 * does not trust already, because each one makes the first connection slower. Node writes both lists, so the same certificate is the same text.
 * A script in a string, because it is too short for a file of the bundle.
 */
const READ_IN_THREAD = `
  const { getCACertificates } = require('node:tls');
  const { parentPort } = require('node:worker_threads');
  const known = new Set(getCACertificates('default'));
  parentPort.postMessage([...new Set(getCACertificates('system'))].filter((certificate) => !known.has(certificate)));
`;

/**
 * The authorities that this PC's operating system trusts and Node does not, PEM: those of a company's or a shop's network, which
 * Chromium trusts as well. None when they cannot be read; `onTrouble` gets the reason.
 */
export function readSystemAuthorities(onTrouble: (code: string) => void): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const worker = new Worker(READ_IN_THREAD, { eval: true, env: {}, execArgv: [], name: 'system-authorities' });
    worker.unref();
    worker.once('message', (certificates: readonly string[]) => resolve(certificates));
    // Time limit: main's first request waits for this.
    worker.once('exit', () => resolve([]));
    worker.once('error', (error: unknown) => {
      onTrouble(error instanceof Error && 'code' in error ? String(error.code) : 'unreadable');
      resolve([]);
    });
  });
}
