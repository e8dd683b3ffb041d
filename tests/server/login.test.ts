/**
 * Logging in: passwords, cookies, sessions and the slowing down of those who guess. Real hashes, a real file, a real
 * server.
 */
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadUsers, saveUser, weakness } from '../../src/server/auth/accounts.ts';
import { openAttempts } from '../../src/server/auth/attempts.ts';
import { cookieOf, listen, PASSWORD, hashedPeople as people, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const HOUR = 3_600_000;

describe('the users file', () => {
  test('holds no password and is for its owner alone', async () => {
    expect(await readFile(crowd.path, 'utf8')).not.toContain(PASSWORD);
    expect((await stat(crowd.path)).mode & 0o777).toBe(0o600);
  });

  test('one that others can read is refused with the remedy', async () => {
    const own = await people();
    await chmod(own.path, 0o644);
    await expect(loadUsers(own.path)).rejects.toThrow(`run chmod 600 ${own.path}`);
    await own.remove();
  });

  test('one that is missing or wrong is named', async () => {
    const own = await people();
    await writeFile(own.path, '{"users":[{"name":"x"}]}');
    await expect(loadUsers(own.path)).rejects.toThrow('users.0.role');
    await own.remove();
    await expect(loadUsers(own.path)).rejects.toThrow('cannot be read');
  });

  test.each(['schedule', 'timer'])(
    'names nobody %s: the records would take that person for the gateway itself',
    async (name) => {
      const own = await people();
      await expect(saveUser(own.path, name, 'operator', PASSWORD)).rejects.toThrow(`The name "${name}"`);
      const text = await readFile(own.path, 'utf8');
      await writeFile(own.path, text.replace('"name": "operator"', `"name": "${name}"`));
      await expect(loadUsers(own.path)).rejects.toThrow(`users.0.name: "${name}" is what the records call`);
      await own.remove();
    },
  );

  test('one that breaks later leaves the people of the last good reading, and says so', async () => {
    const own = await people();
    const users = await loadUsers(own.path);
    await writeFile(own.path, 'nonsense');
    expect(users.find('guard')?.user.role).toBe('guard');
    expect(users.trouble()?.en).toContain('is not valid JSON');
    await saveUser(own.path, 'fresh', 'guard', PASSWORD).catch(() => undefined);
    await writeFile(own.path, '{"users":[]}');
    expect(users.trouble()).toBeUndefined();
    expect(users.find('guard')).toBeUndefined();
    await own.remove();
  });

  test.each([
    ['short', 'operator', 'a1b2c3d4'],
    ['the name itself', 'longoperator', 'LongOperator'],
    ['one letter many times', 'guard', 'aaaaaaaaaaaa'],
  ])('a password that is %s is refused', (_, name, password) => {
    expect(weakness(name, password)?.zh).toBeTruthy();
  });
});

describe('the log-in', () => {
  test('sets a cookie that scripts and other sites cannot use', async () => {
    const { post } = await stand(crowd.path);
    const response = await post('/api/login', { user: 'operator', password: PASSWORD });
    expect(await response.json()).toMatchObject({ name: 'operator', role: 'operator', kiosk: false });
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^gatehouse=[\w.-]+; Path=\/; Expires=.+; HttpOnly; SameSite=Strict$/);
  });

  test('answers a wrong name and a wrong password alike', async () => {
    const { post } = await stand(crowd.path);
    const nobody = await post('/api/login', { user: 'nobody', password: PASSWORD });
    const wrong = await post('/api/login', { user: 'guard', password: 'not the password' });
    expect([nobody.status, wrong.status]).toEqual([401, 401]);
    expect(await nobody.text()).toBe(await wrong.text());
    expect(nobody.headers.getSetCookie()).toEqual([]);
  });

  test('makes an address that keeps guessing wait, and says how long', async () => {
    const { post, shift } = await stand(crowd.path);
    const pause = async (user: string) =>
      Number((await post('/api/login', { user, password: 'wrong password' })).headers.get('retry-after') ?? 0);
    let wait = 0;
    // Until the wait is much longer than the hashing of one password takes on a busy machine.
    for (let i = 0; i < 60 && wait < 60; i++) {
      shift(wait * 1_000);
      wait = await pause(`guess${i}`);
    }
    expect(wait).toBeGreaterThanOrEqual(60);
    const waiting = await post('/api/login', { user: 'operator', password: PASSWORD });
    expect(waiting.status).toBe(429);
    expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('from another page is refused before any password is looked at', async () => {
    const { post } = await stand(crowd.path);
    const evil = { origin: 'http://evil.example' };
    expect((await post('/api/login', { user: 'operator', password: PASSWORD }, evil)).status).toBe(403);
  });
});

describe('attempts', () => {
  test('wait longer after each failure, a name never longer than half a minute', () => {
    let now = 0;
    const attempts = openAttempts(() => now);
    const waits: number[] = [];
    for (let i = 0; i < 20; i++) {
      const wait = attempts.begin(`10.0.0.${i}`, 'operator');
      waits.push(wait);
      now += wait;
      if (wait > 0) attempts.begin(`10.0.1.${i}`, 'operator');
    }
    expect(waits.filter((w) => w > 0).slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(Math.max(...waits)).toBe(30_000);
  });

  test('of one address wait up to a quarter of an hour, whatever name they try', () => {
    let now = 0;
    const attempts = openAttempts(() => now);
    let last = 0;
    for (let i = 0; i < 40; i++) {
      last = attempts.begin('10.0.0.9', `name${i}`);
      now += last;
    }
    expect(last).toBe(15 * 60_000);
    expect(attempts.begin('10.0.0.10', 'name1')).toBe(0);
  });

  test('are forgiven by the right password', () => {
    const attempts = openAttempts(() => 0);
    for (let i = 0; i < 100; i++) {
      expect(attempts.begin('10.0.0.9', 'operator')).toBe(0);
      attempts.forgive('10.0.0.9', 'operator');
    }
  });
});

describe('a session', () => {
  const me = async (at: Awaited<ReturnType<typeof stand>>, cookie: string) =>
    at.fetch('/api/me', { headers: { cookie } });

  test('that was tampered with is none', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('guard');
    const [name, token = ''] = cookie.split('=');
    const [body = '', mac = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const risen = Buffer.from(JSON.stringify({ ...claims, user: { name: 'guard', role: 'admin' } })).toString(
      'base64url',
    );
    const flipped = `${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`;
    for (const forged of [`${risen}.${mac}`, `${body}.${flipped}`, `${body}.`, body, `.${mac}`, 'x'.repeat(5_000)])
      expect((await me(at, `${name}=${forged}`)).status).toBe(401);
    expect((await me(at, cookie)).status).toBe(200);
  });

  test('signed with another key is none, with the same key outlives a restart', async () => {
    const at = await stand(crowd.path);
    const cookie = await at.login('wall');
    const stranger = await stand(crowd.path, { secret: new Uint8Array(32).fill(8) });
    expect((await me(stranger, cookie)).status).toBe(401);
    await at.server.close();
    const restarted = await at.again();
    expect((await fetch(`${restarted.url}/api/me`, { headers: { cookie } })).status).toBe(200);
  });

  test('ends after twelve hours without use, a wall’s after thirty days', async () => {
    const at = await stand(crowd.path);
    const [person, wall] = [await at.login('guard'), await at.login('wall')];
    at.shift(12 * HOUR + 1_000);
    expect((await me(at, person)).status).toBe(401);
    expect((await me(at, wall)).status).toBe(200);
    at.shift(30 * 24 * HOUR);
    expect((await me(at, wall)).status).toBe(401);
  });

  test('is renewed while it is used', async () => {
    const at = await stand(crowd.path);
    let cookie = await at.login('guard');
    expect((await me(at, cookie)).headers.getSetCookie()).toEqual([]);
    for (let i = 0; i < 3; i++) {
      at.shift(11 * HOUR);
      const used = await me(at, cookie);
      expect(used.status).toBe(200);
      cookie = cookieOf(used);
    }
  });

  test('ends when the password changes, and so do its feeds', async () => {
    const own = await people();
    const at = await stand(own.path);
    const cookie = await at.login('guard');
    const ear = await listen(at.server, { cookie, origin: at.server.url });
    await ear.next('snapshot');
    await saveUser(own.path, 'guard', 'guard', 'another horse 10');
    expect((await me(at, cookie)).status).toBe(401);
    expect((await ear.closed).code).toBe(4001);
    expect((await me(at, await at.login('guard', 'another horse 10'))).status).toBe(200);
    await own.remove();
  });

  test('ends at the log-out, with its renewals and its feeds, and no other does', async () => {
    const at = await stand(crowd.path);
    const [cookie, other] = [await at.login('operator'), await at.login('operator')];
    at.shift(HOUR);
    const renewed = cookieOf(await me(at, cookie));
    const ear = await listen(at.server, { cookie: renewed, origin: at.server.url });
    const out = await at.post('/api/logout', {}, { cookie: renewed });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie().at(-1)).toContain('gatehouse=;');
    expect((await ear.closed).code).toBe(4001);
    for (const gone of [cookie, renewed]) expect((await me(at, gone)).status).toBe(401);
    expect((await me(at, other)).status).toBe(200);
  });

  test('key that is too short is refused at the start', async () => {
    await expect(stand(crowd.path, { secret: new Uint8Array(8) })).rejects.toThrow('at least 32 bytes');
  });
});

test('a port that is taken is named with the remedy', async () => {
  const { server } = await stand(crowd.path);
  await expect(stand(crowd.path, { port: server.port })).rejects.toThrow(
    `Port 127.0.0.1:${server.port} is taken; stop what uses it or choose another port.`,
  );
});

test('a certificate that is none is named', async () => {
  await expect(stand(crowd.path, { tls: { key: 'x', cert: 'y' } })).rejects.toThrow('The TLS certificate or key');
});
