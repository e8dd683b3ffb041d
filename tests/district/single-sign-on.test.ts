/**
 * The bureau's single sign-on, held against a real issuer (oidc-provider) on real sockets: the whole way of a browser, and what comes back wrong:
 * another browser's cookie, a code twice, a state of somebody else, a person nobody has made an officer, an issuer that is not there.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { lockOfficer } from '../../src/district/access/officers.ts';
import type { Database } from '../../src/district/database/database.ts';
import { type Bureau, openBureau } from './bureau.ts';
import { embedded } from './embedded-store.ts';

const CLIENT = 'gatehouse-district';
const SECRET = 'a secret of sixteen and more letters';

/** An issuer that knows everybody who says his name; `trusts` tells it where the district is, before anybody comes. */
async function openIssuer() {
  const server = createServer((request, response) => handle?.(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let handle: ((request: unknown, response: unknown) => void) | undefined;
  const asked: URLSearchParams[] = [];
  const trusts = (back: string) => {
    const client = { client_id: CLIENT, client_secret: SECRET, redirect_uris: [back] };
    const provider = new Provider(issuer, {
      clients: [{ ...client, response_types: ['code'], grant_types: ['authorization_code'] }],
      pkce: { required: () => true },
      features: { devInteractions: { enabled: true } },
      findAccount: (_context: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
      cookies: { keys: ['for a test'] },
    });
    const callback = provider.callback();
    handle = (request, response) => {
      const { url } = request as { url: string };
      if (url.startsWith('/auth?')) asked.push(new URLSearchParams(url.slice(6)));
      callback(request, response);
    };
  };
  const close = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return { issuer, asked, trusts, close };
}

/** A browser as far as it matters: it keeps cookies by host and path, and goes where it is sent. */
function browser() {
  const jar = new Map<string, string>();
  const ask = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { host } = new URL(url);
    const cookie = [...jar].flatMap(([key, value]) => (key.startsWith(`${host} `) ? [value] : [])).join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookie !== '' && { cookie }) };
    const answer = await fetch(url, { ...init, redirect: 'manual', headers });
    for (const said of answer.headers.getSetCookie()) {
      const [pair = ''] = said.split(';');
      const key = `${host} ${pair.split('=')[0]}`;
      if (/=$/.test(pair)) jar.delete(key);
      else jar.set(key, pair);
    }
    return answer;
  };
  const to = (answer: Response, from: string) => new URL(answer.headers.get('location') ?? '', from).href;
  return {
    ask,
    jar,
    /** From the log-in page to the issuer, through its forms, to the address the issuer leads back to. */
    async signOn(bureau: Bureau, name: string): Promise<string> {
      let url = to(await ask(`${bureau.url}/login/begin`), bureau.url);
      for (let turns = 0; turns < 12; turns++) {
        if (url.startsWith(`${bureau.url}/`)) return url;
        const answer = await ask(url);
        if (answer.status >= 300 && answer.status < 400) {
          url = to(answer, url);
          continue;
        }
        const page = await answer.text();
        const action = /action="([^"]+)"/.exec(page)?.[1];
        if (!action) throw new Error(`the issuer has no form: ${answer.status} ${page.slice(0, 500)}`);
        const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? 'login';
        const form = new URLSearchParams({ prompt, login: name, password: 'any' });
        url = to(await ask(new URL(action, url).href, { method: 'POST', body: form }), url);
      }
      throw new Error('the issuer leads round in a circle');
    },
  };
}

let db: Database;
beforeAll(async () => {
  ({ db } = await embedded.open());
});
afterAll(() => db.close());

/** A district with its issuer. */
async function joined(claim = 'sub') {
  const issuer = await openIssuer();
  onTestFinished(issuer.close);
  const bureau = await openBureau({
    db,
    login: { oidc: { issuer: issuer.issuer, clientId: CLIENT, clientSecret: SECRET, claim, insecure: true } },
  });
  issuer.trusts(`${bureau.url}/login/back`);
  return { bureau, issuer };
}

