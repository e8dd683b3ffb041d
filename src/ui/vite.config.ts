/**
 * How the screens are built: one bundle in dist/ui, nothing from other origins, syntax for Chromium 86 (the oldest kernel
 * still met in schools' browsers). Vite only strips types; that no sentence is missing is held by `npm run types`.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
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
    assetsInlineLimit: 0,
    // What counts is the compressed size, which a test holds.
    chunkSizeWarningLimit: 500,
  },
});
