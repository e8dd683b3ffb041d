/**
 * The canteen before the real server: whoever answers for it sees its cameras, its alarms and its ledger and nothing of the school's
 * fences; photographs come with the acts and are looked at by their bytes; who did something does not countersign it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CanteenView } from '../../src/core/canteen/canteen-view.ts';
import { kitchen } from '../core/kitchen.ts';
import { monday } from '../core/school.ts';
import { climb, people, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200, 3), Buffer.from([0xff, 0xd9])]);
const hour = 3_600_000;

async function stood(): Promise<Stand> {
  const at = await stand(crowd.path);
  at.place.changeSite(kitchen);
  await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
  return at;
}
type Shown = CanteenView & { readonly alarms: readonly Record<string, unknown>[] };

async function asked(at: Stand, user: string, path: string, headers: Record<string, string> = {}) {
  return at.fetch(path, { headers: { cookie: await at.login(user), ...headers } });
}
const seen = async (at: Stand, user = 'sun') => (await (await asked(at, user, '/api/canteen')).json()) as Shown;

async function sent(at: Stand, user: string, path: string, body?: Buffer): Promise<readonly [number, string]> {
  const response = await at.fetch(path, {
    method: 'POST',
    headers: { cookie: await at.login(user), origin: at.server.url, 'content-type': 'application/octet-stream' },
    ...(body && { body: new Uint8Array(body) }),
  });
  const { code = 'done', zh } = (await response.json()) as { code?: string; zh?: string };
  if (response.status >= 400) expect(zh).toMatch(/[一-鿿]/);
  return [response.status, code];
}
async function commands(at: Stand, user: string, body: object): Promise<readonly [number, string]> {
  const response = await at.post('/api/commands', body, { cookie: await at.login(user) });
  const { code = 'done' } = (await response.json()) as { code?: string };
  return [response.status, code];
}
const query = (path: string, of: Record<string, string | number>) =>
  `${path}?${new URLSearchParams(Object.fromEntries(Object.entries(of).map(([key, value]) => [key, String(value)])))}`;
const opening = (at: Stand, more: Record<string, string | number> = {}) =>
  query('/api/canteen/rectifications', {
    ...{ source: 'hand', area: 'store', offence: 'storage', what: '米袋直接放地上', who: 'wu' },
    ...{ due: at.place.house.now() + 24 * hour, ...more },
  });

describe('what the canteen’s page asks', () => {
  test('has its cameras, its alarms and its ledger, and nothing of the fence', async () => {
    const at = await stood();
    await at.place.offer(climb(true), { kind: 'reading', device: 'cam', values: [['no_hat', true]] });
    const view = await seen(at);
    expect(view.areas.map(({ id, cameras }) => [id, cameras.map((camera) => camera.id)])).toEqual([
      ['cooking', ['cam']],
      ['store', []],
    ]);
    expect(view.alarms).toMatchObject([{ device: 'cam', kind: 'hygiene' }]);
    expect(view.rectifications).toMatchObject([{ stage: 'proposed', offence: { key: 'no_hat' } }]);
    expect(view.people.map(({ id }) => id)).toEqual(['sun', 'zhou', 'wu']);
    expect(JSON.stringify(view)).not.toMatch(/climb|z1|李强/);
  });

  test('is answered in few bytes while nothing has changed, and anew once something has', async () => {
    const at = await stood();
    const first = await asked(at, 'sun', '/api/canteen');
    const etag = first.headers.get('etag') ?? '';
    const again = await asked(at, 'sun', '/api/canteen', { 'if-none-match': etag });
    expect([again.status, again.headers.get('x-now')]).toEqual([304, String(at.place.house.now())]);
    await at.place.offer({ kind: 'reading', device: 'cam', values: [['no_hat', true]] });
    expect((await asked(at, 'sun', '/api/canteen', { 'if-none-match': etag })).status).toBe(200);
  });

  test('is for those who have the right, and gives one of another role no other route', async () => {
    const at = await stood();
    for (const user of ['guard', 'integrator']) expect((await asked(at, user, '/api/canteen')).status).toBe(403);
    for (const path of ['/api/alarms', '/api/events', '/api/cameras/cam/picture', '/api/health', '/api/evidence/a.jpg'])
      expect((await asked(at, 'sun', path)).status).toBe(403);
  });
});

describe('a rectification', () => {
  test('goes from a camera’s proposal to a countersignature by somebody else, with both photographs', async () => {
    const at = await stood();
    await at.place.offer({ kind: 'reading', device: 'cam', values: [['masked', true]] });
    const [{ id } = { id: 0 }] = (await seen(at)).rectifications;
    const due = at.place.house.now() + 24 * hour;
    expect(await commands(at, 'sun', { do: 'take-rectification', rectification: id, who: 'zhou', due })).toEqual([
      200,
      'done',
    ]);
    const path = query('/api/canteen/answers', { rectification: id, text: '已擦干净' });
    expect(await sent(at, 'zhou', path, Buffer.from('no picture at all'))).toEqual([422, 'photo-wrong']);
    expect(await sent(at, 'zhou', path, jpeg)).toEqual([200, 'done']);
    expect(await commands(at, 'zhou', { do: 'countersign-rectification', rectification: id })).toEqual([
      403,
      'own-answer',
    ]);
    expect(await commands(at, 'sun', { do: 'countersign-rectification', rectification: id })).toEqual([200, 'done']);
    const [one] = (await seen(at)).rectifications;
    expect(one).toMatchObject({ stage: 'countersigned', answers: [{ by: 'zhou', text: '已擦干净' }] });
    expect(at.place.photos).toHaveLength(1);
    expect(one?.answers[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is opened by hand with a photograph, which whoever sees the canteen may look at, and no other picture', async () => {
    const at = await stood();
    at.place.house.evidence = async () => jpeg;
    expect(await sent(at, 'sun', opening(at), jpeg)).toEqual([200, 'done']);
    const [one] = (await seen(at)).rectifications;
    const own = await asked(at, 'zhou', `/api/canteen/evidence/${one?.picture}`);
    expect([own.status, own.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await asked(at, 'sun', '/api/canteen/evidence/1-1.jpg')).status).toBe(404);
    expect((await asked(at, 'sun', '/api/canteen/cameras/fence/picture')).status).toBe(404);
  });

  test('is opened by nobody without the right, on no wall, and for no day that is over', async () => {
    const at = await stood();
    for (const user of ['guard', 'auditor', 'wall'])
      expect(await sent(at, user, opening(at), jpeg)).toEqual([403, 'no-right']);
    expect(await sent(at, 'sun', opening(at, { due: 5 }))).toEqual([422, 'due-wrong']);
    expect(at.place.photos).toHaveLength(0);
  });
});

describe('a check list', () => {
  test('is answered in its time, with a photograph where it wants one, and a sample says its dish', async () => {
    const at = await stood();
    at.place.advance(monday + 12 * hour - at.place.house.now());
    const sample = (of: Record<string, string>) =>
      query('/api/canteen/lists', { list: 'samples', item: 'dish', value: '130', ...of });
    expect(await sent(at, 'zhou', sample({ note: '番茄炒蛋' }))).toEqual([409, 'photo-missing']);
    expect(await sent(at, 'zhou', sample({}), jpeg)).toEqual([409, 'text-missing']);
    expect(await sent(at, 'zhou', sample({ note: '番茄炒蛋' }), jpeg)).toEqual([200, 'done']);
    expect(await sent(at, 'zhou', sample({ note: '米饭', value: '90' }), jpeg)).toEqual([200, 'done']);
    const view = await seen(at);
    expect(view.lists.find(({ id }) => id === 'samples')?.answers).toMatchObject([
      { note: '番茄炒蛋', value: 130, right: true },
      { note: '米饭', value: 90, right: false },
    ]);
    expect(view.rectifications.at(-1)).toMatchObject({ source: { from: 'list' }, offence: { key: 'item/dish' } });
  });
});

describe('the report', () => {
  async function reported(at: Stand, file: string, more: Record<string, string | number> = {}, user = 'sun') {
    const now = at.place.house.now();
    return asked(at, user, query(`/api/canteen/${file}`, { from: now - 24 * hour, to: now + 1, ...more }));
  }

  test('has the ledger with both photographs’ names, the events and the areas, and leaves a fact with who took it', async () => {
    const at = await stood();
    await at.place.offer({ kind: 'reading', device: 'cam', values: [['no_hat', true]] });
    await sent(at, 'sun', opening(at, { what: '=1+1' }), jpeg);
    at.place.advance(60_000);
    const response = await reported(at, 'report.csv');
    const csv = await response.text();
    expect(response.headers.get('content-disposition')).toMatch(/attachment; filename="canteen-\d{8}-\d{8}\.csv"/);
    expect(csv).toMatch(/^食堂“互联网\+明厨亮灶”报告/);
    expect(csv).toContain('烹饪区,烹饪,1');
    expect(csv).toContain('后厨违规,烹饪区,1');
    expect(csv).toMatch(/未戴帽.*待认领/);
    // What a spreadsheet would run is no formula any more.
    expect(csv).toContain("'=1+1");
    await expect
      .poll(() => at.place.door.some(({ kind, ...fact }) => kind === 'exported' && 'by' in fact && fact.by === 'sun'))
      .toBe(true);
  });

  test('is a workbook, a paper, and a page to print in which nothing runs', async () => {
    const at = await stood();
    await sent(at, 'sun', opening(at, { what: '<script>alert(1)</script>' }), jpeg);
    at.place.advance(60_000);
    const book = Buffer.from(await (await reported(at, 'report.xlsx')).arrayBuffer());
    expect(book.subarray(0, 2).toString()).toBe('PK');
    const pdf = Buffer.from(await (await reported(at, 'report.pdf')).arrayBuffer());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const page = await reported(at, 'report.html', { lang: 'en' });
    const html = await page.text();
    expect(html).not.toContain('<script>');
    expect(html).toMatch(/<img src="\/api\/canteen\/evidence\/[\w-]+\.jpg"/);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  });

  test('is for those who see the canteen, on no wall, and of no span that is empty or too long', async () => {
    const at = await stood();
    expect((await reported(at, 'report.csv', {}, 'guard')).status).toBe(403);
    expect((await reported(at, 'report.csv', {}, 'wall')).status).toBe(403);
    expect((await reported(at, 'report.csv', { from: 0 })).status).toBe(422);
  });
});
