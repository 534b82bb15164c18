import type { Reporter, TestCase } from 'vitest/node';

/** Prints why a test failed that passed in its second try: each of them is a defect, and Vitest does not tell. */
export class SecondTry implements Reporter {
  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    if (state !== 'passed' || errors === undefined) return;
    for (const { message, stack } of errors) console.log(`The first try of "${test.fullName}" failed:\n${message}\n${stack ?? ''}`);
  }
}
