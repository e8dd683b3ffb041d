/**
 * Maintenance over a real gateway with real stores: what was dropped becomes a fact once, repeated messages are no loss, and a
 * data folder that is gone is a trouble and not the end.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Gateway } from '../../src/app/gateway.ts';
import { housekeep } from '../../src/app/housekeeping.ts';
import type { Event, Words } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { openSeries } from '../../src/store/series/series.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { school } from '../core/school.ts';
import { eventually } from '../patience.ts';

async function place() {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-maintenance-'));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const world = realWorld(log);
  const journal = await openJournal({ dir, log });
  const series = await openSeries({ dir, days: 1, log });
  const gateway = new Gateway(school, {
    journal,
    series,
    world,
    trouble: () => undefined,
    perform: async (duty) => ({ kind: 'outcome', duty: duty.id, ok: true }),
  });
  await gateway.start('test', 'test');
  await gateway.offer({ kind: 'tick' });
  const lost: string[] = [];
  gateway.listen({
    batch: ({ events }: { events: readonly Event[] }) => {
      for (const one of events) if (one.kind === 'lost') lost.push(`${one.line} ${one.reason} ${one.count}`);
    },
    site: () => undefined,
  });
  const turns: (() => void)[] = [];
  const stop = new AbortController();
  const slow: World = {
    ...world,
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        turns.push(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
  };
  onTestFinished(async () => {
    stop.abort();
    await gateway.stop();
    await series.close();
    await journal.close();
    await rm(dir, { recursive: true, force: true });
  });
  /** Lets ten seconds pass for maintenance, and waits until it has done its round. */
  const turn = async () => {
    const before = turns.length;
    turns.at(-1)?.();
    await eventually(() => expect(turns.length).toBeGreaterThan(before));
    await gateway.offer({ kind: 'tick' });
  };
  return { dir, gateway, lost, turn, turns, stop, world: slow };
}

const noteHead = async () => undefined;

test('what a line dropped becomes one fact a minute for each reason, and repeats none', async () => {
  const { dir, gateway, lost, turn, turns, stop, world } = await place();
  const trouble = () => undefined;
  const running = housekeep({ gateway, world, dir, parts: {}, noteHead, trouble }, stop.signal);
  await eventually(() => expect(turns).toHaveLength(1));
  gateway.drop('bus', 'bad-payload');
  gateway.drop('bus', 'bad-payload');
  gateway.drop('mqtt', 'too-large');
  for (const id of ['x', 'x'])
    await gateway.offer({ kind: 'reading', device: 'io', values: [['sos', true]], id }, 'bus');
  expect(gateway.ledgers.get('bus')?.dropped).toEqual({ 'bad-payload': 2, duplicate: 1 });
  for (let i = 0; i < 5; i++) await turn();
  expect(lost).toEqual([]);
  await turn();
  expect(lost).toEqual(['bus bad-payload 2', 'mqtt too-large 1']);
  for (let i = 0; i < 6; i++) await turn();
  expect(lost).toHaveLength(2);
  gateway.drop('bus', 'bad-payload');
  stop.abort();
  await running;
  await gateway.stop();
  expect(lost.slice(2)).toEqual(['bus bad-payload 1']);
});

test('the parts are asked how they are, and a data folder that is gone is named', async () => {
  const { gateway, turn, turns, stop, world } = await place();
  const troubles = new Map<string, string | undefined>();
  let ill: Words | undefined = { zh: '坏', en: 'broken' };
  const trouble = (part: string, why: Words | undefined) => void troubles.set(part, why?.en);
  const running = housekeep(
    { gateway, world, dir: '/nowhere', parts: { influx: () => ill }, noteHead, trouble },
    stop.signal,
  );
  await eventually(() => expect(turns).toHaveLength(1));
  expect(troubles.get('disk')).toContain('/nowhere cannot be read (ENOENT)');
  expect(troubles.get('influx')).toBe('broken');
  ill = undefined;
  await turn();
  expect(troubles.get('influx')).toBeUndefined();
  stop.abort();
  await running;
});
