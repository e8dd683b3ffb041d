/**
 * The server as the application keeps it: started again and again while its port, certificate or people cannot be had, because
 * recording goes on meanwhile; given a renewed certificate without closing a connection; closed at the end.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Words } from '../core/types.ts';
import { loadUsers } from '../server/auth/accounts.ts';
import type { GatewayPort } from '../server/gateway-port.ts';
import { ServerError } from '../server/http/problem.ts';
import { type Server, startServer } from '../server/server.ts';
import type { Config } from '../site/load-site.ts';
import { tlsUnreadable, usersUnusable } from '../words/gateway-words.ts';
import { wordsOf } from '../words/worded-error.ts';
import { makeDurably, writeDurably } from '../world/durable-file.ts';
import type { World } from '../world/world.ts';
import type { Troubles } from './troubles.ts';

const serverRetryMs = 5_000;
/** Of the key that signs sessions. */
const keyBytes = 32;

/** The users file of a data folder. */
export const usersFile = (dir: string): string => join(dir, 'users.json');

/**
 * The key that signs sessions; it outlives a restart, because a wall must come back by itself. One that is too short to be a
 * key (a disk that was full when it was made) is made anew: with it anybody could sign.
 */
async function sessionKey(dir: string): Promise<Uint8Array> {
  const path = join(dir, 'session.key');
  const fresh = crypto.getRandomValues(new Uint8Array(keyBytes));
  if (await makeDurably(path, fresh)) return fresh;
  const known = await readFile(path);
  if (known.length >= keyBytes) return known;
  await writeDurably(path, fresh);
  return fresh;
}

/** The text of a certificate or key. Rejects with ServerError when it cannot be read. */
async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ServerError(tlsUnreadable(path, code), error);
  }
}

/** What it needs of the application's options. */
interface ServingOptions {
  readonly world: World;
  readonly ui: string;
  readonly onServing?: (url: string) => void;
}

type PemFiles = Config['server']['tls'];
const pems = async (tls: NonNullable<PemFiles>) => ({ key: await readPem(tls.key), cert: await readPem(tls.cert) });

export class Serving {
  readonly #options: ServingOptions;
  readonly #troubles: Troubles;
  readonly #server: Promise<Server | undefined>;
  #tls: PemFiles;

  constructor(config: Config, options: ServingOptions, house: GatewayPort, troubles: Troubles, signal: AbortSignal) {
    this.#options = options;
    this.#troubles = troubles;
    this.#tls = config.server.tls;
    this.#server = this.#start(config, house, signal);
  }

  /** Takes a certificate whose files hold something else now. Whether there is one at all needs a restart to change. */
  async renew(tls: PemFiles): Promise<void> {
    if (!tls || !this.#tls || tls.mark === this.#tls.mark) return;
    const told = (why: Words | undefined) => this.#troubles.set('server', why);
    try {
      const pair = await pems(tls);
      const before = this.#tls;
      // A server that is not up yet reads the files when it starts.
      this.#tls = tls;
      void this.#server
        .then((server) => server?.renew(pair))
        .then(
          () => told(undefined),
          (error: unknown) => {
            this.#tls = before;
            told(wordsOf(error));
          },
        );
    } catch (error) {
      told(wordsOf(error));
    }
  }

  async close(): Promise<void> {
    await (await this.#server)?.close();
  }

  /** Again and again while its port or certificate cannot be had. */
  async #start(config: Config, house: GatewayPort, signal: AbortSignal): Promise<Server | undefined> {
    const { world } = this.#options;
    const { dir } = config.store;
    while (!signal.aborted) {
      try {
        return await this.#listen(config, house);
      } catch (error) {
        const { code, errno } = error as NodeJS.ErrnoException;
        // What no system call said is a mistake of our own, and no file's.
        if (!(error instanceof ServerError) && errno === undefined) throw error;
        this.#troubles.set('server', error instanceof ServerError ? error.why : usersUnusable(dir, code));
        await world.sleep(serverRetryMs, signal).catch(() => undefined);
      }
    }
    return undefined;
  }

  async #listen(config: Config, house: GatewayPort): Promise<Server> {
    const { world, ui, onServing } = this.#options;
    const { dir } = config.store;
    if (await makeDurably(usersFile(dir), '{ "users": [] }\n')) {
      world.log.warn('nobody can log in yet: add a person with `npm run user -- add NAME --role ROLE`');
    }
    const users = await loadUsers(usersFile(dir));
    const { tls: _, ...address } = config.server;
    const pair = this.#tls && { tls: await pems(this.#tls) };
    const secret = await sessionKey(dir);
    const files = { phones: join(dir, 'phones.json'), logouts: join(dir, 'logouts') };
    const server = await startServer({ ...address, ...pair, ...files, users, secret, ui }, house, world);
    this.#troubles.set('server', undefined);
    onServing?.(server.url);
    return server;
  }
}
