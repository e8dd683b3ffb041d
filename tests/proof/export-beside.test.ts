/**
 * Exporting as it is really done: beside a gateway that writes, on a machine that has none of its secrets, from a copy that cannot be
 * written, onto disks that are full or cannot be written. What bears the folder's name is whole.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/store/journal/journal.ts';
import { compiled } from '../compiled.ts';
import { listeningLog } from '../store/place.ts';
import { checked, Exported, morning, spaced } from './exported.ts';

const root = process.getuid?.() === 0;
const start = join(import.meta.dirname, '../../src/commands/start.mjs');
const days = ['--from', '2026-11-24', '--to', '2026-11-26'];

let made: Exported;
beforeAll(async () => {
  made = await Exported.make();
});
afterAll(() => made?.remove());

/** A disk of its own, of so many kilobytes. */
function smallDisk(name: string, kilobytes: number): string {
  const place = join(made.box, name);
  mkdirSync(place);
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', place]).status).toBe(0);
  onTestFinished(() => void spawnSync('umount', ['-l', place]));
  return place;
}

test('needs of a configuration neither its passwords nor that the rest of it is right', () => {
  const folder = join(made.box, 'config');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'campus.yaml'),
    [
      'school: { name: { zh: 一中, en: School 1 }, short: 一中, timezone: "+08:00" }',
      `store: { dir: ${made.dir} }`,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
      'influx: { url: http://127.0.0.1:8086, database: a, user: a, password: "${NOT_IN_THIS_ENVIRONMENT}" }',
      'lines: [{ id: broker, protocol: mqtt-broker, passwordFile: /nowhere/secret }]',
      '',
    ].join('\n'),
  );
  const into = join(made.box, 'bare');
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [start, 'export', '--config', folder, ...days, '--into', into],
    { encoding: 'utf8', env: { PATH: process.env.PATH, ...compiled } },
  );
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('14 records exported');
  expect(checked(into).code).toBe(0);
});

test('writes whole days while the journal is being written', async () => {
  const journal = await openJournal({ dir: made.dir, log: listeningLog() });
  onTestFinished(() => journal.close());
  let going = true;
  let next = 64;
  const writing = (async () => {
    while (going) {
      await journal.append(spaced(next, 20));
      next += 20;
    }
  })();
  try {
    for (let i = 0; i < 5; i += 1) {
      expect(await made.wish('2026-11-23', '2026-12-04', `beside-${i}`)).toMatchObject({ ok: true });
      expect(checked(join(made.box, `beside-${i}`)).code).toBe(0);
    }
  } finally {
    going = false;
    await writing;
  }
  expect(next).toBeGreaterThan(64);
});

test.runIf(root)('reads a copy of the data folder on a medium that cannot be written', async () => {
  const medium = smallDisk('medium', 4_096);
  cpSync(made.dir, medium, { recursive: true });
  expect(spawnSync('mount', ['-o', 'remount,ro', medium]).status).toBe(0);
  const answer = await Object.assign(Object.create(made) as Exported, { dir: medium }).wish(
    '2026-11-24',
    '2026-11-26',
    'copy',
  );
  expect(answer).toMatchObject({ ok: true });
  expect(checked(join(made.box, 'copy')).code).toBe(0);
});

test.runIf(root)('says that the disk is full, and leaves no folder that looks whole', async () => {
  for (const kilobytes of [4, 8, 32, 44]) {
    const place = smallDisk(`full-${kilobytes}`, kilobytes);
    const { ok, said } = await made.wish('2026-11-23', '2026-12-04', `full-${kilobytes}/out`);
    expect([ok, said.en]).toEqual([false, expect.stringMatching(/nothing was exported: the disk of .*out is full/)]);
    expect(said.zh).toMatch(/没有导出：.*磁盘已满/);
    expect(readdirSync(place)).toEqual([]);
  }
});

test.runIf(root)('says so of a disk that fills up in the midst of the records, and lets the journal go', async () => {
  const long = await Exported.make(spaced(1, 12_000).map((event, i) => ({ ...event, at: morning + i * 20_000 })));
  onTestFinished(() => long.remove());
  const place = join(long.box, 'small');
  mkdirSync(place);
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=600k', 'tmpfs', place]).status).toBe(0);
  onTestFinished(() => void spawnSync('umount', ['-l', place]));
  const { ok, said } = await long.wish('2026-11-23', '2026-12-04', 'small/out');
  expect([ok, said.en]).toEqual([false, expect.stringMatching(/the disk of .*out is full/)]);
  expect(readdirSync(place)).toEqual([]);
});

test.runIf(root)('says that a disk cannot be written', async () => {
  const place = smallDisk('locked', 64);
  expect(spawnSync('mount', ['-o', 'remount,ro', place]).status).toBe(0);
  expect((await made.wish('2026-11-24', '2026-11-26', 'locked/out')).said.en).toMatch(/out cannot be written/);
});

test('says that the folder around it does not exist, is there already, or is the data folder', async () => {
  expect((await made.wish('2026-11-24', '2026-11-26', 'nowhere/out')).said.en).toMatch(/does not exist; make it first/);
  mkdirSync(join(made.box, 'mine'));
  writeFileSync(join(made.box, 'mine', 'letter.txt'), 'mine');
  expect((await made.wish('2026-11-24', '2026-11-26', 'mine')).said.en).toMatch(/is there already/);
  expect(readdirSync(join(made.box, 'mine'))).toEqual(['letter.txt']);
  writeFileSync(join(made.box, 'file'), '');
  expect((await made.wish('2026-11-24', '2026-11-26', 'file')).said.en).toMatch(/is there already/);
  for (const inside of [made.dir, join(made.dir, 'out')]) {
    const name = inside.slice(made.box.length + 1);
    expect((await made.wish('2026-11-24', '2026-11-26', name)).said.en).toMatch(/must not lie in the data folder/);
    expect(existsSync(join(made.dir, 'out'))).toBe(false);
  }
  expect(readdirSync(made.box).filter((name) => name.includes('.part-'))).toEqual([]);
});

test('says in words that the journal is not there or is damaged', async () => {
  const copy = join(made.box, 'damaged');
  cpSync(made.dir, copy, { recursive: true });
  chmodSync(join(copy, 'journal.db'), 0o600);
  writeFileSync(join(copy, 'journal.db'), 'not a database at all, and long enough to be looked at as one'.repeat(100));
  const of = (dir: string, into: string) =>
    Object.assign(Object.create(made) as Exported, { dir }).wish('2026-11-24', '2026-11-26', into);
  expect((await of(copy, 'd1')).said.en).toMatch(/not a database of the gateway|damaged/);
  expect((await of(join(made.box, 'no-such'), 'd2')).said.en).toMatch(/no signed checkpoint/);
});
