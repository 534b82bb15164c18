import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './connected-till.ts';

/* Attacks on the windows by a person at the counter, or by a page that was taken over. */

test('S-15, S-17: no page reads a file of the PC, by whatever element or request; a reload, a file that is dropped, a file that is asked for and a wheel with Ctrl change nothing on the till or on the form', async ({ runningApp: app, userData }) => {
  const dropped = join(userData, 'dropped.html');
  writeFileSync(dropped, '<title>taken over</title>');
  const secret = join(userData, 'secret.js');
  writeFileSync(secret, 'window.readFile = true');
  await app.enter('1799', 'One donut');
  await app.charge();
  const pages = [app.till, (await app.form()).page];
  for (const page of pages) {
    const address = page.url();
    await page.evaluate(() => {
      Object.assign(window, { sameDocument: true, dragged: 0 });
      document.addEventListener('dragover', () => ((window as unknown as { dragged: number }).dragged += 1));
    });
    await page.evaluate(() => location.reload());
    const session = await page.context().newCDPSession(page);
    const data = { items: [{ mimeType: 'text/uri-list', data: 'https://evil.example/' }], files: [dropped], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 60, y: 20, data });
    for (const deltaY of [-400, 400]) await session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 60, y: 20, deltaX: 0, deltaY, modifiers: 2 });
    await session.detach();
    const now = await page.evaluate(() => ({
      sameDocument: 'sameDocument' in window,
      dragged: (window as unknown as { dragged: number }).dragged > 0,
      scale: visualViewport!.scale,
      inputs: document.querySelectorAll('input[type=file]').length,
      title: document.title,
    }));
    expect(now).toMatchObject({ sameDocument: true, dragged: true, scale: 1, inputs: 0 });
    expect(now.title).not.toBe('taken over');
    expect(page.url()).toBe(address);
  }
  expect(app.counter.windows().map((page) => page.url()).filter((url) => url.includes('evil') || url.startsWith('file:'))).toEqual([]);
  expect(await app.counter.recorded('dialog.showOpenDialog')).toEqual([]);
  expect(app.log()).not.toContain('dropped.html');
  // The form still works: nothing was lost.
  await expect(app.till.locator('#root').getByText('Ready for the card.')).toBeVisible();
  for (const page of pages) {
    const read = await page.evaluate(async (path) => {
      const url = `file://${path}`;
      const loaded = (name: string, attribute: string) =>
        new Promise<string>((resolve) => {
          const element = document.createElement(name);
          element.addEventListener('load', () => resolve('loaded'));
          element.addEventListener('error', () => resolve('refused'));
          try {
            element.setAttribute(attribute, url);
            document.body.append(element);
          } catch {
            resolve('refused');
          }
          // A frame that is refused is quiet, or shows an error page.
          setTimeout(() => resolve('quiet'), 1_000);
        });
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
      return {
        script: await loaded('script', 'src'),
        image: await loaded('img', 'src'),
        fetched: await fetch(url).then(() => 'loaded', () => 'refused'),
        ran: 'readFile' in window,
        frame: (() => {
          try {
            return frame.contentDocument?.body.textContent ?? '';
          } catch {
            return '';
          }
        })(),
      };
    }, secret);
    expect(read).toEqual({ script: 'refused', image: 'refused', fetched: 'refused', ran: false, frame: '' });
    for (const frame of page.frames()) expect(frame.url()).not.toMatch(/^file:/u);
  }
});
