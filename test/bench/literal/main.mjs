// The walk-through done literally, as an app: when Electron is ready, fetch a token, then open a window on a page that
// loads the component's lazy build. Run on the same stand-in as Counter, so that only the ways differ.
import { BrowserWindow, app } from 'electron';

await app.whenReady();
await fetch(`${process.env.BENCH_JUSTIFI}/oauth/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: process.env.BENCH_CLIENT });
const window = new BrowserWindow({ width: 1280, height: 800 });
await window.loadURL(`${process.env.BENCH_PAGE}/till`);
app.on('window-all-closed', () => app.quit());
