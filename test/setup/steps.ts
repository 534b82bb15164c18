import { startProgram } from './script.ts';

/** One step of `npm test`. */
export type Step = {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  /** The step without which this one would only fail as well, in any lane: it is waited for. */
  readonly after?: string;
};
/** One step after the other. */
export type Lane = readonly Step[];

export type StepResult = { readonly name: string; readonly code: number; readonly seconds: number; readonly output: string };

/** How many lines a failed step prints again at the end: both test runners end with the failed tests. */
const LINES_AGAIN = 30;

/**
 * Runs the lanes in parallel, even after a failure, so that one run shows all failures.
 *
 * The output of two steps is never mixed: one step at a time is printed live, the others as a whole in their turn.
 * The end of each failed step is printed again at the end, because a CI often shows only the end of a log.
 */
export async function runSteps(lanes: readonly Lane[], print: (text: string) => void): Promise<readonly StepResult[]> {
  const turns = openTurns(print);
  const ended = new Map(lanes.flat().map(({ name }) => [name, Promise.withResolvers<StepResult>()]));
  const results: StepResult[] = [];
  await Promise.all(
    lanes.map(async (lane) => {
      for (const step of lane) {
        const needed = step.after === undefined ? undefined : await ended.get(step.after)?.promise;
        const result = await runStep(step, needed, turns.open());
        results.push(result);
        ended.get(step.name)?.resolve(result);
      }
    }),
  );
  for (const { name, code, output } of results) {
    if (code !== 0) print(`\n— the end of ${name}\n${output.trimEnd().split('\n').slice(-LINES_AGAIN).join('\n')}\n\n`);
  }
  for (const { name, code, seconds } of results) print(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)\n`);
  const passed = results.filter(({ code }) => code === 0).length;
  print(`${passed} passed, ${results.length - passed} failed\n`);
  return results;
}

export function worstCode(results: readonly StepResult[]): number {
  return Math.max(...results.map(({ code }) => code));
}

type Turn = { write(text: string): void; end(): string };

/** The order of printing: the order of the steps' start. `end` returns the step's whole output. */
function openTurns(print: (text: string) => void): { open(): Turn } {
  const waiting: { text: string; hasEnded: boolean }[] = [];
  function flush(): void {
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      print(first.text);
      first.text = '';
      if (!first.hasEnded) return;
      waiting.shift();
    }
  }
  return {
    open() {
      const turn = { text: '', hasEnded: false };
      let all = '';
      waiting.push(turn);
      return {
        write(text) {
          turn.text += text;
          all += text;
          if (waiting[0] === turn) flush();
        },
        end() {
          turn.hasEnded = true;
          flush();
          return all;
        },
      };
    },
  };
}

async function runStep({ name, command: [program, ...args], after }: Step, needed: StepResult | undefined, turn: Turn): Promise<StepResult> {
  const started = performance.now();
  turn.write(`\n— ${name}\n`);
  const missing = needed !== undefined && needed.code !== 0;
  const code = missing ? 1 : await run(program, args, turn);
  if (missing) turn.write(`Not run: ${after} failed.\n`);
  const seconds = (performance.now() - started) / 1000;
  turn.write(`— ${name}: ${code === 0 ? 'passed' : `FAILED (exit code ${code})`} after ${seconds.toFixed(1)} s\n`);
  return { name, code, seconds, output: turn.end() };
}

function run(command: string, args: readonly string[], turn: Turn): Promise<number> {
  const child = startProgram(command, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => turn.write(text));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      turn.write(`${error.message}\n`);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}
