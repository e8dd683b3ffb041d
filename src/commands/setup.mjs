/**
 * What stands between a fresh clone and a running command: packages, runtime, pages, the built program, and what the checks
 * need. Every npm script but `build`, `lint` and `types` goes through here, so each of them is enough alone and may be repeated.
 * It must run on Node 18 without any package, and must do nothing that is already done.
 */
import { existsSync } from 'node:fs';
import { buildPages, pagesBuilt, pagesThere } from './setup/build-pages.mjs';
import { buildProgram, programBuilt } from './setup/build-program.mjs';
import { install, installation } from './setup/install.mjs';
import { at, FITTED, run, Stop, say, warn } from './setup/run-program.mjs';

const PEERS = 'tests/peers/install.mjs';
/** Beyond what the slowest machine needs, since being slow is no failure; it ends only what would hang for ever. */
const CHECK_LIMIT_MS = 80 * 60_000;
/** Simulated months; some minutes on two free cores, and more where others work beside it. */
const MONTHS_LIMIT_MS = 60 * 60_000;

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

/** A step shows itself only when there is something to do. */
const packages = {
  title: 'Installing packages (about a minute)',
  needed: () => installation() !== 'whole',
  work: install,
};
const pages = { title: 'Building the pages', needed: () => !pagesBuilt(), work: () => buildPages(runtime()) };

/**
 * What a school runs never changes an installation that is there: a gateway that has to start at night starts with the packages it
 * has, and says so. `npm run setup` brings the others.
 */
const somePackages = {
  title: packages.title,
  needed: () => {
    const found = installation();
    if (found === 'other')
      warn('The packages are not those of package-lock.json; going on with them. `npm run setup` brings the others.');
    return found === 'none';
  },
  work: install,
};
/** Pages that cannot be made keep no gateway from recording. */
const somePages = {
  ...pages,
  work: async () => {
    try {
      await pages.work();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      warn(`${error.message}\n${pagesThere() ? 'Going on with the pages that are there.' : 'Going on without pages.'}`);
    }
  },
};
const program = {
  title: 'Building the program',
  needed: () => !programBuilt(),
  work: () => buildProgram(runtime()),
};
/** A program that cannot be built runs from its sources. */
const someProgram = {
  ...program,
  work: async () => {
    try {
      await program.work();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      warn(`${error.message}\nGoing on with the sources themselves.`);
    }
  },
};
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
  const through = (door) => async () =>
    (await run(runtime(), [...FITTED, at('src/commands', door()), command, ...args], { tied: true })).code;
  /** What is built of these very sources runs, else the sources. */
  const start = { work: through(() => (programBuilt() ? 'start-built.mjs' : 'start.mjs')) };
  const startSources = { work: through(() => 'start.mjs') };
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
    case 'bench:district':
      return [packages, within(MONTHS_LIMIT_MS, 'Measuring', [['tests/bench/district.ts', ...args]])];
    case 'bench:patrol':
      return [packages, within(MONTHS_LIMIT_MS, 'Measuring', [['tests/bench/patrol.ts', ...args]])];
    case 'bench:pictures':
      return [packages, within(MONTHS_LIMIT_MS, 'Measuring', [['tests/bench/pictures.ts', ...args]])];
    case 'bench:sensors':
      return [packages, within(MONTHS_LIMIT_MS, 'Measuring', [['tests/bench/sensors.ts', ...args]])];
    case 'rooms':
      return [packages, { work: async () => (await run(runtime(), [at('tests/house/rooms.ts')])).code }];
    case 'setup':
      return [packages, pages, program, { work: async () => say('Ready. A gateway that runs is to be started anew.') }];
    case 'demo':
      return [packages, pages, someProgram, start];
    case 'sim':
      return [packages, startSources];
    case 'run':
    case 'district':
      return [somePackages, somePages, someProgram, start];
    default:
      return [somePackages, start];
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
