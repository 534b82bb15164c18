import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The message of a second process to the first. */
export type SecondInstance = { readonly argv: readonly string[]; readonly workingDirectory: string; readonly additionalData: unknown };

/**
 * One process per user data folder
 *
 * The lock is an exclusive transaction on a small database, because the operating system releases that with the
 * process, however the process ends. Beside it stands the port at which the first process listens to later ones.
 */
export class SingleInstanceLock {
  readonly #folder: string;
  readonly #onSecondInstance: (second: SecondInstance) => void;
  #lock: DatabaseSync | undefined;
  #told: Promise<void> = Promise.resolve();

  constructor(folder: string, onSecondInstance: (second: SecondInstance) => void) {
    this.#folder = folder;
    this.#onSecondInstance = onSecondInstance;
  }

  get held(): boolean {
    return this.#lock !== undefined;
  }

  /** Resolves when the first process has been told, so that the second one does not exit before. */
  get told(): Promise<void> {
    return this.#told;
  }

  acquire(additionalData: unknown): boolean {
    if (this.held) return true;
    mkdirSync(this.#folder, { recursive: true });
    const lock = new DatabaseSync(join(this.#folder, 'chromium-host.lock'), { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch {
      lock.close();
      this.#told = this.#tellFirst({ argv: process.argv, workingDirectory: process.cwd(), additionalData });
      return false;
    }
    this.#lock = lock;
    this.#listen();
    return true;
  }

  release(): void {
    this.#lock?.close();
    this.#lock = undefined;
  }

  get #portFile(): string {
    return join(this.#folder, 'chromium-host.port');
  }

  #listen(): void {
    const server = createServer((socket) => {
      let said = '';
      socket.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      socket.on('error', () => undefined);
      socket.on('end', () => {
        this.#onSecondInstance(JSON.parse(said) as SecondInstance);
        socket.end();
      });
    });
    server.listen(0, '127.0.0.1', () => writeFileSync(this.#portFile, String((server.address() as AddressInfo).port))).unref();
    process.once('exit', () => rmSync(this.#portFile, { force: true }));
  }

  async #tellFirst(second: SecondInstance): Promise<void> {
    // The first process may hold the lock for a moment before it listens, or end just now.
    for (let attempt = 0; attempt < 50; attempt++) {
      if (await tell(this.#portFile, second)) return;
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    }
  }
}

function tell(portFile: string, second: SecondInstance): Promise<boolean> {
  return new Promise((resolve) => {
    let port: number;
    try {
      port = Number(readFileSync(portFile, 'utf8'));
    } catch {
      resolve(false);
      return;
    }
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('close', (hadError) => resolve(!hadError));
    socket.resume().end(JSON.stringify(second));
  });
}
