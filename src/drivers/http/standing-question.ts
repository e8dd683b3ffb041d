/**
 * Asks a device which of its events stand now: of makers that tell a begin and an end once each and never again. What fell into an outage of
 * the stream is found so by it. A device that does not answer leaves it unknown; the question must never cost the stream, nor the
 * log-in its patience.
 */
import type { HttpStreamWire } from '../../profile/profile.ts';
import type { World } from '../../world/world.ts';
import type { StreamAccess } from './stream-attachment.ts';

/** By event, the channels on which it stands, as people count. An event that is not in it was not answered. */
export type Standing = ReadonlyMap<string, ReadonlySet<number>>;

/** While something stands it is asked so often whether it still does: an end can be lost without the stream. Ours. */
const AGAIN_MS = 60_000;
const WITHIN_MS = 10_000;
const ANSWER_MAX = 65_536;
/** So many in a row that get no answer, and it is not asked again on this attachment. */
const SILENT_MAX = 2;

export class StandingQuestion {
  readonly #access: StreamAccess;
  readonly #wire: HttpStreamWire;
  readonly #world: World;
  #running: Promise<'answered'> | undefined;
  #answer: Standing = new Map();
  #nextAt = 0;
  #givenUp: boolean;

  constructor(access: StreamAccess, wire: HttpStreamWire, world: World) {
    this.#access = access;
    this.#wire = wire;
    this.#world = world;
    this.#givenUp = wire.standing === undefined;
  }

  /** Resolves when the question that is under way was answered; undefined while none is. */
  get running(): Promise<'answered'> | undefined {
    return this.#running;
  }

  /** When it may be asked again, monotonic; infinite when it is not. */
  get nextAt(): number {
    return this.#givenUp || this.#running ? Number.POSITIVE_INFINITY : this.#nextAt;
  }

  /** Asks of these events. False where it is not asked now. */
  ask(events: readonly string[]): boolean {
    if (this.nextAt > this.#world.elapsed()) return false;
    this.#nextAt = this.#world.elapsed() + AGAIN_MS;
    if (events.length === 0) return false;
    this.#running = this.#askAll(events).then((answer) => {
      this.#answer = answer;
      return 'answered' as const;
    });
    return true;
  }

  /** What was answered, once. */
  take(): Standing {
    this.#running = undefined;
    return this.#answer;
  }

  async #askAll(events: readonly string[]): Promise<Standing> {
    const told = new Map<string, ReadonlySet<number>>();
    let silent = 0;
    for (const event of events) {
      const channels = this.#givenUp ? undefined : await this.#askOne(event);
      if (channels) told.set(event, channels);
      silent = channels ? 0 : silent + 1;
      if (silent >= SILENT_MAX) this.#givenUp = true;
    }
    return told;
  }

  async #askOne(event: string): Promise<ReadonlySet<number> | undefined> {
    const path = this.#wire.standing!.replace('{event}', encodeURIComponent(event));
    const text = await this.#access.brief(path, ANSWER_MAX, WITHIN_MS);
    return text === undefined ? undefined : standingChannels(text, this.#wire.firstChannel);
  }
}

/** `channels[0]=2`, a line each; `Error: No Events` where it stands nowhere. Undefined: the text is neither. */
export function standingChannels(text: string, firstChannel: number): ReadonlySet<number> | undefined {
  const found = [...text.matchAll(/^\s*channels\[\d{1,4}\]\s*=\s*(\d{1,4})\s*$/gim)];
  if (found.length > 0) return new Set(found.map(([, channel]) => Number(channel) - firstChannel + 1));
  return /^\s*(?:error:?\s*)?no events?\b/i.test(text) ? new Set() : undefined;
}
