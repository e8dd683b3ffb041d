/**
 * What an installer asks over HTTP: curves and rehearsals of a zone, walk tests and limits as commands. The real
 * application, and for the samples the real store and detector.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import type { Played } from '../../src/core/report/rehearsal.ts';
import type { Point, Sample, Site } from '../../src/core/types.ts';
import { openSeries } from '../../src/store/series/series.ts';
import { openSeriesLook, rehearseSeries } from '../../src/store/series/series-look.ts';
import { minute, monday, school } from '../core/school.ts';
import { climb, listen, type Place, people, place, ROLES, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const wire = (n: number): Point => ({
  key: `w${n}`,
  title: { zh: `${n}线`, en: `wire ${n}` },
  keep: 'gauge',
  type: 'number',
  unit: 'N',
  quantity: 'tension',
  deadband: 1,
  zone: 'z1',
});
const wires = [wire(1), wire(2), wire(3)];

/** The school whose first zone has three wires. */
const wired: Site = {
  ...school,
  zones: { ...school.zones, z1: { ...school.zones.z1!, signal: defaultLimits } },
  devices: {
    ...school.devices,
    fence: {
      ...school.devices.fence!,
      points: { ...school.devices.fence!.points, ...Object.fromEntries(wires.map((one) => [one.key, one])) },
    },
  },
};

function site(): Place {
  const spot = place();
  spot.site = wired;
  return spot;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const hour = 60 * minute;

/** Half an hour of the wires, pulled for five seconds at the minutes named, in a real series the house reads from. */
async function measured(spot: Place, pulls: readonly number[]): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-commission-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const series = await openSeries({ dir, log: quiet });
  const samples: Sample[] = [];
  for (let ms = 0; ms < hour / 2; ms += 250) {
    for (const [index, { key }] of wires.entries()) {
      const pulled = index === 1 && pulls.some((at) => ms >= at * minute && ms < at * minute + 5_000);
      samples.push({ device: 'fence', point: key, value: 150 + index + (pulled ? 12 : 0), at: monday + ms });
    }
  }
  series.write(samples);
  await series.flush();
  const look = openSeriesLook({ dir, log: quiet });
  onTestFinished(async () => {
    await look.close();
    await series.close();
  });
  spot.house.curves = (q) => look.curves(q);
  spot.house.rehearse = (q, progress, signal) => rehearseSeries(dir, q, progress, signal);
}

