/**
 * Logging in to the district before the real node: first passwords, QR codes, one-time codes that count once, clocks that are off, guessing over
 * two nodes, and what administrators do to officers. Codes are reckoned by the library that phones' apps are like, from what the QR code says.
 */

import { hash } from 'node:crypto';
import { URI } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginAttempt } from '../../src/district/access/lock-out.ts';
import type { Database } from '../../src/district/database/database.ts';
import { type Bureau, codeAt, cookieIn, OFFICER_PASSWORD, openBureau } from './bureau.ts';
import { embedded } from './embedded-store.ts';

let db: Database;
beforeAll(async () => {
  ({ db } = await embedded.open());
});
afterAll(() => db.close());

interface Answer {
  readonly status: number;
  readonly next?: string;
  readonly code?: string;
  readonly secret?: string;
  readonly address?: string;
  readonly enrol?: string;
  readonly cookie: string;
}
const post = async (bureau: Bureau, body: object): Promise<Answer> => {
  const answer = await bureau.send('/api/login', body);
  return { ...((await answer.json()) as object), status: answer.status, cookie: cookieIn(answer) };
};
const kindsOf = async (officer: string) =>
  (await db.query<{ kind: string }>('SELECT kind FROM trail WHERE officer = $1 ORDER BY n', [officer])).map(
    ({ kind }) => kind,
  );
const given = (user: string) => ({ user, password: OFFICER_PASSWORD });
/** Somebody who has one-time codes, and how his phone reckons them. */
async function enrolled(bureau: Bureau, name: string) {
  await bureau.officer(name, 'chief');
  const step = await post(bureau, given(name));
  const now = () => bureau.district.context.world.now();
  await post(bureau, { ...given(name), enrol: step.enrol, code: codeAt(step.secret ?? '', now()) });
  return { secret: step.secret ?? '', now };
}

describe('a first log-in', () => {
  test('takes a password of his own, shows the QR code, and asks for its code before it lets anybody in', async () => {
    const bureau = await openBureau({ db });
    await bureau.officer('boss', 'admin');
    const boss = await bureau.login('boss');
    const added = { name: '王主任', shown: '王主任', role: 'chief', streets: [], oidc: null };
    const { password } = (await (await bureau.send('/api/people', added, boss)).json()) as { password: string };
    expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    const user = '王主任';
    expect(await post(bureau, { user, password })).toMatchObject({ status: 200, next: 'password', cookie: '' });
    expect(await post(bureau, { user, password, newPassword: 'short' })).toMatchObject({ status: 422 });
    expect(await post(bureau, { user, password, newPassword: password })).toMatchObject({ status: 422 });
    const own = 'a better password 7';
    const step = await post(bureau, { user, password, newPassword: own });
    expect(step).toMatchObject({ status: 200, next: 'enrol', cookie: '' });
    // The first one is gone, and by the password alone nobody comes in.
    expect((await post(bureau, { user, password })).status).toBe(401);
    expect((await post(bureau, { user, password: own })).next).toBe('enrol');
    const phone = URI.parse(step.address ?? '');
    expect([phone.label, phone.issuer]).toEqual(['王主任', '测试区']);
    const code = (phone as { generate(at: object): string }).generate({ timestamp: Date.now() });
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await post(bureau, { user, password: own, enrol: step.enrol, code: wrong })).toMatchObject({
      status: 401,
      code: 'wrong-code',
    });
    expect(await post(bureau, { user, password: own, code })).toMatchObject({ next: 'enrol', cookie: '' });
    const inside = await post(bureau, { user, password: own, enrol: step.enrol, code });
    expect(inside).toMatchObject({ status: 200, next: 'in' });
    expect((await bureau.ask('/api/me', { cookie: inside.cookie })).status).toBe(200);
    // The QR code that was shown is used up.
    expect((await post(bureau, { user, password: own, enrol: step.enrol, code })).status).toBe(401);
    expect(await kindsOf(user)).toEqual(expect.arrayContaining(['password-changed', 'code-set-up', 'login']));
  });

  test('takes no QR code of somebody else, none that is old, and none that was made up', async () => {
    const bureau = await openBureau({ db });
    for (const name of ['first', 'second']) await bureau.officer(name, 'auditor');
    const mine = await post(bureau, given('first'));
    const code = () => codeAt(mine.secret ?? '', bureau.district.context.world.now());
    expect(await post(bureau, { ...given('second'), enrol: mine.enrol, code: code() })).toMatchObject({
      code: 'enrol-over',
    });
    expect(await post(bureau, { ...given('first'), enrol: `${mine.enrol}x`, code: code() })).toMatchObject({
      code: 'enrol-over',
    });
    bureau.advance(10 * 60_000 + 1);
    expect(await post(bureau, { ...given('first'), enrol: mine.enrol, code: code() })).toMatchObject({
      code: 'enrol-over',
    });
  });

  test('asks no code of a duty officer, and keeps a screen for a month', async () => {
    const bureau = await openBureau({ db });
    await bureau.officer('sits', 'duty');
    await bureau.officer('hangs', 'screen');
    expect(await post(bureau, given('sits'))).toMatchObject({ next: 'in' });
    const { cookie } = await post(bureau, given('hangs'));
    bureau.advance(29 * 24 * 3_600_000);
    expect((await bureau.ask('/api/me', { cookie })).status).toBe(200);
  });
});

