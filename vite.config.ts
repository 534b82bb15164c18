import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';
import { licencesOf, packagesIn } from './packaging/licences.ts';
import manifest from './package.json' with { type: 'json' };
import { type Role, channels } from './contract/channels.ts';

const at = (path: string) => join(import.meta.dirname, path);

/** For a process that runs on Node or in a sandboxed preload; 'electron' and the native addon stay outside. One file, unless parts of it come later. */
const processBundle = (entry: string, outDir: string, format: 'es' | 'cjs', fileName: string, { codeSplitting = false }: { readonly codeSplitting?: boolean } = {}) => ({
  consumer: 'server' as const,
  resolve: { noExternal: true as const, external: ['electron', 'keytar', 'koffi'], conditions: ['node'] },
  build: {
    outDir: at(outDir),
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    chunkSizeWarningLimit: 4_000,
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: {
      input: at(entry),
      external: ['electron', 'keytar', 'koffi', /^node:/],
      output: { format, entryFileNames: fileName, chunkFileNames: '[name].js', codeSplitting },
    },
  },
});

/** A preload carries the names of its own roles' calls and pushes, from the contract, and none of the contract's schemas. */
const preloadBundle = (name: string, ...roles: readonly Role[]) => ({
  ...processBundle(`preload/${name}.ts`, 'out/preload', 'cjs', `${name}.cjs`),
  define: { CHANNEL_NAMES: JSON.stringify(Object.fromEntries(roles.map((role) => [role, { calls: Object.keys(channels[role].calls), pushes: Object.keys(channels[role].pushes) }]))) },
});

/** "es-till": the words of a language are called alike in every folder of words/. */
const spokenIn = (file: string | null) => (file === null ? '' : (/\/words\/(?<language>\w+)\//u.exec(file)?.groups?.['language']?.concat('-') ?? ''));

/** In one chunk: left to themselves they are three, and the first paint waits for more bytes. */
const SHARED = { name: 'shared', test: /\/node_modules\/(?:react|react-dom|scheduler)\/|\/words\/isolated\.ts$/ };

/** One page: its HTML, its script, one style sheet. Pages are built apart: the checkout page must not share a script with the till. */
const pageBundle = (page: string, { codeSplitting }: { readonly codeSplitting: false | { readonly groups: readonly { readonly name: string; readonly test: RegExp }[] } } = { codeSplitting: false }) => ({
  consumer: 'client' as const,
  build: {
    outDir: at('out/renderer'),
    emptyOutDir: false,
    target: 'chrome156',
    // The component is one piece and is loaded from memory; splitting it would only add requests.
    chunkSizeWarningLimit: 2_000,
    // The parts that are fetched later need only what is there already.
    modulePreload: { polyfill: false, resolveDependencies: (_file: string, needed: string[], { hostType }: { readonly hostType: 'html' | 'js' }) => (hostType === 'html' ? needed : []) },
    cssCodeSplit: false,
    rolldownOptions: {
      input: at(`renderer/${page}/index.html`),
      output: { entryFileNames: `${page}/${page}.js`, chunkFileNames: ({ facadeModuleId, name }) => `${page}/${spokenIn(facadeModuleId)}${name}.js`, assetFileNames: `${page}/${page}[extname]`, codeSplitting },
    },
  },
});

/** What the pages were built as goes into main's bundle, which is built after them (main/local-origin/page-watch.ts). */
function builtPages(): Plugin {
  const name = 'virtual:built-pages';
  const pages = ['till', 'checkout', 'display'];
  return {
    name: 'built-pages',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const files = pages.flatMap((page) => readdirSync(at(`out/renderer/${page}`)).map((file) => `${page}/${file}`));
      const sumOf = (file: string) => createHash('sha256').update(readFileSync(at(`out/renderer/${file}`))).digest('base64');
      return `export default ${JSON.stringify(Object.fromEntries(files.map((file) => [file, sumOf(file)])))};`;
    },
  };
}

/** Whatever NODE_ENV says where it is built: with "test" or "development" the pages would have React as its developers have it. */
const alwaysForProduction: Plugin = {
  name: 'always-for-production',
  apply: 'build',
  config() {
    process.env['NODE_ENV'] = 'production';
  },
};

export default defineConfig({
  root: at('renderer'),
  base: './',
  publicDir: false,
  plugins: [alwaysForProduction, react(), builtPages()],
  environments: {
    // Its parts beside the sale come after the first paint (renderer/till/parts.ts).
    till: pageBundle('till', { codeSplitting: { groups: [SHARED] } }),
    checkout: pageBundle('checkout'),
    display: pageBundle('display'),
    // What it imports later is a file of its own: the till's window waits until all of the first one is read.
    main: processBundle('main/index.ts', 'out/main', 'es', 'index.js', { codeSplitting: true }),
    journalWorker: processBundle('main/storage/journal-worker.ts', 'out/main', 'cjs', 'journal-worker.cjs'),
    historyWorker: processBundle('main/history/history-worker.ts', 'out/main', 'cjs', 'history-worker.cjs'),
    spoolWorker: processBundle('main/printing/spool-worker.ts', 'out/main', 'cjs', 'spool-worker.cjs'),
    tillPreload: preloadBundle('till', 'till', 'manager'),
    checkoutPreload: preloadBundle('checkout', 'checkout'),
    displayPreload: preloadBundle('display', 'display'),
  },
  builder: {
    async buildApp(builder) {
      for (const folder of ['out/main', 'out/preload', 'out/renderer', 'out/licences.txt']) rmSync(at(folder), { recursive: true, force: true });
      const ours = ['till', 'checkout', 'display', 'main', 'journalWorker', 'historyWorker', 'spoolWorker', 'tillPreload', 'checkoutPreload', 'displayPreload'];
      const built = [];
      for (const name of ours) built.push(await builder.build(builder.environments[name]));
      writeFileSync(at('out/licences.txt'), licencesOf(packagesIn(built.flat(), import.meta.dirname, [...Object.keys(manifest.dependencies), ...(process.platform === 'win32' ? ['koffi'] : [])])));
    },
  },
});
