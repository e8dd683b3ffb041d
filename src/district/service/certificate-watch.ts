/** The certificate this node answers with, looked at every ten minutes: a renewed one is taken at once, one that runs out is told. It must never end a connection. */
import { readFile } from 'node:fs/promises';
import type { HttpDoor } from '../../server/http/http-app.ts';
import { type CertificatePair, certificateTrouble, inspectCertificate } from '../../site/parts/certificates.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import type { DistrictFaults } from './district-faults.ts';

const LOOK_MS = 600_000;

/** Looks once at a time; resolves when that is over. Never rejects. */
export function certificateLook(
  pair: CertificatePair,
  renew: HttpDoor['renew'],
  faults: DistrictFaults,
  now: () => number,
): () => Promise<void> {
  let { mark } = pair;
  return async () => {
    const found = await inspectCertificate(pair);
    faults.say('certificate', certificateTrouble([found], now()));
    if (found.problem || found.pair.mark === mark) return;
    try {
      renew({ key: await readFile(pair.key, 'utf8'), cert: await readFile(pair.cert, 'utf8') });
      mark = found.pair.mark;
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
