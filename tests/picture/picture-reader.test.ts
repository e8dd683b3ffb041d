/** Whatever a camera sends as a still, it is read or named, and the next one is read all the same. The thread and libvips are the real ones. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { PictureReader } from '../../src/picture/picture-reader.ts';
import { ReferenceFiles } from '../../src/picture/reference-files.ts';
import { stillLate, stillsBusy, stillTooLarge, stillUnreadable } from '../../src/words/camera/still-words.ts';
import { realWorld, type World } from '../../src/world/world.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Waits until what is waited for has come: how long a still takes here is no verdict. */
const patient: World = {
  ...realWorld(quiet),
  sleep: (_ms, signal) =>
    new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true })),
};
const reader = new PictureReader(patient);
afterAll(() => reader.close());

const checker = (width: number, height: number, cell: number) => {
  const raw = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++)
    raw.fill((Math.floor((i % width) / cell) + Math.floor(i / width / cell)) % 2 ? 200 : 40, 3 * i, 3 * i + 3);
  return sharp(raw, { raw: { width, height, channels: 3 } });
};
const jpeg = async (quality = 80) => new Uint8Array(await checker(1280, 720, 80).jpeg({ quality }).toBuffer());
const why = (bytes: Uint8Array) =>
  reader.read(bytes).then(
    () => undefined,
    (error) => error.why,
  );

/** The head of a JPEG that says how large it is, and little else. */
function bomb(width: number, height: number): Uint8Array {
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  return Uint8Array.from([
    0xff,
    0xd8,
    0xff,
    0xc0,
    0,
    11,
    8,
    ...size,
    1,
    1,
    0x11,
    0,
    0xff,
    0xda,
    0,
    8,
    1,
    1,
    0,
    0,
    63,
    0,
    0,
    0xff,
    0xd9,
  ]);
}

describe('a still', () => {
  test('comes to the same figures whatever its size and quality, but for what is lost', async () => {
    const [large, poor] = [await reader.read(await jpeg()), await reader.read(await jpeg(30))];
    const small = await reader.read(new Uint8Array(await checker(640, 360, 40).jpeg().toBuffer()));
    expect(large.mean).toBeGreaterThan(100);
    expect(Math.abs(large.mean - small.mean)).toBeLessThan(3);
    expect(Math.abs(large.mean - poor.mean)).toBeLessThan(3);
    expect(large.colour).toBeLessThan(2);
    expect(large.edges.length).toBe(40 * 22 * 4);
    expect(large.sha256).not.toBe(poor.sha256);
  });

  test('that is half a JPEG, garbage or nothing is named, and the next is read', async () => {
    const whole = await jpeg();
    expect(await why(whole.subarray(0, whole.length / 2))).toEqual(stillUnreadable);
    expect(await why(new Uint8Array(4_096).fill(7))).toEqual(stillUnreadable);
    expect(await why(new Uint8Array(0))).toEqual(stillUnreadable);
    expect((await reader.read(whole)).mean).toBeGreaterThan(100);
  });

  test('of 50 MB is not looked at, and one of 65 500 by 65 500 pixels is refused by its head', async () => {
    const bytes = 50 * 1_048_576;
    expect(await why(new Uint8Array(bytes))).toEqual(stillTooLarge(bytes));
    expect(await why(bomb(65_500, 65_500))).toEqual(stillUnreadable);
    expect((await reader.read(await jpeg())).mean).toBeGreaterThan(100);
  });

  test('beyond the queue is passed over', async () => {
    const whole = await jpeg();
    const answers = await Promise.all(Array.from({ length: 60 }, () => why(whole)));
    expect(answers.filter((said) => said === undefined).length).toBeGreaterThanOrEqual(32);
    expect(answers.filter(Boolean)).not.toEqual([]);
    for (const said of answers.filter(Boolean)) expect(said).toEqual(stillsBusy);
  });

  test('that takes too long is given up with its thread, and the next has another', async () => {
    let late = true;
    const hasty = new PictureReader({
      ...patient,
      sleep: (ms, signal) => (late ? Promise.resolve() : patient.sleep(ms, signal)),
    });
    try {
      await expect(hasty.read(await jpeg())).rejects.toMatchObject({ why: stillLate });
      late = false;
      expect((await hasty.read(await jpeg())).mean).toBeGreaterThan(100);
    } finally {
      await hasty.close();
    }
  });
});

describe('the file of a reference', () => {
  test('is for the gateway alone, and counts only while it is what the journal says', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'gatehouse-references-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const files = new ReferenceFiles(dir);
    const still = await reader.read(await jpeg());
    const { light, edges, mean, stdev, fine, coarse, white, dHash } = still;
    const hash = await files.keep('k1', 'day', { light, edges, mean, stdev, fine, coarse, white, dHash, stir: 0.5 });
    const [name = ''] = readdirSync(join(dir, 'references'));
    expect(statSync(join(dir, 'references', name)).mode & 0o077).toBe(0);
    expect(readFileSync(join(dir, 'references', name), 'utf8')).not.toContain('sha256');
    expect(await files.read('k1', 'day', hash)).toMatchObject({ light, edges, stir: 0.5 });
    expect(await files.read('k1', 'day', hash.replace(/^./, 'g'))).toBeUndefined();
    expect(await files.read('k1', 'night', hash)).toBeUndefined();
    await files.drop('k1');
    expect(await files.read('k1', 'day', hash)).toBeUndefined();
  });
});
