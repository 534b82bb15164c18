import { readFileSync } from 'node:fs';
import { arch, platform, versions } from 'node:process';
import type { Protocol } from './cdp-connection.ts';
import { bridgeEnd } from './context-bridge.ts';
import { pageWorld } from './page-world.ts';
import { preloadBinding, preloadDelivery, preloadWorld } from './preload-world.ts';
import { wireCodec } from './wire-codec.ts';

type Script = Protocol.Page.addScriptToEvaluateOnNewDocumentParameters;

export const preloadWorldName = 'Electron Isolated Context';

/** For a frame that has no preload. */
export const scriptWithoutPreload: Script = { source: `(${pageWorld.toString()})('', null)` };

/** The page's end of the bridge; it must be there before the other end. */
export function pageScript(secret: string): Script {
  return { source: `(${pageWorld.toString()})('${secret}', ${bridgeEnd.toString()})` };
}

/** The preload, wrapped in its expected scope. Throws if there is no such file. */
export function preloadScript(preloadPath: string, additionalArguments: readonly string[], secret: string): Script {
  const process = {
    platform,
    arch,
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    argv: additionalArguments,
    env: {},
    versions: { node: versions.node, v8: versions.v8 },
  };
  const options = { secret, preloadPath, binding: preloadBinding, delivery: preloadDelivery, process };
  const preload = `function (require, module, exports, process) {${readFileSync(preloadPath, 'utf8')}\n}`;
  const parts = [JSON.stringify(options), bridgeEnd.toString(), wireCodec.toString(), preload];
  return { source: `(${preloadWorld.toString()})(${parts.join(', ')})`, worldName: preloadWorldName };
}
