import { contextBridge } from 'electron';
import { bridgeOf } from './bridge.ts';

/** SECURITY: the customer's screen may look, and do nothing. */
contextBridge.exposeInMainWorld('display', bridgeOf('display'));