describe('a one-time code', () => {
  test('counts once, on whichever node; one step off either way counts, two do not', async () => {
    const bureau = await openBureau({ db });
    const other = await bureau.another();
    const { secret, now } = await enrolled(bureau, 'codes');
    const tried = async (node: Bureau, at: number) =>
      (await post(node, { ...given('codes'), code: codeAt(secret, at) })).status;
    expect(await tried(bureau, now())).toBe(401);
    bureau.advance(120_000);
    expect(await tried(bureau, now() - 60_000)).toBe(401);
    expect(await tried(bureau, now() + 60_000)).toBe(401);
    expect(await tried(bureau, now() - 30_000)).toBe(200);
    expect(await tried(other, now() - 30_000)).toBe(401);
    const at = now();
    const both = await Promise.all([tried(bureau, at), tried(other, at)]);
    expect(both.sort()).toEqual([200, 401]);
    expect(await tried(other, now() + 30_000)).toBe(200);
    // What is older than the newest that was used is used as well.
    expect(await tried(bureau, now())).toBe(401);
  });

  test('is in the database in no form that could be read there', async () => {
    const bureau = await openBureau({ db });
    const { secret } = await enrolled(bureau, 'hidden');
    const [row] = await db.query<{ totp: string }>("SELECT totp FROM officer WHERE name = 'hidden'");
    expect(row?.totp).toBeTruthy();
    expect(row?.totp).not.toContain(secret);
    expect(Buffer.from(row?.totp ?? '', 'base64url').toString('latin1')).not.toContain(secret);
  });

  test('is set up anew after an administrator has taken the lost phone away', async () => {
    const bureau = await openBureau({ db });
    const { secret, now } = await enrolled(bureau, 'lost-phone');
    await bureau.officer('helper', 'admin');
    const admin = await bureau.login('helper');
    bureau.advance(60_000);
    const session = await post(bureau, { ...given('lost-phone'), code: codeAt(secret, now()) });
    expect((await bureau.send('/api/people/lost-phone/code-reset', {}, admin)).status).toBe(204);
    expect((await bureau.ask('/api/me', { cookie: session.cookie })).status).toBe(401);
    const step = await post(bureau, given('lost-phone'));
    expect(step.next).toBe('enrol');
    expect(step.secret).not.toBe(secret);
  });
});

