/**
 * What a phone sends by a key: done once however often it arrives, with its own time where it waited, and never said of an alarm that is
 * another one by now. Real requests to the real server.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import { alarmed, climb, people, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200, 7), Buffer.from([0xff, 0xd9])]);
const key = (n: number) => `0123456789abcdef${n}`;

/** A phone of somebody: sends what is said, with or without a photograph. */
async function phoneOf(at: Stand, user = 'guard') {
  const cookie = await at.login(user);
  return async (said: Record<string, string | number>, photo: Uint8Array = new Uint8Array()) => {
    const query = new URLSearchParams(
      Object.entries(said).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const response = await at.fetch(`/api/phone/acts?${query}`, {
      method: 'POST',
      headers: { cookie, origin: at.server.url, 'content-type': 'application/octet-stream' },
      body: Buffer.from(photo),
    });
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  };
}
const kinds = (at: Stand) => at.place.events.map(({ kind }) => kind);
const sentOf = (at: Stand) => at.place.events.filter((e) => e.kind === 'phone-sent');

describe('a key', () => {
  test('is done once, and answered alike the second time', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    const send = await phoneOf(at);
    expect(await send({ do: 'note', alarm, text: 'wet', key: key(1) })).toMatchObject({ status: 200 });
    expect(await send({ do: 'note', alarm, text: 'wet', key: key(1) })).toEqual({
      status: 200,
      answer: { events: [] },
    });
    expect(kinds(at).filter((kind) => kind === 'noted')).toHaveLength(1);
    expect(await send({ do: 'note', alarm, text: 'wet', key: key(2) })).toMatchObject({ status: 200 });
    expect(kinds(at).filter((kind) => kind === 'noted')).toHaveLength(2);
  });
  test('is known after a restart, for it is folded from the journal', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    const send = await phoneOf(at);
    await send({ do: 'note', alarm, text: 'wet', key: key(1) });
    const again = emptyState();
    for (const event of at.place.events) evolve(again, event);
    expect(again.usedKeys).toEqual(at.place.state.usedKeys);
    expect([...again.usedKeys.keys()]).toEqual([key(1)]);
  });
  test('that was refused is refused with the same word', async () => {
    const at = await stand(crowd.path);
    await alarmed(at);
    const send = await phoneOf(at);
    const first = await send({ do: 'acknowledge', alarm: 99_999, key: key(1) });
    expect(first).toMatchObject({ status: 404, answer: { code: 'unknown-alarm' } });
    expect(await send({ do: 'acknowledge', alarm: 99_999, key: key(1) })).toEqual(first);
    expect(sentOf(at)).toMatchObject([{ act: 'acknowledge', refused: 'unknown-alarm' }]);
    expect(sentOf(at)[0]).not.toHaveProperty('alarm');
  });
  test('is forgotten with the next one after a day, and the oldest of very many first', () => {
    const state = emptyState();
    const fold = (seq: number, n: number, at: number) =>
      evolve(state, { kind: 'phone-sent', key: key(n), by: 'li', act: 'note', seq, at });
    fold(1, 1, 1_000);
    fold(2, 2, 86_400_000);
    expect(state.usedKeys.size).toBe(2);
    fold(3, 3, 86_402_000);
    expect([...state.usedKeys.keys()]).toEqual([key(2), key(3)]);
    for (let n = 4; n < 5_100; n++) fold(n, n, 86_402_000);
    expect(state.usedKeys.size).toBe(5_000);
    expect(state.usedKeys.has(key(5_099))).toBe(true);
  });
});

