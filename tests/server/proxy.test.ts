/**
 * The server behind a reverse proxy: whose word on a client counts, what cookie and origin come of it, and whose guesses slow
 * whom down. The requests carry the headers that nginx and caddy send.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, people, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const trustedProxies = ['127.0.0.0/8'];
const site = { origin: 'https://gatehouse.school.example', 'x-forwarded-host': 'gatehouse.school.example' };
const from = (address: string) => ({ ...site, 'x-forwarded-for': address, 'x-forwarded-proto': 'https' });
const logIn = ({ post }: Stand, headers: Record<string, string>, password = PASSWORD, user = 'operator') =>
  post('/api/login', { user, password }, headers);

/** Guesses names until told to wait; whose address is guessed from, `headers` says. */
async function guess(house: Stand, headers: (i: number) => Record<string, string>): Promise<number> {
  for (let i = 0; i < 30; i++) {
    if ((await logIn(house, headers(i), 'wrong wrong 9', `nobody${i}`)).status === 429) return i;
  }
  throw new Error('nobody was told to wait');
}

test('behind a trusted proxy that speaks TLS the cookie is Secure, bound to the host, and works', async () => {
  const house = await stand(crowd.path, { trustedProxies });
  const answer = await logIn(house, from('203.0.113.7'));
  expect(answer.status).toBe(200);
  const [cookie = ''] = answer.headers.getSetCookie();
  expect(cookie).toMatch(/^__Host-gatehouse=.*Secure/);
  const me = await house.fetch('/api/me', { headers: { cookie, ...from('203.0.113.7') } });
  expect(me.status).toBe(200);
});

test('whoever guesses behind the proxy slows down himself and nobody else', async () => {
  const house = await stand(crowd.path, { trustedProxies });
  expect(await guess(house, () => from('203.0.113.9'))).toBeGreaterThan(3);
  expect((await logIn(house, from('203.0.113.10'))).status).toBe(200);
});

test('without a trusted proxy nobody may say whose address he has, nor that he speaks TLS', async () => {
  const house = await stand(crowd.path);
  expect(await guess(house, (i) => ({ 'x-forwarded-for': `203.0.113.${i}` }))).toBeGreaterThan(3);
  expect((await logIn(house, from('203.0.113.7'))).status).toBe(403);
});

test('a proxy that nobody named is told to whoever reads the log, once', async () => {
  const house = await stand(crowd.path);
  for (let i = 0; i < 3; i++) await house.fetch('/healthz', { headers: { 'x-forwarded-for': '203.0.113.7' } });
  expect(house.logged.filter((line) => line.includes('trustedProxies'))).toHaveLength(1);
});

test.each(['= /api/phone/acts', '/duty/'])('nginx as it is shipped writes no request for %s into its log', (path) => {
  const conf = readFileSync(new URL('../../deploy/nginx.conf', import.meta.url), 'utf8');
  const [, place = ''] = conf.split(`location ${path} {`);
  const said = place.slice(0, place.indexOf('}'));
  expect(said).toContain('access_log off;');
  // Its log of errors quotes a request whenever the gateway does not answer, but for the gravest.
  expect(said).toMatch(/error_log \S+ crit;/);
});
