import { contextBridge } from 'electron';
import type { Bridge } from '../contract/channels.ts';
import { ask, listen } from './bridge.ts';

/** SECURITY: the page gets these functions, never `ipcRenderer` or an event. The type holds the list to the contract. */
const bridge: Bridge<'till'> = {
  snapshot: ask('till', 'snapshot'),
  edit: ask('till', 'edit'),
  inputRefused: ask('till', 'inputRefused'),
  charge: ask('till', 'charge'),
  goBack: ask('till', 'goBack'),
  tryAgain: ask('till', 'tryAgain'),
  newSale: ask('till', 'newSale'),
  serveNext: ask('till', 'serveNext'),
  settleLate: ask('till', 'settleLate'),
  networkChanged: ask('till', 'networkChanged'),
  connect: ask('till', 'connect'),
  disconnect: ask('till', 'disconnect'),
  onSnapshot: listen('till', 'snapshot'),
};

contextBridge.exposeInMainWorld('till', bridge);
