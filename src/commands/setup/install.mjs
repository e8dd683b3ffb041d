/**
 * The packages of this folder: whether they are what package-lock.json asks for, and how they are brought. They are made whole in a
 * folder beside and then put in their place in one move, because a network that is away must never cost a school the
 * gateway it has. It must run on Node 18 without any package, and must never touch packages it cannot replace.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter } from 'node:path';
import { at, patiently, ROOT, run, Stop } from './run-program.mjs';

const INSTALL_LIMIT_MS = 15 * 60_000;
const PACKAGES = 'node_modules';
const RECORD = '.package-lock.json';
/** Made beside, then renamed: the name says whose it is. */
const FRESH = '.node_modules.new-';
const BEFORE = '.node_modules.before-';

/** Whether a folder of packages is what package-lock.json asks for, by the record npm itself leaves when it has finished. */
function complete(packages) {
  const record = at(packages, RECORD);
  if (!existsSync(record)) return false;
  const have = JSON.parse(readFileSync(record, 'utf8')).packages;
  const want = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  return Object.entries(want).every(([path, entry]) => {
    if (path === '') return true;
    const found = have[path];
    return found === undefined ? entry.optional === true : found.integrity === entry.integrity;
  });
}

/** `whole`: as package-lock.json asks. `other`: whole, of another package-lock.json. `none`: nothing one could start with. */
export function installation() {
  restore();
  if (!existsSync(at(PACKAGES, RECORD))) return 'none';
  return complete(PACKAGES) ? 'whole' : 'other';
}

const named = (start) => readdirSync(ROOT).filter((name) => name.startsWith(start));
function alive(name) {
  try {
    process.kill(Number(name.slice(name.lastIndexOf('-') + 1)), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A power cut between the two moves left the packages under their other name. */
function restore() {
  if (existsSync(at(PACKAGES))) return;
  const [left] = named(BEFORE);
  if (left !== undefined && !alive(left)) renameSync(at(left), at(PACKAGES));
}

/** What runs that were cut off left behind. */
function clear() {
  for (const name of [...named(FRESH), ...named(BEFORE)]) {
    if (!alive(name)) rmSync(at(name), { recursive: true, force: true });
  }
}

/** Puts the new packages in their place, whole; the moment between the two moves is mended by `restore`. */
function swap(fresh) {
  const before = `${BEFORE}${process.pid}`;
  if (existsSync(at(PACKAGES))) renameSync(at(PACKAGES), at(before));
  renameSync(at(fresh, PACKAGES), at(PACKAGES));
  rmSync(at(before), { recursive: true, force: true });
}

/** Brings the packages. Throws Stop with what is to be done; the packages that were there are there still. */
export async function install() {
  clear();
  const fresh = `${FRESH}${process.pid}`;
  try {
    mkdirSync(at(fresh));
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      if (existsSync(at(file))) copyFileSync(at(file), at(fresh, file));
    }
    const done = await patiently(npmCi(at(fresh)));
    if (done.stopped)
      throw new Stop('Stopped while installing; nothing was changed. Run the command again.', done.code);
    if (done.code !== 0) throw new Stop(npmSentence(done), done.code === 127 ? 127 : 1);
    swap(fresh);
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(npmSentence({ code: 1, output: `${error.code}: ${error.message}`, late: false }));
  } finally {
    rmSync(at(fresh), { recursive: true, force: true });
  }
}

function npmCi(cwd) {
  const calm = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--no-progress'];
  const retries = ['--fetch-retries=3', '--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=8000'];
  // npm must not run on the Node that it is about to replace, nor take the folder from the npm that started us.
  const path = (process.env.PATH ?? '').split(delimiter).filter((dir) => !dir.startsWith(at(PACKAGES)));
  const env = {
    PATH: path.join(delimiter),
    npm_config_prefix: undefined,
    npm_config_local_prefix: undefined,
    INIT_CWD: undefined,
  };
  return run('npm', ['ci', ...calm, ...retries, '--include=dev', '--include=optional'], {
    quiet: true,
    env,
    cwd,
    limitMs: INSTALL_LIMIT_MS,
  });
}

function npmSentence({ code, output, late }) {
  const known = [
    [code === 127, 'npm was not found: install it (`apt install npm`) and run the command again.'],
    [late, 'Installing took longer than 15 minutes: check the network connection and run the command again.'],
    [/ENOSPC/, `The disk is full: free about 1200 MB under ${ROOT} and run the command again.`],
    [/EACCES|EPERM|EROFS/, `Files under ${ROOT} or the npm cache may not be written: give yourself the right to.`],
    [/EINTEGRITY/, 'A package differs from package-lock.json: check the registry or proxy you download through.'],
    [
      /EUSAGE|can only install packages/,
      'package.json and package-lock.json disagree: take both from the same commit.',
    ],
    [/E40[134]/, 'The package registry refused or lacks a package: check the registry set in your npm configuration.'],
    [
      /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|network/,
      'The package registry cannot be reached: check the network connection or proxy and run the command again.',
    ],
  ];
  const hit = known.find(([sign]) => (sign instanceof RegExp ? sign.test(output) : sign));
  const kept = existsSync(at(PACKAGES, RECORD)) ? ' The packages that were there are untouched.' : '';
  if (hit) return hit[1] + kept;
  const last = output.trim().split('\n').slice(-8).join('\n');
  return `npm ci ended with code ${code}; its last words were:\n${last}\n${kept.trim()}`;
}
