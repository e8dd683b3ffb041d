/**
 * Looking into a school at the bureau, on the real addresses: the feed is the school's own protocol over the district's copy, nobody acts there,
 * nobody sees beyond his streets or his right, and each look is a line of the trail.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { evolve, pass } from '../../src/core/evolve.ts';
import { decodeState, type ServerFrame } from '../../src/core/site/feed-codec.ts';
import type { State } from '../../src/core/types.ts';
import type { DistrictRole } from '../../src/district/board/district-rights.ts';
import type { Database } from '../../src/district/database/database.ts';
import { patiently, until } from '../patience.ts';
import { alarmDay, quietDay, raised } from '../ui/scenes.ts';
import { type Bureau, openBureau } from './bureau.ts';
import { CopiedCampus } from './copied-school.ts';
import { embedded } from './embedded-store.ts';

let db: Database;
let bureau: Bureau;
let n = 0;
beforeAll(async () => {
  ({ db } = await embedded.open());
});
afterAll(() => db.close());
beforeEach(async () => {
  bureau = await openBureau({ db });
});

async function officer(role: DistrictRole = 'duty', streets: readonly string[] = []) {
  const name = `o${++n}`;
  await bureau.officer(name, role, streets);
  return { name, cookie: await bureau.login(name) };
}
const school = (day = quietDay(), street = 'East') => CopiedCampus.join(bureau, db, `school-${++n}`, day, { street });

/** A page of the school, which folds what it is told as the pages do. */
function page(id: string, cookie: string) {
  const { url } = bureau;
  const socket = new WebSocket(`${url.replace('http', 'ws')}/district/s/${id}/feed`, {
    headers: { cookie },
    origin: url,
  });
  onTestFinished(() => socket.terminate());
  socket.on('error', () => undefined);
  const frames: ServerFrame[] = [];
  let state: State | undefined;
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame;
    frames.push(frame);
    if (frame.t === 'snapshot') state = decodeState(frame.state);
    if (frame.t !== 'events' || !state) return;
    if (frame.after !== state.seq) throw new Error(`${frame.after} does not follow ${state.seq}`);
    for (const event of frame.events) {
      pass(state, event.seq - 1);
      evolve(state, event);
    }
    pass(state, frame.seq);
  });
  const refused = new Promise<number>((resolve) =>
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode!)),
  );
  return { socket, frames, state: () => state, refused: patiently(refused, () => 'it was not refused') };
}
const copyOf = (frames: readonly ServerFrame[]) =>
  frames.flatMap((frame) => ('copy' in frame && frame.copy ? [frame.copy] : [])).at(-1);
const looked = async (name: string) =>
  await db.query<{ school: string; body: object }>(
    "SELECT school, body FROM trail WHERE officer = $1 AND kind = 'looked' ORDER BY n",
    [name],
  );

