/**
 * Touches written down by hand as they come over the wire: what is too long, malformed or not this person's to write is answered with
 * a sentence and leaves nothing behind.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { monday } from '../core/school.ts';
import { people, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const good = { do: 'write-touch', reader: 'r1', person: 'li', sourceTime: monday - 60_000, reason: '没电' };

async function asked({ post, login }: Stand, user: string, more: object): Promise<readonly [number, string]> {
  const response = await post('/api/commands', { ...good, ...more }, { cookie: await login(user) });
  const { code = 'done', zh = '' } = (await response.json()) as { code?: string; zh?: string };
  if (response.status >= 400) expect(zh).not.toBe('');
  return [response.status, code];
}

test('what cannot be a touch is refused with its reason and writes nothing', async () => {
  const at = await stand(crowd.path);
  expect(await asked(at, 'guard', {})).toEqual([403, 'no-right']);
  expect(await asked(at, 'admin', {})).toEqual([403, 'no-right']);
  expect(await asked(at, 'wall', {})).toEqual([403, 'no-right']);
  expect(await asked(at, 'operator', { reader: 'zz' })).toEqual([404, 'unknown-checkpoint']);
  expect(await asked(at, 'operator', { person: 'zz' })).toEqual([404, 'unknown-person']);
  expect(await asked(at, 'operator', { sourceTime: monday + 3_600_000 })).toEqual([422, 'in-future']);
  expect(await asked(at, 'operator', { sourceTime: 0 })).toEqual([422, 'too-old']);
  expect(await asked(at, 'operator', { reason: '' })).toEqual([422, 'reason-missing']);
  for (const more of [
    { reason: 'x'.repeat(201) },
    { reason: 'x'.repeat(7_000) },
    { reason: 'a\u0000b' },
    { sourceTime: 1.5 },
    { sourceTime: -1 },
    { source: 'online' },
    { card: '0F004EBEFC' },
  ])
    expect((await asked(at, 'operator', more))[0]).toBe(400);
  expect((await asked(at, 'operator', { reason: 'x'.repeat(10_000) }))[0]).toBe(413);
  expect(at.place.events.filter(({ kind }) => kind === 'touched')).toEqual([]);
  expect(await asked(at, 'operator', {})).toEqual([200, 'done']);
  expect(await asked(at, 'operator', {})).toEqual([200, 'done']);
  expect(await asked(at, 'head', {})).toEqual([409, 'already-touched']);
  expect(at.place.events.filter(({ kind }) => kind === 'touched')).toHaveLength(1);
});