describe('guessing', () => {
  test('is slowed down by name over all nodes, and by no more than half a minute', async () => {
    const bureau = await openBureau({ db });
    const other = await bureau.another();
    await bureau.officer('target', 'duty');
    const wrong = { user: 'target', password: 'not this one' };
    for (const node of [bureau, other, bureau, other, bureau]) expect((await post(node, wrong)).status).toBe(401);
    const held = await other.send('/api/login', given('target'));
    expect(held.status).toBe(429);
    expect(Number(held.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    for (let n = 0; n < 10; n++) {
      bureau.advance(30_000);
      await post(bureau, wrong);
    }
    bureau.advance(15 * 60_000);
    expect((await post(other, given('target'))).status).toBe(200);
  });

  test('of codes is slowed down also when the password is right in between', async () => {
    const bureau = await openBureau({ db });
    await bureau.officer('known-password', 'chief');
    const step = await post(bureau, given('known-password'));
    bureau.advance(60 * 60_000);
    const states: number[] = [];
    const fresh = await post(bureau, given('known-password'));
    expect(step.secret).not.toBe(fresh.secret);
    for (let n = 0; n < 12; n++) {
      states.push((await post(bureau, given('known-password'))).status);
      states.push((await post(bureau, { ...given('known-password'), enrol: fresh.enrol, code: 'xxxxxx' })).status);
    }
    expect(states).toContain(429);
    bureau.advance(15 * 60_000);
  });

  test('with invented names fills no table', async () => {
    const { db: own } = await embedded.open();
    const now = Date.now();
    for (let n = 0; n < 6_000; n++)
      await own.transaction((sql) =>
        beginAttempt(sql, `nobody-${n}`, `fd00:1:${n % 7}::${n.toString(16)}`, now + n * 1_000),
      );
    const [row] = await own.query<{ names: number; addresses: number }>(
      `SELECT count(*) FILTER (WHERE slot LIKE 'name%') AS names, count(*) FILTER (WHERE slot LIKE 'address%') AS addresses FROM attempt`,
    );
    expect(row?.names).toBeLessThanOrEqual(4_096);
    expect(row?.addresses).toBe(7);
    const held = await own.query<{ slot: string }>('SELECT slot FROM attempt');
    expect(held.some(({ slot }) => slot.includes('nobody') || slot.includes('fd00'))).toBe(false);
    await own.close();
  });

  test('tells by no answer whether a name exists', async () => {
    const bureau = await openBureau({ db });
    await bureau.officer('is-there', 'duty');
    bureau.advance(2 * 3_600_000);
    const texts = await Promise.all(
      ['is-there', 'is-not-there'].map(async (user) =>
        (await bureau.send('/api/login', { user, password: 'no such one' })).text(),
      ),
    );
    expect(texts[0]).toBe(texts[1]);
  });
});

describe('administrators', () => {
  test('lock and change officers, whose sessions end; the last one cannot be taken away, also not by two at once', async () => {
    const { db: own } = await embedded.open();
    const bureau = await openBureau({ db: own });
    await bureau.officer('one', 'admin');
    await bureau.officer('two', 'admin');
    await bureau.officer('works', 'duty');
    const [one, two, works] = [await bureau.login('one'), await bureau.login('two'), await bureau.login('works')];
    const status = async (cookie: string) => (await bureau.ask('/api/me', { cookie })).status;
    const change = { shown: 'Works', role: 'duty', streets: ['东街'], oidc: null };
    expect((await bureau.send('/api/people/works', change, one, 'PUT')).status).toBe(204);
    expect(await status(works)).toBe(401);
    const again = await bureau.login('works');
    expect(await (await bureau.ask('/api/me', { cookie: again })).json()).toMatchObject({ streets: ['东街'] });
    expect((await bureau.send('/api/people/works/lock', {}, one)).status).toBe(204);
    expect(await status(again)).toBe(401);
    expect((await bureau.send('/api/login', given('works'))).status).toBe(401);
    const answers = await Promise.all([
      bureau.send('/api/people/two/lock', {}, one),
      bureau.send('/api/people/one/lock', {}, two),
    ]);
    const codes = answers.map((answer) => answer.status).sort();
    expect([
      [204, 401],
      [204, 409],
    ]).toContainEqual(codes);
    const left = await own.query("SELECT name FROM officer WHERE role = 'admin' AND locked_at IS NULL");
    expect(left).toHaveLength(1);
    await own.close();
  });

  test('leave one who can log in: the last is neither locked nor made something else', async () => {
    const { db: own } = await embedded.open();
    const bureau = await openBureau({ db: own });
    await bureau.officer('only', 'admin');
    await bureau.officer('asleep', 'admin');
    const only = await bureau.login('only');
    expect((await bureau.send('/api/people/asleep/lock', {}, only)).status).toBe(204);
    const other = { shown: 'Only', role: 'chief', streets: [], oidc: null };
    expect((await bureau.send('/api/people/only/lock', {}, only)).status).toBe(409);
    expect((await bureau.send('/api/people/only', other, only, 'PUT')).status).toBe(409);
    expect((await bureau.ask('/api/people', { cookie: only })).status).toBe(200);
    await own.close();
  });

  test('give nobody the name or the single sign-on of somebody else', async () => {
    const bureau = await openBureau({ db });
    await bureau.officer('chooses', 'admin');
    const admin = await bureau.login('chooses');
    const made = { name: 'taken', shown: 'T', role: 'duty', streets: [], oidc: 'claim-1' };
    expect((await bureau.send('/api/people', made, admin)).status).toBe(200);
    expect((await bureau.send('/api/people', made, admin)).status).toBe(409);
    expect((await bureau.send('/api/people', { ...made, name: 'other' }, admin)).status).toBe(409);
    expect((await bureau.send('/api/people', { ...made, name: 'a b', oidc: null }, admin)).status).toBe(422);
  });

  test('who are bounded by streets appoint and change nobody beyond them, themselves included', async () => {
    const bureau = await openBureau({ db });
    await bureau.officer('bounded', 'admin', ['East']);
    await bureau.officer('boundless', 'chief');
    await bureau.officer('beside', 'duty', ['East']);
    const admin = await bureau.login('bounded');
    const made = { name: 'mine', shown: 'M', role: 'chief', streets: ['East'], oidc: null };
    const status = async (answer: Promise<Response>) => (await answer).status;
    expect(await status(bureau.send('/api/people', { ...made, streets: [] }, admin))).toBe(403);
    expect(await status(bureau.send('/api/people', { ...made, streets: ['East', 'West'] }, admin))).toBe(403);
    expect(await status(bureau.send('/api/people', made, admin))).toBe(200);
    const { name: _, ...about } = made;
    const all = { ...about, role: 'admin', streets: [] };
    expect(await status(bureau.send('/api/people/bounded', all, admin, 'PUT'))).toBe(403);
    expect(await status(bureau.send('/api/people/boundless', about, admin, 'PUT'))).toBe(404);
    expect(await status(bureau.send('/api/people/boundless/password', {}, admin))).toBe(404);
    expect(await status(bureau.send('/api/people/boundless/lock', {}, admin))).toBe(404);
    expect(await status(bureau.send('/api/people/beside/lock', {}, admin))).toBe(204);
    const shown = (await (await bureau.ask('/api/people', { cookie: admin })).json()) as { streets: string[] }[];
    expect(shown.every(({ streets }) => streets.join() === 'East')).toBe(true);
  });

  test('leave no password, code or secret in the trail or in the log', async () => {
    const bureau = await openBureau({ db });
    const { secret } = await enrolled(bureau, 'quiet');
    await post(bureau, { user: 'quiet', password: 'a wrong password' });
    const lines = await db.query<{ line: string }>('SELECT line FROM trail');
    const all = [...lines.map(({ line }) => line), ...bureau.log].join('\n');
    for (const said of [OFFICER_PASSWORD, 'a wrong password', secret, hash('sha256', secret, 'hex')])
      expect(all).not.toContain(said);
  });
});

describe('a password of one’s own', () => {
  const change = async (bureau: Bureau, cookie: string, body: object) => {
    const answer = await bureau.send('/api/me/password', body, cookie);
    return {
      ...((await answer.json()) as { next?: string; code?: string }),
      status: answer.status,
      cookie: cookieIn(answer),
    };
  };
  const me = async (bureau: Bureau, cookie: string) => (await bureau.ask('/api/me', { cookie })).status;
  const next = 'a better password 8';

  test('is changed with the old one and a code, ends the other sessions and no other', async () => {
    const bureau = await openBureau({ db });
    const { secret, now } = await enrolled(bureau, 'changes');
    const code = () => {
      bureau.advance(30_000);
      return codeAt(secret, now());
    };
    const [here, there] = [
      (await post(bureau, { ...given('changes'), code: code() })).cookie,
      (await post(bureau, { ...given('changes'), code: code() })).cookie,
    ];
    const said = { password: OFFICER_PASSWORD, newPassword: next };
    expect(await change(bureau, here, { ...said, password: 'something else 1' })).toMatchObject({
      code: 'bad-password',
    });
    expect(await change(bureau, here, { ...said, newPassword: 'short' })).toMatchObject({ code: 'weak-password' });
    expect(await change(bureau, here, { ...said, newPassword: OFFICER_PASSWORD })).toMatchObject({ status: 422 });
    expect(await change(bureau, here, said)).toMatchObject({ next: 'code', cookie: '' });
    // A page that is told 401 would lead him away.
    expect(await change(bureau, here, { ...said, code: '000000' })).toMatchObject({ status: 422, code: 'wrong-code' });
    const done = await change(bureau, here, { ...said, code: code() });
    expect(done).toMatchObject({ status: 200, next: 'done' });
    expect([await me(bureau, done.cookie), await me(bureau, here), await me(bureau, there)]).toEqual([200, 401, 401]);
    expect((await kindsOf('changes')).slice(-3)).toEqual(['login-refused', 'login-refused', 'password-changed']);
    expect(await post(bureau, { ...given('changes'), code: code() })).toMatchObject({ status: 401 });
    expect(await post(bureau, { user: 'changes', password: next, code: code() })).toMatchObject({ next: 'in' });
  });

  test('is guessed no faster than at the log-in, and whoever has none is told where it is', async () => {
    const bureau = await openBureau({ db });
    await bureau.officer('plain', 'duty');
    const cookie = await bureau.login('plain');
    const wrong = { password: 'something else 1', newPassword: next };
    const answers: number[] = [];
    for (let i = 0; i < 6; i++) answers.push((await change(bureau, cookie, wrong)).status);
    expect(answers).toEqual([422, 422, 422, 422, 422, 429]);
    await db.query("UPDATE officer SET hash = NULL WHERE name = 'plain'");
    await db.query('DELETE FROM attempt');
    expect(await change(bureau, cookie, wrong)).toMatchObject({ status: 409, code: 'no-password' });
  });
});
