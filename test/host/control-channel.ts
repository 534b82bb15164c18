import { connect } from 'node:net';
import { app } from './app.ts';
import { BaseWindow } from './base-window.ts';
import { chromium } from './chromium.ts';
import { type DriverMessage, type HostMessage, type WindowPicture, lineReader } from './control-message.ts';
import { powerMonitor } from './desktop.ts';
import { plugScreens } from './screen.ts';
import { answerNextDialog } from './dialog.ts';
import { hostSettings } from './host-settings.ts';
import { setOnline } from './net.ts';
import { followEffects } from './recorded-effects.ts';
import { pageOfFrame, targetIdOf } from './rendered-page.ts';
import type { WebContents } from './web-contents.ts';

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
  const { own } = chromium;
  say({ kind: 'hello', pid: process.pid, own: own === null ? null : { pid: own.pid, profile: own.profile } });
  void own?.endpoint.then((url) => say({ kind: 'endpoint', url }));
  followEffects((effect) => say({ kind: 'effect', effect }));
}

function answer(message: DriverMessage): unknown {
  switch (message.kind) {
    case 'is-visible':
      return pageOf(message.targetId)?.isSeen === true;
    case 'has-keyboard':
      return pageOf(message.targetId)?.contents.isFocused() === true;
    case 'pages':
      return pagesOnTop(message.targetId);
    case 'resize':
      windowOf(message.targetId)?.setSize(message.width, message.height);
      break;
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
      windowOf(message.targetId)?.drag({ x: message.x, y: message.y });
      break;
    case 'close-window':
      windowOf(message.targetId)?.close();
      break;
    case 'work-elsewhere':
      windowOf(message.targetId)?.blur();
      break;
    case 'come-back':
      windowOf(message.targetId)?.show();
      break;
    case 'power':
      powerMonitor.tell(message.event);
      break;
  }
  return null;
}

function windowOf(targetId: string): BaseWindow | undefined {
  return BaseWindow.getAllWindows().find(({ pages }) => pages.some(({ contents }) => isOf(contents, targetId)));
}

function pageOf(targetId: string): BaseWindow['pages'][number] | undefined {
  return windowOf(targetId)?.pages.find(({ contents }) => isOf(contents, targetId));
}

function isOf({ mainFrame }: WebContents, targetId: string): boolean {
  return pageOfFrame(targetId)?.frames.main === mainFrame;
}

/** The window with this page as a person sees it: its size, and its pages, lowest first. */
function pagesOnTop(targetId: string): WindowPicture | null {
  const window = windowOf(targetId);
  if (window === undefined) return null;
  const [width, height] = window.getContentSize();
  const pages = window.pages.filter(({ isSeen }) => isSeen).map(({ contents, bounds }) => ({ targetId: targetIdOf(contents.mainFrame), bounds }));
  return { width, height, pages };
}
