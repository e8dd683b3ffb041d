/** Pictures that come with events: kept for the alarm they belong to, bounded, and never at the cost of anything else. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SourcePictures } from '../../src/app/outside/source-pictures.ts';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Durable, Event, Input, State } from '../../src/core/types.ts';
import { realWorld } from '../../src/world/world.ts';

const now = 1_000_000;
const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 7]);

function school(keep: (alarm: number) => Promise<string> = async (alarm) => `${now}-${alarm}.jpg`) {
  const logged: string[] = [];
  const offered: Input[] = [];
  const state: State = emptyState();
  const raise = (seq: number, device: string, key: string, at = now) =>
    evolve(state, {
      ...{
        kind: 'raised',
        seq,
        at,
        key,
        alarm: 'hygiene',
        priority: 3,
        device,
        cause: `${device}/no_hat`,
        active: false,
      },
    } as Event);
  const world = {
    ...realWorld({ info: () => {}, warn: (said) => logged.push(said), error: () => {} }),
    now: () => now,
  };
  const pictures = new SourcePictures({
    world,
    read: async (look) => look(state as unknown as Durable<State>),
    offer: async (input) => void offered.push(input),
    keep,
  });
  return { logged, offered, raise, pictures };
}

describe('a picture that comes with an event', () => {
  test('is the evidence of the newest alarm that its device has just raised, with its hash', async () => {
    const { pictures, offered, raise } = school();
    raise(1, 'stove', 'stove/hygiene/no_hat', now - 2_000);
    raise(2, 'stove', 'stove/hygiene/no_mask', now - 1_000);
    raise(3, 'store', 'store/hygiene/no_hat', now);
    await pictures.take('stove', jpeg);
    const sha256 = createHash('sha256').update(jpeg).digest('hex');
    expect(offered).toEqual([{ kind: 'outcome', duty: 'snapshot/2/own', ok: true, brought: `${now}-2.jpg`, sha256 }]);
  });

  test('is kept for no alarm that was over long before, and for none of another device', async () => {
    const { pictures, offered, raise } = school();
    raise(1, 'stove', 'stove/hygiene/no_hat', now - 60_000);
    raise(2, 'store', 'store/hygiene/no_hat');
    await pictures.take('stove', jpeg);
    expect(offered).toEqual([]);
  });

  test('that the disk does not take costs nothing but itself', async () => {
    const { pictures, offered, logged, raise } = school(() => Promise.reject(new Error('ENOSPC')));
    raise(1, 'stove', 'stove/hygiene/no_hat');
    await pictures.take('stove', jpeg);
    expect(offered).toEqual([]);
    expect(logged.join()).toMatch(/stove.*ENOSPC.*the event itself was/);
  });

  test('waits with few others for a disk that hangs; more are given up at once', async () => {
    const { pictures, logged, raise } = school(() => Promise.withResolvers<string>().promise);
    for (let i = 1; i <= 10; i++) raise(i, `cam-${i}`, `cam-${i}/hygiene/no_hat`);
    for (let i = 1; i <= 8; i++) void pictures.take(`cam-${i}`, jpeg);
    await pictures.take('cam-9', jpeg);
    expect(logged.join()).toMatch(/cam-9/);
  });
});
