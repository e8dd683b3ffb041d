/**
 * Arming across `kill -9`: the whole gateway is killed while somebody comes in, while people leave, while zones are left out
 * and while a walk test runs. What was promised before is kept afterwards: no touch is lost or told twice, no zone stays out
 * beyond its end, and a test holds back its own zone alone.
 */
import { expect, test } from 'vitest';
import type { Event, Time } from '../../src/core/types.ts';
import { campus, tensionHost as host, modbusLine, zone } from './campus.ts';
import type { Feed } from './feed.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { tautFence } from './taut-fence.ts';

/** A yard one comes into by zone 1. */
const yard = {
  ...{ id: 'yard', title: { zh: '校园', en: 'Yard' }, zones: ['z1', 'z2'] },
  ...{ entrySec: 5, exitSec: 5 },
};
/** Long enough to be killed before, short enough to wait for. */
const soonMs = 4_000;

interface School {
  readonly gateway: Gateway;
  readonly fence: Awaited<ReturnType<typeof tautFence>>;
  readonly cookie: string;
  feed: Feed;
  killed(): Promise<void>;
}

async function school(): Promise<School> {
  const fence = await tautFence();
  const yaml = campus({
    lines: [modbusLine(fence.port)],
    devices: [host('fence-1', 1, 'z1', 'z2')],
    zones: [zone(1, { entry: true }), zone(2)],
    more: { areas: [yard] },
  });
  const gateway = await startGateway({ yaml, users: { boss: 'admin' } });
  const cookie = await gateway.login('boss');
  const heard = (feed: Feed) => feed.until('the fence host', ({ state }) => state.devices.get('fence-1')?.up === true);
  const feed = await gateway.feed(cookie);
  await heard(feed);
  await feed.until('zone 1 armed', ({ state }) => state.zones.get('z1')?.mode === 'armed');
  const at: School = {
    ...{ gateway, fence, cookie, feed },
    async killed() {
      at.feed.close();
      await gateway.kill('SIGKILL');
      await gateway.restart();
      at.feed = await gateway.feed(cookie);
      await heard(at.feed);
    },
  };
  return at;
}

const told = async ({ gateway, cookie }: School, kind: Event['kind']) =>
  (await gateway.get<{ rows: readonly Event[] }>(`/api/events?kind=${kind}`, cookie)).rows;

test('killed while somebody comes in, it raises what it held once, with the time of the touch; and zones left out come back at their end', async () => {
  const at = await school();
  const until: Time = Date.now() + soonMs;
  await at.gateway.command(at.cookie, {
    do: 'arm-zone',
    zone: 'z2',
    mode: 'out-of-service',
    reason: 'torn down',
    until,
  });
  at.fence.set(1, 'a_cut', true);
  const entry = await at.feed.until('somebody comes in', ({ state }) => state.entryTimers.get('yard'));
  const [held] = entry.held.filter(({ key }) => key === 'z1/cut');
  await at.killed();

  const alarm = await at.feed.raised('z1/cut');
  expect(alarm).toMatchObject({ sourceTime: held!.sourceTime, causes: expect.arrayContaining(['fence-1/a_cut']) });
  expect(alarm.raisedAt).toBeGreaterThanOrEqual(entry.until);
  await at.feed.until('zone 2 back', ({ state }) => state.zones.get('z2')?.mode === 'armed');
  expect(at.feed.state.zones.get('z2')).toMatchObject({ by: 'schedule' });
  expect(at.feed.state.zones.get('z2')!.since).toBeGreaterThanOrEqual(until);
  expect((await told(at, 'raised')).filter((event) => event.kind === 'raised' && event.key === 'z1/cut')).toHaveLength(
    1,
  );
  expect(await told(at, 'entry-expired')).toHaveLength(1);
});

test('killed while people leave, it arms when they have left, and a bypass laid on meanwhile ends too', async () => {
  const at = await school();
  await at.gateway.command(at.cookie, { do: 'arm-area', area: 'yard', mode: 'disarmed' });
  const [set] = await at.gateway.command(at.cookie, { do: 'arm-area', area: 'yard', mode: 'away' });
  const exitUntil = set?.kind === 'area-armed' ? set.exitUntil : undefined;
  const until: Time = Date.now() + soonMs;
  await at.gateway.command(at.cookie, { do: 'arm-zone', zone: 'z2', mode: 'inhibited', reason: 'works', until });
  at.fence.set(1, 'a_pull', true);
  await at.killed();

  await at.feed.until('the yard set', ({ state }) => state.areas.get('yard')?.exitUntil === undefined);
  expect(at.feed.state.areas.get('yard')).toMatchObject({ mode: 'away', by: 'boss' });
  expect(at.feed.state.areas.get('yard')!.at).toBeGreaterThanOrEqual(exitUntil!);
  expect(await at.feed.raised('z1/pull')).toMatchObject({ causes: expect.arrayContaining(['fence-1/a_pull']) });
  await at.feed.until('zone 2 back', ({ state }) => state.zones.get('z2')?.mode === 'armed');
});

test('killed in a walk test, it goes on counting touches of that zone alone until the test is ended, and then raises', async () => {
  const at = await school();
  await at.gateway.command(at.cookie, { do: 'walk', zones: ['z2'], minutes: 30 });
  await at.killed();

  at.fence.set(1, 'b_cut', true);
  const hit = await at.feed.until('a touch', ({ state }) => state.walk?.touches.find(({ zone: id }) => id === 'z2'));
  expect(hit).toMatchObject({ alarm: 'cut' });
  expect(at.feed.alarm('z2/cut')).toBeUndefined();
  at.fence.set(1, 'a_cut', true);
  await at.feed.raised('z1/cut');
  expect(at.feed.alarm('z2/cut')).toBeUndefined();
  await at.gateway.command(at.cookie, { do: 'end-walk' });
  await at.feed.raised('z2/cut');
});
