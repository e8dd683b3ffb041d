/**
 * A phone at a checkpoint before the real server: without the code of the place nothing is touched, a photograph is looked at by its
 * bytes, nobody answers for another, and the sheet of codes is for those who put them up.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '../../src/server/point/point-codes.ts';
import { waitedSince } from '../../src/server/routes/point-routes.ts';
import { school } from '../core/school.ts';
import { people, type Stand, stand, withinOneMinute } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const secret = new Uint8Array(32).fill(7);
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200, 3), Buffer.from([0xff, 0xd9])]);
const { night } = school.routes;
const [first, ...others] = night!.checkpoints;
const ask = { zh: '灭火器正常？', en: 'Extinguisher right?' };
const site = {
  ...school,
  people: { ...school.people, guard: { id: 'guard', name: 'guard', card: 'G1' } },
  routes: {
    night: {
      ...night!,
      checkpoints: [{ ...first!, items: [{ id: 'mhq', ask, answer: 'yes-no', due: 'round' } as const] }, ...others],
    },
  },
};

async function stood(): Promise<Stand> {
  const at = await stand(crowd.path);
  at.place.changeSite(site);
  await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
  return at;
}

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
const right = codeOf(secret, 'r1');
const touch = (code: string, via: string, more = '') =>
  `/api/points/touch?code=${encodeURIComponent(code)}&via=${via}${more}`;
const touches = ({ place }: Stand) => place.events.filter(({ kind }) => kind === 'touched');

describe('a touch by phone', () => {
  test('with the code of the place is one, and its photograph is kept with its hash', async () => {
    const at = await stood();
    expect(await sent(at, 'guard', touch(right, 'nfc'))).toEqual([200, 'done']);
    expect(await sent(at, 'guard', touch(codeOf(secret, 'r2'), 'qr'), jpeg)).toEqual([200, 'done']);
    expect(touches(at)).toMatchObject([
      { reader: 'r1', source: 'phone', via: 'nfc', person: 'guard' },
      { reader: 'r2', source: 'phone', via: 'qr', picture: expect.stringMatching(/^\d+-0\.jpg$/) },
    ]);
    expect(at.place.photos).toHaveLength(1);
  });

  test.each([
    ['the name of the reader', 'r1'],
    ['a code of another school', codeOf(new Uint8Array(32).fill(8), 'r1')],
    ['a code of a device that is no point', codeOf(secret, 'cam')],
    ['a code cut short', right.slice(0, -1)],
    ['a code with something behind it', `${right}x`],
    ['an address', 'https://example.com/'],
    ['nothing', ''],
  ])('with %s in place of the code touches nothing and keeps nothing', async (_, code) => {
    const at = await stood();
    expect(await sent(at, 'guard', touch(code, 'qr'), jpeg)).toEqual([422, 'code-wrong']);
    expect(touches(at)).toEqual([]);
    expect(at.place.photos).toEqual([]);
  });

  test('of a QR code without a photograph, or with one that is none, touches nothing', async () => {
    const at = await stood();
    expect(await sent(at, 'guard', touch(right, 'qr'))).toEqual([422, 'photo-needed']);
    for (const bytes of [Buffer.from('<svg onload=alert(1)>'.repeat(20)), jpeg.subarray(0, 150), Buffer.alloc(300)])
      expect(await sent(at, 'guard', touch(right, 'qr'), bytes)).toEqual([422, 'photo-wrong']);
    expect((await sent(at, 'guard', touch(right, 'qr'), Buffer.alloc(2 * 1024 ** 2 + 1)))[0]).toBe(413);
    expect(touches(at)).toEqual([]);
    expect(at.place.photos).toEqual([]);
  });

  test('is for guards who are people of the site, and cannot be asked for by name', async () => {
    const at = await stood();
    for (const user of ['operator', 'head', 'auditor', 'integrator', 'admin', 'wall'])
      expect(await sent(at, user, touch(right, 'nfc'))).toEqual([403, 'no-right']);
    const { people: _people, ...rest } = site;
    at.place.changeSite({ ...rest, people: {} });
    expect(await sent(at, 'guard', touch(right, 'nfc'))).toEqual([409, 'no-person']);
    for (const command of [
      { do: 'touch-by-phone', reader: 'r1', via: 'nfc' },
      { do: 'check-item', reader: 'r1', item: 'mhq', value: true },
    ]) {
      const response = await at.post('/api/commands', command, { cookie: await at.login('guard') });
      expect(response.status).toBe(400);
    }
    expect(touches(at)).toEqual([]);
  });

  test('is not tried out: twenty a minute and no more', async () => {
    const at = await stood();
    const cookie = await at.login('guard');
    const headers = { cookie, origin: at.server.url, 'content-type': 'application/octet-stream' };
    withinOneMinute();
    const statuses = [];
    for (let n = 0; n < 25; n++)
      statuses.push(
        (await at.fetch(touch(`GHP1.${String(n).padStart(22, 'A')}`, 'nfc'), { method: 'POST', headers })).status,
      );
    expect(statuses.filter((status) => status === 422)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('a touch that waited in the phone', () => {
  const now = 1_800_000_000_000;
  test.each([
    ['sent at once has no time of its own', { at: now - 2_000, sent: now }, {}],
    [
      'by a clock that is wrong all the time is as old as it says',
      { at: now - 900_000, sent: now - 300_000, off: 300_000 },
      { sourceTime: now - 600_000 },
    ],
    [
      'by a clock that was set meanwhile is doubted',
      { at: now - 900_000, sent: now - 300_000, off: 0 },
      { sourceTime: now - 600_000, doubt: true },
    ],
    [
      'that is said to be sent before it was made is doubted',
      { at: now, sent: now - 5_000 },
      { sourceTime: now, doubt: true },
    ],
    ['without a time is now', {}, {}],
  ])('%s', (_, said, when) => expect(waitedSince(said, now)).toEqual(when));
});

describe('an answer to what is looked at', () => {
  test('is taken after the touch, with a photograph, and listed as given', async () => {
    const at = await stood();
    const list = async () => {
      const response = await at.fetch('/api/points/items', { headers: { cookie: await at.login('guard') } });
      return (await response.json()) as { points: { reader: string; items: { id: string; given?: object }[] }[] };
    };
    expect(await list()).toEqual({ points: [] });
    const answer = '/api/points/items?reader=r1&item=mhq&value=false&note=%E7%BA%A2%E5%8C%BA';
    expect(await sent(at, 'guard', answer)).toEqual([409, 'not-touched']);
    await sent(at, 'guard', touch(right, 'nfc'));
    expect((await list()).points).toMatchObject([{ reader: 'r1', items: [{ id: 'mhq' }] }]);
    expect(await sent(at, 'guard', answer, jpeg)).toEqual([200, 'done']);
    expect((await list()).points[0]!.items[0]!.given).toEqual({ value: false, right: false });
    expect(at.place.events.filter(({ kind }) => kind === 'item-checked')).toMatchObject([
      {
        person: 'guard',
        value: false,
        note: '红区',
        picture: expect.any(String),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  test.each(['value=maybe', 'value=1e9', 'value=', 'value=true&note=%00', `value=true&note=${'x'.repeat(201)}`])(
    'that cannot be one is refused: %s',
    async (query) => {
      const at = await stood();
      await sent(at, 'guard', touch(right, 'nfc'));
      expect((await sent(at, 'guard', `/api/points/items?reader=r1&item=mhq&${query}`))[0]).toBe(400);
      expect(at.place.events.some(({ kind }) => kind === 'item-checked')).toBe(false);
    },
  );
});

describe('the sheet of codes', () => {
  test('is a PDF for the head, the installer and nobody who walks', async () => {
    const at = await stood();
    const asked = async (user: string) =>
      at.fetch('/api/export/point-codes.pdf?lang=zh', { headers: { cookie: await at.login(user) } });
    for (const user of ['guard', 'operator', 'auditor', 'admin']) expect((await asked(user)).status).toBe(403);
    for (const user of ['head', 'integrator']) {
      const sheet = await asked(user);
      expect(sheet.status).toBe(200);
      expect(
        Buffer.from(await sheet.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
    at.place.changeSite({ ...site, routes: {} });
    expect((await asked('head')).status).toBe(422);
  });
});
