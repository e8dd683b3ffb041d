/**
 * Carries out duties: a write to a device, a picture for an alarm, a message. Whatever a duty is refused with ends here: it
 * becomes an outcome with a reason a person can read, so that nothing a device or a receiver does can stop the loop. It
 * never decides whether a duty is owed.
 */
import { createHash } from 'node:crypto';
import type { Duty, Input, OrderedFile, Time, Value, Words } from '../core/types.ts';
import { noEarlierStill, noResult, noTouchStill } from '../words/gateway-words.ts';
import { WordedError, wordsOf } from '../words/worded-error.ts';
import { untranslated } from '../words/words.ts';
import type { World } from '../world/world.ts';
import type { Pictures } from './pictures.ts';
import type { Verdict } from './sending/channel.ts';

/** A clip as it was kept: its name says when it begins; SHA-256 in hex. */
interface KeptClip {
  readonly brought: string;
  readonly sha256: string;
  readonly until: Time;
}

/** What duties are carried out with. Rejections are `WordedError`s. */
export interface Means {
  write(device: string, point: string, value: Value): Promise<void>;
  snapshot(camera: string): Promise<Uint8Array>;
  /** The still of a camera that was taken nearest before this time; undefined where none of about then is in memory. */
  earlier(camera: string, at: Time): { readonly at: Time; readonly jpeg: Uint8Array } | undefined;
  /** The still that was taken when a touch was told, by the number of its fact; undefined where none was, or it is gone. */
  touchStill(touch: number): Promise<{ readonly at: Time; readonly jpeg: Uint8Array } | undefined>;
  /** Sends a message, or tries a channel; what the other side does is a verdict and no rejection. */
  notify(duty: Extract<Duty, { do: 'answer' | 'canary' | 'notify' | 'remind' | 'test' }>): Promise<Verdict>;
  /** Has the test device say over its wire that this canary is on its way; resolves once the broker has taken it. */
  publish(device: string, run: number): Promise<void>;
  /** Cuts and keeps the seconds around a time; resolves with the name of the file and its SHA-256, hex. */
  clip(camera: string, alarm: number, raisedAt: Time): Promise<KeptClip>;
  /** Sends the district what its order asks for; resolves with the name of the file and the SHA-256 of its bytes, hex. */
  deliver(order: string, file: OrderedFile): Promise<{ readonly brought: string; readonly sha256: string }>;
  readonly pictures: Pictures;
  readonly world: World;
}

/** Longer than any device may take; a line that answers later, or never, must not hold a duty for ever. */
const limitMs = 30_000;
/** A report has to be made first, and goes over a line to the outside; ours. */
const deliverMs = 120_000;
/** So long before an alarm was raised nobody was at the lens yet, and whoever came is often seen; our own number. */
const beforeMs = 5_000;

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

/** Duties that bring a still. */
type StillDuty = Extract<Duty, { do: 'snapshot' | 'drill-still' | 'ordered-still' | 'exception-still' }>;

async function stillFor(
  duty: StillDuty,
  { snapshot, earlier, touchStill, world }: Means,
): Promise<{ readonly at: Time; readonly jpeg: Uint8Array }> {
  if (duty.do === 'exception-still') {
    const taken = await touchStill(duty.touch);
    if (!taken) throw new WordedError(noTouchStill);
    return taken;
  }
  if (duty.do !== 'snapshot' || duty.moment !== 'before') {
    const jpeg = await snapshot(duty.camera);
    return { at: world.now(), jpeg };
  }
  const found = earlier(duty.camera, Math.min(duty.raisedAt, world.now()) - beforeMs);
  if (!found) throw new WordedError(noEarlierStill);
  return found;
}

/** What a picture is kept under: the number of an alarm, a drill or a touch; none of what the district asked for. */
function aboutOf(duty: StillDuty): number {
  if (duty.do === 'ordered-still') return 0;
  if (duty.do === 'exception-still') return duty.touch;
  return duty.do === 'drill-still' ? duty.drill : duty.alarm;
}

async function attempt(duty: Duty, means: Means): Promise<Performed> {
  if (duty.do === 'write') {
    const { device, point, value } = duty;
    await means.write(device, point, value);
    return { kind: 'outcome', duty: duty.id, ok: true, wrote: { device, point, value } };
  }
  if (duty.do === 'publish') {
    await means.publish(duty.device, duty.run);
    return { kind: 'outcome', duty: duty.id, ok: true };
  }
  if (
    duty.do === 'notify' ||
    duty.do === 'remind' ||
    duty.do === 'test' ||
    duty.do === 'answer' ||
    duty.do === 'canary'
  )
    return outcomeOf(duty.id, await means.notify(duty));
  if (duty.do === 'clip') {
    return { kind: 'outcome', duty: duty.id, ok: true, ...(await means.clip(duty.camera, duty.alarm, duty.raisedAt)) };
  }
  if (duty.do === 'deliver')
    return { kind: 'outcome', duty: duty.id, ok: true, ...(await means.deliver(duty.order, duty.file)) };
  const { at, jpeg } = await stillFor(duty, means);
  const brought = await means.pictures.keep(aboutOf(duty), at, jpeg);
  const sha256 = createHash('sha256').update(jpeg).digest('hex');
  return { kind: 'outcome', duty: duty.id, ok: true, brought, sha256 };
}

/** Does one duty. Never rejects: a failure is an outcome too. */
export async function perform(duty: Duty, means: Means): Promise<Performed> {
  const answered = new AbortController();
  const failed = (why: Words): Performed => ({ kind: 'outcome', duty: duty.id, ok: false, why });
  // A message that nobody answered for may have arrived.
  const told = duty.do === 'notify' && { untaken: 'unknown' as const };
  const patience = duty.do === 'deliver' ? deliverMs : limitMs;
  const late = means.world.sleep(patience, answered.signal).then(
    () => ({ ...failed(noResult(patience / 1_000)), ...told }),
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
