import { connect } from 'node:net';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { chromium } from './chromium.ts';
import { type DriverMessage, type HostMessage, lineReader } from './control-message.ts';
import { powerMonitor } from './desktop.ts';
import { plugScreens } from './screen.ts';
import { answerNextDialog } from './dialog.ts';
import { hostSettings } from './host-settings.ts';
import { setOnline } from './net.ts';
import { followEffects } from './recorded-effects.ts';
import { pageOfFrame } from './rendered-page.ts';

/**
 * The line to a driver (driver.ts), when there is one
 *
 * A socket, and not the process's own IPC channel: that would be visible to the app, and lost behind a wrapper command.
 */
export function openControlChannel(): void {
  if (hostSettings.controlSocket === undefined) return;
  const socket = connect(hostSettings.controlSocket).unref();
  const say = (message: HostMessage): void => void socket.write(`${JSON.stringify(message)}\n`);
  socket.on('error', () => undefined);
  // A test that was killed must not leave its app behind.
  socket.once('close', () => app.exit(1));
  socket.setEncoding('utf8').on('data', lineReader((line) => {
    const message = JSON.parse(line) as DriverMessage;
    say({ kind: 'answer', id: message.id, value: answer(message) });
  }));
  say({ kind: 'hello', pid: process.pid, chromiumPid: chromium.pid, profile: chromium.profile });
  void chromium.endpoint.then((url) => say({ kind: 'endpoint', url }));
  followEffects((effect) => say({ kind: 'effect', effect }));
}

function answer(message: DriverMessage): unknown {
  switch (message.kind) {
    case 'is-visible':
      return windowOf(message.targetId)?.isVisible() === true;
    case 'answer-dialog':
      answerNextDialog(message.answer);
      break;
    case 'set-online':
      setOnline(message.online);
      break;
    case 'quit':
      app.quit();
      break;
    case 'screens':
      plugScreens(message.count);
      break;
    case 'move':
      windowOf(message.targetId)?.setBounds({ x: message.x, y: message.y });
      break;
    case 'power':
      powerMonitor.emit(message.event);
      break;
  }
  return null;
}

function windowOf(targetId: string): BrowserWindow | undefined {
  const frame = pageOfFrame(targetId)?.frames.main;
  return BrowserWindow.getAllWindows().find((window) => window.webContents.mainFrame === frame);
}
