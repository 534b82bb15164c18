import { contextBridge } from 'electron';
import type { Bridge } from '../contract/channels.ts';
import { ask, listen } from './bridge.ts';

/** SECURITY: the customer's screen may look, and do nothing. */
const bridge: Bridge<'display'> = {
  view: ask('display', 'view'),
  onView: listen('display', 'view'),
};

contextBridge.exposeInMainWorld('display', bridge);
