/**
 * The feed: one snapshot, then every event once and in order, nothing before it is kept, nothing a role may not see, and
 * no page that can hurt the others. Real sockets; the events come from the core.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evolve, pass } from '../../src/core/evolve.ts';
import { decodeState, encodeState, type PageFrame } from '../../src/core/site/feed-codec.ts';
import { BEHIND_MAX, CODES, FRAME_MAX } from '../../src/server/feed/feed-listener.ts';
import { untranslated } from '../../src/words/words.ts';
import { school } from '../core/school.ts';
import { climb, type Ear, listen, PASSWORD, people, place, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

async function hear(at: Stand, user: string): Promise<Ear> {
  return listen(at.server, { cookie: await at.login(user), origin: at.server.url });
}

const page = (more: Partial<PageFrame> = {}): string =>
  JSON.stringify({
    t: 'page',
    page: 'wall',
    seq: 1,
    displayed: [1],
    visible: true,
    sound: 'running',
    nodes: 9,
    ...more,
  });

/** Folds what an ear heard since its last snapshot, and fails on a gap. */
function fold(ear: Ear) {
  const from = ear.frames.findLastIndex((f) => f.t === 'snapshot');
  const first = ear.frames[from];
  if (first?.t !== 'snapshot') throw new Error('no snapshot');
  const state = decodeState(first.state);
  for (const frame of ear.frames.slice(from + 1)) {
    if (frame.t !== 'events') continue;
    expect(frame.after).toBe(state.seq);
    // As a page does: what a role may not see leaves a gap.
    for (const event of frame.events) {
      pass(state, event.seq - 1);
      evolve(state, event);
    }
    pass(state, frame.seq);
  }
  return state;
}

/** Everything a screen reads of a state, as text. */
function shown(state: ReturnType<typeof decodeState>): string {
  const { at: _at, ...rest } = encodeState(state);
  return JSON.stringify(rest);
}

describe('a page that asks whether its connection lives', () => {
  test('is answered at once and by nothing but that, though no beat comes and nothing is kept', async () => {
    // Beats come half an hour apart.
    const at = await stand(crowd.path, {}, place(), 1e-3);
    await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
    const ear = await hear(at, 'operator');
    await ear.next('snapshot');
    const release = at.place.hold();
    const kept = at.place.offer({ kind: 'lost', line: 'bus', reason: 'x', count: 1 });
    for (let n = 0; n < 3; n++) ear.socket.send(JSON.stringify({ t: 'ask' }));
    await ear.next('here', () => ear.texts.filter((text) => text.includes('here')).length === 3);
    expect(ear.texts.slice(1)).toEqual(Array(3).fill(JSON.stringify({ t: 'here' })));
    expect(at.place.displayed).toEqual([]);
    release();
    await kept;
    await ear.next('events');
  });

  test('is answered before its first snapshot, too, which may have to wait', async () => {
    const at = await stand(crowd.path, {}, place(), 1e-3);
    await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
    const release = at.place.hold();
    const kept = at.place.offer({ kind: 'lost', line: 'bus', reason: 'x', count: 1 });
    const ear = await hear(at, 'operator');
    ear.socket.send(JSON.stringify({ t: 'ask' }));
    await ear.next('here');
    expect(ear.frames.map(({ t }) => t)).toEqual(['here']);
    release();
    await kept;
    await ear.next('snapshot');
  });

  test('is not answered what it does not ask, and is closed when it asks without end', async () => {
    const at = await stand(crowd.path, {}, place(), 1e-3);
    const ear = await hear(at, 'operator');
    await ear.next('snapshot');
    ear.socket.send(JSON.stringify({ t: 'ask', what: 'more' }));
    ear.socket.send(JSON.stringify({ t: 'ask' }));
    await ear.next('here');
    for (let n = 0; n < 200; n++) ear.socket.send(JSON.stringify({ t: 'ask' }));
    expect((await ear.closed).code).toBe(CODES.often);
    const answered = ear.frames.filter(({ t }) => t === 'here').length;
    expect(answered).toBeGreaterThan(20);
    expect(answered).toBeLessThan(100);
  });
});

