import { execFileSync } from 'node:child_process';
import type * as Electron from 'electron';
import { describe, expect, it } from 'vitest';
import { isAlive } from './process-life.ts';
import { app, appPath, chromium, eventsNamed, inMain, launchFixture, newFolder, openWindow, site, start, till, tillOf, withApp } from './fixture.ts';

describe('a test that drives the app', () => {
  withApp();

  it('sees what sendInputEvent does: a Tab goes into a frame of another site, and no key of main’s after it does (E-01)', async () => {
    const page = await openWindow(`${site.origin}/keys`);
    await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), `${site.otherOrigin}/card`);
    const card = page.frameLocator('iframe').locator('#card');
    await card.waitFor();
    await page.locator('#here').focus();
    await inMain(({ windows }) => {
      const { webContents } = windows()[1]!;
      for (const keyCode of ['7', 'Tab', '4']) {
        webContents.sendInputEvent({ type: 'keyDown', keyCode });
        if (keyCode !== 'Tab') webContents.sendInputEvent({ type: 'char', keyCode });
        webContents.sendInputEvent({ type: 'keyUp', keyCode });
      }
    });
    await expect.poll(() => card.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    expect(await page.locator('#here').inputValue()).toBe('7');
    // Typed keys still arrive, after the one that main sent.
    await page.keyboard.press('5');
    await expect.poll(() => card.inputValue()).toBe('5');
  });

  it('reads the app’s calls to the desktop, and answers its dialogs', async () => {
    await app.answerNextDialog({ canceled: false, filePath: '/report.csv' });
    const answered = await inMain(async ({ electron }) => {
      await electron.shell.openExternal('https://example.com/help');
      const first = await electron.dialog.showSaveDialog({ title: 'Save' });
      const second = await electron.dialog.showSaveDialog({ title: 'Save' });
      electron.dialog.showErrorBox('Sorry', 'It failed');
      return [first, second];
    });
    expect(answered).toEqual([{ canceled: false, filePath: '/report.csv' }, { canceled: true, filePath: '' }]);
    expect(await app.recorded('shell.openExternal')).toEqual(['https://example.com/help']);
    expect(await app.recorded('dialog.showErrorBox')).toEqual([{ title: 'Sorry', content: 'It failed' }]);
  });
});

