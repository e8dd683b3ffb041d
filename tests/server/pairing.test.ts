/**
 * Phones that are paired at the desk: a code works once, for minutes, by a POST alone; the phone comes in as a guard of that person, and
 * taking it away ends it at once. Real requests to the real server.
 */
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { setDisabled } from '../../src/server/auth/accounts.ts';
import { school } from '../core/school.ts';
import { eventually } from '../patience.ts';
import { cookieOf, listen, people, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const persons = { li: { id: 'li', name: '李强' }, zhang: { id: 'zhang', name: '张伟' } };

async function opened(more = {}): Promise<Stand & { readonly file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-phones-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'phones.json');
  const at = await stand(crowd.path, { phones: file, ...more });
  at.place.changeSite({ ...school, people: persons });
  return { ...at, file };
}

interface Invite {
  readonly token: string;
  readonly until: number;
}
/** The desk's code for a person. */
async function invite(at: Stand, body: object = { person: 'li' }, user = 'operator'): Promise<Invite> {
  const answer = await at.post('/api/phones/invites', body, { cookie: await at.login(user) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Invite;
}
const pair = (at: Stand, token: string) => at.post('/api/phones/pair', { token });
async function paired(at: Stand, body?: object): Promise<string> {
  const answer = await pair(at, (await invite(at, body)).token);
  expect(answer.status).toBe(200);
  return cookieOf(answer);
}
const me = (at: Stand, cookie: string) => at.fetch('/api/me', { headers: { cookie } });
async function listed(at: Stand) {
  const answer = await at.fetch('/api/phones', { headers: { cookie: await at.login('head') } });
  return ((await answer.json()) as { phones: { id: string; name: string; seenAgoMs?: number }[] }).phones;
}
const revoke = async (at: Stand, id: string) =>
  at.post('/api/phones/revoke', { id }, { cookie: await at.login('head') });

describe('a paired phone', () => {
  test('comes in as a guard of its person, and the record says who paired it', async () => {
    const at = await opened();
    const cookie = await paired(at);
    expect(await (await me(at, cookie)).json()).toMatchObject({
      name: '李强',
      role: 'guard',
      kiosk: false,
      pin: false,
    });
    expect(at.place.door.filter(({ kind }) => kind === 'phone-paired')).toMatchObject([
      { by: 'operator', name: '李强' },
    ]);
    expect(await (await at.fetch('/api/events', { headers: { cookie } })).json()).toMatchObject({ status: 403 });
    const ear = await listen(at.server, { cookie, origin: at.server.url });
    expect((await ear.next('snapshot')).you).toEqual({ name: '李强', role: 'guard' });
  });
  test('is paired still after a restart, and its file holds no secret and is its owner’s alone', async () => {
    const at = await opened();
    const { token } = await invite(at);
    const cookie = cookieOf(await pair(at, token));
    const text = await readFile(at.file, 'utf8');
    const session = Buffer.from(cookie.split('=')[1]!.split('.')[0]!, 'base64url').toString('utf8');
    const { secret } = (JSON.parse(session) as { paired: { secret: string } }).paired;
    expect(text).not.toContain(token);
    expect(text).not.toContain(secret);
    expect((await stat(at.file)).mode & 0o077).toBe(0);
    const again = await at.again();
    expect((await fetch(`${again.url}/api/me`, { headers: { cookie } })).status).toBe(200);
  });
  test('is over at its end, though it is used all the time', async () => {
    const at = await opened();
    const until = Date.now() + 3 * 3_600_000;
    const cookie = await paired(at, { person: 'li', until });
    at.shift(2 * 3_600_000);
    const later = await me(at, cookie);
    expect(later.status).toBe(200);
    expect(((await later.json()) as { expires: number }).expires).toBe(until);
    const fresh = cookieOf(later);
    at.shift(1.1 * 3_600_000);
    for (const old of [cookie, fresh]) expect((await me(at, old)).status).toBe(401);
    expect(await listed(at)).toEqual([]);
  });
  test('ends with its person: who is named in no configuration, or may not log in, is in by no phone', async () => {
    const at = await opened();
    const cookie = await paired(at);
    at.place.changeSite({ ...school, people: { zhang: persons.zhang } });
    expect((await me(at, cookie)).status).toBe(401);
    at.place.changeSite({ ...school, people: { ...persons, guard: { id: 'guard', name: 'guard' } } });
    const own = await paired(at, { person: 'guard' });
    await setDisabled(at.usersPath, 'guard', true);
    onTestFinished(() => setDisabled(at.usersPath, 'guard', false));
    expect((await me(at, own)).status).toBe(401);
  });
  test('that is lost is taken away with one press: its page closes, its cookie opens nothing, also after a restart', async () => {
    const at = await opened();
    const cookie = await paired(at);
    const ear = await listen(at.server, { cookie, origin: at.server.url });
    await ear.next('snapshot');
    const [phone] = await listed(at);
    expect(phone).toMatchObject({ name: '李强' });
    expect(phone!.seenAgoMs).toBeLessThan(60_000);
    expect((await revoke(at, phone!.id)).status).toBe(204);
    expect((await ear.closed).code).toBe(4001);
    expect((await me(at, cookie)).status).toBe(401);
    const again = await at.again();
    expect((await fetch(`${again.url}/api/me`, { headers: { cookie } })).status).toBe(401);
    expect((await revoke(at, phone!.id)).status).toBe(404);
    await eventually(() =>
      expect(at.place.door.filter(({ kind }) => kind === 'phone-revoked')).toMatchObject([
        { by: 'head', name: '李强' },
      ]),
    );
  });
  test('that its person logs out is paired no longer', async () => {
    const at = await opened();
    const cookie = await paired(at);
    expect((await at.post('/api/logout', {}, { cookie })).status).toBe(204);
    expect((await me(at, cookie)).status).toBe(401);
    expect(await listed(at)).toEqual([]);
  });
});

describe('a phone that was paired', () => {
  test('is out while the account of its person is disabled, whatever that account is called', async () => {
    const at = await opened();
    at.place.changeSite({ ...school, people: { li: { ...persons.li, account: 'guard' } } });
    const cookie = await paired(at);
    expect((await me(at, cookie)).status).toBe(200);
    await setDisabled(at.usersPath, 'guard', true);
    onTestFinished(() => setDisabled(at.usersPath, 'guard', false));
    expect((await me(at, cookie)).status).toBe(401);
  });
  test('and is taken away while nothing can be written is out at once and stays out, and is asked for again until the disk has it', async () => {
    const at = await opened();
    const cookie = await paired(at);
    const ear = await listen(at.server, { cookie, origin: at.server.url });
    await ear.next('snapshot');
    const [phone] = await listed(at);
    const folder = dirname(at.file);
    await rename(folder, `${folder}-away`);
    const first = await revoke(at, phone!.id);
    expect(first.status).toBe(503);
    expect(await first.json()).toMatchObject({ code: 'phone-unsaved' });
    expect((await ear.closed).code).toBe(4001);
    expect((await me(at, cookie)).status).toBe(401);
    expect(await listed(at)).toEqual([]);
    expect((await revoke(at, phone!.id)).status).toBe(503);
    const health = await at.fetch('/api/health', { headers: { cookie: await at.login('admin') } });
    expect(await health.text()).toContain('the disk does not have it so yet');
    await eventually(() => expect(at.place.door.map(({ kind }) => kind)).toContain('phone-revoked'));
    await rename(`${folder}-away`, folder);
    const [before] = (JSON.parse(await readFile(at.file, 'utf8')) as { phones: { id: string }[] }).phones;
    expect(before!.id).toBe(phone!.id);
    expect((await revoke(at, phone!.id)).status).toBe(204);
    expect(JSON.parse(await readFile(at.file, 'utf8'))).toEqual({ phones: [] });
    expect((await revoke(at, phone!.id)).status).toBe(404);
    await eventually(() =>
      expect(at.place.door.filter(({ kind }) => kind === 'phone-revoked')).toMatchObject([{ by: 'head' }]),
    );
  });
  test('and was taken away stays out after a restart that came before the disk had it, for the record says so', async () => {
    const at = await opened();
    const cookie = await paired(at);
    const text = await readFile(at.file, 'utf8');
    const [phone] = await listed(at);
    expect((await revoke(at, phone!.id)).status).toBe(204);
    await writeFile(at.file, text);
    const again = await at.again();
    expect((await fetch(`${again.url}/api/me`, { headers: { cookie } })).status).toBe(401);
  });
  test('outlives a clock that leapt ahead and was set back', async () => {
    const at = await opened();
    const cookie = await paired(at);
    const leap = 400 * 86_400_000;
    at.shift(leap);
    at.place.state.clock = { at: at.place.house.now(), from: 0, to: leap, asks: false };
    expect((await me(at, cookie)).status).toBe(401);
    expect(await listed(at)).toEqual([]);
    await paired(at, { person: 'zhang' });
    at.shift(-leap);
    expect((await me(at, cookie)).status).toBe(200);
    const again = await at.again();
    expect((await fetch(`${again.url}/api/me`, { headers: { cookie } })).status).toBe(200);
  });
  test('is struck off the file once it is over by a clock that nobody doubts', async () => {
    const at = await opened();
    await paired(at);
    at.shift(40 * 86_400_000);
    await paired(at, { person: 'zhang' });
    expect((JSON.parse(await readFile(at.file, 'utf8')) as { phones: unknown[] }).phones).toHaveLength(1);
  });
  test('and stands in a file that nobody can read takes nothing else down: it is said, and the file is kept', async () => {
    const at = await opened();
    await writeFile(at.file, '{"phones":[{');
    const again = await at.again();
    const cookie = await at.login('admin');
    const health = await fetch(`${again.url}/api/health`, { headers: { cookie } });
    expect(await health.text()).toContain('phones.json cannot be read');
    const desk = { method: 'POST', headers: { 'content-type': 'application/json', origin: again.url, cookie } };
    const asked = await fetch(`${again.url}/api/phones/invites`, { ...desk, body: JSON.stringify({ person: 'li' }) });
    const { token } = (await asked.json()) as Invite;
    const answer = await fetch(`${again.url}/api/phones/pair`, { ...desk, body: JSON.stringify({ token }) });
    expect(answer.status).toBe(200);
    const kept = (await readdir(dirname(at.file))).find((name) => name.startsWith('phones.json.unreadable-'));
    expect(await readFile(join(dirname(at.file), kept!), 'utf8')).toBe('{"phones":[{');
    expect((JSON.parse(await readFile(at.file, 'utf8')) as { phones: unknown[] }).phones).toHaveLength(1);
  });
});

describe('a code', () => {
  test('works once', async () => {
    const at = await opened();
    const { token } = await invite(at);
    expect((await pair(at, token)).status).toBe(200);
    const second = await pair(at, token);
    expect(second.status).toBe(410);
    expect(await second.json()).toMatchObject({ code: 'invite-over' });
    expect(second.headers.getSetCookie()).toEqual([]);
    expect(await listed(at)).toHaveLength(1);
  });
  test('works once, though two phones give it back in the same moment', async () => {
    const at = await opened();
    const { token } = await invite(at);
    const answers = await Promise.all([pair(at, token), pair(at, token), pair(at, token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
    expect(await listed(at)).toHaveLength(1);
  });
  test('is over after five minutes', async () => {
    const at = await opened();
    const { token } = await invite(at);
    at.shift(5 * 60_000);
    expect((await pair(at, token)).status).toBe(410);
  });
  test('is used up by no GET: what a chat server fetches beforehand pairs nothing', async () => {
    const at = await opened();
    const { token } = await invite(at);
    for (const path of ['/pair', `/pair?${token}`, `/api/phones/pair?token=${token}`, '/api/phones/pair']) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await at.fetch(path, { method });
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
    }
    expect(await listed(at)).toEqual([]);
    expect((await pair(at, token)).status).toBe(200);
  });
  test('from another site pairs nothing', async () => {
    const at = await opened();
    const { token } = await invite(at);
    const answer = await at.post('/api/phones/pair', { token }, { origin: 'http://evil.example' });
    expect(answer.status).toBe(403);
    expect((await pair(at, token)).status).toBe(200);
  });
  test('that nobody gave is none', async () => {
    const at = await opened();
    expect((await pair(at, 'A'.repeat(32))).status).toBe(410);
    expect(at.logged.join()).not.toContain('AAAA');
  });
});

describe('who may pair', () => {
  test('is the desk: no guard, no installer, no auditor, no wall', async () => {
    const at = await opened();
    for (const user of ['guard', 'integrator', 'auditor', 'wall']) {
      const cookie = await at.login(user);
      expect((await at.post('/api/phones/invites', { person: 'li' }, { cookie })).status).toBe(403);
      expect((await at.post('/api/phones/revoke', { id: 'x' }, { cookie })).status).toBe(403);
    }
    const phone = await paired(at);
    expect((await at.post('/api/phones/invites', { person: 'zhang' }, { cookie: phone })).status).toBe(403);
    expect((await at.fetch('/api/phones', { headers: { cookie: phone } })).status).toBe(403);
  });
  test('is told why where a name would be another’s', async () => {
    const at = await opened();
    const twins = { a: { id: 'a', name: '王芳' }, b: { id: 'b', name: '王芳' }, c: { id: 'c', name: 'schedule' } };
    at.place.changeSite({ ...school, people: twins });
    const cookie = await at.login('operator');
    for (const person of ['a', 'c']) {
      const answer = await at.post('/api/phones/invites', { person }, { cookie });
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({ code: 'name-unfit' });
    }
    expect((await at.post('/api/phones/invites', { person: 'nobody' }, { cookie })).status).toBe(404);
    expect((await at.post('/api/phones/invites', { person: '__proto__' }, { cookie })).status).toBe(404);
  });
  test('pairs for no longer than a month, and for a shift where no end is known', async () => {
    const at = await opened();
    const { until } = await invite(at);
    expect(Math.abs(until - Date.now() - 12 * 3_600_000)).toBeLessThan(600_000);
    const long = await invite(at, { person: 'li', until: 4e12 });
    expect(Math.abs(long.until - Date.now() - 31 * 86_400_000)).toBeLessThan(600_000);
  });
});
