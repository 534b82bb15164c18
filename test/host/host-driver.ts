import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright';
import { type DriverMessage, type HostMessage, type WindowPicture, lineReader } from './control-message.ts';
import type { Exit, LaunchOptions, RunningCounter } from './running-counter.ts';
import { PageWatch } from './page-watch.ts';
import { isAlive } from './process-life.ts';
import type { RecordedEffect } from './recorded-effects.ts';
import { type Loan, onlyContext, watchChromium } from './shared-chromium.ts';
import { onThisPcOnly, testEnvironment } from './test-network.ts';
import { pictureOf } from './window-picture.ts';

type Question = DriverMessage extends infer Message ? (Message extends { readonly id: number } ? Omit<Message, 'id'> : never) : never;

/** Starts the app on the stand-in, and attaches to its Chromium. */
export async function launchOnHost(options: LaunchOptions): Promise<RunningCounter> {
  const control = new HostControl();
  const socketPath = await control.listen();
  const loan = options.headed === true ? undefined : await options.chromium?.borrow();
  const app = new HostedApp(spawnApp(options, socketPath, loan), control, loan);
  await Promise.race([control.hello, app.exited]);
  return app;
}

let compiled: string | undefined;

/** Node's compile cache, types stripped, for the next app that this process starts. */
function compileCache(): string {
  if (compiled !== undefined) return compiled;
  const folder = mkdtempSync(join(tmpdir(), 'counter-compiled-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  compiled = folder;
  return folder;
}

function spawnApp(options: LaunchOptions, socketPath: string, loan: Loan | undefined): ChildProcess {
  const preloaded = ['loopback-only.ts', 'register.ts'].flatMap((file) => ['--import', join(import.meta.dirname, file)]);
  const command = [process.execPath, ...preloaded, ...(options.nodeArgs ?? []), options.mainFile];
  const [program, ...args] = [...(options.wrap ?? []), ...command];
  return spawn(program!, args, {
    cwd: options.appPath,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...testEnvironment(),
      NODE_COMPILE_CACHE: compileCache(),
      COUNTER_HOST_APP_PATH: options.appPath,
      COUNTER_HOST_USER_DATA: options.userData,
      ...(loan === undefined ? { COUNTER_HOST_CDP_PORT: '0' } : { COUNTER_HOST_BORROWED: loan.endpoint }),
      COUNTER_HOST_CONTROL: socketPath,
      COUNTER_HOST_HEADED: options.headed === true ? '1' : '0',
      ...(options.chromiumBinary === undefined ? {} : { COUNTER_HOST_CHROMIUM: options.chromiumBinary }),
      COUNTER_HOST_CHROMIUM_ARGS: JSON.stringify(onThisPcOnly(options.chromiumArgs ?? [])),
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
  readonly #loan: Loan | undefined;
  readonly #pages = new PageWatch();
  readonly #targetIds = new WeakMap<Page, Promise<string>>();
  #hello: Hello | undefined;
  #browser: Browser | undefined;
  #output = '';

  constructor(child: ChildProcess, control: HostControl, loan: Loan | undefined) {
    this.#child = child;
    this.#control = control;
    this.#loan = loan;
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    this.exited = new Promise((resolve, reject) => {
      child.once('error', reject);
      // Not 'exit': the output must include its last lines.
      child.once('close', (code, signal) => void this.#cleanUp().then(() => resolve({ code, signal })));
    });
    void control.hello.then((hello) => {
      this.#hello = hello;
    });
    if (loan !== undefined) this.#watch(loan.context);
    else control.endpoint.then((endpoint) => this.#attach(endpoint)).catch((error: unknown) => this.#pages.end(String(error)));
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

  async hasKeyboard(page: Page): Promise<boolean> {
    if (page.isClosed()) return false;
    return (await this.#control.ask({ kind: 'has-keyboard', targetId: await this.#targetIdOf(page) })) === true;
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

  async workElsewhere(page: Page): Promise<void> {
    await this.#control.ask({ kind: 'work-elsewhere', targetId: await this.#targetIdOf(page) });
  }

  async comeBack(page: Page): Promise<void> {
    await this.#control.ask({ kind: 'come-back', targetId: await this.#targetIdOf(page) });
  }

  async resize(page: Page, size: { readonly width: number; readonly height: number }): Promise<void> {
    await this.#control.ask({ kind: 'resize', targetId: await this.#targetIdOf(page), ...size });
  }

  async screenshot(page: Page): Promise<Buffer> {
    const picture = (await this.#control.ask({ kind: 'pages', targetId: await this.#targetIdOf(page) })) as WindowPicture | null;
    if (picture === null) throw new Error('The page is in no window');
    return pictureOf(picture, (targetId) => this.#pageOf(targetId));
  }

  async power(event: string): Promise<void> {
    await this.#control.ask({ kind: 'power', event });
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (isAlive(this.pid)) process.kill(this.pid, signal);
    await this.exited;
  }

  async pressClose(page: Page): Promise<void> {
    await this.#control.ask({ kind: 'close-window', targetId: await this.#targetIdOf(page) });
  }

  async close(): Promise<Exit> {
    // It may already be ending, and then never answers.
    await Promise.race([this.answerNextDialog({ response: 1 }).catch(() => undefined), this.exited]);
    if (process.platform === 'win32') await this.#control.ask({ kind: 'quit' }).catch(() => undefined);
    else if (isAlive(this.pid)) process.kill(this.pid, 'SIGTERM');
    return this.exited;
  }

  async #attach(endpoint: string): Promise<void> {
    this.#browser = await watchChromium(endpoint);
    this.#watch(onlyContext(this.#browser));
  }

  #watch(context: BrowserContext): void {
    const add = (page: Page): void => this.#pages.add(page);
    context.on('page', add);
    void this.exited.finally(() => context.off('page', add));
    for (const page of context.pages()) add(page);
  }

  #targetIdOf(page: Page): Promise<string> {
    const known = this.#targetIds.get(page) ?? askForTargetId(page);
    this.#targetIds.set(page, known);
    return known;
  }

  async #pageOf(targetId: string): Promise<Page | undefined> {
    for (const page of this.windows()) {
      if ((await this.#targetIdOf(page)) === targetId) return page;
    }
    return undefined;
  }

  async #cleanUp(): Promise<void> {
    this.#pages.end(`the app has exited. It printed:\n${this.#output}`);
    if (this.#hello !== undefined) {
      const { pid, own } = this.#hello;
      await untilGone(pid);
      if (own !== null) {
        await untilGone(own.pid);
        // A process that was killed could not do it itself.
        await rm(own.profile, { recursive: true, force: true, maxRetries: 10 });
      }
    }
    await this.#browser?.close().catch(() => undefined);
    await this.#loan?.giveBack();
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
