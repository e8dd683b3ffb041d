/**
 * The campus of the screens with tension wires in two zones, and days of stored samples of them: a day's swing, a little
 * noise, and pulls where a test wants them. Behind it the real server, store and detector.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import type { Device, Point, Role, Sample, Site, Time } from '../../src/core/types.ts';
import { openSeries } from '../../src/store/series/series.ts';
import { openSeriesLook, rehearseSeries } from '../../src/store/series/series-look.ts';
import { place, type Stand, stand } from '../server/place.ts';
import { campus } from './campus.ts';
import { openPage, type Stage, type View } from './stage.ts';

const wire = (zone: string, n: number): Point => ({
  key: `${zone}_tension_${n}`,
  title: { zh: `${n}线张力`, en: `Wire ${n}` },
  keep: 'gauge',
  type: 'number',
  unit: 'N',
  quantity: 'tension',
  deadband: 1,
  zone,
});
const climb = (zone: string): Point => ({
  key: `${zone}_climb`,
  title: { zh: '攀爬', en: 'Climb' },
  keep: 'state',
  type: 'boolean',
  zone,
  alarm: { kind: 'climb', priority: 1, when: { is: true } },
});
const tamper: Point = {
  key: 'tamper',
  title: { zh: '防拆', en: 'Tamper' },
  keep: 'state',
  type: 'boolean',
  zone: 'z4',
  alarm: { kind: 'tamper', priority: 2, when: { is: true }, always: true },
};
const wires = ['z4', 'z5'].flatMap((zone) => [1, 2, 3, 4].map((n) => wire(zone, n)));
const host: Device = {
  ...campus.devices.fence!,
  id: 'host',
  title: { zh: '张力主机', en: 'Tension host' },
  points: Object.fromEntries([...wires, climb('z4'), climb('z5'), tamper].map((point) => [point.key, point])),
  zones: ['z4', 'z5'],
};
const { fence, ...others } = campus.devices;
const rest = Object.entries(fence!.points).filter(([, point]) => point.zone !== 'z4' && point.zone !== 'z5');

/** Zones 4 and 5 have four wires each at a tension host; the others are as before. */
export const wiredCampus: Site = {
  ...campus,
  zones: {
    ...campus.zones,
    z4: { ...campus.zones.z4!, signal: defaultLimits },
    z5: { ...campus.zones.z5!, signal: defaultLimits },
  },
  devices: { ...others, fence: { ...fence!, points: Object.fromEntries(rest) }, host },
};

const dayMs = 86_400_000;
/** Stored this often besides what is pulled, as a moving fence is. */
const paceMs = 40_000;

/** A pull of the third wire of zone 4. */
export interface Pull {
  readonly at: Time;
  readonly byN: number;
  readonly forMs: number;
}

/** Tension of a wire, N. */
function tension(n: number, at: Time): number {
  const day = Math.sin((at / dayMs) * 2 * Math.PI);
  return 140 + 6 * n + 9 * day + Math.sin(at / 97_000 + n) * 0.8;
}

function* samplesOf(from: Time, to: Time, pulls: readonly Pull[]): Generator<Sample> {
  const moments = new Set<Time>();
  for (let at = from; at <= to; at += paceMs) moments.add(at);
  for (const { at, forMs } of pulls) for (let ms = -2_000; ms <= forMs + 2_000; ms += 250) moments.add(at + ms);
  for (const at of [...moments].sort((a, b) => a - b)) {
    for (const { key, zone } of wires) {
      const n = Number(key.at(-1));
      const pulled =
        zone === 'z4' && n === 3 ? pulls.find((one) => at >= one.at && at < one.at + one.forMs) : undefined;
      yield { device: 'host', point: key, at, value: tension(n, at) + (pulled?.byN ?? 0) };
    }
  }
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface Fitted extends Stand {
  /** Opens a page as somebody who is logged in. */
  open(role: Role, path: string, view?: View): ReturnType<typeof openPage>;
}

/** A school with wires: the real server over the built pages, and `hours` of stored samples until now. */
export async function fitted(
  stage: Stage,
  usersPath: string,
  { hours = 2, pulls = [] }: { hours?: number; pulls?: readonly Pull[] } = {},
): Promise<Fitted> {
  const spot = place();
  spot.site = wiredCampus;
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-wires-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const series = await openSeries({ dir, days: 30, log: quiet });
  const now = spot.house.now();
  const samples = [...samplesOf(now - hours * 3_600_000, now, pulls)];
  for (let i = 0; i < samples.length; i += 100_000) {
    series.write(samples.slice(i, i + 100_000));
    await series.flush();
  }
  const look = openSeriesLook({ dir, log: quiet });
  onTestFinished(async () => {
    await look.close();
    await series.close();
  });
  spot.house.curves = (q) => look.curves(q);
  spot.house.rehearse = (q, progress, signal) => rehearseSeries(dir, q, progress, signal);
  const standing = await stand(usersPath, { ui: stage.built }, spot);
  await spot.offer({ kind: 'started', version: 'v', config: 'c' }, { kind: 'tick' });
  return {
    ...standing,
    async open(role, path, view) {
      const cookie = await standing.login(role);
      const opened = await openPage(stage, `${standing.server.url}/login`, view);
      await logIn(opened.context, standing.server.url, cookie);
      await opened.page.goto(`${standing.server.url}${path}`);
      return opened;
    },
  };
}

async function logIn(context: BrowserContext, url: string, cookie: string): Promise<void> {
  const [name = '', value = ''] = cookie.split(/=(.*)/);
  await context.addCookies([{ name, value, url }]);
}
