/**
 * Signing on and handing over at the desk, over real HTTP with real hashes: each person by a code of his own, whoever is logged in
 * there. Whoever has no code signs for himself alone.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localDay } from '../../src/core/site/calendar.ts';
import type { DutyShift, Event, Site, User } from '../../src/core/types.ts';
import { loadUsers } from '../../src/server/auth/accounts.ts';
import { openPins, savePins } from '../../src/server/auth/pins.ts';
import { monday, school } from '../core/school.ts';
import { people, type Stand, stand } from './place.ts';

const codes = { guard: { pin: '258036', duress: '741096' }, head: { pin: '963014', duress: '147036' } };
let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
  for (const name of ['guard', 'head'] as const) await savePins(crowd.path, name, codes[name]);
});
afterAll(() => crowd.remove());

const day = localDay(monday, 480);
const shift = (id: string, from: number, until: number): DutyShift => ({
  ...{ id, title: { zh: id, en: id }, days: [0, 1, 2, 3, 4, 5, 6], persons: 1 },
  ...{ from, until },
});
const turn = (name: string, person: string) => ({
  ...{ shift: name, days: [0, 1, 2, 3, 4, 5, 6], order: [[person]] },
  ...{ anchor: day, eachDays: 7 },
});
/** It is midnight on Monday: the late shift has just ended, the early one begins. */
const site: Site = {
  ...school,
  people: {
    li: { id: 'li', name: '李强', account: 'guard' },
    chen: { id: 'chen', name: '陈主任', account: 'head' },
    wang: { id: 'wang', name: '王建国', account: 'operator' },
    gone: { id: 'gone', name: '赵六' },
  },
  roster: {
    shifts: {
      early: shift('early', 0, 480),
      late: shift('late', 960, 0),
      desk: shift('desk', 0, 480),
      odd: shift('odd', 0, 480),
    },
    turns: [turn('early', 'li'), turn('late', 'chen'), turn('desk', 'wang'), turn('odd', 'gone')],
    temporary: [],
  },
};
async function desk(role = 'operator') {
  const at = await stand(crowd.path);
  at.place.changeSite(site);
  const ask = asking(at, await at.login(role));
  return { at, ask };
}
const asking = (at: Stand, cookie: string) => async (body: object) => {
  const response = await at.post('/api/commands', body, { cookie });
  return { status: response.status, body: (await response.json()) as { code?: string; events?: Event[] } };
};
const signOn = (person: string, name: string, more = {}) => ({ do: 'sign-on', shift: name, day, person, ...more });
const handOver = (more: object) => ({
  ...{ do: 'hand-over', shift: 'early', day, person: 'li', outgoing: 'chen' },
  ...{ heard: true, alarms: [], ...more },
});

describe('at the desk of somebody else', () => {
  test('a person signs on with his own code, and not with that of whoever is logged in', async () => {
    const { at, ask } = await desk('head');
    expect(await ask(signOn('li', 'early'))).toMatchObject({ status: 403, body: { code: 'pin-needed' } });
    expect((await ask(signOn('li', 'early', { pin: codes.head.pin }))).body.code).toBe('wrong-pin');
    expect(at.place.state.signOns.size).toBe(0);
    expect(await ask(signOn('li', 'early', { pin: codes.guard.pin }))).toMatchObject({ status: 200 });
    expect([...at.place.state.signOns.values()]).toMatchObject([{ person: 'li', by: 'head' }]);
    expect(JSON.stringify(at.place.events)).not.toMatch(/258036|963014|"pin"/);
  });

  test('whoever has no account or no code cannot', async () => {
    const { ask } = await desk('head');
    for (const person of ['gone', 'wang', 'nobody'])
      expect(await ask(signOn(person, 'odd', { pin: '258036' }))).toMatchObject({
        status: 409,
        body: { code: 'cannot-sign' },
      });
  });

  test('under force he is signed on as always, and heads alone are called', async () => {
    const { at, ask } = await desk();
    const answer = await ask(signOn('li', 'early', { pin: codes.guard.duress }));
    expect(answer).toMatchObject({ status: 200, body: { events: [{ kind: 'signed-on', person: 'li' }] } });
    expect(answer.body.events).toHaveLength(1);
    const why = { zh: expect.stringContaining('李强') };
    expect([...at.place.state.alarms.values()]).toMatchObject([{ kind: 'duress', covert: true, why }]);
  });
});

test('somebody without a code signs on for himself on a page he has logged in at', async () => {
  const { ask } = await desk();
  expect(await ask(signOn('wang', 'desk'))).toMatchObject({ status: 200, body: { events: [{ kind: 'signed-on' }] } });
});

describe('a hand-over', () => {
  test('needs both codes, each that of its person', async () => {
    const { at, ask } = await desk();
    const [pin, outgoingPin] = [codes.guard.pin, codes.head.pin];
    expect((await ask(handOver({ pin }))).body.code).toBe('pin-needed');
    expect((await ask(handOver({ outgoingPin }))).body.code).toBe('pin-needed');
    expect((await ask(handOver({ pin: outgoingPin, outgoingPin: pin }))).body.code).toBe('wrong-pin');
    expect((await ask(handOver({ pin, outgoingPin: '000001' }))).body.code).toBe('wrong-pin');
    expect(at.place.state.handovers).toEqual([]);
    expect(await ask(handOver({ pin, outgoingPin, note: '钥匙在抽屉' }))).toMatchObject({ status: 200 });
    expect(at.place.state.handovers).toMatchObject([{ person: 'li', outgoing: 'chen', note: '钥匙在抽屉' }]);
    expect(JSON.stringify(at.place.events)).not.toMatch(/258036|963014|outgoingPin/);
  });

  test('is slowed down when codes are guessed, for the person whose code it is', async () => {
    const log = () => undefined;
    const gate = openPins(
      await loadUsers(crowd.path),
      { site: () => site, stands: async () => 'away' },
      {
        elapsed: () => 0,
        log: { info: log, warn: log, error: log },
      },
    );
    const by: User = { name: 'operator', role: 'operator' };
    const gives = (person: string, pin: string) =>
      gate(by, { do: 'sign-on', shift: 'early', day, person, pin }, '10.0.0.9');
    for (let n = 0; n < 5; n++) expect(await gives('li', `00000${n}`)).toMatchObject({ wrongPin: true });
    await expect(gives('li', codes.guard.pin)).rejects.toMatchObject({ code: 'too-often' });
    expect(await gives('chen', codes.head.pin)).toEqual({ do: 'sign-on', shift: 'early', day, person: 'chen' });
  });
});

test('a guard gives no such order', async () => {
  const { ask } = await desk('guard');
  expect((await ask(signOn('li', 'early', { pin: codes.guard.pin }))).body.code).toBe('no-right');
});
