import { existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
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

/** Every file below a folder, with its content: databases, their write-ahead logs, settings, logs. */
export function filesUnder(folder: string): readonly { readonly name: string; readonly text: string }[] {
  return contentsUnder(folder).map(({ path, content }) => ({ name: basename(path), text: content.toString('utf8') }));
}

/** Counter replaces a file by its next version: when one goes while they are read, all are read once more. */
export function contentsUnder(folder: string): readonly { readonly path: string; readonly content: Buffer }[] {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map(({ name, parentPath }) => ({ path: join(parentPath, name), content: readFileSync(join(parentPath, name)) }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return contentsUnder(folder);
  }
}

/** The files and folders here that another user of this PC could read or write, the folder itself included. */
export function openToOthers(folder: string): readonly string[] {
  const all = [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))];
  const isOpen = (path: string) => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat !== undefined && (stat.isFile() || stat.isDirectory()) && (stat.mode & 0o077) !== 0;
  };
  return all.filter(isOpen).map((path) => relative(folder, path));
}

/** The page's own document: markup, shadow roots, typed values, and its storage. Frames are not in it. */
export function wholeDocument(page: Page): Promise<string> {
  return page.evaluate(() => {
    const read = (root: ParentNode): string[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        element instanceof HTMLInputElement ? element.value : '',
        ...(element.shadowRoot === null ? [] : [element.shadowRoot.innerHTML, ...read(element.shadowRoot)]),
      ]);
    return [document.documentElement.outerHTML, ...read(document), JSON.stringify([localStorage, sessionStorage]), document.cookie, window.name, location.href].join('\n');
  });
}

/** The arguments and the environment of the app's processes, as any user of the PC can see them. */
export function processesUnder(pid: number): { readonly name: string; readonly text: string }[] {
  const read = (id: number, file: string) => {
    try {
      return readFileSync(`/proc/${id}/${file}`, 'utf8');
    } catch {
      // A helper process that has just ended.
      return '';
    }
  };
  const children = (existsSync(`/proc/${pid}/task`) ? readdirSync(`/proc/${pid}/task`) : []).flatMap((thread) => read(pid, `task/${thread}/children`).match(/\d+/gu) ?? []).map(Number);
  const own = { name: `process ${pid}`, text: `${read(pid, 'cmdline')}\n${read(pid, 'environ')}` };
  return [own, ...children.flatMap(processesUnder)];
}

/** The heap of the page's script, strings included. */
export async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}
