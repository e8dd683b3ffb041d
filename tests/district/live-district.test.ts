/**
 * The live board of a whole district: who may come in, what a school's batch does to a page, and that a district that cannot read its database
 * is never taken for one without schools.
 */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { changeOfficer } from '../../src/district/access/officers.ts';
import type { LiveFrame, SchoolTile } from '../../src/district/board/board-types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { makeSchoolKey } from '../../src/district/ingest/school-key.ts';
import { liveCodes } from '../../src/district/routes/live-screen.ts';
import { patiently, until } from '../patience.ts';
import { type Bureau, openBureau } from './bureau.ts';
import { embedded } from './embedded-store.ts';
import { MadeSchool } from './made-school.ts';
import { addSchool } from './some-district.ts';

let db: Database;
beforeAll(async () => {
  ({ db } = await embedded.open());
});
afterAll(() => db.close());

/** A page of somebody who may come in or not. */
function page({ url }: Bureau, cookie?: string, origin = url) {
  const headers = cookie === undefined ? {} : { cookie };
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`, { headers, origin });
  onTestFinished(() => socket.terminate());
  // Refused or cut: the codes say it.
  socket.on('error', () => undefined);
  const frames: LiveFrame[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data)) as LiveFrame));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const refused = new Promise<number>((resolve) =>
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode!)),
  );
  return { socket, frames, closed, refused: patiently(refused, () => 'it was not refused') };
}

/** The tiles of a page by now, as a page puts them together. */
function tilesOf(frames: readonly LiveFrame[]): Map<string, SchoolTile> {
  const tiles = new Map<string, SchoolTile>();
  for (const frame of frames) {
    if ('beat' in frame) continue;
    if ('board' in frame) tiles.clear();
    for (const tile of 'board' in frame ? frame.board.tiles : frame.tiles) tiles.set(tile.school, tile);
    if ('gone' in frame) for (const school of frame.gone) tiles.delete(school);
  }
  return tiles;
}

async function joined(bureau: Bureau, school: MadeSchool, street: string) {
  await addSchool(db, school, street);
  const { key, id, hash } = makeSchoolKey(school.id);
  await db.query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, 0, $4)', [
    ...[school.id, id, hash, 'admin'],
  ]);
  return (body: object) =>
    bureau.ask('/ingest', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ ...body, clock: Date.now() }),
    });
}

test('a batch of a school reaches the pages of its street, and no other', async () => {
  const bureau = await openBureau({ db });
  const school = new MadeSchool('live-1');
  school.at = Date.now() - 60_000;
  school.begin();
  const send = await joined(bureau, school, 'East');
  await bureau.officer('east', 'duty', ['East']);
  await bureau.officer('west', 'duty', ['West']);
  await bureau.officer('tv', 'screen');
  const [east, west, tv] = await Promise.all(
    ['east', 'west', 'tv'].map(async (name) => page(bureau, await bureau.login(name))),
  );
  await until('all have the board', () =>
    [east!, west!, tv!].every(({ frames }) => frames.some((one) => 'board' in one)),
  );
  expect(east!.frames.find((one) => 'board' in one)).toMatchObject({
    board: { district: { zh: '测试区' } },
    you: { shown: 'east', streets: ['East'], looksIn: true, schools: true },
  });
  expect(tv!.frames.find((one) => 'board' in one)).toMatchObject({ you: { looksIn: false, schools: false } });
  school.raise('z1/intrusion', 1);
  school.raise('z1/duress', 1, { alarm: 'duress', covert: true });
  expect((await send(school.batch())).status).toBe(200);
  await until('both see the alarm', () =>
    [east!, tv!].every(({ frames }) => tilesOf(frames).get(school.id)?.alarms.waiting[0] === 1),
  );
  const tile = tilesOf(east!.frames).get(school.id)!;
  expect(tile.alarms.top).toMatchObject({ kind: 'intrusion', priority: 1 });
  expect(JSON.stringify([east!.frames, tv!.frames])).not.toMatch(/duress|covert/);
  expect([...tilesOf(west!.frames).keys()]).toEqual([]);
  await db.query('UPDATE school SET left_at = 1 WHERE school = $1', [school.id]);
  await until('it left the board', () => !tilesOf(east!.frames).has(school.id));
});

test('nobody comes in without a log-in, without the right, or from another origin', async () => {
  const bureau = await openBureau({ db });
  await bureau.officer('boss', 'admin');
  await bureau.officer('li', 'duty');
  expect(await page(bureau).refused).toBe(401);
  expect(await page(bureau, await bureau.login('boss')).refused).toBe(403);
  expect(await page(bureau, await bureau.login('li'), 'https://elsewhere.example').refused).toBe(403);
});

test('an officer whose streets change is closed out, and comes in anew with the new ones', async () => {
  const bureau = await openBureau({ db });
  await bureau.officer('zhou', 'duty', ['East']);
  const open = page(bureau, await bureau.login('zhou'));
  await until('the board came', () => open.frames.some((one) => 'board' in one));
  await changeOfficer(db, { name: 'zhou', shown: 'zhou', role: 'duty', streets: ['West'], oidc: null });
  expect(await patiently(open.closed, () => 'the page stayed open')).toBe(liveCodes.ended);
});

test('a node that cannot read its database shows no board, and says why at each beat', async () => {
  let away = true;
  const { db: own } = await embedded.open();
  onTestFinished(() => own.close());
  const query: Database['query'] = (text, params) =>
    away && text.includes('FROM school s') ? Promise.reject(new Error('away')) : own.query(text, params);
  const broken: Database = { ...own, query, urgent: { ...own.urgent, query } };
  const bureau = await openBureau({ db: broken });
  await bureau.officer('wang', 'duty');
  const open = page(bureau, await bureau.login('wang'));
  await until('a beat came', () => open.frames.some((one) => 'beat' in one));
  expect(open.frames.find((one) => 'beat' in one)).toMatchObject({ troubles: [{ part: 'database' }] });
  expect(open.frames.some((one) => 'board' in one)).toBe(false);
  away = false;
  await until('the board came', () => open.frames.some((one) => 'board' in one));
});
