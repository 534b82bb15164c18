import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchCounter } from '../host/driver.ts';
import { expect, test } from './connected-till.ts';

/* A register that has no place for its files. */

const root = join(import.meta.dirname, '../..');

test('C-26: where the data folder cannot be made, a box says so in one sentence, the log has it, and Counter ends with 1', async ({ target, userData, chromium }) => {
  const place = join(userData, 'a-file');
  writeFileSync(place, '');
  const counter = await launchCounter({ target, chromium, mainFile: join(root, 'out/main/index.js'), appPath: root, userData: join(place, 'Counter') });
  expect(await counter.exited).toEqual({ code: 1, signal: null });
  const [box] = (await counter.recorded('dialog.showErrorBox')) as { readonly title: string; readonly content: string }[];
  expect(box!.title).toBe('Counter cannot start');
  const [, log] = /^Counter cannot make its folder on this PC: .*a-file\/Counter \(ENOTDIR\)\. No payment can be taken\. Call the person who looks after this PC\. The log is (.*)\.$/u.exec(box!.content)!;
  expect(readFileSync(log!, 'utf8')).toMatch(/error folder\.unusable \{"path":".*","code":"ENOTDIR"\}/u);
  expect(counter.output).not.toMatch(/\n\s+at /u);
});
