import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { SecondTry } from './setup/second-try.ts';

const projectRoot = join(import.meta.dirname, '..');

/** The longest begin first: otherwise the last one would run on one core while the other is idle. */
const SLOWEST = /(?:till|layout|screen-reader)-page\.|host\/|random-hand|history-page|journal-(?:crash|failure|power-cut|thread)|day-close-crash|slow-answers|packaging|smoke|(?:training|plaid|insurance)-component|sezzle-page|still-buttons|waiting-page/u;

/** The projects, one after the other: shared processes live on from spec to spec only without a break. */
const ORDER = ['apart', 'screens', 'pages', 'sharing'];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ project, moduleId }: TestSpecification) => 2 * ORDER.indexOf(project.name) + (SLOWEST.test(moduleId) ? 0 : 1);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

const SHARING = ['test/unit/**/*.spec.ts', 'test/integration/**/*.spec.ts'];
/** A spec needs a process of its own if it replaces a module, changes or measures the whole process, or starts a Chromium or another singleton. */
const ALONE = /vi\.mock\(|setDefaultCACertificates|process\.umask|memoryUsage|initWasm/u;
/** These share a Chromium, as long as it lives: each takes pages of its own (host/page-browser.ts). */
const IN_CHROMIUM = /pageBrowser|seen-till|scripted-till|component-browser|checkout-browser|checkout-document/u;
const textOf = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const ALL = globSync(SHARING, { cwd: projectRoot });
const APART = ALL.filter((file) => ALONE.test(textOf(file)));
const SEEN = ALL.filter((file) => IN_CHROMIUM.test(textOf(file)) && !APART.includes(file));
/** Every screen of the till with every look: a third of all page specs. */
const SCREENS = SEEN.filter((file) => file.includes('screens-'));
const PAGES = SEEN.filter((file) => !SCREENS.includes(file));

/** Node imports these specs and our code itself: a fifth less time than through Vite. A mocked module needs Vitest's own loader. */
const NATIVE = { experimental: { viteModuleRunner: false, nodeLoader: false } } as const;

export default defineConfig({
  root: projectRoot,
  test: {
    // A process for each spec would take as long to start as most specs take.
    projects: [
      { extends: true, test: { name: 'sharing', include: SHARING, exclude: [...APART, ...SEEN], isolate: false, ...NATIVE } },
      { extends: true, test: { name: 'screens', include: SCREENS, isolate: false, ...NATIVE } },
      { extends: true, test: { name: 'pages', include: PAGES, isolate: false, ...NATIVE } },
      { extends: true, test: { name: 'apart', include: [...APART, 'test/host/**/*.spec.ts', 'test/commands/**/*.spec.ts'] } },
    ],
    pool: 'forks',
    // A worker and its Chromium wait for each other for a third of the time.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    sequence: { sequencer: SlowestFirst },
    // A real browser, a real keyring and real servers on two shared cores: generous, because no test depends on timing.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // As in playwright.config.ts: a test that passed only in its second try has "retry x1" behind its name.
    retry: 1,
    reporters: ['default', new SecondTry()],
  },
});
