/** A day on which a camera of the canteen could be seen too little is proposed as a rectification: once, whatever is started anew, and never for time that nobody knows. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RateWatch } from '../../src/app/cameras/rate-watch.ts';
import type { Input, SeenReason, Site } from '../../src/core/types.ts';
import { realWorld } from '../../src/world/world.ts';
import { chief, kitchen } from '../core/kitchen.ts';
import { monday } from '../core/school.ts';
import { people, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const site: Site = { ...kitchen, cameras: { hours: [], off: [], areas: [] } };
const hourMs = 3_600_000;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const words = (why: SeenReason): Input => ({
  kind: 'pictured',
  said: {
    kind: 'cameras-watched',
    ...(why === 'fresh' ? { seen: ['cam'], unseen: {} } : { seen: [], unseen: { cam: why } }),
  },
});

async function stood(): Promise<Stand> {
  const at = await stand(crowd.path);
  at.place.changeSite(site);
  await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
  return at;
}
/** So many hours in which the gateway says every ten minutes that the camera is seen, or why it is not. */
async function hours(at: Stand, count: number, why: SeenReason): Promise<void> {
  for (let n = 0; n < 6 * count; n++) {
    await at.place.offer(words(why));
    at.place.advance(hourMs / 6);
  }
}
/** The watch of a gateway that has just begun. */
const begun = ({ place }: Stand) =>
  new RateWatch({ world: realWorld(log), house: place.house, offer: async (input) => void (await place.offer(input)) });
const proposed = ({ place }: Stand) => place.events.filter(({ kind }) => kind === 'rectification-proposed');
const dayOf = Math.floor((monday + 480 * 60_000) / (24 * hourMs));

test('a camera that could be seen too little is proposed when its day is over, once, whoever starts anew, and not while one is open', async () => {
  const at = await stood();
  await hours(at, 12, 'fresh');
  await hours(at, 2, 'covered');
  await begun(at).look();
  expect(proposed(at)).toEqual([]);
  await hours(at, 10.5, 'fresh');
  const watch = begun(at);
  await watch.look();
  await watch.look();
  await begun(at).look();
  expect(proposed(at)).toMatchObject([
    {
      source: { from: 'online-rate', day: dayOf, least: 95 },
      place: { area: 'cooking' },
      offence: { key: 'online-rate/cam' },
      times: 1,
    },
  ]);
  const [{ source } = { source: undefined }] = proposed(at) as { readonly source?: { readonly percent?: number } }[];
  expect(source?.percent).toBeCloseTo(91.6, 0);

  // The next day as bad: one is open, and stays the only one, also when it is dismissed after that day and all is reckoned again.
  await hours(at, 24, 'covered');
  await begun(at).look();
  expect(proposed(at)).toHaveLength(1);
  const rectification = [...at.place.state.rectifications.keys()][0]!;
  await at.place.house.command(chief, { do: 'dismiss-rectification', rectification, reason: 'the lens was washed' });
  expect(at.place.state.rectifications.get(rectification)?.stage).toBe('dismissed');
  await begun(at).look();
  expect(proposed(at)).toHaveLength(1);

  await hours(at, 24, 'covered');
  await begun(at).look();
  expect(proposed(at)).toHaveLength(2);
});

test('time that nobody knows proposes nothing, nor does a short loss beside it', async () => {
  const at = await stood();
  await hours(at, 0.5, 'covered');
  at.place.advance(24 * hourMs);
  await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
  await begun(at).look();
  expect(proposed(at)).toEqual([]);
});

test('a camera that is off, or not of the canteen, is not proposed', async () => {
  const at = await stood();
  await hours(at, 24.5, 'covered');
  at.place.changeSite({ ...site, cameras: { ...site.cameras!, off: ['cam'] } });
  await begun(at).look();
  const { cooking, ...areas } = site.canteen!.areas;
  at.place.changeSite({
    ...site,
    canteen: { ...site.canteen!, areas: { ...areas, cooking: { ...cooking!, cameras: [] } } },
  });
  await begun(at).look();
  expect(proposed(at)).toEqual([]);
});

test('the rates are told to whoever answers for the canteen, with what is unknown apart, and to nobody without a right', async () => {
  const at = await stood();
  await hours(at, 3, 'fresh');
  await hours(at, 1, 'covered');
  const path = `/api/cameras/online?from=${monday}&by=day`;
  const answer = await at.fetch(path, { headers: { cookie: await at.login('sun') } });
  expect(answer.status).toBe(200);
  const report = (await answer.json()) as { cameras: { id: string; whole: { rate: number; unseen: object } }[] };
  expect(report.cameras.map(({ id }) => id)).toEqual(['cam']);
  expect(report.cameras[0]?.whole.rate).toBeCloseTo(0.75, 1);
  expect((await at.fetch(path)).status).toBe(401);
  const cookie = await at.login('sun');
  for (const wrong of [
    `from=${monday}&to=${monday}`,
    `from=${monday - 100 * 24 * hourMs}`,
    'from=x',
    `from=${monday}&by=hour`,
  ])
    expect((await at.fetch(`/api/cameras/online?${wrong}`, { headers: { cookie } })).status).toBeGreaterThanOrEqual(
      400,
    );

  at.place.changeSite({ ...site, cameras: { ...site.cameras!, off: ['cam'] } });
  const without = await at.fetch(path, { headers: { cookie } });
  expect(await without.json()).toMatchObject({ cameras: [], school: { whole: { seenMs: 0, rate: null } } });
});

test('what is seen in the pictures is told to whoever sets cameras up, and to nobody of the canteen', async () => {
  const at = await stood();
  const ask = async (user: string) => at.fetch('/api/cameras/looks', { headers: { cookie: await at.login(user) } });
  const answer = await ask('integrator');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toContain('no-store');
  expect(await answer.json()).toMatchObject({ cameras: [{ camera: 'cam', last: { hours: 'day' } }] });
  expect((await ask('sun')).status).toBe(403);
  expect((await at.fetch('/api/cameras/looks')).status).toBe(401);
});
