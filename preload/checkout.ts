import { contextBridge } from 'electron';
import type { Bridge } from '../contract/channels.ts';
import { ask, listen } from './bridge.ts';

/** SECURITY: all that the document with the card form may say and hear. It can report and ask leave to charge; it can start nothing. */
const bridge: Bridge<'checkout'> = {
  opened: ask('checkout', 'opened'),
  fieldsReady: ask('checkout', 'fieldsReady'),
  drawn: ask('checkout', 'drawn'),
  pressTab: ask('checkout', 'pressTab'),
  submit: ask('checkout', 'submit'),
  submitted: ask('checkout', 'submitted'),
  failed: ask('checkout', 'failed'),
  answered: ask('checkout', 'answered'),
  stuck: ask('checkout', 'stuck'),
  alive: ask('checkout', 'alive'),
  goBack: ask('checkout', 'goBack'),
  trouble: ask('checkout', 'trouble'),
  onMount: listen('checkout', 'mount'),
  onShow: listen('checkout', 'show'),
};

contextBridge.exposeInMainWorld('checkout', bridge);
