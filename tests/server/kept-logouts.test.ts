/**
 * Log-outs that the journal cannot take: they stand beside it until it can, and whoever leaves when there is no place left is told
 * so. Real requests, a real file, and a journal that a test holds back.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { DoorFact } from '../../src/core/types.ts';
import { openKeptLogouts } from '../../src/server/auth/kept-logouts.ts';
import { until } from '../patience.ts';
import { people, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

async function file(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-logouts-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  return join(dir, 'logouts');
}

const places = 16;

/** A journal that takes nothing of the door, until it is let go. */
function holdBack(at: Stand): () => void {
  const { house } = at.place;
  const { note } = house;
  const waiting: (() => void)[] = [];
  let free = false;
  house.note = async (fact: DoorFact) => {
    if (!free) await new Promise<void>((resolve) => waiting.push(resolve));
    await note(fact);
  };
  return () => {
    free = true;
    for (const go of waiting) go();
  };
}

const leave = (at: Stand, cookie: string) => at.post('/api/logout', {}, { cookie });
const outs = (at: Stand) => at.place.door.filter(({ kind }) => kind === 'logged-out');

test('each stays out, and the fact follows once', async () => {
  const at = await stand(crowd.path, { logouts: await file() }, undefined, 100);
  const letGo = holdBack(at);
  const cookie = await at.login('operator');
  expect((await leave(at, cookie)).status).toBe(204);
  const again = await at.again();
  const me = () => fetch(`${again.url}/api/me`, { headers: { cookie } });
  expect((await me()).status).toBe(401);
  letGo();
  await until('it is told', () => outs(at).length > 0);
  expect(outs(at)).toContainEqual(expect.objectContaining({ leftAt: expect.any(Number) }));
  expect((await me()).status).toBe(401);
});

test('when there is no place left whoever leaves is told, and is out all the same', async () => {
  const at = await stand(crowd.path, { logouts: await file() }, undefined, 100);
  const letGo = holdBack(at);
  const cookies: string[] = [];
  // One after the other: each counts as a wrong password until it was right.
  for (let n = 0; n <= places; n++) cookies.push(await at.login('operator'));
  const answers = [];
  for (const cookie of cookies) answers.push(await leave(at, cookie));
  expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: places }, () => 204), 200]);
  expect(await answers.at(-1)!.json()).toEqual({ kept: false });
  expect((await at.fetch('/api/me', { headers: { cookie: cookies.at(-1)! } })).status).toBe(401);
  letGo();
  await until('all are told', () => outs(at).length === places + 1);
  // With the journal well again there is room for the next.
  const last = await at.login('operator');
  expect((await leave(at, last)).status).toBe(204);
});

test('without a place on the disk it is said', async () => {
  const at = await stand(crowd.path, { logouts: join(await file(), 'nowhere', 'logouts') }, undefined, 100);
  holdBack(at);
  expect((await leave(at, await at.login('operator'))).status).toBe(200);
});

test('a file that was written over is read as far as it can be, and no other place is lost', async () => {
  const path = await file();
  const ended: string[] = [];
  const open = () => openKeptLogouts(path, { end: ({ id }) => void ended.push(id) });
  const first = await open();
  const left = (session: string) => ({ session, by: '值班员'.repeat(13), at: 1_764_500_000_000 });
  expect([await first.keep(left('a')), await first.keep(left('b'))]).toEqual([true, true]);
  const bytes = await readFile(path);
  bytes.fill(0xff, 0, 40);
  await writeFile(path, bytes);
  const second = await open();
  expect(second.found).toEqual([left('b')]);
  await second.settle('b');
  expect(ended).toEqual(['b']);
  expect((await open()).found).toEqual([]);
});
