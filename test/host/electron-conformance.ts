/**
 * The stand-in, checked against Electron's own types
 *
 * Nothing runs here: the types below are an error as soon as a member that both have no longer fits, for instance after
 * an update of Electron. What hands out one of the stand-in's own (incomplete) windows, frames or sessions is left out.
 */
import type * as Electron from 'electron';
import type { EventEmitter } from 'node:events';
import type { app } from './app.ts';
import type { BaseWindow } from './base-window.ts';
import type { BrowserWindow } from './browser-window.ts';
import type { clipboard, crashReporter, Notification, powerMonitor, powerSaveBlocker, safeStorage, shell } from './desktop.ts';
import type { dialog } from './dialog.ts';
import type { DownloadItem } from './download-item.ts';
import type { ipcMain } from './ipc-main.ts';
import type { nativeTheme } from './native-theme.ts';
import type { net } from './net.ts';
import type { screen } from './screen.ts';
import type { Session } from './session.ts';
import type { View } from './view.ts';
import type { WebContents } from './web-contents.ts';
import type { WebContentsView } from './web-contents-view.ts';
import type { WebFrame } from './web-frame.ts';

type Shared<Mine, Theirs, Except extends keyof Mine> = Pick<
  Theirs,
  Exclude<keyof Mine & keyof Theirs, keyof EventEmitter | Except>
>;

type Fits<Mine extends Shared<Mine, Theirs, Except>, Theirs, Except extends keyof Mine = never> = Mine | Theirs;

export type Conformance = [
  Fits<typeof app, Electron.App>,
  Fits<BrowserWindow, Electron.BrowserWindow, 'capturePage' | 'getChildWindows' | 'getParentWindow' | 'setParentWindow' | 'webContents' | 'contentView' | 'getContentView' | 'setContentView'>,
  Fits<BaseWindow, Electron.BaseWindow, 'getChildWindows' | 'getParentWindow' | 'setParentWindow' | 'contentView' | 'getContentView' | 'setContentView'>,
  Fits<View, Electron.View, 'children' | 'addChildView' | 'removeChildView'>,
  Fits<WebContentsView, Electron.WebContentsView, 'children' | 'addChildView' | 'removeChildView' | 'webContents'>,
  Fits<typeof clipboard, Electron.Clipboard>,
  Fits<typeof crashReporter, Electron.CrashReporter>,
  Fits<typeof dialog, Electron.Dialog>,
  Fits<DownloadItem, Electron.DownloadItem>,
  Fits<typeof ipcMain, Electron.IpcMain>,
  Fits<typeof nativeTheme, Electron.NativeTheme>,
  Fits<typeof net, Electron.Net>,
  Fits<Notification, Electron.Notification>,
  Fits<typeof powerMonitor, Electron.PowerMonitor>,
  Fits<typeof powerSaveBlocker, Electron.PowerSaveBlocker>,
  Fits<typeof safeStorage, Electron.SafeStorage>,
  Fits<typeof screen, Electron.Screen>,
  Fits<Session, Electron.Session, 'protocol' | 'webRequest'>,
  Fits<typeof shell, Electron.Shell>,
  Fits<WebContents, Electron.WebContents, 'capturePage' | 'ipc' | 'mainFrame' | 'opener' | 'navigationHistory' | 'session'>,
  Fits<WebFrame, Electron.WebFrameMain, 'frames' | 'framesInSubtree' | 'parent' | 'top'>,
];
