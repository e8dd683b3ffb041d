/** What the sentence about records that were not cut says of the next try is what is done. */
import { expect, test } from 'vitest';
import { Retention } from '../../src/app/record/retention.ts';
import type { Words } from '../../src/core/types.ts';
import { everything } from './cut-gateway.ts';

test('after records could not be cut it is tried again in an hour, as the sentence says', async () => {
  const over = new AbortController();
  const waits: number[] = [];
  const told: Words[] = [];
  const retention = new Retention({
    ...{ dir: '', keep: everything, follows: false },
    world: {
      log: { info: () => undefined },
      sleep: async (ms: number) => {
        waits.push(ms);
        if (waits.length === 2) over.abort();
      },
    },
    gateway: { read: () => Promise.reject(new Error('the disk is ill')) },
    trouble: (_part: string, why?: Words) => void (why && told.push(why)),
  } as unknown as ConstructorParameters<typeof Retention>[0]);
  await retention.run(over.signal);
  expect(waits[1]).toBe(3_600_000);
  expect(told.map(({ zh, en }) => zh + en)).toEqual([expect.stringMatching(/一小时后再试.*tried again in an hour/)]);
});
