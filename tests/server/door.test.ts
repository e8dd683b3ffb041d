/**
 * The door in front of every route: closed by default, right origin, right type, and nothing that a hostile request
 * can push through or break. Real requests on real sockets.
 */
import { request as rawRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, people, ROLES, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

/** What anybody may reach. A route that is not in this list must be closed. */
const OPEN = new Set([
  'POST /api/login',
  // It opens by the code alone, and a code opens it once.
  'POST /api/phones/pair',
  'GET /healthz',
  'HEAD /healthz',
  'GET /assets/*',
  'HEAD /assets/*',
  'GET /ca.crt',
  'GET /api/authority',
  // A chat that calls back: by its signature, and only where a channel of the configuration has its keys.
  'GET /api/callback/:channel',
  'POST /api/callback/:channel',
  // The phone of a class at a drill: by the code of the class alone, for one drill.
  'GET /api/drill/classes/:code',
  'POST /api/drill/taps',
  ...[
    '/',
    '/login',
    '/wall',
    '/console',
    '/alarms',
    '/duty',
    '/duty/:file',
    '/patrol',
    '/batons',
    '/patrol/audit',
    '/patrol/week',
    '/m/point',
    '/kpi',
    '/m',
    '/setup',
    '/phones',
    '/pair',
    '/setup/threshold',
    '/setup/cameras',
    '/setup/channels',
    '/setup/walk',
    '/certificates',
    '/canteen',
    '/kitchen',
    '/sensors',
    '/drill',
    '/d',
    '/d/:code(^[\\w-]{22}$)',
  ].map((url) => `GET ${url}`),
  'GET /app.webmanifest',
  'GET /icon.svg',
  'GET /shell-worker.js',
  'GET /m/a/:alarm(^\\d+$)',
  'GET /alarms/:alarm(^\\d+$)',
]);

const filled = (url: string) => url.replace(':id', 'cam').replace(':name', '100-7.jpg').replace('*', 'x');

/** Sends a path as it is written, which fetch would tidy first. */
function raw(port: number, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = rawRequest({ port, host: '127.0.0.1', path, headers: { connection: 'close' } }, (response) => {
      let body = '';
      response.on('data', (part) => {
        body += String(part);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject);
    request.end();
  });
}

describe('without a log-in', () => {
  test('every route the application knows is closed, but for the ones listed here', async () => {
    const { server, fetch } = await stand(crowd.path, { ui: '/nonexistent' });
    const closed = server.routes.filter(({ method, url }) => !OPEN.has(`${method} ${url}`));
    expect(closed.length).toBeGreaterThan(15);
    for (const { method, url } of closed) {
      const response = await fetch(filled(url), { method, ...(method === 'POST' && { body: '{}' }) });
      expect(`${method} ${url} ${response.status}`).toBe(`${method} ${url} 401`);
      expect(await response.json()).toMatchObject({ code: 'login-needed', zh: '请先登录。' });
    }
    expect([...OPEN].filter((o) => !server.routes.some(({ method, url }) => o === `${method} ${url}`))).toEqual([]);
  });

  test('an address that does not exist does not say so', async () => {
    const { fetch } = await stand(crowd.path);
    for (const path of ['/api/nothing', '/metrics/', '/api', '/feed/x', '/.env'])
      expect((await fetch(path)).status).toBe(401);
  });

  test('the feed is not upgraded', async () => {
    const { server } = await stand(crowd.path);
    await expect(listen(server, { origin: server.url })).rejects.toThrow('refused with 401');
    await expect(listen(server, { origin: server.url, cookie: 'gatehouse=x.y' })).rejects.toThrow('refused with 401');
  });

  test('no other route upgrades a socket past the door', async () => {
    const { server } = await stand(crowd.path);
    const closed = server.routes.filter(({ method, url }) => method === 'GET' && !OPEN.has(`GET ${url}`));
    for (const { url } of closed) {
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(server.port, '127.0.0.1', () =>
          socket.write(
            `GET ${filled(url)} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
          ),
        );
        socket.once('data', (data) => {
          resolve(String(data).split('\r\n')[0]!);
          socket.destroy();
        });
        socket.once('error', reject);
      });
      expect(answer).toContain('401');
    }
  });

  test('healthz says ok or not ok and nothing else', async () => {
    const { place, fetch } = await stand(crowd.path);
    expect(await (await fetch('/healthz')).text()).toBe('ok');
    place.troubles.push({ part: 'journal', why: { zh: '磁盘已满', en: 'the disk is full' }, since: 1 });
    const sick = await fetch('/healthz');
    expect([sick.status, await sick.text()]).toEqual([503, 'not ok']);
  });
});

describe('the origin', () => {
  test('a command from another page, from none or from "null" is refused, and nothing happens', async () => {
    const { login, post, place, fetch } = await stand(crowd.path);
    const cookie = await login('operator');
    const asked = { do: 'arm-zone', zone: 'z2', mode: 'disarmed' };
    const before = place.events.length;
    for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:1', 'file://'])
      expect((await post('/api/commands', asked, { cookie, origin })).status).toBe(403);
    const none = await fetch('/api/commands', {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    });
    expect(none.status).toBe(403);
    expect(place.events.length).toBe(before);
    expect((await post('/api/commands', asked, { cookie })).status).toBe(200);
  });

  test('the feed is not upgraded for another page', async () => {
    const { server, login } = await stand(crowd.path);
    const cookie = await login('operator');
    await expect(listen(server, { cookie, origin: 'http://evil.example' })).rejects.toThrow('refused with 403');
    await expect(listen(server, { cookie })).rejects.toThrow('refused with 403');
    await listen(server, { cookie, origin: server.url });
  });

  test('an origin from the configuration is let in', async () => {
    const { login, post } = await stand(crowd.path, { origins: ['https://wall.school.example'] });
    const cookie = await login('operator');
    const origin = 'https://wall.school.example';
    expect(
      (await post('/api/commands', { do: 'arm-zone', zone: 'z2', mode: 'disarmed' }, { cookie, origin })).status,
    ).toBe(200);
  });

  test('an origin in the configuration that is none is named', async () => {
    await expect(stand(crowd.path, { origins: ['wall'] })).rejects.toThrow('"wall" in origins will not do');
  });
});

describe('bad input', () => {
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  test.each([
    ['JSON that is none', '{"do":', 400],
    ['an empty body', '', 400],
    ['a body that is too large', JSON.stringify({ do: 'close', note: 'x'.repeat(100_000) }), 413],
    ['a body of another shape', '[]', 400],
    ['JSON that is deeper than any command', `{"do":"close","note":${deep.slice(0, 3_000)}${']'.repeat(3_000)}}`, 400],
    ['a poisoned prototype', '{"do":"acknowledge","alarm":1,"__proto__":{"role":"admin"}}', 400],
    ['a wrong type', '{"do":"acknowledge","alarm":"1"}', 400],
    ['a number that is none', '{"do":"acknowledge","alarm":1e999}', 400],
    ['a field too many', '{"do":"acknowledge","alarm":1,"by":"admin"}', 400],
    ['an unknown command', '{"do":"open","gate":1}', 400],
  ])('%s is refused with a problem a person can read', async (_, body, status) => {
    const { login, fetch, server, logged } = await stand(crowd.path);
    const cookie = await login('operator');
    const response = await fetch('/api/commands', {
      method: 'POST',
      headers: { cookie, origin: server.url, 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status, zh: expect.any(String), en: expect.any(String) });
    expect(logged).toEqual([]);
  });

  test('deep JSON in a big body neither stops nor slows the server for ever', async () => {
    const { login, fetch, server } = await stand(crowd.path);
    const cookie = await login('operator');
    const response = await fetch('/api/verify', {
      method: 'POST',
      headers: { cookie, origin: server.url, 'content-type': 'application/json' },
      body: deep,
    });
    expect(response.status).toBe(400);
    expect((await fetch('/healthz')).status).toBe(200);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=a',
    'application/jsonp',
  ])('a body of type %s is refused, as a form of another page could send it', async (type) => {
    const { login, fetch, server } = await stand(crowd.path);
    const cookie = await login('operator');
    const headers = { cookie, origin: server.url, 'content-type': type };
    const response = await fetch('/api/commands', { method: 'POST', headers, body: '{"do":"acknowledge","alarm":1}' });
    expect(response.status).toBe(415);
  });

  test.each([
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets//etc/passwd',
    '/assets/%00',
  ])('the path %s leads out of no folder', async (path) => {
    const { server } = await stand(crowd.path, { ui: new URL('../../src/ui', import.meta.url).pathname });
    const { status, body } = await raw(server.port, path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain('gatehouse"');
    expect(body).not.toContain('root:');
  });

  test.each([
    '/api/evidence/..%2f..%2fusers.json',
    '/api/evidence/.jpg',
    '/api/evidence/a%00.jpg',
    '/api/evidence/x.png',
  ])('the evidence name %s is refused', async (path) => {
    const { login, fetch } = await stand(crowd.path);
    const cookie = await login('operator');
    expect((await fetch(path, { headers: { cookie } })).status).toBeGreaterThanOrEqual(400);
  });

  test('bytes that are not HTTP and an address that cannot be decoded leave the server standing', async () => {
    const { server, fetch } = await stand(crowd.path);
    await new Promise<void>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.end(Buffer.from([0x16, 3, 1, 0, 255, 0, 10])));
      socket.on('close', () => resolve());
      socket.on('error', reject);
      socket.resume();
    });
    expect((await raw(server.port, '/%zz')).status).toBeGreaterThanOrEqual(400);
    expect((await raw(server.port, `/${'a'.repeat(20_000)}`)).status).toBe(431);
    expect((await fetch('/healthz')).status).toBe(200);
  });
});

describe('headers', () => {
  test('pages may load from this host alone, and plain http is not forced to https', async () => {
    const { fetch, server } = await stand(crowd.path);
    const page = await fetch('/wall');
    const csp = page.headers.get('content-security-policy') ?? '';
    expect(csp).toContain("default-src 'self'");
    expect(csp).toContain(`connect-src 'self' ws://127.0.0.1:${server.port}`);
    expect(csp).not.toContain('upgrade-insecure-requests');
    expect(csp).not.toContain('unsafe');
    expect(page.headers.get('strict-transport-security')).toBeNull();
    expect(page.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });

  test('pages that are not built say how to build them', async () => {
    const { fetch } = await stand(crowd.path);
    const page = await fetch('/wall');
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('npm run build');
  });
});

describe('rights', () => {
  const ROUTES: readonly (readonly [string, string])[] = [
    ['/api/scans', 'operator head auditor admin'],
    ['/api/touches', 'operator head auditor admin'],
    ['/api/rounds', 'operator guard head auditor admin'],
    ['/api/events', 'operator head auditor integrator admin'],
    ['/api/export/alarms.csv', 'operator head auditor admin'],
    ['/api/discover', 'operator integrator admin'],
    ['/api/evidence/100-7.jpg', 'operator guard head auditor admin'],
    ['/api/samples?device=fence&point=tension&from=1&to=2', 'operator head auditor integrator admin'],
    ['/metrics', 'operator head auditor integrator admin'],
    ['/api/me', 'operator guard head auditor integrator admin'],
  ];
  test('each role reaches what the table of rights gives it, and is told 403 for the rest', async () => {
    const { login, fetch } = await stand(crowd.path);
    const cookies = new Map<string, string>();
    for (const role of ROLES) cookies.set(role, await login(role));
    for (const [path, allowed] of ROUTES)
      for (const role of ROLES) {
        const { status } = await fetch(path, { headers: { cookie: cookies.get(role)! } });
        expect(`${role} ${path} ${status}`).toBe(`${role} ${path} ${allowed.split(' ').includes(role) ? 200 : 403}`);
      }
  });

  test('a machine reads the metrics with the token and nothing else with it', async () => {
    const { fetch } = await stand(crowd.path, { metricsToken: 'a-long-token' });
    const headers = { authorization: 'Bearer a-long-token' };
    const metrics = await fetch('/metrics', { headers });
    expect(metrics.status).toBe(200);
    const text = await metrics.text();
    expect(text).toContain('gatehouse_line_received_total{line="bus"} 7');
    expect(text).toContain('gatehouse_line_dropped_total{line="bus",reason="bad-payload"} 2');
    expect(text).toContain('gatehouse_inbox_depth 3');
    expect(text).toContain('gatehouse_follower_lag_influx 12');
    expect((await fetch('/metrics', { headers: { authorization: 'Bearer another' } })).status).toBe(401);
    expect((await fetch('/api/health', { headers })).status).toBe(401);
  });
});
