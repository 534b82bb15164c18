/**
 * `node --import <this file> out/main/index.js` runs the app's main process with the stand-in as 'electron'
 *
 * Chromium is started here, so that it comes up while the app is being loaded.
 */
import { registerHooks } from 'node:module';
import './chromium.ts';

const standIn = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    /^electron(?:\/main|\/common)?$/u.test(specifier)
      ? { url: standIn, shortCircuit: true }
      : nextResolve(specifier, context),
});

Object.defineProperty(process, 'type', { value: 'browser', enumerable: true });