interface Line {
  readonly done?: number;
  readonly total?: number;
  readonly result?: Played;
  readonly error?: { readonly en: string };
}
const linesOf = async (response: Response): Promise<Line[]> =>
  (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const asked = (more: object = {}) => ({
  zone: 'z1',
  limits: defaultLimits,
  from: monday,
  to: monday + hour / 2,
  ...more,
});

describe('a rehearsal', () => {
  test('plays the stored samples to the detector and holds them against what was raised and watched', async () => {
    const spot = site();
    const { post, login } = await stand(crowd.path, {}, spot);
    await measured(spot, [20, 25]);
    spot.advance(20 * minute);
    await spot.offer({ kind: 'started', version: 'v', config: 'c' }, { kind: 'tick' });
    await spot.offer({
      kind: 'detected',
      zone: 'z1',
      device: 'fence',
      finding: { kind: 'detection', detection: 'pull', active: true },
    });
    const cookie = await login('integrator');
    const response = await post('/api/rehearse', asked({ limits: { ...defaultLimits, upN: 20, patientN: 25 } }), {
      cookie,
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/x-ndjson; charset=utf-8',
    ]);
    const lines = await linesOf(response);
    expect(lines.slice(0, -1).every(({ done, total }) => done! <= total!)).toBe(true);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.at(-1)?.result).toMatchObject({ was: 1, now: 2, would: 0, missed: [], samples: 3 * 7_200 });
    expect(lines.at(-1)?.result?.reasons).toEqual([
      { reason: 'none', was: 0, now: 1, would: 0 },
      { reason: 'open', was: 1, now: 1, would: 0 },
    ]);
    const same = await linesOf(await post('/api/rehearse', asked(), { cookie }));
    expect(same.at(-1)?.result).toMatchObject({ now: 2, would: 2 });
    expect(spot.events.filter(({ kind }) => kind === 'tuned')).toEqual([]);
  });

  test('is refused in words for a zone, limits or a time that will not do', async () => {
    const { post, login } = await stand(crowd.path, {}, site());
    const cookie = await login('admin');
    const refused = [
      [404, 'unknown-zone', { zone: 'z9' }],
      [404, 'unknown-zone', { zone: '__proto__' }],
      [422, 'no-wires', { zone: 'z2' }],
      [422, 'wrong-limits', { limits: { ...defaultLimits, floorN: 9_000 } }],
      [422, 'bad-range', { to: monday }],
      [422, 'bad-range', { to: monday + 8 * 24 * hour + 1 }],
      [400, 'bad-request', { limits: { ...defaultLimits, upN: 'much' } }],
      [400, 'bad-request', { limits: {} }],
      [400, 'bad-request', { more: 1 }],
    ] as const;
    for (const [status, code, more] of refused) {
      const response = await post('/api/rehearse', asked(more), { cookie });
      expect([response.status, await response.json()]).toMatchObject([status, { code }]);
    }
  });

  test('runs one at a time, and the next may begin once it has ended, failed, or was left', async () => {
    const spot = site();
    const { post, login, fetch, server } = await stand(crowd.path, {}, spot);
    const cookie = await login('admin');
    const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    spot.house.rehearse = async (_q, progress, signal) => {
      progress(1, 2);
      begun.resolve();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      ended.resolve();
      throw new Error('left');
    };
    const leave = new AbortController();
    const first = await fetch('/api/rehearse', {
      method: 'POST',
      signal: leave.signal,
      headers: { cookie, origin: server.url, 'content-type': 'application/json' },
      body: JSON.stringify(asked()),
    });
    await begun.promise;
    const second = await post('/api/rehearse', asked(), { cookie });
    expect([second.status, await second.json()]).toMatchObject([409, { code: 'running' }]);
    leave.abort();
    await expect(first.text()).rejects.toThrow();
    await ended.promise;
    spot.house.rehearse = () => Promise.reject(new Error('the disk is gone'));
    const failed = await linesOf(await post('/api/rehearse', asked(), { cookie }));
    expect(failed).toMatchObject([{ error: { en: 'the disk is gone' } }]);
    expect((await post('/api/rehearse', asked({ zone: 'z9' }), { cookie })).status).toBe(404);
    spot.house.rehearse = place().house.rehearse;
    expect((await linesOf(await post('/api/rehearse', asked(), { cookie }))).at(-1)?.result).toMatchObject({
      would: 0,
    });
  });

  test('and curves are for those who may ask', async () => {
    const { post, login, fetch } = await stand(crowd.path, {}, site());
    const path = `/api/curves?zone=z1&from=${monday}&to=${monday + hour}`;
    const may: string[] = [];
    for (const role of ROLES) {
      const cookie = await login(role);
      const { status } = await post('/api/rehearse', asked(), { cookie });
      may.push(`${role} ${status} ${(await fetch(path, { headers: { cookie } })).status}`);
    }
    expect(may).toEqual([
      'operator 403 200',
      'guard 403 403',
      'head 200 200',
      'auditor 403 200',
      'integrator 200 200',
      'admin 200 200',
    ]);
  });
});

describe('curves', () => {
  test('keep every peak and come with the base of each wire', async () => {
    const spot = site();
    const { fetch, login } = await stand(crowd.path, {}, spot);
    await measured(spot, [20]);
    const cookie = await login('integrator');
    const path = `/api/curves?zone=z1&from=${monday}&to=${monday + hour / 2}&columns=10`;
    const curves = (await (await fetch(path, { headers: { cookie } })).json()) as Record<
      'wires' | 'bases',
      number[][][]
    >;
    expect(curves.wires.map((columns) => [columns.length, Math.max(...columns.map((one) => one[3]!))])).toEqual([
      [10, 150],
      [10, 163],
      [10, 152],
    ]);
    for (const [index, columns] of curves.bases.entries())
      expect(Math.abs(columns.at(-1)![4]! - 150 - index)).toBeLessThan(0.5);
  });

  test('are refused for a zone, a time or a size that will not do', async () => {
    const { fetch, login } = await stand(crowd.path, {}, site());
    const cookie = await login('admin');
    const refused = [
      [404, 'zone=z9&from=1&to=2'],
      [422, 'zone=z2&from=1&to=2'],
      [422, 'zone=z1&from=2&to=1'],
      [400, 'zone=z1&from=1'],
      [400, 'zone=z1&from=1&to=2&columns=100000'],
    ] as const;
    for (const [status, query] of refused)
      expect([query, (await fetch(`/api/curves?${query}`, { headers: { cookie } })).status]).toEqual([query, status]);
  });
});