describe('the app', () => {
  it("is what its package.json says, and refuses Electron's other parts", async () => {
    const userData = newFolder();
    await start({ userData });
    const seen = await inMain(({ electron, state, windows }) => {
      const attempt = (action: () => unknown): unknown => {
        try {
          return action();
        } catch (error) {
          return (error as Error).message;
        }
      };
      const { app: self } = electron;
      return {
        name: self.getName(),
        version: self.getVersion(),
        userData: self.getPath('userData'),
        packaged: self.isPackaged,
        sameByRequire: state.requireGivesTheSame,
        readyTooEarly: state.readyBeforeEntryRan,
        tray: attempt(() => new electron.Tray('x')),
        unknownModule: attempt(() => (electron as unknown as Record<string, unknown>).quantumPrinter),
        unknownMethod: attempt(() => self.getGPUFeatureStatus()),
        unknownOnWindow: attempt(() => windows()[0]!.setThumbarButtons([])),
        online: electron.net.isOnline(),
        encryption: electron.safeStorage.isEncryptionAvailable(),
      };
    });
    expect(seen).toMatchObject({
      name: 'Host Fixture',
      version: '1.2.3',
      userData,
      packaged: false,
      sameByRequire: true,
      readyTooEarly: false,
      tray: expect.stringContaining('Tray is not in the Chromium host'),
      unknownModule: expect.stringContaining('electron.quantumPrinter is not in the Chromium host'),
      unknownMethod: expect.stringContaining('app.getGPUFeatureStatus is not in the Chromium host'),
      unknownOnWindow: expect.stringContaining('baseWindow.setThumbarButtons is not in the Chromium host'),
      online: true,
      encryption: false,
    });
    expect(await app.close()).toEqual({ code: 0, signal: null });
    expect(app.output).toMatch(/before-quit[\s\S]*will-quit/u);
  });

  it('stays while a listener prevents it from quitting', async () => {
    await start();
    await inMain(({ electron, state }) => {
      electron.app.once('before-quit', (event) => {
        event.preventDefault();
        state.events.push({ name: 'kept' });
      });
      electron.app.quit();
    });
    expect(await inMain(({ state }) => state.events.some((event) => event.name === 'kept'))).toBe(true);
    await app.close();
  });

  it('asks in a dialog before it quits or its window closes, and stays or ends by the answer', async () => {
    await start();
    await inMain(({ electron, state, windows }) => {
      const window = windows()[0]!;
      let isSure = false;
      const ask = async (event: Electron.Event, what: string, again: () => void): Promise<void> => {
        if (isSure) return;
        event.preventDefault();
        const { response } = await electron.dialog.showMessageBox(window, { message: what, buttons: ['Stay', 'End'], defaultId: 0, cancelId: 0 });
        state.events.push({ name: 'answered', what, response });
        isSure = response === 1;
        if (isSure) again();
      };
      electron.app.on('before-quit', (event) => void ask(event, 'quit', () => electron.app.quit()));
      window.on('close', (event) => void ask(event, 'close', () => window.close()));
      electron.app.quit();
    });
    await expect.poll(() => eventsNamed('answered')).toMatchObject([{ what: 'quit', response: 0 }]);
    await app.pressClose(till);
    await expect.poll(() => eventsNamed('answered')).toMatchObject([{ what: 'quit' }, { what: 'close', response: 0 }]);
    expect(till.isClosed()).toBe(false);
    expect(await app.recorded('dialog.showMessageBox')).toMatchObject([{ message: 'quit', buttons: ['Stay', 'End'] }, { message: 'close' }]);
    // Closing the app for good answers yes.
    expect(await app.close()).toEqual({ code: 0, signal: null });
  });

  it('is told when its last window is closed', async () => {
    await start();
    await inMain(({ electron }) => {
      for (const window of electron.BrowserWindow.getAllWindows()) window.close();
    });
    await expect.poll(() => app.output).toContain('window-all-closed');
    await app.close();
  });

  it('runs once for each user data folder, also after it was killed', async () => {
    const userData = newFolder();
    await start({ userData });
    const second = await launchFixture({ userData });
    expect(await second.exited).toEqual({ code: 0, signal: null });
    expect(second.output).toContain('second: not the first');
    await expect.poll(() => inMain(({ state }) => state.events.find((event) => event.name === 'second-instance'))).toMatchObject({
      workingDirectory: appPath,
      data: { greeting: 'hello' },
    });
    await app.kill();
    const third = await launchFixture({ userData, chromium });
    await tillOf(third);
    expect(third.output).not.toContain('second: not the first');
    await third.close();
  });

  it('makes its windows in a shared Chromium, which closes them when it is killed, and stays for the next app', async () => {
    await start();
    expect(descendants(processTable(), app.pid)).toEqual([]);
    await openWindow(`${site.origin}/kept`, { webPreferences: { partition: 'kept' } }).then((page) => page.evaluate(() => localStorage.setItem('left', 'behind')));
    // It is in use: this app has its own.
    const second = await launchFixture({ chromium });
    await tillOf(second);
    expect(descendants(processTable(), second.pid).length).toBeGreaterThan(3);
    await second.close();
    await app.kill();
    expect(till.isClosed()).toBe(true);

    await start();
    expect(descendants(processTable(), app.pid)).toEqual([]);
    const page = await openWindow(`${site.origin}/kept`, { webPreferences: { partition: 'kept' } });
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(await app.close()).toEqual({ code: 0, signal: null });
  });

  it('ends its own Chromium when it is killed', async () => {
    await start({ chromium: undefined });
    const family = descendants(processTable(), app.pid);
    expect(family.length).toBeGreaterThan(3);
    await app.kill();
    await expect.poll(() => family.filter(isAlive)).toEqual([]);
    expect(till.isClosed()).toBe(true);
  });
});

function processTable(): string {
  return execFileSync('ps', ['-eo', 'pid,ppid'], { encoding: 'utf8' });
}

function descendants(table: string, ancestor: number): number[] {
  const rows = table.trim().split('\n').slice(1).map((line) => line.trim().split(/\s+/u).map(Number) as [number, number]);
  const children = rows.filter(([, parent]) => parent === ancestor).map(([pid]) => pid);
  return children.flatMap((pid) => [pid, ...descendants(table, pid)]);
}