describe('a page', () => {
  test('gets a snapshot first, then events whose fold is the state of the gateway', async () => {
    const at = await stand(crowd.path);
    await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
    const ear = await hear(at, 'operator');
    const snapshot = await ear.next('snapshot');
    expect(ear.frames[0]).toBe(snapshot);
    expect(snapshot).toMatchObject({ you: { name: 'operator', role: 'operator' }, site: { short: '试验' } });
    await at.place.offer({
      kind: 'command',
      by: { name: 'x', role: 'admin' },
      command: { do: 'arm-zone', zone: 'z1', mode: 'armed' },
    });
    const [raised] = (await at.place.offer(climb(true))).filter((e) => e.kind === 'raised');
    await ear.next('events', (f) => f.events.some((e) => e.seq === raised!.seq));
    expect(shown(fold(ear))).toBe(shown(at.place.state));
    expect(fold(ear).alarms.size).toBe(1);
  });

  test('misses nothing and hears nothing twice when it joins in the middle of a storm', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('operator');
    let storming = true;
    const storm = (async () => {
      for (let i = 0; storming; i++)
        await at.place.offer(climb(i % 2 === 0), { kind: 'lost', line: 'bus', reason: 'x', count: i });
    })();
    const ears: Ear[] = [];
    for (let i = 0; i < 30; i++) {
      ears.push(await listen(at.server, { cookie, origin: at.server.url }));
      await ears.at(-1)!.next('events');
    }
    storming = false;
    await storm;
    const { seq } = at.place.house.head();
    for (const ear of ears) {
      await ear.next('events', (f) => f.seq === seq);
      expect(shown(fold(ear))).toBe(shown(at.place.state));
      expect(ear.frames.filter((f) => f.t === 'snapshot').length).toBe(1);
    }
  });

  test('is told nothing that is not durable, not even in its snapshot', async () => {
    const at = await stand(crowd.path);
    await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
    const early = await hear(at, 'operator');
    await early.next('snapshot');
    const cookie = await at.login('operator');
    const release = at.place.hold();
    const kept = at.place.offer({ kind: 'lost', line: 'bus', reason: 'secret', count: 1 });
    await early.next('beat');
    expect(at.place.state.seq).toBe(2);
    const late = await listen(at.server, { cookie, origin: at.server.url });
    await early.next('beat', (b) => b.n === 2);
    expect(late.frames).toEqual([]);
    expect(early.frames.some((f) => f.t === 'events')).toBe(false);
    release();
    await kept;
    expect((await late.next('snapshot')).state.seq).toBe(2);
    expect((await early.next('events')).seq).toBe(2);
  });

  test('gets beats that count up, with the head of the chain and the troubles', async () => {
    const at = await stand(crowd.path);
    at.place.troubles.push({ part: 'journal', why: { zh: '磁盘已满', en: 'the disk is full' }, since: 1 });
    const ear = await hear(at, 'guard');
    const first = await ear.next('beat', (b) => b.n === 1);
    expect(first).toMatchObject({ seq: 0, chain: { head: 'abababab', ok: false }, troubles: [{ part: 'journal' }] });
    await ear.next('beat', (b) => b.n === 2);
  });

  test('gets gauges when they changed, and only those', async () => {
    const at = await stand(crowd.path);
    const points = new Map([
      ['tension', { value: 150, at: 1 }],
      ['wind', { value: 3, at: 1 }],
    ]);
    at.place.live.gauges.set('fence', points);
    const ear = await hear(at, 'operator');
    expect((await ear.next('snapshot')).gauges).toEqual([
      ['fence', 'tension', 150, 1],
      ['fence', 'wind', 3, 1],
    ]);
    await ear.next('gauges');
    points.set('tension', { value: 160, at: 2 });
    expect(await ear.next('gauges', (f) => f.gauges[0]?.[2] === 160)).toEqual({
      t: 'gauges',
      gauges: [['fence', 'tension', 160, 2]],
    });
  });

  test('gets a new snapshot when the site changes', async () => {
    const at = await stand(crowd.path);
    const ear = await hear(at, 'operator');
    await ear.next('snapshot');
    at.place.changeSite({ ...school, short: '改名' });
    await ear.next('snapshot', (f) => f.site.short === '改名');
  });

  test('that says what it painted is heard, and what a hidden page laid out is not counted as seen', async () => {
    const at = await stand(crowd.path);
    const ear = await hear(at, 'operator');
    await ear.next('snapshot');
    ear.socket.send(page({ seq: 4, displayed: [2, 3] }));
    ear.socket.send(page({ seq: 5, visible: false }));
    await ear.next('beat', (b) => b.n === 2);
    expect(at.place.displayed).toEqual([
      { user: 'operator', page: 'wall', seq: 4, alarms: [2, 3] },
      { user: 'operator', page: 'wall', seq: 5, alarms: [] },
    ]);
  });

  test('hears that the gateway stops', async () => {
    const at = await stand(crowd.path);
    const ear = await hear(at, 'operator');
    await at.server.close();
    expect((await ear.closed).code).toBe(CODES.leaving);
  });
});

