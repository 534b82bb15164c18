import { buildApp } from './build.ts';
import { runScript } from './script.ts';
import { type SystemNeed, bringSystemNeeds } from './system-needs.ts';

/** A script of package.json: its system packages, whether it needs the built app, and its action; `run` returns the exit code. */
type Command = {
  readonly needs: readonly SystemNeed[];
  readonly buildsApp: boolean;
  readonly load: () => Promise<{ run(args: readonly string[]): Promise<number> }>;
};

const COMMANDS: Readonly<Record<string, Command>> = {
  start: { needs: [], buildsApp: true, load: () => import('../host/start.ts') },
  demo: { needs: ['chromium'], buildsApp: true, load: () => import('../demo/demo.ts') },
  newcomer: { needs: ['chromium'], buildsApp: true, load: () => import('../pictures/newcomer.ts') },
  'contact-sheet': { needs: ['chromium'], buildsApp: true, load: () => import('../pictures/contact-sheet.ts') },
  bench: { needs: ['chromium', 'keyring', 'openssl'], buildsApp: true, load: () => import('../bench/bench.ts') },
  storm: { needs: [], buildsApp: false, load: () => import('../storm/storm.ts') },
  mutations: { needs: [], buildsApp: false, load: () => import('../storm/mutations.ts') },
  test: { needs: ['chromium', 'headlessShell', 'keyring', 'openssl', 'certutil', 'rpm', 'zbar', 'cups'], buildsApp: false, load: () => import('./all-tests.ts') },
  smoke: { needs: [], buildsApp: true, load: () => import('../packaging/smoke.ts') },
  dist: { needs: ['rpm'], buildsApp: true, load: () => import('../packaging/dist.ts') },
};

const [name = '', ...args] = process.argv.slice(2);

await runScript(async () => {
  // `npm run setup demo`: only installs the system packages of a command.
  const isSetUp = name === 'setup';
  const command = COMMANDS[isSetUp ? (args[0] ?? 'test') : name];
  if (command === undefined) {
    console.error(`There is no command "${name}". There are: setup, ${Object.keys(COMMANDS).join(', ')}.`);
    return 1;
  }
  if (!(await bringSystemNeeds(command.needs))) return 1;
  if (isSetUp) return 0;
  const built = command.buildsApp ? await buildApp() : 0;
  if (built !== 0) return built;
  const { run } = await command.load();
  return run(args).catch(explainWrongOption);
});

/** An unknown option, or an invalid value: one sentence is enough. */
function explainWrongOption(error: unknown): number {
  if (!(error instanceof TypeError) || !('code' in error) || !String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
  console.error(error.message);
  return 1;
}
