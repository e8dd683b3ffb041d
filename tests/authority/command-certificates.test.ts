/**
 * `npm run certificates` as an installer meets it: a process of its own, what it prints, what it leaves alone the second time,
 * and what it says when the disk takes nothing.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeCertificates } from '../../src/commands/make-certificates.ts';
import { PATIENCE_MS } from '../patience.ts';
import { folderOfTest } from './school-folder.ts';

const start = fileURLToPath(new URL('../../src/commands/start.mjs', import.meta.url));
const campus = fileURLToPath(new URL('../../config/campus.yaml', import.meta.url));

/** A school of its own, and the command in it. */
async function school(through: readonly string[] = [], known?: string) {
  const dir = known ?? (await folderOfTest());
  mkdirSync(join(dir, 'config'), { recursive: true });
  const file = join(dir, 'config', 'campus.yaml');
  writeFileSync(file, readFileSync(campus));
  const call = (...args: string[]) => {
    const [program = '', ...rest] = [...through, process.execPath, start, 'certificates', '--config', file, ...args];
    const { status, stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8', timeout: PATIENCE_MS });
    return { status, stdout, stderr };
  };
  const folder = join(dir, 'data', 'certificates');
  const sums = () =>
    readdirSync(folder).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]);
  return { dir, file, folder, call, sums };
}

test('one command makes all of it and says what to do next; a second changes nothing', async () => {
  const { file, folder, call, sums } = await school();
  const first = call('--name', 'gatehouse.school.lan', '--name', '192.0.2.10');
  expect(first).toMatchObject({ status: 0, stderr: '' });
  expect(first.stdout).toMatch(/authority: \.\.\/data\/certificates\n/);
  expect(first.stdout).toContain(file);
  expect(first.stdout).toContain('https://gatehouse.school.lan:8080/certificates');
  expect(first.stdout).toMatch(/([0-9A-F]{2}:){31}[0-9A-F]{2}/);
  expect(first.stdout).toContain('npm run backup');
  const before = sums();
  const second = call();
  expect(second).toMatchObject({ status: 0, stderr: '' });
  expect(second.stdout).toContain('the root that phones trust is unchanged');
  expect(sums()).toEqual(before);
  const other = call('--name', 'other.school.lan');
  expect(other.status).toBe(1);
  expect(other.stderr).toMatch(
    /nothing was changed: .* vouch for gatehouse\.school\.lan, 192\.0\.2\.10 and not for other/,
  );
  expect(sums()).toEqual(before);
  expect(readdirSync(join(folder, '..'))).toEqual(['certificates']);
});

test('others are made only when asked for by name, and those from before are kept', async () => {
  const { dir, call, sums } = await school();
  call('--name', 'gate.lan');
  const before = sums();
  expect(call('--replace', '--name', 'gate.lan')).toMatchObject({ status: 0, stderr: '' });
  expect(sums()).not.toEqual(before);
  const [aside = ''] = readdirSync(join(dir, 'data')).filter((name) => name.includes('.replaced-'));
  expect(readdirSync(join(dir, 'data', aside))).toEqual(before.map(([name]) => name));
});

test('a folder that the configuration names and that is gone is not made anew', async () => {
  const { dir, file, folder, call } = await school();
  call('--name', 'gate.lan');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('  port: 8080', '  port: 8080\n  authority: ../data/certificates'));
  expect(call().stdout).not.toContain('authority:');
  rmSync(folder, { recursive: true });
  const gone = call();
  expect(gone.status).toBe(1);
  expect(gone.stderr).toMatch(/no certificates of the school in .*data\/certificates.*put that folder back/);
  expect(readdirSync(join(dir, 'data'))).toEqual([]);
});

test.each(['https://gate.lan', 'gate.lan:8443', '*.lan'])(
  'the name %s is refused with one that would do',
  async (name) => {
    const { dir, call } = await school();
    const { status, stderr } = call('--name', name);
    expect(status).toBe(1);
    expect(stderr).toContain('such as gatehouse.school.lan');
    expect(readdirSync(dir)).toEqual(['config']);
  },
);

test('a server certificate that cannot be issued for want of room is said, and what phones trust is whole', async () => {
  const { folder, sums, ...plain } = await school();
  plain.call('--name', 'gate.lan');
  rmSync(join(folder, 'server.crt'));
  const before = sums();
  const full = await school(['sh', '-c', 'ulimit -f 0; exec "$@"', 'sh'], plain.dir);
  const { status, stderr } = full.call();
  expect(status).toBe(1);
  expect(stderr).toMatch(/Nothing could be written to .*certificates \(E[A-Z]+\)/);
  expect(sums()).toEqual(before);
  expect(plain.call().stdout).toContain("the server's certificate was issued anew");
});

test.runIf(process.getuid?.() === 0)('made by root, all of it belongs to whoever owns the data folder', async () => {
  const { dir, folder, call } = await school();
  mkdirSync(join(dir, 'data'), { mode: 0o700 });
  chownSync(join(dir, 'data'), 4_242, 4_243);
  expect(call('--name', 'gate.lan')).toMatchObject({ status: 0, stderr: '' });
  for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))]) {
    const { uid, gid } = statSync(path);
    expect(`${path} ${uid} ${gid}`).toBe(`${path} 4242 4243`);
  }
});

test.runIf(process.getuid?.() === 0).each([['.'], ['config']])(
  'made by root before the first start, the data folder belongs to whoever owns %s, too',
  async (owned) => {
    const { dir, folder, call } = await school();
    chownSync(join(dir, owned), 4_242, 4_243);
    expect(call('--name', 'gate.lan')).toMatchObject({ status: 0, stderr: '' });
    for (const path of [join(dir, 'data'), folder, join(folder, 'ca.crt')]) {
      const { uid, gid } = statSync(path);
      expect(`${path} ${uid} ${gid}`).toBe(`${path} 4242 4243`);
    }
  },
);

test('a clock that cannot be right makes no certificates', async () => {
  const { dir, folder, file } = await school();
  const place = {
    dir,
    file,
    folder,
    configured: false,
    port: 8443,
    name: { zh: '校', en: 'School' },
    utcOffsetMin: 480,
  };
  const { ok, said } = await makeCertificates({ names: ['gate.lan'], replace: false }, place, 0);
  expect(ok).toBe(false);
  expect(said.join()).toMatch(/clock says 1970-01-01, which cannot be right/);
  expect(readdirSync(dir)).toEqual(['config']);
});

test('a disk that takes nothing is named, and nothing is left half made', async () => {
  const { dir, folder, call } = await school(['sh', '-c', 'ulimit -f 0; exec "$@"', 'sh']);
  const { status, stderr } = call('--name', 'gate.lan');
  expect(status).toBe(1);
  expect(stderr).toMatch(/Nothing could be written to .*certificates \(E[A-Z]+\); check its free space/);
  expect(stderr).not.toContain('    at ');
  expect(readdirSync(join(dir, 'data'))).toEqual([]);
  expect(folder).toContain(dir);
});
