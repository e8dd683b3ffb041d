/**
 * A folder of certificates as a school has it, made once by the command's own function and copied for each test, and a server
 * that shows one of them.
 */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkServerIdentity, connect, type PeerCertificate } from 'node:tls';
import { onTestFinished } from 'vitest';
import { foundAuthority } from '../../src/authority/authority-folder.ts';
import { certifiedNames } from '../../src/authority/host-names.ts';
import { serverPair } from '../../src/authority/server-pair.ts';
import type { World } from '../../src/world/world.ts';

export const NAMES = certifiedNames(['gatehouse.school.lan', '192.0.2.10', 'fd00::5']);
export const DAY_MS = 86_400_000;

/** A folder that is removed when the test ends. */
export async function folderOfTest(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-certificates-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Certificates made at `now` for the names above, below `dir`. */
export async function schoolFolder(now = Date.now(), dir?: string): Promise<string> {
  const folder = join(dir ?? (await folderOfTest()), 'certificates');
  await foundAuthority(folder, { school: '示范中学', names: NAMES }, now);
  return folder;
}

/** The same certificates once more. */
export async function copyOf(folder: string): Promise<string> {
  const copy = join(await folderOfTest(), 'certificates');
  await cp(folder, copy, { recursive: true });
  return copy;
}

/** A world whose clock says what `clock.now` says. */
export function worldAt(clock: { now: number }, log: string[] = []): World {
  const say = (message: string) => void log.push(message);
  const { promise: never } = Promise.withResolvers<void>();
  return {
    now: () => clock.now,
    elapsed: () => 0,
    random: () => 0.5,
    sleep: () => never,
    log: { info: say, warn: say, error: say },
  };
}

/** Serves with what lies in the folder; closed when the test ends. */
export async function serve(pair: { key: string; cert: string }): Promise<Server> {
  const server = createServer({ key: await readFile(pair.key), cert: await readFile(pair.cert) }, (_, answer) =>
    answer.end('well'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return server;
}

export const serveFolder = (folder: string): Promise<Server> => serve(serverPair(folder));

/** What a client that trusts `ca` says of the server when it looks for `name` there: `trusted`, or the code of why not. */
export function trustOf(server: Server, ca: string, name: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const named = { checkServerIdentity: (_host: string, cert: PeerCertificate) => checkServerIdentity(name, cert) };
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', ca, ...named }, () => {
      socket.destroy();
      resolve('trusted');
    });
    socket.on('error', ({ code, message }: NodeJS.ErrnoException) =>
      // What Node has no code for it says in OpenSSL's words.
      resolve(code === undefined || code === 'UNSPECIFIED' ? message : code),
    );
  });
}
