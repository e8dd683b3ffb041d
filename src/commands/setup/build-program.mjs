/**
 * Builds the program and puts it in force. It is made beside and moved into its place whole; the build before stays for the gateway that
 * runs on it. It must run on Node 18 without any package.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BUILDS, builtProgram, changedSince, isWhole, keepFile, markOf, writeMark } from './program-mark.mjs';
import { asStop, at, run, Stop } from './run-program.mjs';

const BUILD_LIMIT_MS = 180_000;
/** The newest, and some before it that a gateway may run on that was not started anew yet; about 20 MB each. Ours. */
const KEPT = 3;

export const programBuilt = () => builtProgram() !== undefined;

const failed = 'The program could not be built';

/** Makes the program on this Node. Throws Stop; the build that was there is there still. */
export async function buildProgram(node) {
  const fresh = join(BUILDS, `new-${process.pid}`);
  const began = Date.now();
  try {
    mkdirSync(BUILDS, { recursive: true });
    const args = [at('src/commands/setup/make-program.ts'), fresh];
    const done = await run(node, args, { quiet: true, limitMs: BUILD_LIMIT_MS });
    if (done.code !== 0) throw new Stop(`${failed}:\n${done.output.trim()}`, done.code);
    const mark = markOf(JSON.parse(readFileSync(join(fresh, 'sources.json'), 'utf8')));
    if (changedSince(mark, began))
      throw new Stop('A source changed while the program was built: run the command again.');
    putInPlace(fresh, join(BUILDS, mark.name));
    writeMark(mark);
    clear();
  } catch (error) {
    throw asStop(error, failed);
  } finally {
    remove(fresh);
  }
}

/** Another run may have made the same build meanwhile: it stays. What is left of one that is not whole goes. */
function putInPlace(fresh, folder) {
  if (isWhole(folder)) return;
  keepAll(fresh);
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(fresh, folder);
  } catch (error) {
    if (!isWhole(folder)) throw error;
  }
}

function keepAll(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) keepAll(path);
    else keepFile(path);
  }
}

function remove(folder) {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Where nothing may be written, nothing was.
  }
}

/** What no gateway can be running on any more. */
function clear() {
  const builds = readdirSync(BUILDS)
    .filter((name) => /^[0-9a-f]{16}$/.test(name))
    .map((name) => ({ path: join(BUILDS, name), at: statSync(join(BUILDS, name)).ctimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of builds.slice(KEPT)) rmSync(path, { recursive: true, force: true });
}