describe('what a role may not see', () => {
  test('does not leave the server, and leaves no gap', async () => {
    const at = await stand(crowd.path);
    const [guard, operator] = [await hear(at, 'guard'), await hear(at, 'operator')];
    await Promise.all([guard.next('snapshot'), operator.next('snapshot')]);
    const by = { name: 'zhang', role: 'auditor' } as const;
    await at.place.offer(
      { kind: 'lost', line: 'bus', reason: 'hidden', count: 1 },
      { kind: 'command', by, command: { do: 'acknowledge', alarm: 99 } },
      climb(false),
    );
    const { seq } = at.place.house.head();
    const [few, all] = [
      await guard.next('events', (f) => f.seq === seq),
      await operator.next('events', (f) => f.seq === seq),
    ];
    expect(all.events.map((e) => e.kind)).toContain('refused');
    expect(few.events.map((e) => e.kind).filter((k) => k === 'refused' || k === 'lost')).toEqual([]);
    expect(few.after).toBe(all.after);
    expect(guard.texts.join()).not.toContain('hidden');
  });

  test('names no patrolling person and no card to the installer, live or in a snapshot', async () => {
    const at = await stand(crowd.path);
    const early = await hear(at, 'integrator');
    await early.next('snapshot');
    const scan = { kind: 'reading', device: 'r1', values: [['scan', '0F004EBEFC']] } as const;
    const evening = at.place.events.length;
    await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
    at.place.advance(20 * 3_600_000 + 5 * 60_000);
    await at.place.offer({ kind: 'tick' }, scan, { kind: 'link', device: 'r1', up: true, why: untranslated('') });
    const told = JSON.stringify(at.place.events.slice(evening));
    expect(told).toContain('0F004EBEFC');
    expect(told).toContain('"person":"li"');
    const { seq } = at.place.house.head();
    await early.next('events', (f) => f.seq === seq);
    const late = await hear(at, 'integrator');
    await late.next('snapshot');
    for (const secret of ['0F004EBEFC', '李强', '"li"'])
      expect([...early.texts, ...late.texts].filter((text) => text.includes(secret))).toEqual([]);
    expect(fold(early).rounds.size).toBeGreaterThan(0);
  });
});

describe('many pages', () => {
  test('a hundred of them get the same bytes', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('operator');
    const ears = await Promise.all(
      Array.from({ length: 100 }, () => listen(at.server, { cookie, origin: at.server.url })),
    );
    await Promise.all(ears.map((ear) => ear.next('snapshot')));
    for (let i = 0; i < 20; i++)
      await at.place.offer(climb(i % 2 === 0), { kind: 'lost', line: 'bus', reason: 'r', count: i });
    const { seq } = at.place.house.head();
    await Promise.all(ears.map((ear) => ear.next('events', (f) => f.seq === seq)));
    const heard = ears.map((ear) => ear.texts.filter((text) => text.startsWith('{"t":"events"')).join('\n'));
    expect(heard[0]).not.toBe('');
    expect(new Set(heard).size).toBe(1);
    expect(await (await at.fetch('/metrics', { headers: { cookie } })).text()).toContain('gatehouse_feed_clients 100');
  });

  test('one person’s are limited in number', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('guard');
    for (let i = 0; i < 200; i++) await listen(at.server, { cookie, origin: at.server.url });
    await expect(listen(at.server, { cookie, origin: at.server.url })).rejects.toThrow('refused with 503');
    await hear(at, 'operator');
  });
});

