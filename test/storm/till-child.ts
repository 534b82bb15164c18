import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'vite';
import { type Line, type Order, TURN } from './line.ts';

/** A till process, from outside: orders go in, lines come out, and it can be killed. */
export type TillChild = {
  readonly pid: number;
  order(...orders: readonly Order[]): void;
  /** Resolves when the till has done everything that was ordered before; never when it is killed. */
  turn(untilMs: number): Promise<void>;
  kill(): void;
  /** No orders any more: it ends by itself. */
  leave(): void;
  /** Resolves when it has ended and all its lines are read. */
  readonly gone: Promise<void>;
};

const MAIN = join(import.meta.dirname, '../../main');

/** In MB: a till lives for seconds. With V8's own beginning of 1 MB, what it loads at its start is collected again and again: a tenth of the storm's processor time. */
const ROOMY = '--min-semi-space-size=16';

/** Bundles the till process and each of its threads into one file each, because hundreds of tills are started. */
export async function buildTill(folder: string): Promise<string> {
  await buildFile(folder, join(MAIN, 'storage/journal-worker.ts'), 'journal-worker.mjs');
  await buildFile(folder, join(MAIN, 'history/history-worker.ts'), 'history-worker.mjs');
  return buildFile(folder, join(import.meta.dirname, 'till-process.ts'), 'till-process.mjs');
}

async function buildFile(folder: string, ssr: string, name: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: { ssr, outDir: folder, emptyOutDir: false, target: 'node24', rolldownOptions: { output: { entryFileNames: name } } },
  });
  return join(folder, name);
}

/** Starts one that waits, its modules loaded, until it is told to open. */
export function startTill(script: string, onLine: (line: Line) => void): TillChild {
  const child = spawn(process.execPath, [ROOMY, script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: `${script}.cache` },
  });
  let rest = '';
  let turned = Promise.withResolvers<void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === TURN) turned.resolve();
      else onLine(JSON.parse(line) as Line);
    }
  });
  // It may be killed while an order is written.
  child.stdin.on('error', () => {});
  const order = (...orders: readonly Order[]) => void child.stdin.write(orders.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return {
    // Without one it could not be started, and 'error' says so.
    pid: child.pid ?? 0,
    order,
    turn(untilMs) {
      turned = Promise.withResolvers();
      order({ kind: 'turn', untilMs });
      return turned.promise;
    },
    kill: () => void child.kill('SIGKILL'),
    leave: () => void child.stdin.end(),
    gone: once(child, 'close').then(() => undefined),
  };
}
