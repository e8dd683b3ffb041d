/**
 * A horn on the wall: which file it plays, how it is logged in to, and what of its answers is a yes. The digests are held against the example of
 * RFC 7616 and against a horn of our own that reckons them from what it is sent.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { horn } from '../../src/perform/horn.ts';
import { digestAnswer } from '../../src/perform/sign/http-digest.ts';
import type { ChannelOptions } from '../../src/site/schema-channel.ts';
import { PATIENCE_MS } from '../patience.ts';
import { httpPeer, world } from './peer.ts';
import { climbTold, trial } from './told.ts';

const rfc = {
  ...{ method: 'GET', path: '/dir/index.html', user: 'Mufasa', password: 'Circle of Life' },
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};
const challenge = (algorithm: string) =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
  'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

test.each([
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
])('the answer by %s is that of the RFC', (algorithm, response) => {
  expect(digestAnswer(challenge(algorithm), rfc)).toContain(`response="${response}"`);
});

test('the better of two challenges is answered, and none that nobody can', () => {
  expect(digestAnswer(`${challenge('MD5')}, ${challenge('SHA-256')}`, rfc)).toContain('algorithm=SHA-256');
  for (const header of [
    '',
    'Basic realm="x"',
    'Digest realm="x"',
    challenge('MD5-sess'),
    challenge('MD5').replace('auth, auth-int', 'auth-int'),
    'Digest '.repeat(9_000),
  ])
    expect(digestAnswer(header, rfc)).toBeUndefined();
});

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** Whether a request is logged in by Digest as this user. */
function isLoggedIn(header: string | undefined, method: string, path: string): boolean {
  const said = Object.fromEntries(
    [...(header ?? '').matchAll(/(\w+)="?([^",]*)"?/g)].map(([, name, value]) => [name, value]),
  );
  const { nc, cnonce, response, uri } = said;
  return (
    uri === path && response === md5(`${md5('admin:horn:right')}:n1:${nc}:${cnonce}:auth:${md5(`${method}:${path}`)}`)
  );
}

const options = (origin: string, more: Partial<ChannelOptions<'horn'>> = {}): ChannelOptions<'horn'> => ({
  ...{ id: 'yard', protocol: 'horn', url: `${origin}/api/play?file={{file}}&repeat=2`, secret: undefined },
  ...{ method: 'GET', file: '1', files: { climb: '5', p2: '2', test: '9 test' }, auth: 'none', timeoutMs: PATIENCE_MS },
  ...more,
});
const send = async (set: ChannelOptions<'horn'>, message = climbTold()) =>
  await horn(set)({ message, delivery: 'notify/1/1/yard', to: [] }, world);

test('the file is that of the kind, else of the urgency, else the usual one', async () => {
  const { asked, origin } = await httpPeer((response) => response.end());
  const climb = climbTold();
  for (const message of [
    climb,
    { ...climb, kind: 'cut' as const, priority: 2 as const },
    { ...climb, kind: 'cut' as const },
    trial,
  ])
    expect(await send(options(origin), message)).toEqual({ is: 'told' });
  expect(asked.map(({ path }) => path)).toEqual(
    ['5', '2', '1', '9%20test'].map((file) => `/api/play?file=${file}&repeat=2`),
  );
});

test('a form is posted with the file in it', async () => {
  const { asked, origin } = await httpPeer((response) => response.end());
  await send(options(origin, { url: `${origin}/cgi/play`, method: 'POST', body: 'file={{file}}&volume=90' }));
  expect(asked[0]).toMatchObject({ path: '/cgi/play', body: 'file=5&volume=90' });
  expect(asked[0]!.headers['content-type']).toBe('application/x-www-form-urlencoded');
});

test('it logs in by Digest where the horn asks for it, and says so when that is refused', async () => {
  const { asked, origin } = await httpPeer((response, { headers, method = '', url = '' }) => {
    if (isLoggedIn(headers.authorization, method, url)) return response.end('OK');
    response.writeHead(401, { 'www-authenticate': 'Digest realm="horn", nonce="n1", qop="auth"' }).end();
  });
  const login = { auth: 'digest', user: 'admin', secret: 'right' } as const;
  expect(await send(options(origin, login))).toEqual({ is: 'told' });
  expect(asked).toHaveLength(2);
  const refused = await send(options(origin, { ...login, secret: 'only-for-tests' }));
  expect(refused).toMatchObject({
    is: 'refused',
    code: '401',
    why: { en: expect.stringContaining('refuses the log-in') },
  });
  expect(JSON.stringify(refused)).not.toContain('only-for-tests');
  expect(asked).toHaveLength(4);
});

test('a password goes to no horn that was not asked to be logged in to', async () => {
  const { asked, origin } = await httpPeer((response) =>
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
  );
  expect(await send(options(origin, { auth: 'digest', user: 'admin', secret: 'right' }))).toMatchObject({
    code: '401',
  });
  expect(asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  const other = await httpPeer((response) => response.writeHead(401, { 'www-authenticate': challenge('MD5') }).end());
  expect(await send(options(other.origin))).toMatchObject({ code: '401' });
  expect(other.asked).toHaveLength(1);
});

test('a field of its answer says whether it plays', async () => {
  const { origin } = await httpPeer((response) => response.end('{"result":{"code":3}}'));
  expect(await send(options(origin, { okWhen: { field: 'result.code', is: 0 } }))).toMatchObject({
    is: 'refused',
    code: '3',
  });
  expect(await send(options(origin, { okWhen: { field: 'result.code', is: 3 } }))).toEqual({ is: 'told' });
});
