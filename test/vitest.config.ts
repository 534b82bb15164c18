import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const projectRoot = join(import.meta.dirname, '..');

export default defineConfig({
  root: projectRoot,
  test: {
    include: ['test/unit/**/*.spec.ts', 'test/integration/**/*.spec.ts', 'test/host/**/*.spec.ts', 'test/commands/**/*.spec.ts'],
    pool: 'forks',
    maxWorkers: '100%',
    // A real browser, a real keyring and real servers on two shared cores: generous, because no test depends on timing.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // As in playwright.config.ts: a test that passed only in its second try has "retry x1" behind its name.
    retry: 1,
  },
});