describe('the single sign-on of the bureau', () => {
  test('lets in the officer that the claim names, with state, nonce and PKCE', async () => {
    const { bureau, issuer } = await joined();
    await bureau.officer('zhou', 'duty', ['东街'], 'claim-zhou');
    expect(await (await bureau.ask('/api/login-ways')).json()).toMatchObject({ signOn: true });
    const person = browser();
    const back = await person.signOn(bureau, 'claim-zhou');
    const answer = await person.ask(back);
    expect(answer.status).toBe(200);
    // A page that leads on, not a redirect: the browser would hold the new cookie back.
    expect(await answer.text()).toContain('url=/district"');
    expect(await (await person.ask(`${bureau.url}/api/me`)).json()).toMatchObject({ name: 'zhou', streets: ['东街'] });
    const [asked] = issuer.asked;
    expect(asked?.get('code_challenge_method')).toBe('S256');
    for (const part of ['state', 'nonce', 'code_challenge']) expect(asked?.get(part)?.length).toBeGreaterThan(20);
    const [line] = await db.query<{ body: object }>("SELECT body FROM trail WHERE officer = 'zhou' AND kind = 'login'");
    expect(line?.body).toMatchObject({ signOn: true });
  });

  test('makes nobody an officer, and lets no locked one and no screen in', async () => {
    const { bureau } = await joined();
    await bureau.officer('locked', 'duty', [], 'claim-locked');
    await lockOfficer(db, 'locked', 1);
    await bureau.officer('shows', 'screen', [], 'claim-screen');
    const before = await db.query('SELECT name FROM officer');
    for (const claim of ['claim-nobody', 'claim-locked', 'claim-screen', 'locked', "' OR true --"]) {
      const person = browser();
      const answer = await person.ask(await person.signOn(bureau, claim));
      expect(`${claim} ${answer.status}`).toBe(`${claim} 403`);
      expect((await person.ask(`${bureau.url}/api/me`)).status).toBe(401);
    }
    expect(await db.query('SELECT name FROM officer')).toEqual(before);
  });

  test('takes nothing that comes back to another browser, twice, altered, or late', async () => {
    const { bureau } = await joined();
    await bureau.officer('wu', 'duty', [], 'claim-wu');
    const person = browser();
    const back = await person.signOn(bureau, 'claim-wu');
    const stranger = browser();
    expect((await stranger.ask(back)).status).toBe(400);
    // A browser that began a log-in of its own and is sent the address of somebody else's.
    await stranger.ask(`${bureau.url}/login/begin`);
    expect((await stranger.ask(back)).status).toBe(401);
    const kept = new Map(person.jar);
    const altered = new URL(back);
    altered.searchParams.set('state', 'x');
    expect((await person.ask(altered.href)).status).toBe(401);
    for (const [key, value] of kept) person.jar.set(key, value);
    expect((await person.ask(back)).status).toBe(200);
    for (const [key, value] of kept) person.jar.set(key, value);
    const twice = await person.ask(back);
    expect(twice.status).toBe(401);
    expect(twice.headers.getSetCookie().some((said) => said.startsWith('gatehouse-district='))).toBe(false);
    const late = browser();
    const lateBack = await late.signOn(bureau, 'claim-wu');
    bureau.advance(10 * 60_000 + 1);
    expect((await late.ask(lateBack)).status).toBe(400);
  });

  test('lets nobody in by a claim that is not there or is no text', async () => {
    for (const claim of ['employee_number', 'iat']) {
      const { bureau } = await joined(claim);
      const person = browser();
      expect((await person.ask(await person.signOn(bureau, 'claim-zhou'))).status).toBe(403);
    }
  });

  test('says that an issuer is not there, finds it once it is, and leaves passwords as they are', async () => {
    const { bureau, issuer } = await joined();
    await issuer.close();
    const away = await bureau.ask('/login/begin');
    expect([away.status, await away.text()]).toEqual([502, expect.stringContaining('统一认证没有应答')]);
    expect(away.headers.getSetCookie()).toEqual([]);
    await bureau.officer('by-password', 'duty');
    expect(await bureau.login('by-password')).not.toBe('');
    const { bureau: other } = await joined();
    expect((await other.ask('/login/begin')).status).toBe(302);
  });

  test('has no address where the configuration names no issuer', async () => {
    const bureau = await openBureau({ db });
    expect(await (await bureau.ask('/api/login-ways')).json()).toMatchObject({ signOn: false });
    expect((await bureau.ask('/login/begin')).status).toBe(401);
    expect((await bureau.ask('/login/back')).status).toBe(401);
  });
});
