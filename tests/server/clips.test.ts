/**
 * Clips of alarms, as the server gives them: played by whoever may see evidence, taken away by heads and administrators alone and only with a
 * reason, and each a fact.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../patience.ts';
import { people, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const path = '/api/clips/100-7.mp4';

async function asking(user: string) {
  const ground = await stand(crowd.path);
  const cookie = await ground.login(user);
  const get = (address: string) => ground.fetch(address, { headers: { cookie } });
  const take = (body: object) => ground.post(`${path}/export`, body, { cookie });
  const told = (kind: string) => ground.place.door.filter((fact) => fact.kind === kind);
  return { get, take, told };
}

test('a clip is played by who may see evidence, and that somebody looked is told', async () => {
  const { get, told } = await asking('operator');
  const answer = await get(path);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'video/mp4']);
  expect(answer.headers.get('cache-control')).toBe('no-store, private');
  await until('the view is told', () => told('picture-viewed').length === 1);
  expect(told('picture-viewed')).toMatchObject([{ by: 'operator', picture: '100-7.mp4' }]);
});

test('an unknown clip, and a name that is none, are not there', async () => {
  const { get } = await asking('operator');
  expect((await get('/api/clips/100-8.mp4')).status).toBe(404);
  expect((await get('/api/clips/..%2Fjournal.db')).status).toBe(400);
});

test('a clip is taken away with a reason, and not while the records that name it are not there', async () => {
  const { take, told } = await asking('head');
  expect((await take({})).status).toBe(400);
  expect((await take({ reason: ' ' })).status).toBe(400);
  expect((await take({ reason: '派出所调取' })).status).toBe(404);
  expect(told('exported')).toEqual([]);
});

test('whoever sits at the desk does not take one away by himself', async () => {
  const { take, told } = await asking('operator');
  expect((await take({ reason: '派出所调取' })).status).toBe(403);
  expect(told('exported')).toEqual([]);
});
