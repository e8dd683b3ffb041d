/**
 * Evidence pictures in a real folder: whole or absent, bounded, and a disk that refuses is said in a sentence.
 */
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openPictures } from '../../src/perform/pictures.ts';

const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xd9]);

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-pictures-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return join(dir, 'pictures');
}

test('a picture is named after its time and alarm, readable by its owner alone, and read as it was kept', async () => {
  const dir = await folder();
  const pictures = await openPictures(dir);
  const name = await pictures.keep(17, 1_700_000_000_000, jpeg);
  expect(name).toBe('1700000000000-17.jpg');
  expect(await readdir(dir)).toEqual([name]);
  expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
  expect(new Uint8Array((await pictures.read(name))!)).toEqual(jpeg);
});

test('the oldest are removed beyond the number kept, also those of an earlier run and one somebody removed', async () => {
  const dir = await folder();
  const first = await openPictures(dir, { count: 3 });
  for (const at of [1_000, 200, 3_000]) await first.keep(1, at, jpeg);
  const again = await openPictures(dir, { count: 3 });
  await rm(join(dir, '1000-1.jpg'));
  await again.keep(2, 4_000, jpeg);
  await again.keep(2, 5_000, jpeg);
  expect((await readdir(dir)).sort()).toEqual(['3000-1.jpg', '4000-2.jpg', '5000-2.jpg']);
});

test('large pictures are held to their bytes, also those found at the start, and the newest stays', async () => {
  const dir = await folder();
  const first = await openPictures(dir);
  for (let i = 1; i <= 4; i += 1) await first.keep(i, i, new Uint8Array(1_000));
  const again = await openPictures(dir, { bytes: 2_500 });
  await again.keep(5, 5, new Uint8Array(1_000));
  expect((await readdir(dir)).sort()).toEqual(['4-4.jpg', '5-5.jpg']);
  await again.keep(6, 6, new Uint8Array(9_000));
  expect(await readdir(dir)).toEqual(['6-6.jpg']);
});

test('photographs that people send have a quarter of the room, and push no evidence out', async () => {
  const dir = await folder();
  const pictures = await openPictures(dir, { count: 8 });
  await pictures.keep(7, 1, jpeg);
  for (let at = 2; at <= 40; at += 1) await pictures.keep(0, at, jpeg);
  expect((await readdir(dir)).sort()).toEqual(['1-7.jpg', '39-0.jpg', '40-0.jpg']);
});

test('when the disk has little room left the oldest give way to the journal, down to a few', async () => {
  const dir = await folder();
  let room = true;
  const pictures = await openPictures(dir, { least: 3, tight: () => Promise.resolve(!room) });
  for (let i = 1; i <= 6; i += 1) await pictures.keep(i, i, new Uint8Array(10));
  room = false;
  for (let i = 7; i <= 12; i += 1) await pictures.keep(i, i, new Uint8Array(10));
  const left = (await readdir(dir)).map((name) => Number.parseInt(name, 10));
  expect(Math.min(...left)).toBeGreaterThan(8);
  expect(left.length).toBeLessThanOrEqual(4);
});

test('what a crash left half written is removed at the next start, and nothing else is', async () => {
  const dir = await folder();
  await mkdir(dir);
  await writeFile(join(dir, '1-1.jpg.part'), 'half');
  await writeFile(join(dir, 'readme.txt'), 'by hand');
  await openPictures(dir);
  expect(await readdir(dir)).toEqual(['readme.txt']);
});

test('a folder that takes nothing is named in a sentence', async () => {
  const dir = await folder();
  const pictures = await openPictures(dir);
  await rm(dir, { recursive: true });
  await expect(pictures.keep(1, 1, jpeg)).rejects.toThrow(
    /the picture cannot be kept in .*\(ENOENT\); check free space/,
  );
});

test('a picture that cannot take its name leaves nothing behind', async () => {
  const dir = await folder();
  const pictures = await openPictures(dir);
  await mkdir(join(dir, '1-1.jpg', 'in the way'), { recursive: true });
  await expect(pictures.keep(1, 1, jpeg)).rejects.toThrow('cannot be kept');
  expect(await readdir(dir)).toEqual(['1-1.jpg']);
});

test.each(['../users.json', '1-1.jpg/..', '/etc/passwd', '1-1.jpg.part', '', '1-1.jpg\n'])(
  'no file outside the folder is read as picture %j',
  async (name) => {
    const dir = await folder();
    const pictures = await openPictures(dir);
    await writeFile(join(dir, '..', 'users.json'), 'secret');
    expect(await pictures.read(name)).toBeUndefined();
  },
);

test('pictures are found by what they are of, and go once they are older than the newest by so much', async () => {
  const dir = await folder();
  const pictures = await openPictures(dir, { ageMs: 5_000 });
  await pictures.keep(7, 1_000, jpeg);
  await pictures.keep(17, 2_000, jpeg);
  expect(pictures.nameOf(7)).toBe('1000-7.jpg');
  await pictures.keep(8, 6_001, jpeg);
  expect((await readdir(dir)).sort()).toEqual(['2000-17.jpg', '6001-8.jpg']);
  expect(pictures.nameOf(7)).toBeUndefined();
});
