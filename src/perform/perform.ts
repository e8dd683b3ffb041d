/**
 * Carries out duties: a write to a device, a picture for an alarm, a message. Whatever a duty is refused with ends here: it
 * becomes an outcome with a reason a person can read, so that nothing a device or a receiver does can stop the loop. It
 * never decides whether a duty is owed.
 */
import { createHash } from 'node:crypto';
import type { Duty, Input, Value, Words } from '../core/types.ts';
import { noResult } from '../words/gateway-words.ts';
import { wordsOf } from '../words/worded-error.ts';
import { untranslated } from '../words/words.ts';
import type { World } from '../world/world.ts';
import type { Verdict } from './channel.ts';
import type { Pictures } from './pictures.ts';

/** What duties are carried out with. Rejections are `WordedError`s. */
export interface Means {
  write(device: string, point: string, value: Value): Promise<void>;
  snapshot(camera: string): Promise<Uint8Array>;
  /** Sends a message, or tries a channel; what the other side does is a verdict and no rejection. */
  notify(duty: Extract<Duty, { do: 'notify' | 'remind' | 'test' }>): Promise<Verdict>;
  readonly pictures: Pictures;
  readonly world: World;
}

/** Longer than any device may take; a line that answers later, or never, must not hold a duty for ever. */
const limitMs = 30_000;

type Performed = Extract<Input, { kind: 'outcome' }>;

/** What a message came to, as a fact. */
function outcomeOf(duty: string, verdict: Verdict): Performed {
  if (verdict.is === 'told') {
    const { receipt, unreached } = verdict;
    return {
      kind: 'outcome',
      duty,
      ok: true,
      ...(receipt !== undefined && { receipt }),
      ...(unreached && { unreached }),
    };
  }
  const { is, why } = verdict;
  const code = verdict.is === 'refused' ? { code: verdict.code } : {};
  const pause =
    verdict.is === 'too-fast' && verdict.retryAfterMs !== undefined ? { pauseMs: verdict.retryAfterMs } : {};
  return { kind: 'outcome', duty, ok: false, why, untaken: is, ...code, ...pause };
}

async function attempt(duty: Duty, means: Means): Promise<Performed> {
  if (duty.do === 'write') {
    const { device, point, value } = duty;
    await means.write(device, point, value);
    return { kind: 'outcome', duty: duty.id, ok: true, wrote: { device, point, value } };
  }
  if (duty.do === 'notify' || duty.do === 'remind' || duty.do === 'test')
    return outcomeOf(duty.id, await means.notify(duty));
  const jpeg = await means.snapshot(duty.camera);
  const brought = await means.pictures.keep(duty.alarm, means.world.now(), jpeg);
  const sha256 = createHash('sha256').update(jpeg).digest('hex');
  return { kind: 'outcome', duty: duty.id, ok: true, brought, sha256 };
}

/** Does one duty. Never rejects: a failure is an outcome too. */
export async function perform(duty: Duty, means: Means): Promise<Performed> {
  const answered = new AbortController();
  const failed = (why: Words): Performed => ({ kind: 'outcome', duty: duty.id, ok: false, why });
  // A message that nobody answered for may have arrived.
  const told = duty.do === 'notify' && { untaken: 'unknown' as const };
  const late = means.world.sleep(limitMs, answered.signal).then(
    () => ({ ...failed(noResult(limitMs / 1_000)), ...told }),
    // The duty was answered first, and nobody reads this.
    () => failed(untranslated('')),
  );
  try {
    return await Promise.race([attempt(duty, means), late]);
  } catch (error) {
    return failed(wordsOf(error));
  } finally {
    answered.abort();
  }
}
