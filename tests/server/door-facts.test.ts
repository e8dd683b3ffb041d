/**
 * What happens at the door is in the journal: who came in, who was refused and how often, who left for good, what became of accounts,
 * what was looked at and taken away. Real requests against the real server.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DoorFact } from '../../src/core/types.ts';
import { removeUser, setDisabled } from '../../src/server/auth/accounts.ts';
import { until } from '../patience.ts';
import { type Place, people, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

let at: Stand;
beforeEach(async () => {
  at = await stand(crowd.path);
});

const told = <K extends DoorFact['kind']>(kind: K) =>
  at.place.door.filter((event): event is Extract<Place['door'][number], { kind: K }> => event.kind === kind);

test('who comes in and leaves is a fact, and whoever left stays out when the gateway starts anew', async () => {
  const cookie = await at.login('operator');
  const other = await at.login('operator');
  await at.post('/api/logout', {}, { cookie });
  await until('both are told', () => told('logged-out').length === 1 && told('logged-in').length === 2);
  expect(told('logged-in')[0]).toMatchObject({ by: 'operator', address: '127.0.0.1' });
  const again = await at.again();
  const status = async (held: string) => (await fetch(`${again.url}/api/me`, { headers: { cookie: held } })).status;
  expect(await status(cookie)).toBe(401);
  expect(await status(other)).toBe(200);
});

test('while the journal cannot be read people log in anew, walls stay, and later it is known who had left', async () => {
  const [left, stays, wall] = [await at.login('operator'), await at.login('operator'), await at.login('wall')];
  await at.post('/api/logout', {}, { cookie: left });
  await until('it is told', () => told('logged-out').length === 1);
  const { records } = at.place.house;
  let full = true;
  Object.assign(at.place.house, {
    records: (look: Parameters<typeof records>[0]) => (full ? Promise.reject(new Error('disk full')) : records(look)),
  });
  at.shift(1_000);
  const again = await at.again();
  const status = async (cookie: string) => (await fetch(`${again.url}/api/me`, { headers: { cookie } })).status;
  expect([await status(left), await status(stays), await status(wall)]).toEqual([401, 401, 200]);
  full = false;
  await until('it is known who left', async () => (await status(stays)) === 200);
  expect(await status(left)).toBe(401);
});

test('refusals are told with their number, and no name that belongs to nobody', async () => {
  const guess = (user: string) => at.post('/api/login', { user, password: 'wrong wrong 9' });
  await guess('operator');
  await guess('my-secret-password');
  await guess('head');
  await until('the first is told', () => told('login-refused').length === 1);
  at.shift(61_000);
  await guess('guard');
  await until('the others are told together', () => told('login-refused').length === 3);
  expect(told('login-refused').map(({ name, count }) => [name, count])).toEqual([
    ['operator', 1],
    ['operator', 2],
    ['guard', 1],
  ]);
  expect(JSON.stringify(at.place.door)).not.toContain('my-secret');
});

describe('accounts', () => {
  test('as they are found, disabled and removed are facts, also when that was done while the gateway stood', async () => {
    const own = await people();
    try {
      const house = await stand(own.path);
      const changes = () =>
        house.place.door.flatMap((event) =>
          event.kind === 'account-changed' ? [`${event.name} ${event.change}`] : [],
        );
      await until('all are found', () => changes().length === 10);
      expect(new Set(changes().map((one) => one.split(' ')[1]))).toEqual(new Set(['found']));
      await setDisabled(own.path, 'guard', true);
      await until('the guard is disabled', () => changes().includes('guard disabled'));
      await house.server.close();
      await removeUser(own.path, 'auditor');
      await setDisabled(own.path, 'guard', false);
      await house.again();
      await until('what was done meanwhile is told', () => changes().length === 13);
      expect(changes().slice(11)).toEqual(['guard enabled', 'auditor removed']);
    } finally {
      await own.remove();
    }
  });

  test('that are disabled may not log in, and their sessions are over', async () => {
    const own = await people();
    try {
      const house = await stand(own.path);
      const cookie = await house.login('guard');
      await setDisabled(own.path, 'guard', true);
      expect((await house.fetch('/api/me', { headers: { cookie } })).status).toBe(401);
      await expect(house.login('guard')).rejects.toThrow('401');
    } finally {
      await own.remove();
    }
  });
});

test('exports are facts each time, and pictures once an hour for each person', async () => {
  const headers = { cookie: await at.login('head') };
  for (const path of ['/api/cameras/cam/picture', '/api/cameras/cam/picture', '/api/evidence/100-7.jpg']) {
    const answer = await at.fetch(path, { headers });
    await answer.arrayBuffer();
  }
  for (let i = 0; i < 2; i++) await (await at.fetch('/api/export/alarms.csv?from=0&to=9', { headers })).text();
  await until('all are told', () => told('exported').length === 2 && told('picture-viewed').length === 2);
  expect(told('picture-viewed')).toMatchObject([
    { by: 'head', camera: 'cam' },
    { by: 'head', picture: '100-7.jpg' },
  ]);
  expect(told('exported')[0]).toMatchObject({ by: 'head', what: '/api/export/alarms.csv?from=0&to=9' });
});
