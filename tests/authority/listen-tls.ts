/** A page of an operator at a server behind TLS, for whoever trusts `ca`: logged in, and listening to the feed. */
import { request } from 'node:https';
import type { Server } from '../../src/server/server.ts';
import { type Ear, listen, PASSWORD } from '../server/place.ts';

/** Logs in over TLS; gives the cookie. */
function logIn(server: Server, ca: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: server.url };
  return new Promise((resolve, reject) => {
    const post = request(`${server.url}/api/login`, { method: 'POST', headers, ca }, (response) => {
      response.resume();
      resolve(response.headers['set-cookie']?.[0]?.split(';')[0] ?? '');
    });
    post.on('error', reject);
    post.end(JSON.stringify({ user: 'operator', password: PASSWORD }));
  });
}

export async function listenTls(server: Server, ca: string): Promise<Ear> {
  return listen(server, { cookie: await logIn(server, ca), origin: server.url }, { ca });
}
