/** Files of batons over real HTTP: looked at without a trace, taken in once, with the core's own rules behind them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { importFile } from '../../src/commands/import-file.ts';
import { at, csv, gbk, head, xlsx } from '../baton/sheets.ts';
import { school } from '../core/school.ts';
import { PASSWORD, people, ROLES, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const person = Object.values(school.people)[0]!.name;
const text = csv(
  head,
  ['2026-11-22 20:05:10', '03', person, '', '', 'AA01'],
  ['2026-11-22 20:09:00', '03', '路人', '', '', 'BB02'],
);

const send = (stood: Stand, cookie: string, path: string, body: Uint8Array | string) =>
  stood.fetch(path, {
    method: 'POST',
    headers: { cookie, origin: stood.server.url, 'content-type': 'application/octet-stream' },
    body: body as NonNullable<RequestInit['body']>,
  });
const look = async (stood: Stand, cookie: string, body: Uint8Array | string, more = '') => {
  const response = await send(stood, cookie, `/api/imports/preview?file=a.csv${more}`, body);
  return { status: response.status, said: (await response.json()) as Record<string, unknown> };
};
const take = async (stood: Stand, cookie: string, body: Uint8Array | string, batch: unknown) => {
  const response = await send(
    stood,
    cookie,
    `/api/imports?file=${encodeURIComponent('巡更.csv')}&batch=${batch}`,
    body,
  );
  return { status: response.status, said: (await response.json()) as Record<string, unknown> };
};

/** The school whose first point has the chip AA01. */
async function chipped(): Promise<Stand> {
  const stood = await stand(crowd.path);
  const [id, route] = Object.entries(school.routes)[0]!;
  const [first, ...others] = route.checkpoints;
  const checkpoints = [{ ...first!, chip: 'AA01' }, ...others];
  stood.place.changeSite({ ...school, routes: { ...school.routes, [id]: { ...route, checkpoints } } });
  return stood;
}

describe('a file of a baton', () => {
  test('is looked at first: what is in it, what the school does not know, and nothing becomes a fact', async () => {
    const stood = await chipped();
    const { status, said } = await look(stood, await stood.login('operator'), gbk(text));
    expect(status).toBe(200);
    expect(said).toMatchObject({
      ...{ kind: 'csv', encoding: 'gb18030', rows: 2, fresh: 2, doubled: 0, faultCount: 0, known: false },
      ...{ from: at('2026-11-22T20:05:10'), to: at('2026-11-22T20:09:00') },
      places: [
        { said: 'AA01', count: 1, title: expect.anything() },
        { said: 'BB02', count: 1 },
      ],
      people: [
        { said: person, count: 1, title: expect.anything() },
        { said: '路人', count: 1 },
      ],
    });
    expect(stood.place.events).toEqual([]);
  });

  test('is taken in once; the same again changes nothing and says so, a longer one brings what is new', async () => {
    const stood = await chipped();
    const cookie = await stood.login('head');
    const { said } = await look(stood, cookie, text);
    expect(await take(stood, cookie, text, said.batch)).toEqual({ status: 200, said: { taken: 2, known: 0 } });
    const touched = stood.place.events.filter((event) => event.kind === 'touched');
    expect(touched.map(({ card, source }) => [card, source])).toEqual([
      [expect.any(String), 'import'],
      ['路人', 'import'],
    ]);
    const count = touched.length;
    expect(await take(stood, cookie, text, said.batch)).toMatchObject({
      status: 409,
      said: { code: 'already-imported' },
    });
    const longer = await xlsx({
      a: [
        ...text
          .trim()
          .split('\r\n')
          .map((line) => line.split(',')),
        ['2026-11-22 21:00:00', '03', '', '', '', 'AA01'],
      ],
    });
    const second = await look(stood, cookie, longer);
    expect(second.said).toMatchObject({ rows: 3, fresh: 1 });
    expect(await take(stood, cookie, longer, second.said.batch)).toMatchObject({ said: { taken: 1, known: 2 } });
    expect(stood.place.events.filter((event) => event.kind === 'touched')).toHaveLength(count + 1);
    const listed = await (await stood.fetch('/api/imports', { headers: { cookie } })).json();
    expect(listed).toMatchObject({ imports: [{ taken: 1 }, { taken: 2, file: '巡更.csv', by: 'head' }] });
  });

  test('with a bad row says which, and nothing of it is taken in', async () => {
    const stood = await chipped();
    const cookie = await stood.login('operator');
    const bad = `${text}10/1/2026 22:00,03,,,,AA01\r\n`;
    const { said } = await look(stood, cookie, bad);
    expect(said).toMatchObject({
      rows: 2,
      faultCount: 1,
      faults: [{ row: 4, column: 'time', why: { zh: expect.stringContaining('10/1/2026') } }],
    });
    expect(await take(stood, cookie, bad, said.batch)).toMatchObject({ status: 422, said: { code: 'file-faulty' } });
    expect(stood.place.events).toEqual([]);
  });

  test('that is not the one looked at, is none, or is too large, is refused with a sentence', async () => {
    const stood = await chipped();
    const cookie = await stood.login('operator');
    expect(await take(stood, cookie, text, '0'.repeat(64))).toMatchObject({
      status: 409,
      said: { code: 'file-changed' },
    });
    expect(await look(stood, cookie, '%PDF-1.7')).toMatchObject({
      status: 422,
      said: { zh: expect.stringContaining('PDF') },
    });
    expect(await look(stood, cookie, text, '&encoding=ascii')).toMatchObject({ status: 400 });
    const json = await stood.post('/api/imports/preview?file=a.csv', {}, { cookie });
    expect([json.status, await json.json()]).toMatchObject([415, { code: 'file-only' }]);
    const large = await send(stood, cookie, '/api/imports/preview?file=a.csv', Buffer.alloc(21 * 1_048_576));
    expect(large.status).toBe(413);
    expect(stood.place.events).toEqual([]);
  });

  test('is taken in from a terminal as from the page, with words for what is in it and for what is not done', async () => {
    const stood = await chipped();
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-import-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = (name: string, content: string) =>
      writeFile(join(folder, name), content).then(() => join(folder, name));
    const run = async (path: string, user = 'operator', url = stood.server.url) => {
      const { ok, said } = await importFile(url, user, PASSWORD, path);
      return [ok, said.map(({ zh }) => zh).join('\n')];
    };
    const good = await file('good.csv', text);
    const bad = await file('bad.csv', `${text}10/1/2026 22:00,03,,,,AA01\r\n`);
    expect(await run(bad)).toEqual([false, expect.stringMatching(/第 4 行“巡检时间”[\s\S]*没有导入任何记录/)]);
    expect(await run(good, 'guard')).toEqual([false, expect.stringContaining('没有这项权限')]);
    expect(stood.place.events).toEqual([]);
    expect(await run(good)).toEqual([
      true,
      expect.stringMatching(/没有的编号：BB02；没有的人员：路人[\s\S]*新记录 2 条/),
    ]);
    expect(await run(good)).toEqual([true, expect.stringContaining('没有变化')]);
    await stood.server.close();
    expect(await run(good)).toEqual([false, expect.stringContaining('没有网关应答')]);
  });

  test('is for the desk alone, by name', async () => {
    const stood = await chipped();
    const allowed: string[] = [];
    for (const who of [...ROLES, 'wall']) {
      const { status } = await look(stood, await stood.login(who), text);
      if (status === 200) allowed.push(who);
      else expect(status).toBe(403);
    }
    expect(allowed).toEqual(['operator', 'head', 'admin']);
  });
});