describe('what waited in a phone', () => {
  const minutes = 60_000;
  test('carries when it was made, counts from when it came, and stands with the alarm', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    at.place.advance(20 * minutes);
    const send = await phoneOf(at);
    const now = at.place.house.now();
    const made = { at: now - 8 * minutes, sent: now, off: 0 };
    expect(await send({ do: 'acknowledge', alarm, key: key(1), ...made })).toMatchObject({ status: 200 });
    const acked = at.place.state.alarms.get(alarm)!;
    expect(acked.acked!.at).toBeGreaterThanOrEqual(now);
    expect(acked.sent).toMatchObject([{ act: 'acknowledge', by: 'guard' }]);
    expect(Math.abs(acked.sent![0]!.madeAt! - made.at)).toBeLessThan(1_000);
    expect(acked.sent![0]).not.toHaveProperty('doubt');
  });
  test('is in doubt when the clock of the phone was set meanwhile', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    at.place.advance(20 * minutes);
    const send = await phoneOf(at);
    const now = at.place.house.now();
    await send({ do: 'note', alarm, text: 'x', key: key(1), at: now - minutes, sent: now + 60 * minutes, off: 0 });
    expect(sentOf(at)).toMatchObject([{ doubt: true }]);
  });
  test('of an alarm that is closed is refused with who closed it', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    const head = { name: 'head', role: 'head' } as const;
    await at.place.offer(climb(false));
    await at.place.house.command(head, { do: 'acknowledge', alarm });
    await at.place.house.command(head, { do: 'look', alarm });
    await at.place.house.command(head, { do: 'close', alarm, reason: 'B4' });
    expect(at.place.state.alarms.has(alarm)).toBe(false);
    at.place.advance(20 * minutes);
    const send = await phoneOf(at);
    const now = at.place.house.now();
    const { status, answer } = await send({ do: 'acknowledge', alarm, key: key(1), at: now - 9 * minutes, sent: now });
    expect(status).toBe(404);
    expect(answer.zh).toMatch(/head .*关闭/);
  });
  test('is not taken for an alarm that was raised again since', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    at.place.advance(20 * minutes);
    await at.place.house.command({ name: 'head', role: 'head' }, { do: 'acknowledge', alarm });
    await at.place.offer(climb(false), climb(true));
    const now = at.place.house.now();
    const send = await phoneOf(at);
    const answer = await send({ do: 'acknowledge', alarm, key: key(1), at: now - 9 * minutes, sent: now });
    expect(answer).toMatchObject({ status: 409, answer: { code: 'raised-since' } });
    expect(at.place.state.alarms.get(alarm)!.acked).toBeUndefined();
  });
  test('longer than a shift is refused', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    at.place.advance(13 * 60 * minutes);
    const now = at.place.house.now();
    const send = await phoneOf(at);
    const answer = await send({ do: 'acknowledge', alarm, key: key(1), at: now - 12.5 * 60 * minutes, sent: now });
    expect(answer).toMatchObject({ status: 422, answer: { code: 'kept-too-long' } });
  });
});

describe('a photograph', () => {
  test('is kept once with its hash, and stands with the alarm', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    const send = await phoneOf(at);
    await send({ do: 'note', alarm, text: '现场照片', key: key(1) }, jpeg);
    await send({ do: 'note', alarm, text: '现场照片', key: key(1) }, jpeg);
    expect(at.place.photos).toHaveLength(1);
    const sha256 = createHash('sha256').update(jpeg).digest('hex');
    expect(at.place.state.alarms.get(alarm)!.sent).toMatchObject([{ act: 'note', sha256 }]);
  });
  test('that is none is refused, and nothing is done', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    const send = await phoneOf(at);
    const answer = await send({ do: 'note', alarm, text: 'x', key: key(1) }, Buffer.from('<svg onload=alert(1)>'));
    expect(answer).toMatchObject({ status: 422, answer: { code: 'photo-wrong' } });
    expect(kinds(at)).not.toContain('noted');
  });
});

describe('who may', () => {
  test('is whoever handles alarms, and no wall', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    for (const user of ['auditor', 'integrator', 'wall'])
      expect(await (await phoneOf(at, user))({ do: 'note', alarm, text: 'x', key: key(1) })).toMatchObject({
        status: 403,
      });
    expect(kinds(at)).not.toContain('noted');
    expect(await (await phoneOf(at, 'head'))({ do: 'note', alarm, text: 'x', key: key(1) })).toMatchObject({
      status: 200,
    });
  });
  test('sends only what a phone has to say', async () => {
    const at = await stand(crowd.path);
    const alarm = await alarmed(at);
    const send = await phoneOf(at, 'head');
    for (const said of [
      { do: 'close', alarm, reason: 'B4', key: key(1) },
      { do: 'note', alarm, text: 'x', key: 'short' },
      { do: 'note', alarm: '1e9', text: 'x', key: key(1) },
      { do: 'note', alarm, text: 'x', key: key(1), madeAt: 1 },
    ])
      expect((await send(said)).status).toBe(400);
  });
});

