/**
 * The heartbeat as a request to an address that only this school has, as services that wait for one ask for it: an answer of success
 * is all that counts. When the gateway is not well nothing is sent, which is what the other side waits for.
 */
import type { Words } from '../core/types.ts';
import { exchange } from '../perform/sending/http-post.ts';
import type { HttpBeatOptions } from '../site/parts/schema-heartbeat.ts';
import { beatFailed } from '../words/heartbeat/heartbeat-words.ts';
import type { World } from '../world/world.ts';
import { type BeatWay, beatLimitMs } from './beat.ts';

/** Codes of TLS, in OpenSSL's words and Node's. */
const ofTls = /CERT|SIGNED|ISSUER|ERR_(?:TLS|SSL)/;

function said(id: string, code: string): Words {
  const status = /^\d{3}$/.test(code) ? Number(code) : undefined;
  if (status === undefined) return beatFailed(id, ofTls.test(code) ? 'certificate' : 'unreachable', code);
  if (status >= 300 && status < 400) return beatFailed(id, 'redirect', code);
  return beatFailed(id, status === 404 || status === 410 ? 'unknown-address' : 'refused', code);
}

/** `limitMs` is for tests. */
export function httpBeat(
  { id, hook, method, everySec }: HttpBeatOptions,
  world: World,
  limitMs: number = beatLimitMs,
): BeatWay {
  return {
    id,
    everyMs: everySec * 1_000,
    async beat() {
      const answer = await exchange({ id, url: hook, method, timeoutMs: limitMs }, world);
      if (answer.is === 'answered') return undefined;
      if (answer.is === 'refused') return said(id, answer.code);
      return beatFailed(
        id,
        answer.is === 'too-fast' ? 'refused' : 'silent',
        answer.is === 'too-fast' ? '429' : String(limitMs / 1_000),
      );
    },
    hush: async () => undefined,
    end: async () => undefined,
  };
}
