/**
 * What stands between a fresh clone and a running command: packages, runtime, pages, and what the checks
 * need. Every npm script but `build`, `lint` and `types` goes through here, so each of them is enough alone and may be repeated.
 * It must run on Node 18 without any package, and must do nothing that is already done.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const at = (...parts) => join(ROOT, ...parts);
const PEERS = 'tests/peers/install.mjs';
const INSTALL_LIMIT_MS = 15 * 60_000;
/** Beyond what the slowest machine needs, since being slow is no failure; it ends only what would hang for ever. */
const CHECK_LIMIT_MS = 80 * 60_000;
/** Simulated months; some minutes on two free cores, and more where others work beside it. */
const MONTHS_LIMIT_MS = 60 * 60_000;
/** A child that was asked to stop gets this long before it is ended. */
const STOP_LIMIT_MS = 30_000;
const STILL_EVERY_MS = 10_000;

/** Ends the set-up with one sentence a person can act on. */
class Stop extends Error {
  constructor(sentence, code = 1) {
    super(sentence);
    this.code = code;
  }
}

/**
 * Runs a program to its end, showing its output or keeping it. Signals sent to us reach it.
 * Resolves with its exit code (128 + n after signal n, as shells say) and what it wrote.
 */
function run(program, args, { quiet = false, env = {}, limitMs = 0 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, ...env },
    });
    let output = '';
    const keep = (bytes) => {
      output = (output + bytes).slice(-100_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);

    let asked;
    let late = false;
    const end = (signal) => {
      child.kill(signal);
      asked ??= setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    };
    const onLate = () => {
      late = true;
      end('SIGTERM');
    };
    const limit = limitMs > 0 ? setTimeout(onLate, limitMs) : undefined;
    // A terminal sends Ctrl-C to the child as well; passing it on would make it two.
    const onInterrupt = () => end(process.stdin.isTTY ? 0 : 'SIGINT');
    const onTerminate = () => end('SIGTERM');
    // Without a terminal that could be closed, it asks the gateway to read its configuration again.
    const onHangUp = () => (process.stdin.isTTY ? end('SIGTERM') : child.kill('SIGHUP'));
    process.on('SIGINT', onInterrupt);
    process.on('SIGTERM', onTerminate);
    process.on('SIGHUP', onHangUp);

    const settle = (code, signal) => {
      clearTimeout(asked);
      clearTimeout(limit);
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
      process.off('SIGHUP', onHangUp);
      const stopped = asked !== undefined && !late;
      resolve({ code: code ?? 128 + (SIGNALS[signal] ?? 0), output, late, stopped });
    };
    child.on('error', (error) => {
      output += error.message;
      settle(error.code === 'ENOENT' ? 127 : 126);
    });
    child.on('close', settle);
  });
}
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

