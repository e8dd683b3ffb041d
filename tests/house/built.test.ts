/**
 * A build that is older than a source never runs unsaid: a small program of its own with the real doors, built once, and then changed in each way
 * in which sources change.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PATIENCE_MS } from '../patience.ts';

const commands = join(import.meta.dirname, '../../src/commands');
const says = (what: string) => `export const main = async () => (console.log('${what}'), 0);\n`;

/** A folder with sources, a device model, a lockfile and a build of them. */
async function place() {
  const root = mkdtempSync(join(tmpdir(), 'gatehouse-built-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const at = (path: string) => join(root, path);
  for (const folder of ['src/commands', 'devices', 'dist/program']) mkdirSync(at(folder), { recursive: true });
  for (const door of ['start-built.mjs', 'enter.mjs', 'setup'])
    cpSync(join(commands, door), at(`src/commands/${door}`), { recursive: true });
  writeFileSync(at('src/commands/main.ts'), says('sources'));
  writeFileSync(at('devices/fence.ts'), '');
  writeFileSync(at('package-lock.json'), '{}');
  const { markOf, writeMark } = (await import(at('src/commands/setup/program-mark.mjs'))) as {
    markOf(sources: readonly string[]): { readonly name: string };
    writeMark(mark: object): void;
  };
  const mark = markOf(['src/commands/main.ts']);
  mkdirSync(at(`dist/program/${mark.name}`));
  writeFileSync(at(`dist/program/${mark.name}/main.js`), says('build'));
  writeMark(mark);
  return at;
}

function start(at: (path: string) => string) {
  const options = { encoding: 'utf8', timeout: PATIENCE_MS } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [at('src/commands/start-built.mjs'), 'run'], options);
  return { ran: stdout.trim(), said: stderr };
}
const build = { ran: 'build', said: '' };
const sources = { ran: 'sources', said: expect.stringContaining('`npm run setup` builds it') };

test('a build of what is there runs, and so it does when a file was only touched', async () => {
  const at = await place();
  expect(start(at)).toEqual(build);
  utimesSync(at('src/commands/main.ts'), 1, 1);
  expect(start(at)).toEqual(build);
  expect(start(at)).toEqual(build);
});

test.each([
  ['a source is another', 'src/commands/main.ts', `// more\n${says('sources')}`],
  ['a device model was added', 'devices/gate.ts', ''],
  ['a device model is another, though it lies elsewhere and only a link is here', 'devices/fence.ts', '// more'],
  ['a package is another', 'package-lock.json', '{ "packages": {} }'],
  ['the way to build is another', 'src/commands/setup/make-program.ts', ''],
])('when %s, the sources run and it is said', async (_, path, text) => {
  const at = await place();
  writeFileSync(at(path), text);
  expect(start(at)).toEqual(sources);
});

test.each(['devices/fence.ts', 'dist/program'])('without %s, the sources run and it is said', async (path) => {
  const at = await place();
  rmSync(at(path), { recursive: true });
  expect(start(at)).toEqual(sources);
});

test.each(['', '{ "na'])('what a power cut left of the mark, "%s", keeps no gateway from starting', async (left) => {
  const at = await place();
  writeFileSync(at('dist/program/made-of.json'), left);
  expect(start(at)).toEqual(sources);
});

test('a build that misses a package only when it comes to it says so in a sentence', async () => {
  const at = await place();
  const [folder = ''] = readdirSync(at('dist/program')).filter((name) => /^[0-9a-f]{16}$/.test(name));
  writeFileSync(at(`dist/program/${folder}/main.js`), "export const main = async () => await import('gone');");
  const { status, stderr } = spawnSync(process.execPath, [at('src/commands/start-built.mjs'), 'run'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 78,
    stderr: expect.stringContaining('`npm run setup` brings the packages'),
  });
});

test('a build without its program is none', async () => {
  const at = await place();
  const [folder = ''] = readdirSync(at('dist/program')).filter((name) => /^[0-9a-f]{16}$/.test(name));
  rmSync(at(`dist/program/${folder}/main.js`));
  expect(start(at)).toEqual(sources);
});

test('where a build cannot be written, that is a sentence, and whoever starts a gateway goes on without it', async () => {
  const at = await place();
  rmSync(at('dist'), { recursive: true });
  writeFileSync(at('dist'), '');
  const { buildProgram } = (await import(at('src/commands/setup/build-program.mjs'))) as {
    buildProgram(node: string): Promise<void>;
  };
  const { Stop } = (await import(at('src/commands/setup/run-program.mjs'))) as { Stop: new () => Error };
  const failed = await buildProgram(process.execPath).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(Stop);
  expect(String(failed)).toContain('The program could not be built');
});

test('a source that changes its content and keeps length and time is another', async () => {
  const at = await place();
  utimesSync(at('src/commands/main.ts'), 1, 1);
  expect(start(at)).toEqual(build);
  writeFileSync(at('src/commands/main.ts'), says('sourceS'));
  utimesSync(at('src/commands/main.ts'), 1, 1);
  expect(start(at)).toMatchObject({ ran: 'sourceS' });
});
