/**
 * The built program: where it lies, and whether it is of the sources that are here. What it was made of is written beside it, file by file.
 * A file whose stamp is the one it had (inode, size, times; the kernel alone sets the second time) is the same; of any other the content
 * counts. It must never call a build fresh of which a source, a device model or the lockfile is another. It runs on Node 18 without any package.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { at } from './run-program.mjs';

/** Each build has a folder in it, for a gateway that runs goes on starting threads from its own. */
export const BUILDS = at('dist', 'program');
/** Which of them is the newest, and of what: a build is in force once this says so. */
const MARK = join(BUILDS, 'made-of.json');

const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');
function stampOf(path) {
  const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  return [ino, size, mtimeNs, ctimeNs].join(' ');
}
/** Device models are found by looking into their folder, so one that was added or taken away counts. */
const models = () => readdirSync(at('devices')).filter((name) => name.endsWith('.ts'));

/** What a build of these sources is told by; paths from the root. A model that is a link to elsewhere is looked at through the link. */
export function markOf(sources) {
  const more = [
    'package-lock.json',
    'src/commands/setup/make-program.ts',
    'src/commands/setup/one-byte.ts',
    ...models().map((name) => `devices/${name}`),
  ];
  const paths = [...new Set([...sources, ...more])].sort();
  const files = Object.fromEntries(
    paths.map((path) => [path, { stamp: stampOf(at(path)), hash: hashOf(readFileSync(at(path))) }]),
  );
  const name = hashOf(paths.map((path) => `${path} ${files[path].hash}\n`).join('')).slice(0, 16);
  return { name, models: models(), files };
}

/** The kernel stamps with a clock that lags by a tick, ms. */
const TICK_MS = 20;
/** Whether what the mark names was touched after a moment: what was read before it is then perhaps not what is marked. */
export const changedSince = (mark, ms) =>
  Object.keys(mark.files).some((path) => statSync(at(path)).ctimeMs > ms - TICK_MS);

/** Brings a file onto the disk: what is renamed before that may be empty after a power cut. */
export function keepFile(path) {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Puts a build in force. */
export function writeMark(mark) {
  const fresh = `${MARK}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify(mark, undefined, 1));
  keepFile(fresh);
  renameSync(fresh, MARK);
}

/** Whether everything is as the mark says; what is, though its stamp is another, gets the new stamp. */
function fits(mark) {
  if (mark.models.join() !== models().join()) return false;
  let moved = false;
  for (const [path, known] of Object.entries(mark.files)) {
    if (!existsSync(at(path))) return false;
    const stamp = stampOf(at(path));
    if (stamp === known.stamp) continue;
    if (hashOf(readFileSync(at(path))) !== known.hash) return false;
    known.stamp = stamp;
    moved = true;
  }
  if (moved) {
    try {
      writeMark(mark);
    } catch {
      // Where nobody may write here, each start looks at the contents.
    }
  }
  return true;
}

/** What is written of the newest build; undefined where there is none, or what a power cut left cannot be read. */
function readMark() {
  try {
    return JSON.parse(readFileSync(MARK, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether a folder holds a program. */
export const isWhole = (folder) => existsSync(join(folder, 'main.js'));

/** The folder of the program as it was built of what is here; undefined when there is none. */
export function builtProgram() {
  const mark = readMark();
  if (mark === undefined) return undefined;
  const folder = join(BUILDS, mark.name);
  return isWhole(folder) && fits(mark) ? folder : undefined;
}