describe('a page of a school at the bureau', () => {
  test('is given what the school is, and each batch as it is folded', async () => {
    const { cookie } = await officer();
    const one = await school(alarmDay());
    const at = page(one.id, cookie);
    await until('a snapshot', () => at.state() !== undefined);
    expect(at.state()!.alarms.size).toBeGreaterThan(0);
    expect(at.frames[0]).toMatchObject({ t: 'snapshot', you: { role: 'bureau' }, site: { short: '实验小学' } });
    const before = at.state()!.alarms.size;
    await one.tell([raised('z1/climb', { zone: 'z1' }, 0)]);
    await until('the alarm', () => at.state()!.alarms.size === before + 1);
    expect(at.frames.filter(({ t }) => t === 'snapshot')).toHaveLength(1);
    expect(at.state()!.seq).toBe(one.lines.length);
    await until('a beat', () => at.frames.some(({ t }) => t === 'beat'));
    expect(copyOf(at.frames)).toMatchObject({ behind: 0 });
    expect(copyOf(at.frames)!.ageMs).toBeLessThan(90_000);
    expect(copyOf(at.frames)!.doubt).toBeUndefined();
  });
  test('is told how old what it shows is as soon as the school is silent, and long before that is a doubt', async () => {
    const { cookie } = await officer();
    const one = await school();
    const at = page(one.id, cookie);
    await until('that it is well', () => copyOf(at.frames)?.doubt === undefined && at.state() !== undefined);
    bureau.advance(60_000);
    await until('how old it is', () => (copyOf(at.frames)?.ageMs ?? 0) >= 60_000);
    expect(copyOf(at.frames)!.doubt).toBeUndefined();
    await one.beat();
    await until('that it was heard again', () => (copyOf(at.frames)?.ageMs ?? 60_000) < 60_000);
    bureau.advance(-60_000);
  });
  test('is told by its number of an alarm the copy does not hold yet, as far as it is known and may be', async () => {
    const one = await school();
    const [duty, chief] = [await officer(), await officer('chief')];
    const seq = one.lines.length;
    const line = (at: number, fact: object) => ({ seq: at, l: JSON.stringify({ seq: at, at: Date.now(), ...fact }) });
    const raisedAt = (at: number, more = {}) =>
      line(at, {
        ...{ kind: 'raised', alarm: 'climb', priority: 1, device: 'fence-1', cause: 'c', zone: 'z1', active: true },
        ...{ key: `k${at}`, ...more },
      });
    await one.beat({
      head: seq + 9,
      ahead: [
        ...[raisedAt(seq + 2), raisedAt(seq + 4), raisedAt(seq + 5, { covert: true })],
        ...[line(seq + 6, { kind: 'acknowledged', alarm: seq + 2, by: '王建国' })],
        ...[line(seq + 7, { kind: 'closed', alarm: seq + 4, by: '李强', reason: 'B1' })],
      ],
    });
    const known = async (id: number, { cookie }: { cookie: string }) => {
      const answer = await bureau.ask(`/district/s/${one.id}/api/ahead/${id}`, { cookie });
      expect(answer.status).toBe(200);
      return ((await answer.json()) as { alarm?: object }).alarm;
    };
    expect(await known(seq + 2, duty)).toMatchObject({ id: seq + 2, kind: 'climb', priority: 1, ackedBy: '王建国' });
    // No strip lists what is closed; whoever asks for it is told so all the same.
    expect(await known(seq + 4, duty)).toMatchObject({ id: seq + 4, closedBy: '李强', closedAt: expect.any(Number) });
    expect(await known(seq + 5, duty)).toBeUndefined();
    expect(await known(seq + 5, chief)).toMatchObject({ id: seq + 5 });
    expect(await known(seq + 900, duty)).toBeUndefined();
    expect(await looked(duty.name)).toContainEqual({ school: one.id, body: { alarm: seq + 2 } });
  });
  test('is told that a silent school is lost, and how old all of it is', async () => {
    const { cookie } = await officer();
    const one = await school();
    const at = page(one.id, cookie);
    // Until the board knows a school, its copy counts as lost too.
    await until('that it is well', () => copyOf(at.frames)?.doubt === undefined && at.state() !== undefined);
    bureau.advance(120_000);
    await until('that it is lost', () => copyOf(at.frames)?.doubt === 'lost');
    expect(copyOf(at.frames)!.ageMs).toBeGreaterThan(90_000);
    // Whoever comes now must not be shown it as fresh for a moment.
    const late = page(one.id, cookie);
    await until('a snapshot', () => late.frames.length > 0);
    expect(late.frames[0]).toMatchObject({ t: 'snapshot', copy: { doubt: 'lost' } });
    bureau.advance(-120_000);
  });
  test('is told of alarms that overtook the backlog, beside what it folds, and of silent ones only where it may be', async () => {
    const one = await school();
    const duty = page(one.id, (await officer()).cookie);
    const chief = page(one.id, (await officer('chief')).cookie);
    await until('both are there', () => duty.state() !== undefined && chief.state() !== undefined);
    const line = (seq: number, more: object) => ({
      seq,
      l: JSON.stringify({
        ...{ kind: 'raised', alarm: 'climb', priority: 1, device: 'fence-1', cause: 'c', zone: 'z1', active: true },
        ...{ seq, at: Date.now(), key: `k${seq}` },
        ...more,
      }),
    });
    const seq = one.lines.length;
    await one.beat({ head: seq + 9, ahead: [line(seq + 5, {}), line(seq + 7, { covert: true })] });
    await until('the alarm', () => copyOf(duty.frames)?.ahead !== undefined);
    await until('both of them', () => copyOf(chief.frames)?.ahead?.length === 2);
    expect(copyOf(duty.frames)!.ahead).toMatchObject([{ id: seq + 5, kind: 'climb', priority: 1 }]);
    expect(duty.frames.every((frame) => !JSON.stringify(frame).includes(`"id":${seq + 7}`))).toBe(true);
    expect(duty.state()!.alarms.has(seq + 5)).toBe(false);
    // Nor does the list of what is past have it, nor what is drawn from that.
    const { cookie } = await officer();
    const past = await bureau.ask(`/district/s/${one.id}/api/alarms`, { cookie });
    expect(JSON.stringify(await past.json())).not.toContain(`"id":${seq + 5},`);
    for (let n = 0; n < 9; n++) await one.tell([raised(`z1/later-${n}`, { zone: 'z1' }, 0)]);
    await until('that the backlog came to it', () => copyOf(duty.frames)?.ahead === undefined);
    await until('all of it', () => duty.state()!.seq === one.lines.length);
  });
  test('goes on when a school says of an alarm ahead what no alarm says', async () => {
    const one = await school();
    const at = page(one.id, (await officer('chief')).cookie);
    await until('a snapshot', () => at.state() !== undefined);
    const seq = one.lines.length + 5;
    const odd = { toString: 1, valueOf: null };
    const raisedOddly = { kind: 'raised', seq, at: Date.now(), key: odd, alarm: odd, priority: 'high', device: odd };
    const soundly = { ...raisedOddly, seq: seq + 1, key: 'k', alarm: 'climb', device: 'fence-1', priority: 9 };
    const ackedOddly = { kind: 'acknowledged', seq: seq + 2, at: Date.now(), alarm: seq + 1, by: odd };
    const ahead = [raisedOddly, soundly, ackedOddly].map((event) => ({ seq: event.seq, l: JSON.stringify(event) }));
    await one.beat({ head: seq + 2, ahead });
    await until('it is told', () => copyOf(at.frames)?.ahead !== undefined);
    // What cannot be listed comes in its turn.
    expect(copyOf(at.frames)!.ahead).toMatchObject([{ id: seq + 1, kind: 'climb', priority: 4 }]);
    const beats = () => at.frames.filter(({ t }) => t === 'beat').length;
    const heard = beats();
    await until('more beats', () => beats() > heard);
  });
  test('is told that a school is held back, though it speaks', async () => {
    const { cookie } = await officer();
    const one = await school();
    await db.query("UPDATE cursor SET held = 'rewritten', held_at = 1 WHERE school = $1", [one.id]);
    const at = page(one.id, cookie);
    await until('that it is held', () => copyOf(at.frames)?.doubt === 'held');
    expect(copyOf(at.frames)!.ageMs).toBeGreaterThan(0);
  });
  test('begins anew when the school begins another journal', async () => {
    const { cookie } = await officer();
    const one = await school(alarmDay());
    const at = page(one.id, cookie);
    await until('a snapshot', () => at.state() !== undefined);
    // The new one is as long as the old one, and all of it stays at the school: nothing but its number tells them apart.
    await db.query(
      'INSERT INTO journal (school, epoch, seq, leaf, at, received_at) SELECT school, 2, seq, leaf, at, received_at FROM journal WHERE school = $1',
      [one.id],
    );
    await db.query('UPDATE cursor SET epoch = 2 WHERE school = $1', [one.id]);
    await db.query('UPDATE school SET epoch = 2 WHERE school = $1', [one.id]);
    await until('the new journal', () => at.state()!.alarms.size === 0);
    expect(at.state()!.seq).toBe(one.lines.length);
  });
  test('sees no call under force unless his right goes so far', async () => {
    const one = await school([
      ...quietDay(),
      raised('z1/duress', { zone: 'z1', alarm: 'duress', covert: true }, 1_000),
    ]);
    const [duty, chief] = [await officer('duty'), await officer('chief')];
    const [seen, seenByChief] = [page(one.id, duty.cookie), page(one.id, chief.cookie)];
    await until('both snapshots', () => seen.state() !== undefined && seenByChief.state() !== undefined);
    expect([...seenByChief.state()!.alarms.values()].some(({ covert }) => covert)).toBe(true);
    expect([...seen.state()!.alarms.values()].some(({ covert }) => covert)).toBe(false);
    const id = one.lines.length;
    const ask = async (cookie: string, path: string) =>
      (
        (await (await bureau.ask(`/district/s/${one.id}/api/${path}`, { cookie })).json()) as {
          rows: { id?: number }[];
        }
      ).rows;
    expect((await ask(duty.cookie, 'alarms')).map((row) => row.id)).not.toContain(id);
    expect((await ask(chief.cookie, 'alarms')).map((row) => row.id)).toContain(id);
    expect(await ask(duty.cookie, `events?alarm=${id}`)).toEqual([]);
    expect(await ask(chief.cookie, `events?alarm=${id}`)).toHaveLength(1);
  });
});

