import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { findHeadlessShell } from '../host/chromium-binary.ts';
import type { SharedChromium } from '../host/shared-chromium.ts';
import type { LiveNetwork } from '../justifi/live-network.ts';
import { KEYRING_PASSWORD, type RegisterStorage, withKeyring } from './register-storage.ts';

const root = join(import.meta.dirname, '../..');

export type Provisioned = { readonly code: number | null; readonly said: string; readonly complained: string };

/** Runs the built app, on the stand-in, as `counter --provision` with this on its standard input. */
export async function runProvision(
  { userData, keyringFolder }: RegisterStorage,
  { launch }: LiveNetwork,
  input: string,
  { args = ['--provision'], chromium, whileItRuns }: { readonly args?: readonly string[]; readonly chromium?: SharedChromium | undefined; readonly whileItRuns?: (pid: number) => void } = {},
): Promise<Provisioned> {
  const loan = await chromium?.borrow();
  const program = [process.execPath, ...launch.nodeArgs, '--import', pathToFileURL(join(root, 'test/host/register.ts')).href, join(root, 'out/main/index.js'), ...args];
  const child = spawn('bash', [withKeyring, ...program], {
    env: {
      ...process.env,
      ...launch.env,
      COUNTER_TEST_KEYRING_FOLDER: keyringFolder,
      COUNTER_TEST_KEYRING_PASSWORD: KEYRING_PASSWORD,
      COUNTER_HOST_APP_PATH: root,
      COUNTER_HOST_USER_DATA: userData,
      ...(loan === undefined ? { COUNTER_HOST_CHROMIUM: findHeadlessShell(), COUNTER_HOST_CHROMIUM_ARGS: JSON.stringify(launch.chromiumArgs) } : { COUNTER_HOST_BORROWED: loan.endpoint }),
    },
  });
  const said = text(child.stdout);
  const complained = text(child.stderr);
  const watch = whileItRuns && setInterval(() => whileItRuns(child.pid!), 20);
  // A program may close its input before it has read everything.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  clearInterval(watch);
  await loan?.giveBack();
  return { code, said: (await said).trim(), complained: await complained };
}