/** Says now and then that a long quiet step is still alive. */
async function patiently(work) {
  const began = Date.now();
  const timer = setInterval(() => say(`      … ${Math.round((Date.now() - began) / 1000)} s`), STILL_EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

const NPM_RECORD = at('node_modules', '.package-lock.json');

/** Whether node_modules is what package-lock.json asks for, by the record npm itself leaves when it has finished. */
function installed() {
  if (!existsSync(NPM_RECORD)) return false;
  const have = JSON.parse(readFileSync(NPM_RECORD, 'utf8')).packages;
  const want = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  return Object.entries(want).every(([path, entry]) => {
    if (path === '') return true;
    const found = have[path];
    return found === undefined ? entry.optional === true : found.integrity === entry.integrity;
  });
}

async function install() {
  // Without npm's record an interrupted installation is seen for what it is.
  rmSync(NPM_RECORD, { force: true });
  const calm = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--no-progress'];
  const retries = ['--fetch-retries=3', '--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=8000'];
  // npm must not run on the Node that it is about to replace.
  const path = (process.env.PATH ?? '').split(delimiter).filter((dir) => !dir.startsWith(at('node_modules')));
  const done = await patiently(
    run('npm', ['ci', ...calm, ...retries, '--include=dev', '--include=optional'], {
      quiet: true,
      env: { PATH: path.join(delimiter) },
      limitMs: INSTALL_LIMIT_MS,
    }),
  );
  if (done.stopped) throw new Stop('Stopped while installing; run the command again to go on.', done.code);
  if (done.code !== 0) throw new Stop(npmSentence(done), done.code === 127 ? 127 : 1);
}

function npmSentence({ code, output, late }) {
  const known = [
    [code === 127, 'npm was not found: install it (`apt install npm`) and run the command again.'],
    [late, 'Installing took longer than 15 minutes: check the network connection and run the command again.'],
    [/ENOSPC/, `The disk is full: free about 600 MB under ${ROOT} and run the command again.`],
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
  if (hit) return hit[1];
  const last = output.trim().split('\n').slice(-8).join('\n');
  return `npm ci ended with code ${code}; its last words were:\n${last}`;
}

/** The Node to run on: this one if it is new enough, else the one that came with the packages. */
function runtime() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if ((major >= 24 || (major === 22 && minor >= 18)) && existsSync(process.execPath)) return process.execPath;
  const packed = at('node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  if (existsSync(packed)) return packed;
  throw new Stop(
    `Gatehouse needs Node 24 or newer (or 22.18 of the 22 line); this is ${process.version} on ` +
      `${process.platform}-${process.arch}, and no packaged Node exists for it. Install Node 24 and run the command again.`,
    78,
  );
}

const PAGES = at('dist', 'ui', 'index.html');
const PAGES_MARK = at('dist', 'ui.made-of');

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

const pagesBuilt = () =>
  existsSync(PAGES) && existsSync(PAGES_MARK) && readFileSync(PAGES_MARK, 'utf8') === pagesSource();

async function buildPages() {
  const source = pagesSource();
  const args = ['build', '--config', 'src/ui/vite.config.ts', '--logLevel', 'warn'];
  const done = await run(runtime(), [at('node_modules/vite/bin/vite.js'), ...args], { quiet: true, limitMs: 120_000 });
  if (done.code !== 0) throw new Stop(`The pages could not be built:\n${done.output.trim()}`, done.code);
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(PAGES_MARK, source);
}

/** A step shows itself only when there is something to do. */
const packages = { title: 'Installing packages (about a minute)', needed: () => !installed(), work: install };
const pages = { title: 'Building the pages', needed: () => !pagesBuilt(), work: buildPages };
/** Runs a JavaScript file on the chosen Node, in full view. */
const tool = (title, ...files) => within(CHECK_LIMIT_MS, title, files);
const within = (limitMs, title, files, env = {}) => ({
  title,
  needed: () => true,
  work: async () => {
    for (const args of files) {
      const [file, ...rest] = args;
      const done = await run(runtime(), [at(file), ...rest], { limitMs, env });
      if (done.late) throw new Stop(`"${title}" was ended after ${limitMs / 60_000} minutes.`);
      if (done.code !== 0) throw new Stop(`Stopped: "${title}" did not pass.`, done.code);
    }
  },
});

/** What is checked without running anything. */
const read = [
  tool('Checking style', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']),
  tool(
    'Checking types',
    ...['tsconfig.json', 'src/core/tsconfig.json', 'src/ui/tsconfig.json'].map((project) => [
      'node_modules/typescript/bin/tsc',
      '-p',
      project,
    ]),
  ),
];
/** Tests start hundreds of threads from the same sources: each takes them as compiled by the first. A bench must not. */
const COMPILED = { NODE_COMPILE_CACHE: at('node_modules', '.cache', 'compiled') };
const tests = (config, args) =>
  within(
    CHECK_LIMIT_MS,
    'Running tests',
    [['node_modules/vitest/vitest.mjs', 'run', '--config', config, ...args]],
    COMPILED,
  );

function stepsOf(command, args) {
  const start = { work: async () => (await run(runtime(), [at('src/commands/start.mjs'), command, ...args])).code };
  switch (command) {
    case 'dev':
      return [packages, { work: async () => (await run(runtime(), [at('src/commands/run-dev.ts'), ...args])).code }];
    case 'unit':
      return [packages, ...read, tests('tests/unit.config.ts', args)];
    case 'test':
      return [
        packages,
        pages,
        tool('Looking for the programs the tests talk to', [PEERS]),
        ...read,
        tests('tests/vitest.config.ts', args),
      ];
    case 'bench':
      return [
        packages,
        pages,
        tool('Looking for InfluxDB', [PEERS, 'influxdb']),
        tool('Measuring', ['tests/bench/bench.ts', ...args]),
      ];
    case 'bench:detection':
      return [packages, within(MONTHS_LIMIT_MS, 'Measuring', [['tests/bench/detection.ts', ...args]])];
    case 'rooms':
      return [packages, { work: async () => (await run(runtime(), [at('tests/house/rooms.ts')])).code }];
    case 'run':
    case 'demo':
      return [packages, pages, start];
    default:
      return [packages, start];
  }
}

async function setUp(command, args) {
  if (Number(process.versions.node.split('.')[0]) < 18) {
    throw new Stop(`Setting up needs Node 18 or newer; this is ${process.version}.`, 78);
  }
  const steps = stepsOf(command, args).filter((step) => step.needed === undefined || step.needed());
  const shown = steps.filter((step) => step.title !== undefined);
  for (const step of steps) {
    if (step.title !== undefined) say(`${shown.indexOf(step) + 1}/${shown.length} ${step.title} …`);
    const code = await step.work();
    if (typeof code === 'number') return code;
  }
  return 0;
}

try {
  const [command, ...args] = process.argv.slice(2);
  process.exitCode = await setUp(command ?? 'help', args);
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code;
}
