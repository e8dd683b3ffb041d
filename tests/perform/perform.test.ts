/**
 * Duties carried out with means of a line each: whatever a device does, there is an outcome with a reason.
 */
import { expect, test } from 'vitest';
import type { Duty } from '../../src/core/types.ts';
import { type Means, perform } from '../../src/perform/perform.ts';

const write: Duty = { id: 'write/7', do: 'write', device: 'io', point: 'siren', value: true };
const snapshot: Duty = { id: 'snapshot/9', do: 'snapshot', camera: 'cam', alarm: 9 };

function means(over: Partial<Means> = {}, sleep: Means['world']['sleep'] = () => new Promise(() => undefined)): Means {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return {
    write: async () => undefined,
    snapshot: async () => Uint8Array.from([1]),
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
