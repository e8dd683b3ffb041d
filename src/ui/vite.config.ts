/**
 * How the screens are built: the school's pages and the bureau's in dist/ui, nothing from other origins, syntax for Chromium 86 (the oldest kernel
 * still met in schools' browsers). Vite only strips types; that no sentence is missing is held by `npm run types`.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The pages of a guard's phone: what they are made of is kept by its worker. */
const phonePages = ['phone-page', 'point-page'];

/** Writes in front of the worker what the phone's pages are made of: their scripts with all these import, and the sheets of both. */
function shellFiles(): Plugin {
  return {
    name: 'shell-files',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: here('./shell/shell-worker.ts'), fileName: 'shell-worker.js' });
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [one] : []));
      const files = new Set<string>();
      const take = (chunk: (typeof chunks)[number] | undefined): void => {
        if (!chunk || files.has(chunk.fileName)) return;
        files.add(chunk.fileName);
        for (const sheet of chunk.viteMetadata?.importedCss ?? []) files.add(sheet);
        for (const name of chunk.imports) take(chunks.find(({ fileName }) => fileName === name));
      };
      const worker = chunks.find(({ fileName }) => fileName === 'shell-worker.js');
      for (const chunk of chunks)
        if (chunk.facadeModuleId?.endsWith('/index.html') || phonePages.includes(chunk.name)) take(chunk);
      if (!worker || files.size < 4) this.error('the worker of the phone has lost its pages');
      const list = [...files].sort().map((name) => `/${name}`);
      const version = createHash('sha256').update(list.join()).digest('hex').slice(0, 16);
      worker.code = `const SHELL=${JSON.stringify({ version, files: list })};\n${worker.code}`;
    },
  };
}

export default defineConfig({
  plugins: [shellFiles()],
  root: here('.'),
  base: '/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../../dist/ui'),
    emptyOutDir: true,
    target: 'chrome86',
    cssTarget: 'chrome86',
    modulePreload: false,
    // The school's pages and the bureau's: each begins by itself, and what both show is there once.
    rolldownOptions: { input: [here('./index.html'), here('./district.html')] },
    assetsInlineLimit: 0,
    // What counts is the compressed size, which a test holds.
    chunkSizeWarningLimit: 500,
  },
});