describe('a call for help', () => {
  const touched = (at: Stand) =>
    at.place.offer({
      kind: 'reading',
      device: 'r1',
      values: [['scan', 'C1']],
    });
  test('is an urgent alarm that says who, and that nobody knows where', async () => {
    const at = await stand(crowd.path);
    await alarmed(at);
    const send = await phoneOf(at);
    await send({ do: 'call-help', key: key(1) });
    const raised = at.place.events.filter((e) => e.kind === 'raised').at(-1)!;
    expect(raised).toMatchObject({
      alarm: 'sos',
      priority: 1,
      device: 'phone',
      why: { zh: 'guard 用手机求助，不知道人在哪里' },
    });
    expect(raised).not.toHaveProperty('covert');
    await send({ do: 'call-help', key: key(1) });
    await send({ do: 'call-help', key: key(2) });
    expect(kinds(at).filter((kind) => kind === 'repeated')).toHaveLength(1);
  });
  test('names the point he touched last, and stands there while that is fresh', async () => {
    const at = await stand(crowd.path);
    at.place.changeSite({ ...at.place.site, people: { li: { id: 'li', name: 'guard', card: 'C1' } } });
    await alarmed(at);
    await touched(at);
    const send = await phoneOf(at);
    await send({ do: 'call-help', key: key(1) });
    const here = at.place.events.filter((e) => e.kind === 'raised').at(-1)!;
    expect(here).toMatchObject({
      alarm: 'sos',
      checkpoint: expect.any(String),
      why: { zh: expect.stringContaining('0 分钟前') },
    });
    at.place.advance(45 * 60_000);
    await send({ do: 'call-help', silent: 'true', key: key(2) });
    const later = at.place.events.filter((e) => e.kind === 'raised').at(-1)!;
    expect(later).toMatchObject({ alarm: 'duress', why: { zh: expect.stringContaining('45 分钟前') } });
    expect(later).not.toHaveProperty('checkpoint');
  });
  test('silent is known to heads alone: nothing that a guard or the desk may see tells of it', async () => {
    const at = await stand(crowd.path);
    await alarmed(at);
    const send = await phoneOf(at);
    const { answer } = await send({ do: 'call-help', silent: 'true', key: key(1) });
    expect(answer).toEqual({ events: [] });
    const told = at.place.events.slice(-2);
    expect(told).toMatchObject([
      { kind: 'raised', alarm: 'duress', covert: true },
      { kind: 'phone-sent', act: 'call-help', covert: true },
    ]);
  });
  const waited = async (ageMs: number, more: Record<string, string | number> = {}) => {
    const at = await stand(crowd.path);
    await alarmed(at);
    const send = await phoneOf(at);
    const now = at.place.house.now();
    await send({ do: 'call-help', key: key(1), at: now - ageMs, sent: now, ...more });
    const raised = at.place.events.filter((e) => e.kind === 'raised').at(-1)!;
    return { at, send, raised, now };
  };
  test('that waited says how old it is from five minutes on, and is as urgent as one of now', async () => {
    const { raised } = await waited(4 * 60_000);
    expect(raised).toMatchObject({ priority: 1, why: { zh: 'guard 用手机求助，不知道人在哪里' } });
    const late = await waited(3 * 3_600_000);
    expect(late.raised).toMatchObject({
      priority: 1,
      why: {
        zh: 'guard 用手机求助（180 分钟前发的），不知道人在哪里',
        en: expect.stringContaining('(made 180 min ago)'),
      },
    });
  });
  test('of longer ago than a shift raises nobody, and one of now is not lost in it', async () => {
    const { at, send, raised } = await waited(13 * 3_600_000);
    expect(raised).toMatchObject({
      alarm: 'sos',
      priority: 3,
      why: { en: expect.stringContaining('made 780 min ago') },
    });
    await send({ do: 'call-help', key: key(2) });
    expect(at.place.events.filter((e) => e.kind === 'raised').at(-1)).toMatchObject({ alarm: 'sos', priority: 1 });
  });
  test('by a clock that cannot be believed is urgent, and its time is neither before 2020 nor after now', async () => {
    const unset = await waited(0, { at: 1_000 });
    expect(unset.raised).toMatchObject({ priority: 1, why: { en: expect.stringContaining('clock is in doubt') } });
    expect(sentOf(unset.at)).toMatchObject([{ madeAt: Date.UTC(2020, 0, 1), doubt: true }]);
    const ahead = await waited(-3_600_000);
    expect(ahead.raised).toMatchObject({ priority: 1 });
    const [{ madeAt, doubt } = {}] = sentOf(ahead.at);
    expect(madeAt).toBeLessThanOrEqual(ahead.at.place.house.now());
    expect(doubt).toBe(true);
  });
});
