/**
 * The certificate this node answers with, the authority by which it knows its schools, and what that has revoked, looked at once a minute: what is new is
 * taken at once, one that runs out is told. It must never end a connection but those that an authority of before vouched for.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { HttpDoor, TlsPair } from '../../server/http/http-app.ts';
import { certificateTrouble, inspectAuthority, inspectCertificate } from '../../site/parts/certificates.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { Words } from '../../words/words.ts';
import type { World } from '../../world/world.ts';
import type { IsRevoked } from '../ingest/shown-certificate.ts';
import type { BureauTls } from './district-config.ts';
import type { DistrictFaults } from './district-faults.ts';

const LOOK_MS = 60_000;

/** What stands in the files. Rejects as the file system does. */
export async function tlsPairOf({ key, cert, clientAuthority }: BureauTls): Promise<TlsPair> {
  return {
    ...{ key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') },
    ...(clientAuthority !== undefined && { clientAuthority: await readFile(clientAuthority, 'utf8') }),
  };
}

const markOf = ({ key, cert, clientAuthority = '' }: TlsPair): string =>
  createHash('sha256').update(`${key}\n${cert}\n${clientAuthority}`).digest('hex');

/** What schools' authority has revoked, as it stands in the file now; the one before goes on counting where that cannot be used. */
export interface RevokedWatch {
  /** Reads it again. Resolves with what a person must know. */
  look(now: number): Promise<Words | undefined>;
  readonly has: IsRevoked;
}

/** Rejects with WordedError where the list cannot be used at the start. */
export async function watchRevoked(tls: BureauTls | undefined): Promise<RevokedWatch> {
  const { clientAuthority, clientRevoked } = tls ?? {};
  if (clientAuthority === undefined || clientRevoked === undefined)
    return { look: async () => undefined, has: () => false };
  // A library that only whoever has such a list pays for.
  const { readRevoked, revokedTrouble } = await import('./revoked-certificates.ts');
  const read = async () => await readRevoked(clientRevoked, await readFile(clientAuthority, 'utf8'));
  let list = await read();
  return {
    has: (serial, der) => list.has(serial, der),
    look: async (now) => {
      try {
        list = await read();
      } catch (error) {
        return wordsOf(error);
      }
      return revokedTrouble(clientRevoked, list, now);
    },
  };
}

/** Looks once at a time; resolves when that is over. `taken`: what the server has. Never rejects. */
export function certificateLook(
  tls: BureauTls,
  taken: TlsPair,
  renew: HttpDoor['renew'],
  faults: DistrictFaults,
  now: () => number,
): () => Promise<void> {
  let mark = markOf(taken);
  return async () => {
    const found = await inspectCertificate(tls);
    const authority = tls.clientAuthority === undefined ? undefined : await inspectAuthority(tls.clientAuthority);
    const vouches = authority && { pair: { key: '', cert: tls.clientAuthority ?? '' }, ...authority };
    faults.say('certificate', certificateTrouble([found, ...(vouches ? [vouches] : [])], now()));
    if (found.problem || authority?.problem) return;
    try {
      const pair = await tlsPairOf(tls);
      if (markOf(pair) === mark) return;
      renew(pair);
      mark = markOf(pair);
    } catch (error) {
      faults.say('certificate', wordsOf(error));
    }
  };
}

/** Goes on looking until the signal. */
export async function watchCertificate(look: () => Promise<void>, world: World, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await look().catch(() => undefined);
    await world.sleep(LOOK_MS, signal).catch(() => undefined);
  }
}
