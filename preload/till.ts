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
  pageBroke: ask('till', 'pageBroke'),
  networkChanged: ask('till', 'networkChanged'),
  unlockManager: ask('till', 'unlockManager'),
  proveSecret: ask('till', 'proveSecret'),
  lockManager: ask('till', 'lockManager'),
  openAgain: ask('till', 'openAgain'),
  beginTraining: ask('till', 'beginTraining'),
  signIn: ask('till', 'signIn'),
  signOut: ask('till', 'signOut'),
  onSnapshot: listen('till', 'snapshot'),
};

/** SECURITY: main turns these away while the manager's side is locked, whatever the page believes. */
const managerBridge: Bridge<'manager'> = {
  stillHere: ask('manager', 'stillHere'),
  setPin: ask('manager', 'setPin'),
  wrongAmountSeen: ask('manager', 'wrongAmountSeen'),
  endUnresolved: ask('manager', 'endUnresolved'),
  settleRepairs: ask('manager', 'settleRepairs'),
  readSettings: ask('manager', 'readSettings'),
  changeSettings: ask('manager', 'changeSettings'),
  exportSettings: ask('manager', 'exportSettings'),
  readSettingsCopy: ask('manager', 'readSettingsCopy'),
  applySettingsCopy: ask('manager', 'applySettingsCopy'),
  changeLook: ask('manager', 'changeLook'),
  saveCashier: ask('manager', 'saveCashier'),
  removeCashier: ask('manager', 'removeCashier'),
  readDiagnostics: ask('manager', 'readDiagnostics'),
  exportDiagnostics: ask('manager', 'exportDiagnostics'),
  readAudit: ask('manager', 'readAudit'),
  exportAudit: ask('manager', 'exportAudit'),
  settleAuditTrouble: ask('manager', 'settleAuditTrouble'),
  findSubAccounts: ask('manager', 'findSubAccounts'),
  connect: ask('manager', 'connect'),
  testConnection: ask('manager', 'testConnection'),
  disconnect: ask('manager', 'disconnect'),
};

contextBridge.exposeInMainWorld('till', bridge);
contextBridge.exposeInMainWorld('manager', managerBridge);
