import { contextBridge } from 'electron';
import { bridgeOf } from './bridge.ts';

/** SECURITY: the document with the card form can report and ask for permission to charge; it can start no sale. */
contextBridge.exposeInMainWorld('checkout', bridgeOf('checkout'));
