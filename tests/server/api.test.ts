/**
 * Commands, history, exports, pictures and descriptions over real HTTP, with the core's own refusals behind them.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cell } from '../../src/paper/csv.ts';
import { localTime } from '../../src/server/http/localtime.ts';
import { school } from '../core/school.ts';
import { alarmed, people, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const get = async (at: Stand, cookie: string, path: string) => at.fetch(path, { headers: { cookie } });
const json = async (at: Stand, cookie: string, path: string) =>
  (await (await get(at, cookie, path)).json()) as Record<string, unknown>;

describe('a command', () => {
  test('is answered with what it caused, once it is durable', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    const cookie = await at.login('guard');
    const release = at.place.hold();
    let answered = false;
    const asked = at.post('/api/commands', { do: 'acknowledge', alarm }, { cookie }).finally(() => {
      answered = true;
    });
    await get(at, cookie, '/api/me');
    expect(answered).toBe(false);
    release();
    const response = await asked;
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ events: [{ kind: 'acknowledged', alarm, by: 'guard' }] });
  });

  test.each([
    ['operator', { do: 'acknowledge', alarm: 999 }, 404, 'unknown-alarm'],
    ['operator', { do: 'close', alarm: 'ID', reason: 'B1' }, 409, 'not-acknowledged'],
    ['operator', { do: 'arm-zone', zone: 'nowhere', mode: 'armed' }, 404, 'unknown-zone'],
    ['operator', { do: 'write', device: 'fence', point: 'climb', value: true }, 422, 'not-writable'],
    ['guard', { do: 'arm-zone', zone: 'z1', mode: 'disarmed' }, 403, 'no-right'],
    ['auditor', { do: 'acknowledge', alarm: 'ID' }, 403, 'no-right'],
    ['integrator', { do: 'arm-area', area: 'yard', mode: 'disarmed' }, 403, 'no-right'],
    ['integrator', { do: 'acknowledge', alarm: 'ID' }, 403, 'no-right'],
  ])('of the %s, %j, is refused with %d %s and the refusal is a fact', async (who, asked, status, code) => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    const cookie = await at.login(who);
    const body = 'alarm' in asked && asked.alarm === 'ID' ? { ...asked, alarm } : asked;
    const response = await at.post('/api/commands', body, { cookie });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, why: code, zh: expect.any(String), en: expect.any(String) });
    expect(at.place.events.at(-1)).toMatchObject({ kind: 'refused', by: who, why: code });
  });

  test('that came too late is told who was first, and an area that zones are open of tells which', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('operator');
    const refuse = (more: object) => {
      at.place.house.command = async (by, command) => [
        { kind: 'refused', seq: 9, at: 9, by: by.name, command, why: 'already-acknowledged', ...more },
      ];
    };
    const asked = async () =>
      (await at.post('/api/commands', { do: 'acknowledge', alarm: 7 }, { cookie })).json() as Promise<object>;
    refuse({ first: { by: '张伟', at: 8, how: 'scan' } });
    expect(await asked()).toMatchObject({
      code: 'already-acknowledged',
      zh: '张伟 已于 08:00:00 确认。',
      en: '张伟 acknowledged this alarm at 08:00:00.',
      first: { by: '张伟', at: 8 },
    });
    expect(await asked()).not.toMatchObject({ first: { how: 'scan' } });
    refuse({ why: 'zone-open', open: ['z3', 'z4'] });
    expect(await asked()).toMatchObject({ code: 'zone-open', open: ['z3', 'z4'] });
    refuse({});
    expect(Object.keys(await asked())).not.toEqual(expect.arrayContaining(['first', 'open']));
  });

  test('that cannot be kept in time is answered with a sentence, not with silence', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('operator');
    const release = at.place.hold();
    const response = await at.post('/api/commands', { do: 'arm-zone', zone: 'z1', mode: 'armed' }, { cookie });
    release();
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([503, 'not-kept']);
  });
});

describe('history', () => {
  test('is paged newest first without loss or repetition, though many share a millisecond and new ones arrive', async () => {
    const at = await stand(crowd.path);
    for (let i = 0; i < 40; i++) await at.place.offer({ kind: 'lost', line: 'bus', reason: 'r', count: i });
    const same = at.place.events[10]!.at;
    for (let i = 10; i < 33; i++) at.place.events[i] = { ...at.place.events[i]!, at: same };
    const before = at.place.events.map((e) => e.seq).reverse();
    const cookie = await at.login('operator');
    const seen: number[] = [];
    let cursor = '';
    for (let i = 0; i < 30; i++) {
      const page = await json(at, cookie, `/api/events?limit=7${cursor}`);
      seen.push(...(page.rows as { seq: number }[]).map((row) => row.seq));
      if (page.next === undefined) break;
      cursor = `&cursor=${page.next}`;
      await at.place.offer({ kind: 'lost', line: 'bus', reason: 'new', count: i });
    }
    expect(seen).toEqual(before);
  });

  test.each(['limit=0', 'limit=5000', 'limit=x', 'cursor=abc', 'from=-1', 'from=yesterday', 'sql=1', 'device='])(
    'with %s is refused',
    async (query) => {
      const at = await stand(crowd.path);
      expect((await get(at, await at.login('operator'), `/api/alarms?${query}`)).status).toBe(400);
    },
  );

  test('of one alarm is what is said of it alone', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    const cookie = await at.login('operator');
    await at.post('/api/commands', { do: 'acknowledge', alarm }, { cookie });
    await at.place.offer({ kind: 'lost', line: 'bus', reason: 'r', count: 1 });
    const { rows } = await json(at, cookie, `/api/events?alarm=${alarm}`);
    expect((rows as { kind: string }[]).map((row) => row.kind)).toEqual(['acknowledged', 'raised']);
    expect((await get(at, cookie, '/api/events?alarm=x')).status).toBe(400);
  });

  test('of alarms and samples is given', async () => {
    const at = await stand(crowd.path);
    const id = await alarmed(at);
    const cookie = await at.login('operator');
    expect(await json(at, cookie, '/api/alarms')).toMatchObject({ rows: [{ id, kind: 'climb', zone: 'z1' }] });
    expect(await json(at, cookie, '/api/samples?device=fence&point=tension&from=5&to=9')).toEqual({
      samples: [{ device: 'fence', point: 'tension', value: 1.5, at: 5 }],
    });
  });
});

describe('an export', () => {
  test('opens rightly in a spreadsheet: BOM, CRLF, local times', async () => {
    const at = await stand(crowd.path);
    const id = await alarmed(at);
    const response = await get(at, await at.login('auditor'), '/api/export/alarms.csv');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="alarms.csv"');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString('utf8').split('\r\n');
    expect(lines[0]).toContain('编号,报警时间,级别');
    expect(lines[1]).toMatch(new RegExp(`^${id},2026-11-23 00:00:00,1,攀爬,东墙,fence`));
    expect(lines.at(-1)).toBe('');
    expect(bytes.toString('utf8').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('holds every record of a long time exactly once', async () => {
    const at = await stand(crowd.path);
    const id = await alarmed(at);
    const one = at.place.events.find((e) => e.seq === id)!;
    for (let i = 1; i <= 7_000; i++) at.place.events.push({ ...one, seq: id + i, at: one.at + Math.floor(i / 900) });
    const text = await (await get(at, await at.login('auditor'), '/api/export/alarms.csv')).text();
    const ids = text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => Number(line.split(',')[0]));
    expect(ids.length).toBe(7_001);
    expect(new Set(ids).size).toBe(7_001);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+86 138', "'+86 138"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['＝1', "'＝1"],
    ['a,"b"\nc', '"a,""b""\nc"'],
    ['=a,b', `"'=a,b"`],
    [-2, '-2'],
    [undefined, ''],
  ])('writes the cell %j so that it cannot run', (value, expected) => {
    expect(cell(value)).toBe(expected);
  });

  test('tells times as the school lives them', () => {
    expect(localTime(Date.parse('2026-11-22T16:00:00Z'), school)).toBe('2026-11-23 00:00:00');
    expect(localTime(undefined, school)).toBe('');
  });
});

describe('a picture', () => {
  test('is asked of the camera once for all who want it, and never kept by a cache', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('operator');
    const { promise, resolve } = Promise.withResolvers<{ jpeg: Uint8Array; at: number }>();
    at.place.pictures.answer = () => promise;
    const { site } = at.place.house;
    const arrived = Promise.withResolvers<void>();
    let requests = 0;
    at.place.house.site = () => {
      if (++requests === 10) arrived.resolve();
      return site();
    };
    const all = Array.from({ length: 10 }, () => get(at, cookie, '/api/cameras/cam/picture'));
    await arrived.promise;
    resolve({ jpeg: new Uint8Array([0xff, 0xd8, 1]), at: 42 });
    for (const response of await Promise.all(all)) {
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      expect(response.headers.get('cache-control')).toContain('no-store');
      expect(response.headers.get('x-taken-at')).toBe('42');
    }
    expect(at.place.pictures.asked).toBe(1);
    const again = await at.fetch('/api/cameras/cam/picture', { headers: { cookie, 'if-none-match': '"cam-42"' } });
    expect(again.status).toBe(304);
  });

  test('that a camera does not give ends in its own sentence', async () => {
    const at = await stand(crowd.path);
    at.place.pictures.answer = () => Promise.reject(new Error('camera cam did not answer in 5 s'));
    const response = await get(at, await at.login('operator'), '/api/cameras/cam/picture');
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ detail: 'camera cam did not answer in 5 s' });
  });

  test('is had of cameras only, and evidence only by a name that exists', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('operator');
    for (const path of ['/api/cameras/fence/picture', '/api/cameras/none/picture', '/api/evidence/100-8.jpg'])
      expect((await get(at, cookie, path)).status).toBe(404);
    const kept = await get(at, cookie, '/api/evidence/100-7.jpg');
    expect([kept.status, kept.headers.get('x-taken-at')]).toEqual([200, '100']);
    expect(at.place.pictures.asked).toBe(0);
  });

  test('of too many cameras at once is refused rather than queued', async () => {
    const at = await stand(crowd.path);
    const cameras = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`c${i}`, { ...school.devices.cam!, id: `c${i}` }]),
    );
    at.place.site = { ...school, devices: { ...school.devices, ...cameras } };
    const cookie = await at.login('operator');
    const { promise, resolve } = Promise.withResolvers<{ jpeg: Uint8Array; at: number }>();
    at.place.pictures.answer = () => promise;
    const enough = Promise.withResolvers<void>();
    const refused: Response[] = [];
    const all = Object.keys(cameras).map(async (id) => {
      const response = await get(at, cookie, `/api/cameras/${id}/picture`);
      if (response.status === 503 && refused.push(response) === 4) enough.resolve();
      return response.status;
    });
    await enough.promise;
    expect(refused.map((response) => response.headers.get('retry-after'))).toEqual(['2', '2', '2', '2']);
    resolve({ jpeg: new Uint8Array([1]), at: 1 });
    const statuses = await Promise.all(all);
    expect(statuses.filter((s) => s === 200).length).toBe(8);
  });
});

describe('health and descriptions', () => {
  test('health shows the lines, and what was set aside only to those who mend it', async () => {
    const at = await stand(crowd.path);
    expect(await json(at, await at.login('operator'), '/api/health')).toMatchObject({
      lines: [{ id: 'bus', ledger: { received: 7 } }],
      quarantine: [{ head: 'card 1234' }],
    });
    // On this line there are card readers: he learns that something could not be read, and not what it was.
    const asIntegrator = await json(at, await at.login('integrator'), '/api/health');
    expect(asIntegrator).toMatchObject({ quarantine: [{ line: 'bus', reason: 'bad-payload', head: '—' }] });
    const guard = await (await get(at, await at.login('guard'), '/api/health')).text();
    expect(guard).not.toContain('card 1234');
  });

  test('health says how far the district is, where the school has joined one', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('operator');
    expect(await json(at, cookie, '/api/health')).not.toHaveProperty('district');
    const district = { have: 7, behind: 2, name: 'pudong', cosigned: { size: 6, at: 1 } };
    Object.assign(at.place.house, { district: () => district });
    expect(await json(at, cookie, '/api/health')).toMatchObject({ district });
  });

  test('the check of the chain tells its progress and then its result', async () => {
    const at = await stand(crowd.path);
    const response = await at.post('/api/verify', {}, { cookie: await at.login('auditor') });
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    expect(
      (await response.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([{ done: 1, total: 2 }, { result: { ok: true, checked: 2 } }]);
  });

  test('the description of the API names every route but the pages, the feed and live video, which feed.md describes', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('operator');
    const api = (await json(at, cookie, '/api/openapi.json')) as { paths: Record<string, Record<string, unknown>> };
    const told = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    // HEAD is GET without its body, and needs no description of its own.
    const known = at.server.routes
      .filter(({ method }) => method !== 'HEAD')
      .map(({ method, url }) => `${method} ${url}`)
      .filter((route) => !route.endsWith('/video'))
      .filter((route) => /^\w+ (\/api\/|\/healthz|\/metrics|\/asyncapi\.json|\/ca\.crt|\/duty\/)/.test(route));
    expect(told.sort()).toEqual(known.sort());
    expect(JSON.stringify(api.paths['/api/commands'])).toContain('inhibited');
  });

  test('a mistake of our own is told to the log and not to the asker', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('operator');
    at.place.house.lines = () => {
      throw new Error('inner secret');
    };
    const response = await get(at, cookie, '/api/health');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('inner secret');
    expect(at.logged.join()).toContain('inner secret');
  });
});
