// A small app, written for Electron, with which host.spec.ts asks the stand-in whether it behaves like Electron.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { runInThisContext } from 'node:vm';
import electron, { app, BrowserWindow, ipcMain, protocol, session } from 'electron';

const pages = join(import.meta.dirname, 'pages');
const preload = join(import.meta.dirname, 'preload.cjs');
const types = { '.html': 'text/html', '.js': 'text/javascript' };

/** What the spec looks at afterwards. */
const state = {
  events: [],
  requests: [],
  requireGivesTheSame: createRequire(import.meta.url)('electron') === electron,
  readyBeforeEntryRan: app.isReady(),
};

app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);

if (!app.requestSingleInstanceLock({ greeting: 'hello' })) {
  console.log('second: not the first');
  app.quit();
} else {
  app.on('second-instance', (_event, argv, workingDirectory, data) => {
    state.events.push({ name: 'second-instance', argv, workingDirectory, data });
  });
  app.on('window-all-closed', () => console.log('window-all-closed'));
  app.on('before-quit', () => console.log('before-quit'));
  app.on('will-quit', () => console.log('will-quit'));
  await app.whenReady();
  start();
}

function start() {
  const till = session.fromPartition('till');
  till.protocol.handle('app', serve);

  ipcMain.handle('echo', (_event, value) => value);
  ipcMain.handle('fail', () => {
    throw new RangeError('no stock');
  });
  ipcMain.handle('unclonable', () => () => 1);
  ipcMain.handle('sender', (event) => ({
    url: event.senderFrame.url,
    origin: event.senderFrame.origin,
    parent: event.senderFrame.parent,
    isMainFrame: event.senderFrame === event.sender.mainFrame,
    id: event.sender.id,
  }));
  ipcMain.on('told', (event, ...args) => {
    state.events.push({ name: 'told', args });
    event.reply('answer', 'heard', new Map([['n', 1n]]));
  });

  // The spec's own door to the main process: a window beside those under test.
  const desk = new BrowserWindow({ show: false, webPreferences: { preload, session: till } });
  const windows = () => BrowserWindow.getAllWindows().filter((window) => window !== desk);
  ipcMain.handle('run', (_event, source, argument) => runInThisContext(source)({ electron, state, preload, windows }, argument));
  void desk.loadURL('app://till/desk.html');

  const window = new BrowserWindow({
    width: 640,
    height: 480,
    webPreferences: { preload, session: till, additionalArguments: ['--till=7'] },
  });
  window.once('ready-to-show', () => state.events.push({ name: 'ready-to-show' }));
  void window.loadURL('app://till/index.html?from=main#top');
}

async function serve(request) {
  const url = new URL(request.url);
  state.requests.push({ url: request.url, method: request.method, body: await request.text() });
  if (url.pathname === '/moved') return new Response(null, { status: 302, headers: { location: '/other.html' } });
  if (url.pathname === '/broken') throw new Error('the handler fails');
  try {
    const body = await readFile(join(pages, url.pathname));
    const headers = { 'content-type': types[extname(url.pathname)] ?? 'text/plain', 'content-security-policy': "default-src 'self'; frame-src *; connect-src *" };
    return new Response(body, { headers });
  } catch {
    return new Response('not found', { status: 404 });
  }
}
