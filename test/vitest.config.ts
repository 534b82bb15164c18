import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const projectRoot = join(import.meta.dirname, '..');

/** Those that take longest begin first: the last one to run has a core to itself, and the other is idle. */
const SLOWEST = /screens-|till-page\.|host\/|random-hand|history-page|journal-crash|training-component/u;

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => SLOWEST.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

export default defineConfig({
  root: projectRoot,
  test: {
    include: ['test/unit/**/*.spec.ts', 'test/integration/**/*.spec.ts', 'test/host/**/*.spec.ts', 'test/commands/**/*.spec.ts'],
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
