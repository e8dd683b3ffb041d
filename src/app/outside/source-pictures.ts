/**
 * The pictures that sources send along with their events: kept as evidence of the alarm that the event raised, in place of a later
 * still. The event goes first and waits for nothing: its alarm is durable and told when the picture is looked at. A picture of an event
 * that is no alarm is not kept, and one that cannot be kept costs nothing but itself.
 */
import { createHash } from 'node:crypto';
import type { Durable, Input, State, Time } from '../../core/types.ts';
import { sourcePictureLost } from '../../words/camera/stream-words.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';

/** So many may be on their way to the disk at once; a camera that sends more shows the same moment over and over. */
const UNDER_WAY_MAX = 8;
/** A picture belongs to an alarm that was raised, or repeated, no longer ago than this. */
const WITHIN_MS = 15_000;
/** Larger ones are no camera's. */
const BYTES_MAX = 4_000_000;

/** What the keeper of source pictures needs of the gateway. */
export interface SourcePictureMeans {
  readonly world: World;
  /** Looks at what is durable. */
  read<T>(look: (state: Durable<State>) => T): Promise<T>;
  offer(input: Input): Promise<void>;
  keep(alarm: number, at: Time, jpeg: Uint8Array): Promise<string>;
}

export class SourcePictures {
  readonly #means: SourcePictureMeans;
  /** Alarms whose picture is on its way: the first is nearest to the moment. */
  readonly #underWay = new Set<number>();
  #waiting = 0;

  constructor(means: SourcePictureMeans) {
    this.#means = means;
  }

  /** Takes the picture that a device sent with what it told just now. Never rejects; resolves when it is kept or given up. */
  async take(device: string, jpeg: Uint8Array): Promise<void> {
    if (this.#waiting >= UNDER_WAY_MAX || jpeg.length > BYTES_MAX) return this.#lost(device, 'too many, or too large');
    this.#waiting += 1;
    try {
      const now = this.#means.world.now();
      const alarm = await this.#means.read((state) => alarmOfSource(state, device, now));
      if (alarm === undefined || this.#underWay.has(alarm)) return;
      this.#underWay.add(alarm);
      try {
        const brought = await this.#means.keep(alarm, now, jpeg);
        const sha256 = createHash('sha256').update(jpeg).digest('hex');
        await this.#means.offer({ kind: 'outcome', duty: `snapshot/${alarm}/own`, ok: true, brought, sha256 });
      } finally {
        this.#underWay.delete(alarm);
      }
    } catch (error) {
      this.#lost(device, wordsOf(error).en);
    } finally {
      this.#waiting -= 1;
    }
  }

  /** The alarm has the still that is owed for it; that its source's own picture is missing is for the log. */
  #lost(device: string, why: string): void {
    this.#means.world.log.warn(sourcePictureLost(device, why).en);
  }
}

/** The newest alarm that this device has just told of and that has no picture of its source yet. */
export function alarmOfSource(
  { alarms }: Pick<Durable<State>, 'alarms'>,
  device: string,
  now: Time,
): number | undefined {
  let newest: { readonly id: number; readonly lastAt: Time } | undefined;
  for (const { id, lastAt, kind, device: first, causes, covert, ownPicture } of alarms.values()) {
    if (kind === 'comms' || covert || ownPicture || now - lastAt > WITHIN_MS) continue;
    if (first !== device && !causes.some((cause) => cause.startsWith(`${device}/`))) continue;
    if (!newest || lastAt > newest.lastAt) newest = { id, lastAt };
  }
  return newest?.id;
}