describe('as commands', () => {
  test('a walk test is begun by an integrator, seen by every screen, and told from the journal', async () => {
    const { place: spot, post, login, server, fetch } = await stand(crowd.path, {}, site());
    const cookie = await login('integrator');
    const ear = await listen(server, { cookie: await login('operator'), origin: server.url });
    await ear.next('snapshot');
    const command = (asked: object) => post('/api/commands', asked, { cookie });
    expect((await command({ do: 'walk', zones: ['z1'], minutes: 30 })).status).toBe(200);
    expect(await (await command({ do: 'walk', zones: ['z2'], minutes: 30 })).json()).toMatchObject({
      why: 'walk-running',
    });
    await spot.offer(climb(true));
    await ear.next('events', ({ events }) => events.some(({ kind }) => kind === 'zone-tested'));
    expect((await command({ do: 'end-walk' })).status).toBe(200);
    await ear.next('events', ({ events }) => events.some(({ kind }) => kind === 'raised'));
    expect(await (await command({ do: 'end-walk' })).json()).toMatchObject({ why: 'no-walk' });
    const told = await (await fetch('/api/events?kind=zone-tested', { headers: { cookie } })).json();
    expect(told).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ kind: 'zone-tested', zone: 'z1' })]),
    });
  });

  test('other limits are set by an integrator with a reason, and not by an operator or a head', async () => {
    const { place: spot, post, login } = await stand(crowd.path, {}, site());
    const tune = async (role: string, more: object = {}) =>
      post(
        '/api/commands',
        { do: 'tune', zone: 'z1', limits: { ...defaultLimits, upN: 4 }, reason: '树枝', ...more },
        { cookie: await login(role) },
      );
    expect([(await tune('operator')).status, (await tune('head')).status]).toEqual([403, 403]);
    expect(await (await tune('integrator', { reason: ' ' })).json()).toMatchObject({ why: 'reason-missing' });
    expect((await tune('integrator', { until: monday + hour })).status).toBe(200);
    expect(spot.state.tuned.get('z1')).toMatchObject({ by: 'integrator', limits: { upN: 4 } });
  });

  test('limits that hide something are refused with the bound and with what is hidden, and stay when a head stands for them', async () => {
    const { place: spot, post, login } = await stand(crowd.path, {}, site());
    const asks = async (role: string, more: object) =>
      (await post('/api/commands', { zone: 'z1', reason: '树枝', ...more }, { cookie: await login(role) })).json();
    const limits = { ...defaultLimits, upN: 9 };
    expect(await asks('integrator', { do: 'tune', limits: { ...defaultLimits, climbN: 80 } })).toMatchObject({
      why: 'blind-limits',
      zh: expect.stringContaining('攀爬力最大 50 N（'),
      en: expect.stringContaining('Force of a climb: at most 50 N ('),
    });
    expect(await asks('integrator', { do: 'tune', limits })).toMatchObject({
      why: 'loose-limits',
      zh: expect.stringMatching(/最大 7 N.*/),
    });
    await asks('integrator', { do: 'tune', limits, until: monday + hour });
    expect(await asks('integrator', { do: 'vouch', limits })).toMatchObject({ why: 'no-right' });
    await asks('head', { do: 'vouch', limits });
    expect(spot.state.tuned.get('z1')).not.toHaveProperty('until');
    expect(spot.state.vouched.get('z1')).toMatchObject({ by: 'head' });
  });
});
