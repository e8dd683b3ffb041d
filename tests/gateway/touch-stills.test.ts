/**
 * Stills of touches in a real folder: one for each touch that is told at once, of the camera that looks there, and none of another moment.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RecentStills } from '../../src/app/record/recent-stills.ts';
import { TouchStills } from '../../src/app/record/touch-stills.ts';
import type { Event, Site } from '../../src/core/types.ts';
import { openPictures, type PictureBounds } from '../../src/perform/pictures.ts';
import { realWorld } from '../../src/world/world.ts';
import { school } from '../core/school.ts';

const now = 1_700_000_000_000;
const night = school.routes.night!;
const site: Site = {
  ...school,
  routes: {
    night: {
      ...night,
      checkpoints: night.checkpoints.map((one, n) => ({ ...one, camera: n === 0 ? 'cam' : 'other' })),
    },
  },
};
const jpeg = (mark: number) => Uint8Array.from([0xff, 0xd8, mark, 0xff, 0xd9]);

function touched(seq: number, reader: string, more: Partial<Extract<Event, { kind: 'touched' }>> = {}): Event {
  return { kind: 'touched', seq, at: now, reader, card: 'c', sourceTime: now - 400, source: 'online', ...more };
}

async function stage(snapshot: (camera: string) => Promise<Uint8Array>, bounds: PictureBounds = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-touches-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const asked: string[] = [];
  const recent = new RecentStills();
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const stills = new TouchStills({
    world: { ...realWorld(silent), now: () => now },
    site: () => site,
    pictures: await openPictures(dir, bounds),
    recent,
    snapshot: (camera) => {
      asked.push(camera);
      return snapshot(camera);
    },
  });
  return { dir, asked, recent, stills };
}

describe('a touch that is told at once', () => {
  test('has the still of the camera that looks there, kept by the number of the touch and when it was taken', async () => {
    const { dir, asked, stills } = await stage(async (camera) => jpeg(camera === 'cam' ? 1 : 2));
    stills.heed([touched(7, 'r1'), touched(17, 'r2')]);
    // Asked while the picture is on its way, as of the last touch of a round.
    expect(await stills.of(17)).toEqual({ at: now, jpeg: Buffer.from(jpeg(2)) });
    expect(await stills.of(7)).toEqual({ at: now, jpeg: Buffer.from(jpeg(1)) });
    expect(await stills.of(1)).toBeUndefined();
    expect(asked).toEqual(['cam', 'other']);
    expect((await readdir(dir)).sort()).toEqual([`${now}-17.jpg`, `${now}-7.jpg`]);
  });

  test('takes the still that a screen had asked for up to two seconds before, and no older one', async () => {
    const { asked, recent, stills } = await stage(async () => jpeg(9));
    recent.note('cam', now - 2_001, jpeg(3));
    stills.heed([touched(1, 'r1')]);
    expect((await stills.of(1))?.at).toBe(now);
    recent.note('cam', now - 1_500, jpeg(4));
    stills.heed([touched(2, 'r1')]);
    expect(await stills.of(2)).toEqual({ at: now - 1_500, jpeg: Buffer.from(jpeg(4)) });
    expect(asked).toEqual(['cam']);
  });

  test('is not asked a picture of when it was told later, written down, read from a file, or came with a photograph', async () => {
    const { asked, stills } = await stage(async () => jpeg(1));
    const late = touched(1, 'r1', { sourceTime: now - 30_001, source: 'upload' });
    const slow = touched(2, 'r1', { sourceTime: now - 30_001 });
    const [file, hand] = [touched(3, 'r1', { source: 'import' }), touched(4, 'r1', { source: 'hand' })];
    const photo = touched(5, 'r1', { source: 'phone', picture: '1-0.jpg' });
    stills.heed([late, slow, file, hand, photo]);
    expect(asked).toEqual([]);
    for (const touch of [1, 2, 3, 4, 5]) expect(await stills.of(touch)).toBeUndefined();
  });

  test('has none when its camera fails, and those of other cameras come all the same', async () => {
    const { stills } = await stage((camera) =>
      camera === 'cam' ? Promise.reject(new Error('dark')) : Promise.resolve(jpeg(2)),
    );
    stills.heed([touched(1, 'r1'), touched(2, 'r2')]);
    expect(await stills.of(1)).toBeUndefined();
    expect((await stills.of(2))?.jpeg).toEqual(Buffer.from(jpeg(2)));
  });

  test('leaves no more stills than the bounds allow', async () => {
    const { dir, stills } = await stage(async () => jpeg(1), { count: 3 });
    for (let seq = 1; seq <= 6; seq++) {
      stills.heed([touched(seq, 'r1')]);
      await stills.of(seq);
    }
    expect(await readdir(dir)).toHaveLength(3);
    expect(await stills.of(1)).toBeUndefined();
    expect(await stills.of(6)).toBeDefined();
  });
});