describe('the bureau’s copy', () => {
  test('gives the records of one alarm as the school gives them, a page at a time', async () => {
    const { cookie } = await officer();
    const one = await school(alarmDay());
    const ask = async (path: string) =>
      (await (await bureau.ask(`/district/s/${one.id}/api/${path}`, { cookie })).json()) as {
        rows: Record<string, unknown>[];
        next?: string;
      };
    const all = (await ask('alarms')).rows;
    expect(all.length).toBeGreaterThan(1);
    const first = await ask('alarms?limit=1');
    const rest = await ask(`alarms?limit=1000&cursor=${first.next}`);
    expect([...first.rows, ...rest.rows].map((row) => row.id)).toEqual(all.map((row) => row.id));
    const alarm = Number(all[0]!.id);
    const facts = (await ask(`events?alarm=${alarm}`)).rows;
    expect(facts.at(-1)).toMatchObject({ kind: 'raised', seq: alarm });
    for (const fact of facts) expect(JSON.stringify(fact)).toContain(String(alarm));
    const [begin] = (await ask('events?limit=1')).rows;
    const paged = await ask('events?limit=2');
    const more = await ask(`events?limit=1000&cursor=${paged.next}`);
    expect(begin!.seq).toBe(one.lines.length);
    expect(paged.rows.length + more.rows.length).toBe(one.lines.length);
  });
  test('is acted on by nobody', async () => {
    const one = await school();
    for (const role of ['duty', 'chief', 'auditor'] as const) {
      const { cookie } = await officer(role);
      for (const [method, path] of [
        ['POST', 'commands'],
        ['POST', 'phone/acts'],
        ['PUT', 'x'],
        ['DELETE', 'alarms'],
        ['POST', 'alarms'],
      ] as const) {
        const answer = await bureau.ask(`/district/s/${one.id}/api/${path}`, {
          ...{ method, cookie, body: 'anything' },
          headers: { origin: bureau.url, 'content-type': 'application/octet-stream' },
        });
        expect([role, path, answer.status]).toEqual([role, path, 403]);
        expect(await answer.json()).toMatchObject({ code: 'copy-read-only' });
      }
      const picture = await bureau.ask(`/district/s/${one.id}/api/cameras/cam-gate/picture`, { cookie });
      expect(picture.status).toBe(404);
      expect(await picture.json()).toMatchObject({ code: 'not-in-copy' });
    }
  });
  test('of a school outside his streets is none, and neither is one for a screen or a stranger', async () => {
    const one = await school(quietDay(), 'West');
    const { cookie, name } = await officer('duty', ['East']);
    const screen = await officer('screen');
    const paths = ['api/me', 'api/alarms', 'api/events'];
    const status = async (path: string, by?: string) =>
      (await bureau.ask(`/district/s/${one.id}/${path}`, by === undefined ? {} : { cookie: by })).status;
    for (const path of paths) {
      expect([path, await status(path, cookie)]).toEqual([path, 404]);
      expect([path, await status(path, screen.cookie)]).toEqual([path, 403]);
      expect([path, await status(path)]).toEqual([path, 401]);
    }
    expect(await page(one.id, cookie).refused).toBe(404);
    expect(await page(one.id, screen.cookie).refused).toBe(403);
    expect(await looked(name)).toEqual([]);
  });
  test('is looked at once in the trail, however often a page comes back, and once for each alarm', async () => {
    const { cookie, name } = await officer();
    const one = await school(alarmDay());
    for (const at of [page(one.id, cookie), page(one.id, cookie)])
      await until('a snapshot', () => at.frames.length > 0);
    expect(await looked(name)).toEqual([{ school: one.id, body: {} }]);
    for (const _ of [1, 2]) await bureau.ask(`/district/s/${one.id}/api/events?alarm=7`, { cookie });
    expect(await looked(name)).toEqual([
      { school: one.id, body: {} },
      { school: one.id, body: { alarm: 7 } },
    ]);
  });
  test('is shut to an officer who logs out while he looks', async () => {
    const { cookie } = await officer();
    const one = await school();
    const at = page(one.id, cookie);
    await until('a snapshot', () => at.frames.length > 0);
    const closed = new Promise<number>((resolve) => at.socket.on('close', resolve));
    await bureau.send('/api/logout', {}, cookie);
    expect(await patiently(closed, () => 'the feed stayed open')).toBe(4001);
  });
});
