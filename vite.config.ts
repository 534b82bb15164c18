import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';

const at = (path: string) => join(import.meta.dirname, path);

/** One file for a process that runs on Node or in a sandboxed preload; 'electron' and the native addon stay outside. */
const processBundle = (entry: string, outDir: string, format: 'es' | 'cjs', fileName: string) => ({
  consumer: 'server' as const,
  resolve: { noExternal: true as const, external: ['electron', 'keytar'], conditions: ['node'] },
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
      external: ['electron', 'keytar', /^node:/],
      output: { format, entryFileNames: fileName, codeSplitting: false },
    },
  },
});

/** One page: its HTML, one script, one style sheet. The checkout page must not share a chunk with the till. */
const pageBundle = (page: string) => ({
  consumer: 'client' as const,
  build: {
    outDir: at('out/renderer'),
    emptyOutDir: false,
    target: 'chrome156',
    // The component is one piece and is loaded from memory; splitting it would only add requests.
    chunkSizeWarningLimit: 2_000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: at(`renderer/${page}/index.html`),
      output: { entryFileNames: `${page}/${page}.js`, assetFileNames: `${page}/${page}[extname]`, codeSplitting: false },
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

export default defineConfig({
  root: at('renderer'),
  base: './',
  publicDir: false,
  plugins: [react(), builtPages()],
  environments: {
    till: pageBundle('till'),
    checkout: pageBundle('checkout'),
    display: pageBundle('display'),
    main: processBundle('main/index.ts', 'out/main', 'es', 'index.js'),
    tillPreload: processBundle('preload/till.ts', 'out/preload', 'cjs', 'till.cjs'),
    checkoutPreload: processBundle('preload/checkout.ts', 'out/preload', 'cjs', 'checkout.cjs'),
    displayPreload: processBundle('preload/display.ts', 'out/preload', 'cjs', 'display.cjs'),
  },
  builder: {
    async buildApp(builder) {
      for (const folder of ['out/main', 'out/preload', 'out/renderer']) rmSync(at(folder), { recursive: true, force: true });
      const ours = ['till', 'checkout', 'display', 'main', 'tillPreload', 'checkoutPreload', 'displayPreload'];
      for (const name of ours) await builder.build(builder.environments[name]);
    },
  },
});
