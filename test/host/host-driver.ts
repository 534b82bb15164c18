import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright';
import { type DriverMessage, type HostMessage, lineReader } from './control-message.ts';
import type { Exit, LaunchOptions, RunningCounter } from './driver.ts';
import { PageWatch } from './page-watch.ts';
import { isAlive } from './process-life.ts';
import type { RecordedEffect } from './recorded-effects.ts';

type Question = DriverMessage extends infer Message ? (Message extends { readonly id: number } ? Omit<Message, 'id'> : never) : never;

/** Starts the app on the stand-in, and attaches to its Chromium. */
export async function launchOnHost(options: LaunchOptions): Promise<RunningCounter> {
  const control = new HostControl();
  const socketPath = await control.listen();
  const app = new HostedApp(spawnApp(options, socketPath), control);
  await Promise.race([control.hello, app.exited]);
  return app;
}

function spawnApp(options: LaunchOptions, socketPath: string): ChildProcess {
  const register = join(import.meta.dirname, 'register.ts');
  const command = [process.execPath, '--import', register, ...(options.nodeArgs ?? []), options.mainFile];
  const [program, ...args] = [...(options.wrap ?? []), ...command];
  const { NODE_OPTIONS: _ofTheTestRunner, ...environment } = process.env;
  return spawn(program!, args, {
    cwd: options.appPath,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...environment,
      COUNTER_HOST_APP_PATH: options.appPath,
      COUNTER_HOST_USER_DATA: options.userData,
      COUNTER_HOST_CDP_PORT: '0',
      COUNTER_HOST_CONTROL: socketPath,
      COUNTER_HOST_HEADED: options.headed === true ? '1' : '0',
      COUNTER_HOST_CHROMIUM_ARGS: JSON.stringify(options.chromiumArgs ?? []),
      ...options.env,
    },
  });
}

type Hello = Extract<HostMessage, { readonly kind: 'hello' }>;

/** The driver's end of control-channel.ts. */
class HostControl {
  readonly #hello = Promise.withResolvers<Hello>();
  readonly #endpoint = Promise.withResolvers<string>();
  readonly #answers = new Map<number, (value: unknown) => void>();
  readonly effects: RecordedEffect[] = [];
  #server: Server | undefined;
  #socket: Socket | undefined;
  #folder: string | undefined;
  #lastId = 0;

  get hello(): Promise<Hello> {
    return this.#hello.promise;
  }

  get endpoint(): Promise<string> {
    return this.#endpoint.promise;
  }

  async listen(): Promise<string> {
    this.#folder = await mkdtemp(join(tmpdir(), 'counter-driver-'));
    const path =
      process.platform === 'win32' ? String.raw`\\.\pipe\counter-driver-${crypto.randomUUID()}` : join(this.#folder, 'control');
    const server = createServer((socket) => {
      this.#socket = socket;
      socket.on('error', () => undefined);
      socket.setEncoding('utf8').on('data', lineReader((line) => this.#receive(JSON.parse(line) as HostMessage)));
    });
    this.#server = server;
    await new Promise<void>((resolve) => {
      server.listen(path, resolve);
    });
    return path;
  }

  ask(question: Question): Promise<unknown> {
    const socket = this.#socket;
    if (socket === undefined || socket.destroyed) return Promise.reject(new Error('The app has ended'));
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      socket.write(`${JSON.stringify({ ...question, id })}\n`);
    });
  }

  async end(): Promise<void> {
    this.#socket?.destroy();
    this.#server?.close();
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }

  #receive(message: HostMessage): void {
    switch (message.kind) {
      case 'hello':
        this.#hello.resolve(message);
        break;
      case 'endpoint':
        this.#endpoint.resolve(message.url);
        break;
      case 'effect':
        this.effects.push(message.effect);
        break;
      case 'answer':
        this.#answers.get(message.id)?.(message.value);
        this.#answers.delete(message.id);
        break;
    }
  }
}

class HostedApp implements RunningCounter {
  readonly target = 'chromium-host';
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #control: HostControl;
  readonly #pages = new PageWatch();
  readonly #targetIds = new WeakMap<Page, Promise<string>>();
  #hello: Hello | undefined;
  #browser: Browser | undefined;
  #output = '';

  constructor(child: ChildProcess, control: HostControl) {
    this.#child = child;
    this.#control = control;
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    this.exited = new Promise((resolve, reject) => {
      child.once('error', reject);
      // Not 'exit': what it printed last must be in the output.
      child.once('close', (code, signal) => void this.#cleanUp().then(() => resolve({ code, signal })));
    });
    void control.hello.then((hello) => {
      this.#hello = hello;
    });
    control.endpoint.then((endpoint) => this.#attach(endpoint)).catch((error: unknown) => this.#pages.end(String(error)));
  }

  get pid(): number {
    return this.#hello?.pid ?? this.#child.pid!;
  }

  get output(): string {
    return this.#output;
  }

  window(address: string | RegExp, { timeoutMs }: { readonly timeoutMs?: number } = {}): Promise<Page> {
    return this.#pages.wait(address, timeoutMs);
  }

  windows(): Page[] {
    return this.#pages.live();
  }

  onWindow(listener: (page: Page) => void): void {
    this.#pages.onPage(listener);
  }

  async isVisible(page: Page): Promise<boolean> {
    if (page.isClosed()) return false;
    const targetId = await this.#targetIdOf(page);
    return (await this.#control.ask({ kind: 'is-visible', targetId })) === true;
  }

  recorded(what: string): Promise<readonly unknown[]> {
    return Promise.resolve(this.#control.effects.filter((effect) => effect.what === what).map((effect) => effect.value));
  }

  async answerNextDialog(answer: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#control.ask({ kind: 'answer-dialog', answer });
  }

  async screens(count: 1 | 2): Promise<void> {
    await this.#control.ask({ kind: 'screens', count });
  }

  async move(page: Page, to: { readonly x: number; readonly y: number }): Promise<void> {
    await this.#control.ask({ kind: 'move', targetId: await this.#targetIdOf(page), ...to });
  }

  async power(event: string): Promise<void> {
    await this.#control.ask({ kind: 'power', event });
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (isAlive(this.pid)) process.kill(this.pid, signal);
    await this.exited;
  }

  async close(): Promise<Exit> {
    if (process.platform === 'win32') await this.#control.ask({ kind: 'quit' }).catch(() => undefined);
    else if (isAlive(this.pid)) process.kill(this.pid, 'SIGTERM');
    return this.exited;
  }

  async #attach(endpoint: string): Promise<void> {
    // Without Playwright's defaults: the focus, the size and the colours are the host's to say.
    const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
    this.#browser = browser;
    for (const context of browser.contexts()) {
      context.on('page', (page) => this.#pages.add(page));
      for (const page of context.pages()) this.#pages.add(page);
    }
  }

  #targetIdOf(page: Page): Promise<string> {
    const known = this.#targetIds.get(page) ?? askForTargetId(page);
    this.#targetIds.set(page, known);
    return known;
  }

  async #cleanUp(): Promise<void> {
    this.#pages.end(`the app has exited. It printed:\n${this.#output}`);
    if (this.#hello !== undefined) {
      await untilGone(this.#hello.pid);
      await untilGone(this.#hello.chromiumPid);
      // A process that was killed could not do it itself.
      await rm(this.#hello.profile, { recursive: true, force: true, maxRetries: 10 });
    }
    await this.#browser?.close().catch(() => undefined);
    await this.#control.end();
  }
}

async function askForTargetId(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  await session.detach();
  return targetInfo.targetId;
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(10);
}