describe('a bad page', () => {
  test('that does not read is closed with a code, and the others hear everything', async () => {
    const at = await stand(crowd.path);
    const [slow, well] = [await hear(at, 'operator'), await hear(at, 'operator')];
    await Promise.all([slow.next('snapshot'), well.next('snapshot')]);
    slow.socket.pause();
    const reason = 'x'.repeat(BEHIND_MAX / 4);
    const clients = async () => {
      const text = await (await at.fetch('/metrics', { headers: { cookie } })).text();
      return /gatehouse_feed_slow_closed (\d+)/.exec(text)?.[1];
    };
    const cookie = await at.login('operator');
    for (let i = 0; i < 400 && (await clients()) === '0'; i++) {
      await at.place.offer({ kind: 'lost', line: 'bus', reason, count: i });
      const { seq } = at.place.house.head();
      await well.next('events', (f) => f.seq === seq);
    }
    slow.socket.resume();
    expect((await slow.closed).code).toBeOneOf([CODES.slow, 1006]);
    expect(await clients()).toBe('1');
    expect(fold(well).seq).toBe(at.place.house.head().seq);
  });

  test('that takes its time over a snapshot bigger than the limit is left in peace', async () => {
    const at = await stand(crowd.path);
    const people = Object.fromEntries(
      Array.from({ length: 60_000 }, (_, i) => [`p${i}`, { id: `p${i}`, name: '一个相当长的名字'.repeat(8) }]),
    );
    at.place.site = { ...school, people };
    const cookie = await at.login('operator');
    const ear = await listen(at.server, { cookie, origin: at.server.url });
    ear.socket.pause();
    const other = await hear(at, 'operator');
    await at.place.offer(climb(false));
    await other.next('beat', (b) => b.n === 2);
    ear.socket.resume();
    const snapshot = await ear.next('snapshot');
    expect(JSON.stringify(snapshot).length).toBeGreaterThan(BEHIND_MAX);
    await ear.next('events');
  });

  test('that sends too much or nonsense is closed, each with its code', async () => {
    const at = await stand(crowd.path);
    const [chatty, mad, fat, blob] = [
      await hear(at, 'operator'),
      await hear(at, 'operator'),
      await hear(at, 'operator'),
      await hear(at, 'operator'),
    ];
    for (let i = 0; i < 200; i++) chatty.socket.send(page());
    for (const text of ['{', '[]', 'null', '{"t":"page"}', page({ seq: -1 }), page({ displayed: [1.5] })])
      mad.socket.send(text);
    fat.socket.send('x'.repeat(FRAME_MAX + 1));
    for (let i = 0; i < 6; i++) blob.socket.send(Buffer.alloc(100));
    expect((await chatty.closed).code).toBe(CODES.often);
    expect((await mad.closed).code).toBe(CODES.often);
    expect((await fat.closed).code).toBe(1009);
    expect((await blob.closed).code).toBe(CODES.often);
    expect(at.place.displayed.length).toBeLessThan(60);
    expect((await at.fetch('/healthz')).status).toBe(200);
  });

  test('that answers no ping is closed', async () => {
    const at = await stand(crowd.path);
    const ear = await listen(
      at.server,
      { cookie: await at.login('operator'), origin: at.server.url },
      { autoPong: false },
    );
    expect((await ear.closed).code).toBe(CODES.silent);
  });
});

test('the written description names every frame, field and code', async () => {
  const at = await stand(crowd.path);
  const cookie = await at.login('guard', PASSWORD);
  const text = await (await at.fetch('/api/feed.md', { headers: { cookie } })).text();
  expect(text).toBe(await readFile(new URL('../../src/server/feed/feed.md', import.meta.url), 'utf8'));
  for (const code of Object.values(CODES)) expect(text).toContain(`| ${code} |`);
  const ear = await hear(at, 'operator');
  await ear.next('snapshot');
  at.place.live.gauges.set('fence', new Map([['tension', { value: 1, at: 1 }]]));
  await at.place.offer(climb(true));
  await Promise.all([ear.next('events'), ear.next('beat'), ear.next('gauges')]);
  for (const frame of [...ear.frames, JSON.parse(page()) as object])
    for (const [key, value] of Object.entries(frame)) {
      const name = key === 't' ? String(value) : key;
      expect(text).toContain(`\`${name}`);
    }
});
