/**
 * The module `electron` in the Chromium host
 *
 * register.ts resolves the name to this file. Its exports are those of Electron's main process; the parts that the
 * stand-in does not have refuse to be used instead of being undefined.
 */
import type * as Electron from 'electron';
import { app, registerPrivilegedSchemes } from './app.ts';
import { BaseWindow } from './base-window.ts';
import { BrowserWindow } from './browser-window.ts';
import { openControlChannel } from './control-channel.ts';
import { clipboard, crashReporter, Notification, powerMonitor, powerSaveBlocker, safeStorage, shell } from './desktop.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu } from './menu.ts';
import { nativeTheme } from './native-theme.ts';
import { net } from './net.ts';
import { openNetworkGate } from './network-gate.ts';
import { absentModule, refusingOthers } from './not-in-host.ts';
import { recordEffect } from './recorded-effects.ts';
import { screen } from './screen.ts';
import { Session } from './session.ts';
import { View } from './view.ts';
import { WebContents } from './web-contents.ts';
import { WebContentsView } from './web-contents-view.ts';
import './window-theme.ts';

openNetworkGate();
// As Electron, which shows a box and goes on, and only warns of a rejection: https://www.electronjs.org/docs/latest/api/process
process.on('uncaughtException', (error) => {
  if (process.listenerCount('uncaughtException') === 1) recordEffect('uncaught-exception', String(error.stack));
});
process.on('unhandledRejection', (reason) => {
  if (process.listenerCount('unhandledRejection') === 1) console.warn('UnhandledPromiseRejectionWarning:', reason);
});
openControlChannel();

const session = refusingOthers('session', {
  fromPartition: (partition: string, _options?: object): Session => Session.fromPartition(partition),
  get defaultSession(): Session {
    return Session.defaultSession;
  },
});

const { electronApi: defaultProtocol } = Session.defaultSession.host.schemes;
const protocol = refusingOthers('protocol', { ...defaultProtocol, registerSchemesAsPrivileged: registerPrivilegedSchemes });

const webContents = refusingOthers('webContents', {
  getAllWebContents: () => WebContents.getAllWebContents(),
  getFocusedWebContents: () => WebContents.getFocusedWebContents(),
  fromId: (id: number) => WebContents.fromId(id),
});

const autoUpdater = absentModule('autoUpdater');
const BrowserView = absentModule('BrowserView');
const ClipboardItem = absentModule('ClipboardItem');
const contentTracing = absentModule('contentTracing');
const desktopCapturer = absentModule('desktopCapturer');
const globalShortcut = absentModule('globalShortcut');
const ImageView = absentModule('ImageView');
const inAppPurchase = absentModule('inAppPurchase');
const MenuItem = absentModule('MenuItem');
const MessageChannelMain = absentModule('MessageChannelMain');
const nativeImage = absentModule('nativeImage');
const netLog = absentModule('netLog');
const pushNotifications = absentModule('pushNotifications');
const ShareMenu = absentModule('ShareMenu');
const systemPreferences = absentModule('systemPreferences');
const TouchBar = absentModule('TouchBar');
const Tray = absentModule('Tray');
const utilityProcess = absentModule('utilityProcess');
const webFrameMain = absentModule('webFrameMain');
const webUtils = absentModule('webUtils');

export {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  ImageView,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  session,
  ShareMenu,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  webContents,
  WebContentsView,
  webFrameMain,
  webUtils,
};

const electron: Readonly<Record<string, unknown>> = refusingOthers('electron', {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  ImageView,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  session,
  ShareMenu,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  webContents,
  WebContentsView,
  webFrameMain,
  webUtils,
} satisfies Partial<Record<keyof typeof Electron, unknown>>);

export default electron;

// The export of require('electron').
export { electron as 'module.exports' };
