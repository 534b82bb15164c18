import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const projectRoot = join(import.meta.dirname, '..');

/** Those that take longest begin first: the last one to run has a core to itself, and the other is idle. */
const SLOWEST = /screens-|till-page\.|host\/|random-hand|history-page|journal-(?:crash|power-cut|thread)|slow-answers|packaging|smoke|training-component/u;

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => SLOWEST.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

const UNIT = 'test/unit/**/*.spec.ts';
/** What replaces a module needs modules, and so a process, of its own. */
const REPLACING = globSync(UNIT, { cwd: projectRoot }).filter((file) => readFileSync(join(projectRoot, file), 'utf8').includes('vi.mock('));

export default defineConfig({
  root: projectRoot,
  test: {
    // A process for each spec would take as long to start as most specs of rules take.
    projects: [
      { extends: true, test: { name: 'unit', include: [UNIT], exclude: REPLACING, isolate: false } },
      { extends: true, test: { name: 'apart', include: [...REPLACING, 'test/integration/**/*.spec.ts', 'test/host/**/*.spec.ts', 'test/commands/**/*.spec.ts'] } },
    ],
    pool: 'forks',
    maxWorkers: '100%',
    sequence: { sequencer: SlowestFirst },
    // A real browser, a real keyring and real servers on two shared cores: generous, because no test depends on timing.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // As in playwright.config.ts: a test that passed only in its second try has "retry x1" behind its name.
    retry: 1,
  },
});
