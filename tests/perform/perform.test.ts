/**
 * Duties carried out with means of a line each: whatever a device does, there is an outcome with a reason.
 */
import { expect, test } from 'vitest';
import type { Duty } from '../../src/core/types.ts';
import { type Means, perform } from '../../src/perform/perform.ts';
import { noTouchStill } from '../../src/words/gateway-words.ts';

const write: Duty = { id: 'write/7', do: 'write', device: 'io', point: 'siren', value: true };
const snapshot: Duty = { id: 'snapshot/9', do: 'snapshot', camera: 'cam', alarm: 9, raisedAt: 4_000 };

function means(over: Partial<Means> = {}, sleep: Means['world']['sleep'] = () => new Promise(() => undefined)): Means {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return {
    write: async () => undefined,
    snapshot: async () => Uint8Array.from([1]),
    earlier: () => undefined,
    touchStill: async () => undefined,
    clip: async (_camera, alarm, at) => ({ brought: `${at}-${alarm}.mp4`, sha256: 'ab', until: at }),
    publish: async () => undefined,
    deliver: async () => ({ brought: 'still.jpg', sha256: 'ab' }),
    notify: async () => ({ is: 'told' }),
    pictures: { keep: async (alarm, at) => `${at}-${alarm}.jpg`, read: async () => undefined },
    world: { now: () => 5, elapsed: () => 0, random: () => 0, sleep, log },
    ...over,
  };
}

test('a write that was confirmed says what was written', async () => {
  const wrote = { device: 'io', point: 'siren', value: true };
  expect(await perform(write, means())).toEqual({ kind: 'outcome', duty: 'write/7', ok: true, wrote });
});

test('a picture brings the name it was kept under', async () => {
  expect(await perform(snapshot, means())).toMatchObject({ ok: true, brought: '5-9.jpg' });
});

test('a still of the assembly point at a drill is kept by the number of the drill, with its hash', async () => {
  const still: Duty = { id: 'drill/12/target', do: 'drill-still', camera: 'cam', drill: 12, moment: 'target' };
  const done = await perform(still, means());
  expect(done).toMatchObject({ duty: 'drill/12/target', ok: true, brought: '5-12.jpg' });
  expect(done.kind === 'outcome' && done.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('the still of a touch is copied to the evidence under the time it was taken, or said never to have been taken', async () => {
  const still: Duty = { id: 'exception/40/1', do: 'exception-still', touch: 31 };
  const touchStill = async (touch: number) => ({ at: touch * 100, jpeg: Uint8Array.from([4]) });
  expect(await perform(still, means({ touchStill }))).toMatchObject({
    ...{ duty: 'exception/40/1', ok: true, brought: '3100-31.jpg' },
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await perform(still, means())).toMatchObject({ ok: false, why: noTouchStill });
});

test('a picture of before is the still nearest to five seconds before the alarm, under the time it was taken', async () => {
  const asked: number[] = [];
  const earlier = (_camera: string, at: number) => {
    asked.push(at);
    return { at: 3, jpeg: Uint8Array.from([2]) };
  };
  const world = { ...means().world, now: () => 9_000 };
  const before: Duty = { ...snapshot, id: 'snapshot/9/before', moment: 'before', raisedAt: 8_000 };
  expect(await perform(before, means({ earlier, world }))).toMatchObject({ ok: true, brought: '3-9.jpg' });
  expect(asked).toEqual([3_000]);
});

test('where no still of before is in memory, that is said and nothing else is taken for it', async () => {
  const before: Duty = { ...snapshot, id: 'snapshot/9/before', moment: 'before' };
  const outcome = await perform(before, means());
  expect(outcome.ok).toBe(false);
  expect(outcome.why?.en).toBe('no picture of this camera had been taken just before the alarm');
});

test('a device that refuses is an outcome with its reason', async () => {
  const refusing = means({ write: () => Promise.reject(new Error('refused by unit 3')) });
  expect(await perform(write, refusing)).toEqual({
    kind: 'outcome',
    duty: 'write/7',
    ok: false,
    why: { zh: 'refused by unit 3', en: 'refused by unit 3' },
  });
});

test('a device that never answers is an outcome after half a minute', async () => {
  let asked = 0;
  const silent = means({ write: () => new Promise(() => undefined) }, async (ms) => {
    asked = ms;
  });
  const outcome = await perform(write, silent);
  expect(outcome).toMatchObject({ ok: false });
  expect(outcome.why?.en).toContain('no result within 30 s');
  expect(asked).toBe(30_000);
});

test('an answer leaves no timer behind', async () => {
  let signal: AbortSignal | undefined;
  const world = means({}, (_ms, given) => {
    signal = given;
    return new Promise(() => undefined);
  });
  await perform(write, world);
  expect(signal?.aborted).toBe(true);
});
