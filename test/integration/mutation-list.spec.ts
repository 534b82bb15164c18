import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MUTATIONS } from '../storm/mutation-list.ts';

test.each(MUTATIONS)('the rule that "$name" breaks still stands where the mutation looks for it', ({ edits }) => {
  for (const { file, find } of edits) {
    const text = readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8');
    expect(text.split(find), `${file} must hold exactly once: ${find}`).toHaveLength(2);
  }
});
