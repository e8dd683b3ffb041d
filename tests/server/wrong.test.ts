/**
 * What is wrong with a request is named, with the remedy: ends and lengths that will not do, things that are not there,
 * times that are none, texts that no log book should hold. Over real HTTP, with the core's own refusals behind it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import type { Site } from '../../src/core/types.ts';
import { monday } from '../core/school.ts';
import { site as yardSite } from '../core/yard.ts';
import { people, place, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const hour = 3_600_000;
let session: string | undefined;
/** One session for all: every stand has the same key and the same people. */
async function admin(at: Stand): Promise<string> {
  session ??= await at.login('admin');
  return session;
}

const wired: Site = {
  ...yardSite,
  zones: { ...yardSite.zones, z1: { ...yardSite.zones.z1!, signal: defaultLimits } },
};

async function asking(): Promise<(body: object) => Promise<{ status: number; zh: string; en: string; code: string }>> {
  const spot = place();
  spot.site = wired;
  const at = await stand(crowd.path, {}, spot);
  await spot.offer({ kind: 'started', version: 'test', config: 'a' });
  const cookie = await admin(at);
  return async (body) => {
    const response = await at.post('/api/commands', body, { cookie });
    return { ...((await response.json()) as { zh: string; en: string; code: string }), status: response.status };
  };
}

const arm = { do: 'arm-zone', zone: 'z1', mode: 'inhibited', reason: 'works', until: monday + hour };
const tune = { do: 'tune', zone: 'z1', limits: defaultLimits, reason: 'windy' };

describe('a command that will not do', () => {
  test.each([
    [{ ...arm, zone: 'z8' }, 404, /防区“z8”/, /zone "z8"/],
    [{ do: 'walk', zones: ['z1', 'z8', '__proto__'], minutes: 5 }, 404, /“z8”、“__proto__”/, /"z8", "__proto__"/],
    [{ do: 'arm-area', area: 'moon', mode: 'away' }, 404, /区域“moon”/, /area "moon"/],
    [{ do: 'write', device: 'moon', point: 'x', value: 1 }, 404, /设备“moon”/, /device "moon"/],
    [{ do: 'write', device: 'fence', point: 'moon', value: 1 }, 404, /点位“moon”/, /point "moon"/],
    [{ do: 'write', device: 'fence', point: 'climb', value: 1 }, 404, /“climb”.*开或关/, /"climb" takes on or off/],
    [{ ...arm, until: monday + 13 * hour }, 422, /旁路最长 12 小时/, /inhibited for 12 hours at most/],
    [{ ...arm, mode: 'out-of-service', until: monday + 800 * hour }, 422, /停用最长 30 天/, /30 days at most/],
    [{ do: 'walk', zones: ['z1'], minutes: 61 }, 422, /行走测试最长 60 分钟/, /60 minutes at most/],
    [{ ...tune, until: monday + 200 * hour }, 422, /试运行最长 7 天/, /7 days at most/],
    [{ ...tune, limits: { ...defaultLimits, upN: 0 } }, 422, /upN（0\.5–100）/, /upN \(0\.5–100\)/],
    [{ ...tune, limits: { ...defaultLimits, upN: 50 } }, 422, /upN.*patientN.*climbN/, /upN.*patientN.*climbN/],
    [{ do: 'arm-area', area: 'yard', mode: 'away' }, 409, /1区 .*3区/, /Z1 .*Z3/],
  ])('%j is answered %d with the thing and what is allowed', async (body, status, zh, en) => {
    const said = await (await asking())(body);
    expect(said).toMatchObject({ status, zh: expect.stringMatching(zh), en: expect.stringMatching(en) });
  });

  test.each([
    ['a walk test of no time', { do: 'walk', zones: ['z1'], minutes: 0 }, '/minutes'],
    ['half a minute of it', { do: 'walk', zones: ['z1'], minutes: 1.5 }, '/minutes'],
    ['a reason that would clear the screen', { ...arm, reason: 'a\u0000\u001b[2J' }, '/reason'],
    ['a reason of two lines', { ...arm, reason: 'works\n19:00 armed by head' }, '/reason'],
    ['half a character', { ...arm, reason: '\ud800x' }, '/reason'],
    ['a comment with a bell', { do: 'note', alarm: 1, text: 'a\u0007' }, '/text'],
  ])('%s is not taken, and the field is named', async (_what, body, field) => {
    const said = await (await asking())(body);
    expect(said).toMatchObject({ status: 400, code: 'bad-request', en: expect.stringContaining(field) });
  });

  test('a comment may have lines, and a reason any script', async () => {
    const ask = await asking();
    expect(await ask({ do: 'note', alarm: 1, text: 'first\nsecond\tthird' })).toMatchObject({ code: 'unknown-alarm' });
    expect(await ask({ ...arm, reason: '维修 — ремонт 🔧' })).toMatchObject({ status: 200 });
  });
});

describe('a time', () => {
  const read = async (at: Stand, path: string) => {
    const response = await at.fetch(path, { headers: { cookie: await admin(at) } });
    return { status: response.status, text: await response.text() };
  };
  test.each(['', ' ', '0x10', '1e3', '-1', 'NaN', 'Infinity', '2026-11-23', '1.5', '99999999999999999'])(
    'of history that is written %j is refused and named, and never taken for 1970',
    async (time) => {
      const at = await stand(crowd.path);
      const query = new URLSearchParams({ from: '5', to: time });
      for (const path of ['/api/events', '/api/kpi', '/api/export/alarms.csv'])
        expect(await read(at, `${path}?${query}`)).toMatchObject({ status: 400, text: expect.stringContaining('/to') });
    },
  );

  test.each([[null], [true], [[]], [[5]], ['5'], [-1], [1.5]])('of a rehearsal that is %j is refused', async (from) => {
    const at = await stand(crowd.path);
    const body = { zone: 'z1', limits: defaultLimits, from, to: 5 };
    const response = await at.post('/api/rehearse', body, { cookie: await admin(at) });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('/from')]);
  });
});
