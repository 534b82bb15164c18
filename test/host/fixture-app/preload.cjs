'use strict';

const { contextBridge, ipcRenderer } = require('electron');

const attempt = (action) => {
  try {
    return action();
  } catch (error) {
    return String(error.message);
  }
};

contextBridge.exposeInMainWorld('fixture', {
  run: (source, argument) => ipcRenderer.invoke('run', source, argument),
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  on: (channel, listener) => {
    const onEvent = (_event, ...args) => listener(...args);
    ipcRenderer.on(channel, onEvent);
    return () => ipcRenderer.removeListener(channel, onEvent);
  },
  once: (channel, listener) => ipcRenderer.once(channel, (_event, ...args) => listener(...args)),
  sum: (a, b) => a + b,
  nested: { deep: () => 'deep', list: [1, { two: 2 }] },
  throws: () => {
    throw new TypeError('nope');
  },
  callBack: (callback) => callback(20) + 1,
  later: async (value) => ({ value, again: () => value }),
  rejects: () => Promise.reject(new Error('not today')),
  sendSync: () => attempt(() => ipcRenderer.sendSync('x')),
  missing: () => attempt(() => ipcRenderer.postMessage('x', null)),
  requireFs: () => attempt(() => require('fs')),
  exposeTwice: () => attempt(() => contextBridge.exposeInMainWorld('fixture', {})),
  process: { argv: process.argv, type: process.type, sandboxed: process.sandboxed, platform: process.platform },
  documentAtPreload: document.readyState,
});

globalThis.onlyInPreload = true;
