/**
 * Codes for taking watch away, over real HTTP with real hashes: asked where they are needed, slowed down when guessed, and
 * under force answered like any other while help is called.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { AreaMode, Event } from '../../src/core/types.ts';
import { loadUsers, saveUser } from '../../src/server/auth/accounts.ts';
import { openPins, pinWeakness, savePins } from '../../src/server/auth/pins.ts';
import { school } from '../core/school.ts';
import { listen, PASSWORD, people, type Stand, stand } from './place.ts';

const codes = { pin: '258036', duress: '741096' };
let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
  for (const name of ['operator', 'head']) await savePins(crowd.path, name, codes);
});
afterAll(() => crowd.remove());

const disarm = { do: 'arm-zone', zone: 'z1', mode: 'disarmed' };
const asking = (at: Stand, cookie: string) => async (body: object) => {
  const response = await at.post('/api/commands', body, { cookie });
  return { status: response.status, body: (await response.json()) as { code?: string; events?: Event[] } };
};
const kinds = (events: readonly Event[] | undefined) => events?.map(({ kind }) => kind);

describe('a person with a code', () => {
  test('must give it to take watch away, and is told so', async () => {
    const at = await stand(crowd.path);
    const ask = asking(at, await at.login('operator'));
    const before = at.place.events.length;
    expect(await ask(disarm)).toMatchObject({ status: 403, body: { code: 'pin-needed' } });
    expect(at.place.events.length).toBe(before);
    expect(await ask({ ...disarm, pin: '000001' })).toMatchObject({ status: 403, body: { code: 'wrong-pin' } });
    expect(at.place.state.zones.get('z1')?.mode).not.toBe('disarmed');
    expect(await ask({ ...disarm, pin: codes.pin })).toMatchObject({ status: 200 });
    expect(at.place.state.zones.get('z1')).toMatchObject({ mode: 'disarmed', by: 'operator' });
  });

  test('who gives a wrong one leaves a fact for an auditor, without the code', async () => {
    const at = await stand(crowd.path);
    const ask = asking(at, await at.login('operator'));
    await ask({ ...disarm, pin: '000001' });
    await ask({ do: 'arm-area', area: 'yard', mode: 'disarmed', pin: '000002' });
    const told = (role: string) =>
      at
        .login(role)
        .then(async (cookie) => (await at.fetch('/api/events?kind=refused', { headers: { cookie } })).text());
    const { rows } = JSON.parse(await told('auditor')) as { rows: Event[] };
    expect(rows).toMatchObject([
      { by: 'operator', why: 'wrong-pin', command: { do: 'arm-area', area: 'yard', mode: 'disarmed' } },
      { by: 'operator', why: 'wrong-pin', command: disarm },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/00000|"wrongPin"|"pin"/);
    expect(await told('operator')).toBe(await told('auditor'));
  });

  test('needs none to arm, or for anything else', async () => {
    const at = await stand(crowd.path);
    const ask = asking(at, await at.login('operator'));
    expect((await ask({ do: 'arm-zone', zone: 'z1', mode: 'armed' })).body.code).toBe('zone-open');
    expect((await ask({ do: 'arm-area', area: 'yard', mode: 'away' })).body.code).toBe('unknown-area');
    expect((await ask({ do: 'silence' })).body.code).toBe('nothing-to-silence');
    for (const mode of ['stay', 'disarmed'])
      expect((await ask({ do: 'arm-area', area: 'yard', mode })).body.code).toBe('pin-needed');
    for (const mode of ['inhibited', 'out-of-service'])
      expect((await ask({ ...disarm, mode })).body.code).toBe('pin-needed');
  });

  test('must give it to announce a test of the police line, for a press in its time is no alarm', async () => {
    const at = await stand(crowd.path);
    const ask = asking(at, await at.login('head'));
    const announce = { do: 'announce-police-test', device: 'police', minutes: 60, reason: '季度测试' };
    expect((await ask(announce)).body.code).toBe('pin-needed');
    expect((await ask({ ...announce, pin: '000001' })).body.code).toBe('wrong-pin');
    expect((await ask({ ...announce, pin: codes.pin })).body.code).toBe('unknown-police-line');
    expect(at.place.events).not.toContainEqual(expect.objectContaining({ kind: 'raised' }));
    await ask({ ...announce, pin: codes.duress });
    expect(at.place.events).toContainEqual(expect.objectContaining({ kind: 'raised', alarm: 'duress', covert: true }));
  });

  test('must give it to let people out of an area that is set for people inside, whose doors are watched', async () => {
    const yard = { id: 'yard', title: { zh: '院', en: 'Yard' }, zones: ['z1'], stay: [], entryMs: 0, exitMs: 30_000 };
    let stands: AreaMode = 'stay';
    const gate = openPins(
      await loadUsers(crowd.path),
      { site: () => ({ ...school, areas: { yard } }), stands: async () => stands },
      { elapsed: () => 0, log: { info: () => undefined, warn: () => undefined, error: () => undefined } },
    );
    const leave = () =>
      gate({ name: 'operator', role: 'operator' }, { do: 'arm-area', area: 'yard', mode: 'away' }, '10.0.0.9');
    await expect(leave()).rejects.toMatchObject({ code: 'pin-needed' });
    for (stands of ['disarmed', 'away'] as const) expect(await leave()).toMatchObject({ mode: 'away' });
  });

  test('must give it to say that wires may stand as they do', async () => {
    const at = await stand(crowd.path);
    const ask = asking(at, await at.login('head'));
    const stands = { do: 'confirm-base', zone: 'z1', reason: '看过' };
    expect((await ask(stands)).body.code).toBe('pin-needed');
    expect((await ask({ ...stands, pin: '000001' })).body.code).toBe('wrong-pin');
    expect((await ask({ ...stands, pin: codes.pin })).body.code).not.toMatch(/pin/);
  });

  test('is told by /api/me that one is needed; whoever has none is not asked', async () => {
    const at = await stand(crowd.path);
    const [cookie, admin] = [await at.login('operator'), await at.login('admin')];
    const me = async (who: string) =>
      (await (await at.fetch('/api/me', { headers: { cookie: who } })).json()) as object;
    expect(await me(cookie)).toMatchObject({ pin: true });
    expect(await me(admin)).toMatchObject({ pin: false });
    expect(await asking(at, admin)(disarm)).toMatchObject({ status: 200 });
  });

  test('who guesses has to wait, as at the log-in, and no guess is written to the log', async () => {
    const logged: string[] = [];
    let elapsed = 0;
    const log = (message: string, fields?: object) => void logged.push(message + JSON.stringify(fields));
    const gate = openPins(
      await loadUsers(crowd.path),
      { site: () => school, stands: async () => 'away' },
      {
        elapsed: () => elapsed,
        log: { info: log, warn: log, error: log },
      },
    );
    const guess = (pin: string) =>
      gate({ name: 'operator', role: 'operator' }, { do: 'arm-area', area: 'yard', mode: 'disarmed', pin }, '10.0.0.9');
    for (let i = 0; i < 5; i++) expect(await guess(`00000${i}`)).toMatchObject({ wrongPin: true });
    await expect(guess(codes.pin)).rejects.toMatchObject({ code: 'too-often', retryAfter: 1 });
    elapsed = 1_000;
    expect(await guess(codes.pin)).toEqual({ do: 'arm-area', area: 'yard', mode: 'disarmed' });
    expect(logged).toHaveLength(5);
    expect(logged.join()).not.toMatch(/258036|741096|00000/);
  });

  test('who guesses keeps nobody else at the same desk from unsetting', async () => {
    const log = () => undefined;
    const gate = openPins(
      await loadUsers(crowd.path),
      { site: () => school, stands: async () => 'away' },
      {
        elapsed: () => 0,
        log: { info: log, warn: log, error: log },
      },
    );
    const unset = (name: string, pin: string) =>
      gate({ name, role: 'operator' }, { do: 'arm-area', area: 'yard', mode: 'disarmed', pin }, '127.0.0.1');
    for (let i = 0; i < 5; i++) expect(await unset('operator', '000000')).toMatchObject({ wrongPin: true });
    await expect(unset('operator', codes.pin)).rejects.toMatchObject({ code: 'too-often' });
    expect(await unset('head', codes.pin)).toEqual({ do: 'arm-area', area: 'yard', mode: 'disarmed' });
  });
});

describe('the code under force', () => {
  test('is answered like the other one, and tells heads alone', async () => {
    const plain = await stand(crowd.path);
    const usual = await asking(plain, await plain.login('operator'))({ ...disarm, pin: codes.pin });
    const at = await stand(crowd.path);
    const cookie = await at.login('operator');
    const head = { cookie: await at.login('head'), origin: at.server.url };
    const [mine, theirs] = [await listen(at.server, { cookie, origin: at.server.url }), await listen(at.server, head)];
    await Promise.all([mine.next('snapshot'), theirs.next('snapshot')]);
    const forced = await asking(at, cookie)({ ...disarm, pin: codes.duress });
    expect(forced.status).toBe(usual.status);
    const bare = (events: readonly Event[] | undefined) => events?.map(({ at: _at, ...event }) => event);
    expect(bare(forced.body.events)).toEqual(bare(usual.body.events));
    await theirs.next('events', ({ events }) => events.some((e) => e.kind === 'raised' && e.alarm === 'duress'));
    await mine.next('events', ({ events }) => events.some((e) => e.kind === 'zone-armed'));
    expect(mine.texts.join()).not.toContain('duress');
    expect(at.logged).toEqual(plain.logged);
    expect(kinds(at.place.events.filter((e) => 'covert' in e))).toEqual(['raised']);
  });

  test('is in no history, export, figure or metric that an operator may ask for', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('operator');
    await asking(at, cookie)({ ...disarm, pin: codes.duress });
    for (const path of ['/api/alarms', '/api/events', '/api/export/alarms.csv', '/api/health', '/metrics']) {
      const text = await (await at.fetch(path, { headers: { cookie } })).text();
      expect(text).not.toContain('duress');
      if (path === '/metrics') expect(text).toContain('gatehouse_alarms_open 0');
    }
    const told = await (await at.fetch('/api/alarms', { headers: { cookie: await at.login('head') } })).text();
    expect(told).toContain('duress/z1');
  });
});

describe('codes in the users file', () => {
  test('are hashed, and outlast a new password', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'gatehouse-codes-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const path = join(dir, 'users.json');
    await saveUser(path, 'zhang', 'operator', PASSWORD);
    await savePins(path, 'zhang', codes);
    await saveUser(path, 'zhang', 'head', 'another horse 10');
    expect(await readFile(path, 'utf8')).not.toMatch(/258036|741096/);
    const users = await loadUsers(path);
    expect(await users.code('zhang', codes.pin)).toBe('right');
    expect(await users.code('zhang', codes.duress)).toBe('duress');
    expect(await users.code('nobody', codes.pin)).toBe('wrong');
    await savePins(path, 'zhang', { pin: '', duress: '' });
    expect(users.find('zhang')?.pin).toBe(false);
    expect(await users.code('zhang', codes.pin)).toBe('wrong');
  });

  test.each([
    ['258036', '258036', 'must differ'],
    ['', '741096', 'ordinary one'],
    ['12345', '', '6 to 12 digits'],
    ['abcdef', '', '6 to 12 digits'],
    ['111111', '', 'digits in a row'],
    ['123456', '', 'digits in a row'],
    ['258036', '987654', 'digits in a row'],
  ])('%s with %s are refused', async (pin, duress, why) => {
    await expect(savePins(crowd.path, 'guard', { pin, duress })).rejects.toThrow(why);
  });

  test('need a person to belong to', async () => {
    await expect(savePins(crowd.path, 'nobody', codes)).rejects.toThrow('There is no user');
  });

  test('that are usual are not called weak', () => expect(pinWeakness('112233')).toBeUndefined());
});
