import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';

/** Everything that main pushes to the till from now on. */
export async function collectSnapshots(till: Page): Promise<() => Promise<readonly unknown[]>> {
  await till.evaluate(() => {
    const seen: unknown[] = [];
    const { till: bridge } = window as unknown as { readonly till: Bridge<'till'> };
    bridge.onSnapshot((snapshot) => seen.push(snapshot));
    Object.assign(window, { snapshotsSeen: seen });
  });
  return () => till.evaluate(() => (window as unknown as { snapshotsSeen: readonly unknown[] }).snapshotsSeen);
}

/** Every file below a folder, with what is in it: databases, their write-ahead logs, settings, logs. */
export function filesUnder(folder: string): readonly { readonly name: string; readonly text: string }[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name, parentPath }) => ({ name, text: readFileSync(join(parentPath, name), 'utf8') }));
}
