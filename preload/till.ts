import { contextBridge } from 'electron';
import { bridgeOf } from './bridge.ts';

contextBridge.exposeInMainWorld('till', bridgeOf('till'));
/** SECURITY: main refuses these while the manager's side is locked, even if the page shows it. */
contextBridge.exposeInMainWorld('manager', bridgeOf('manager'));
