/** DC-09 over datagrams where the network gives no way at all. It must never be asked of a machine outside. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { askReceiver } from '../../src/outward/dc09/dc09-ask.ts';

const world = { sleep: async (ms: number, signal?: AbortSignal) => await sleep(ms, undefined, signal && { signal }) };

test('a receiver to which the system gives no way over UDP is said to be unreachable, and nothing is thrown past it', async () => {
  // The system refuses to connect to everybody (EACCES), as it does without a route (ENETUNREACH).
  const place = { which: 1, host: '255.255.255.255', port: 9, transport: 'udp' } as const;
  await expect(askReceiver(place, Buffer.from('x'), 1, world)).rejects.toThrow(/EACCES|ENETUNREACH/);
});

test('a name that the system does not find in time is said as silence, and opens nothing when it is found later', async () => {
  const place = { which: 1, host: 'centre.invalid', port: 9, transport: 'udp' } as const;
  const found = Promise.withResolvers<{ address: string; family: number }>();
  const hurried = { sleep: async (ms: number, signal?: AbortSignal) => await world.sleep(ms / 100, signal) };
  const asked = askReceiver(place, Buffer.from('x'), 1, hurried, async () => await found.promise);
  await expect(asked).rejects.toThrow(/10 s/);
  const opened = () => process.getActiveResourcesInfo().filter((one) => one.startsWith('UDP')).length;
  const before = opened();
  found.resolve({ address: '127.0.0.1', family: 4 });
  await found.promise;
  expect(opened()).toBe(before);
});
