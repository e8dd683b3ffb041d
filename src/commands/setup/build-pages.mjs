/**
 * The built pages: whether they are of the source that is here, and how they are made. They are made beside and put in their place in one
 * move, because a gateway may be serving the ones that are there. It must run on Node 18 without any package.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asStop, at, ROOT, run, Stop } from './run-program.mjs';

const BUILD_LIMIT_MS = 120_000;
const PAGES = at('dist', 'ui');
const MARK = at('dist', 'ui.made-of');

/** One hash over everything the pages are made of. */
function pagesSource() {
  const hash = createHash('sha256');
  const walk = (dir) => {
    const entries = readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) walk(path);
      else hash.update(path.slice(ROOT.length)).update('\0').update(readFileSync(path));
    }
  };
  for (const dir of ['src/ui', 'src/core', 'src/words']) walk(at(dir));
  return hash.update(readFileSync(at('package-lock.json'))).digest('hex');
}

/** Whether there are pages, of whatever source. */
export const pagesThere = () => existsSync(join(PAGES, 'index.html'));
/** Whether the pages are of the source that is here. */
export const pagesBuilt = () => pagesThere() && existsSync(MARK) && readFileSync(MARK, 'utf8') === pagesSource();

/** Makes the pages on this Node. Throws Stop; the pages that were there are there still. */
export async function buildPages(node) {
  const source = pagesSource();
  const fresh = at('dist', `ui.new-${process.pid}`);
  const before = at('dist', `ui.before-${process.pid}`);
  const args = ['build', '--config', 'src/ui/vite.config.ts', '--logLevel', 'warn', '--outDir', fresh];
  try {
    const done = await run(node, [at('node_modules/vite/bin/vite.js'), ...args], {
      quiet: true,
      limitMs: BUILD_LIMIT_MS,
    });
    if (done.code !== 0) throw new Stop(`The pages could not be built:\n${done.output.trim()}`, done.code);
    mkdirSync(at('dist'), { recursive: true });
    rmSync(MARK, { force: true });
    if (existsSync(PAGES)) renameSync(PAGES, before);
    renameSync(fresh, PAGES);
    writeFileSync(MARK, source);
  } catch (error) {
    throw asStop(error, 'The pages could not be put in their place');
  } finally {
    for (const left of [fresh, before]) rmSync(left, { recursive: true, force: true });
  }
}
