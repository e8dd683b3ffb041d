/**
 * Drills before the real server: codes that nobody guesses and that end with their drill, taps without a log-in that give numbers and
 * nothing else, and the report. What comes by an open route is hostile until shown otherwise.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TapView } from '../../src/core/drill/drill-view.ts';
import type { DrillPlan } from '../../src/core/types.ts';
import { school } from '../core/school.ts';
import { alarmed, people, type Stand, stand, withinOneMinute } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const words = (zh: string) => ({ zh, en: zh });
const plan: DrillPlan = {
  ...{ every: 'month', place: words('操场'), targetMs: 120_000, camera: 'cam' },
  classes: [
    { id: 'g1c1', title: words('一（1）班'), due: 40 },
    { id: 'g1c2', title: words('一（2）班'), due: 38 },
  ],
};
const start = { do: 'start-drill', exercise: 'fire', announced: false, signal: 'broadcast' };

async function stood(): Promise<Stand> {
  const at = await stand(crowd.path);
  at.place.changeSite({ ...school, drill: plan });
  await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
  return at;
}
async function commands(at: Stand, body: object, user = 'head'): Promise<string> {
  const response = await at.post('/api/commands', body, { cookie: await at.login(user) });
  const { code = 'done' } = (await response.json()) as { code?: string };
  return code;
}
async function codes(at: Stand, user = 'head'): Promise<Record<string, string>> {
  const response = await at.fetch('/api/drill/codes', { headers: { cookie: await at.login(user) } });
  expect(response.status).toBe(200);
  const { codes: all } = (await response.json()) as { codes: { class: string; code: string }[] };
  return Object.fromEntries(all.map(({ class: id, code }) => [id, code]));
}
const drillOf = (at: Stand) => [...at.place.state.drills.values()].at(-1)!;
const end = (at: Stand, more = {}) => commands(at, { do: 'end-drill', drill: drillOf(at).id, ...more });

async function look(at: Stand, code: string): Promise<readonly [number, TapView & { code?: string; zh?: string }]> {
  const response = await at.fetch(`/api/drill/classes/${code}`);
  return [response.status, (await response.json()) as TapView];
}
async function tap(
  at: Stand,
  body: object,
): Promise<readonly [number, TapView & { code?: string; zh?: string; en?: string }]> {
  const response = await at.post('/api/drill/taps', body);
  return [response.status, (await response.json()) as TapView];
}

describe('the codes', () => {
  test('are for whoever may begin a drill, and taking them is a fact', async () => {
    const at = await stood();
    const all = await codes(at);
    expect(Object.keys(all)).toEqual(['g1c1', 'g1c2']);
    for (const code of Object.values(all)) expect(code).toMatch(/^[A-Za-z0-9_-]{22}$/);
    for (const user of ['guard', 'integrator', 'auditor'])
      expect((await at.fetch('/api/drill/codes', { headers: { cookie: await at.login(user) } })).status).toBe(403);
    expect(at.place.door).toContainEqual(
      expect.objectContaining({ kind: 'exported', by: 'head', what: '/api/drill/codes' }),
    );
  });

  test('are others for each drill and each school, and the same again after a drill begun by mistake', async () => {
    const at = await stood();
    const first = await codes(at);
    expect(await commands(at, start)).toBe('done');
    expect(await codes(at)).toEqual(first);
    expect(await end(at, { mistake: true })).toBe('done');
    expect(await codes(at)).toEqual(first);
    at.place.advance(120_000);
    expect(await commands(at, start)).toBe('done');
    expect(await end(at)).toBe('done');
    const second = await codes(at);
    const other = await codes(await stood());
    const all = [first, second].flatMap((one) => Object.values(one));
    expect(new Set(all).size).toBe(4);
    expect(other).toEqual(first);
  });
});

describe('the phone of a class, without a log-in', () => {
  test('waits, counts, puts a wrong number right, and is told that it is over: always in its own class’s words and no others', async () => {
    const at = await stood();
    const { g1c1 = '' } = await codes(at);
    expect(await look(at, g1c1)).toMatchObject([200, { stage: 'waiting', class: { zh: '一（1）班' }, listed: 40 }]);
    expect((await tap(at, { code: g1c1, present: 40, due: 40 }))[1]).toMatchObject({ code: 'drill-over' });
    await commands(at, start);
    expect(await look(at, g1c1)).toMatchObject([200, { stage: 'running', exercise: 'fire', targetMs: 120_000 }]);
    at.place.advance(70_000);
    expect(await tap(at, { code: g1c1, present: 4, due: 40 })).toMatchObject([
      200,
      { count: { present: 4, full: false } },
    ]);
    const [status, view] = await tap(at, { code: g1c1, present: 40, due: 40 });
    expect([status, view.count]).toMatchObject([200, { present: 40, due: 40, full: true }]);
    expect(view.count?.afterMs).toBeGreaterThanOrEqual(70_000);
    expect(JSON.stringify(view)).not.toMatch(/一（2）班|chen|head|李强|g1c2/);
    await end(at);
    expect(await look(at, g1c1)).toMatchObject([200, { stage: 'over', ended: 'ended', count: { present: 40 } }]);
    expect((await tap(at, { code: g1c1, present: 39, due: 40 }))[0]).toBe(409);
    expect(drillOf(at).classes[0]?.count?.present).toBe(40);
  });

  test('is told where a real alarm broke it off', async () => {
    const at = await stood();
    const { g1c1 = '' } = await codes(at);
    await commands(at, start);
    await alarmed(at);
    expect(await look(at, g1c1)).toMatchObject([200, { stage: 'over', ended: 'broken-off' }]);
  });

  test('has no use for a code of the drill before the last, of another class’s letters, or of none', async () => {
    const at = await stood();
    const old = await codes(at);
    for (let n = 0; n < 2; n++) {
      at.place.advance(120_000);
      await commands(at, start);
      await end(at);
    }
    at.place.advance(120_000);
    await commands(at, start);
    const now = (await codes(at)).g1c1 ?? '';
    for (const code of [old.g1c1 ?? '', 'A'.repeat(22), `${now.slice(0, -1)}-`]) {
      const [status, body] = await look(at, code);
      expect([status, body.code]).toEqual([404, 'code-unknown']);
      expect(body.zh).toContain('二维码');
      expect((await tap(at, { code, present: 1, due: 1 }))[0]).toBe(404);
    }
    expect(drillOf(at).classes.every(({ count }) => count === undefined)).toBe(true);
  });

  test.each([
    ['more than are due', { present: 41, due: 40 }],
    ['far more than on the list', { present: 1, due: 71 }],
    ['less than none', { present: -1, due: 40 }],
    ['half a pupil', { present: 1.5, due: 40 }],
    ['a number beyond all', { present: 1, due: 1e300 }],
    ['a text', { present: '40', due: 40 }],
    ['a name beside it', { present: 40, due: 40, name: '王小明' }],
    ['a time of the future', { present: 40, due: 40, agoMs: -1 }],
    ['no code', { present: 40, due: 40, code: undefined }],
    ['a code that is a path', { present: 40, due: 40, code: '../../../etc/passwd' }],
  ])('is refused %s', async (_, more) => {
    const at = await stood();
    const { g1c1 } = await codes(at);
    await commands(at, start);
    const [status, body] = await tap(at, { code: g1c1, ...more });
    expect(status).toBe(400);
    expect(body).toMatchObject({ zh: expect.stringMatching(/[一-鿿]/), en: expect.any(String) });
    expect(at.place.events.filter(({ kind }) => kind === 'drill-counted')).toEqual([]);
  });

  test('of another page’s making is refused by its origin', async () => {
    const at = await stood();
    const { g1c1 } = await codes(at);
    await commands(at, start);
    const foreign = await at.post(
      '/api/drill/taps',
      { code: g1c1, present: 1, due: 40 },
      { origin: 'http://evil.example' },
    );
    expect(foreign.status).toBe(403);
  });

  test('cannot fill the journal: forty numbers of one class, and then it is told so', async () => {
    const at = await stood();
    const { g1c1 } = await codes(at);
    await commands(at, start);
    for (let n = 0; n < 40; n++) expect((await tap(at, { code: g1c1, present: n % 39, due: 40 }))[0]).toBe(200);
    expect((await tap(at, { code: g1c1, present: 39, due: 40 }))[1]).toMatchObject({ code: 'counted-enough' });
    expect(at.place.events.filter(({ kind }) => kind === 'drill-counted')).toHaveLength(40);
  });

  test('is told to wait when somebody asks without end', async () => {
    const at = await stood();
    const { g1c1 } = await codes(at);
    withinOneMinute();
    const statuses = new Set<number>();
    // So many at a time as one address may have connections without a log-in, and some to spare.
    for (let asked = 0; asked < 700; asked += 20) {
      const tap = () => at.post('/api/drill/taps', { code: g1c1, present: 1, due: 40 });
      for (const { status } of await Promise.all(Array.from({ length: 20 }, tap))) statuses.add(status);
    }
    expect(statuses).toContain(429);
  });

  test('has its number only once it is durable', async () => {
    const at = await stood();
    const { g1c1 } = await codes(at);
    await commands(at, start);
    const release = at.place.hold();
    let answered = false;
    const answer = tap(at, { code: g1c1, present: 40, due: 40 }).then((one) => {
      answered = true;
      return one;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    release();
    expect((await answer)[0]).toBe(200);
  });
});

describe('the report', () => {
  test('has each drill, its classes and its problems, in every format, for those who see drills', async () => {
    const at = await stood();
    const from = at.place.house.now() - 1;
    const { g1c1, g1c2 } = await codes(at);
    await commands(at, start);
    const { id } = drillOf(at);
    at.place.advance(80_000);
    await tap(at, { code: g1c1, present: 40, due: 40 });
    at.place.advance(20_000);
    await tap(at, { code: g1c2, present: 37, due: 37 });
    await at.place.offer({ kind: 'outcome', duty: `drill/${id}/start`, ok: true, brought: '17-3.jpg', sha256: 'ab' });
    await end(at, { note: '=西楼梯拥堵' });
    const query = new URLSearchParams({
      ...{ source: 'drill', drill: String(id), place: '西楼梯', offence: 'fire-safety', what: '拥堵', who: 'li' },
      due: String(at.place.house.now() + 86_400_000),
    });
    const cookie = await at.login('head');
    const opened = await at.fetch(`/api/canteen/rectifications?${query}`, {
      method: 'POST',
      headers: { cookie, origin: at.server.url, 'content-type': 'application/octet-stream' },
    });
    expect(opened.status).toBe(200);
    const csv = await at.fetch(`/api/drill/report.csv?from=${from}&lang=zh`, { headers: { cookie } });
    const text = await csv.text();
    expect(text).toMatch(/消防疏散/);
    expect(text).toMatch(/一（1）班,40,40,40,80,80,班级扫码/);
    expect(text).toMatch(/一（2）班,38,37,37,100,100/);
    expect(text).toMatch(/77,77,100,120,是,已完成,是,'=西楼梯拥堵/);
    expect(text).toMatch(new RegExp(`${id},拥堵,西楼梯,李强`));
    const html = await (
      await at.fetch(`/api/drill/report.html?from=${from}&drill=${id}&lang=en`, { headers: { cookie } })
    ).text();
    expect(html).toContain('<img src="/api/evidence/17-3.jpg"');
    expect(html).not.toContain('<script');
    const xlsx = await at.fetch(`/api/drill/report.xlsx?from=${from}`, { headers: { cookie } });
    expect(
      Buffer.from(await xlsx.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    for (const user of ['guard', 'integrator'])
      expect(
        (await at.fetch(`/api/drill/report.csv?from=${from}`, { headers: { cookie: await at.login(user) } })).status,
      ).toBe(403);
    const auditor = await at.fetch(`/api/drill/report.csv?from=${from}`, {
      headers: { cookie: await at.login('auditor') },
    });
    expect(auditor.status).toBe(200);
    const long = await at.fetch(`/api/drill/report.csv?from=0`, { headers: { cookie } });
    expect(long.status).toBe(422);
  });
});
