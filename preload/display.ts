import { contextBridge } from 'electron';
import { bridgeOf } from './bridge.ts';

/** SECURITY: the customer's screen can only display. */
contextBridge.exposeInMainWorld('display', bridgeOf('display'));
