/**
 * The heartbeat outwards: as often as each way wants it, whoever is not in the building is told that the gateway is well, so that
 * somebody notices when it is not. Before each beat it is asked whether it really is; a gateway that keeps nothing must not beat.
 * One way that hangs holds up no other, and none holds up the gateway.
 */
import type { Words } from '../core/types.ts';
import { beatWithheld } from '../words/heartbeat/heartbeat-words.ts';
import { wordsOf } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';
import type { BeatWay } from './beat.ts';

export interface HeartbeatParts {
  readonly world: World;
  readonly ways: readonly BeatWay[];
  /** What keeps the gateway from being well just now; always comes to an end. */
  unwell(): Promise<Words | undefined>;
  trouble(part: string, why: Words | undefined): void;
}

/** One turn of one way. */
async function turn(way: BeatWay, { unwell, trouble }: HeartbeatParts): Promise<void> {
  const why = await unwell().catch((error: unknown) => wordsOf(error));
  const part = `heartbeat:${way.id}`;
  if (why) {
    trouble(part, beatWithheld(why));
    await way.hush();
    return;
  }
  trouble(part, await way.beat().catch((error: unknown) => wordsOf(error)));
}

/** Beats until the signal; resolves when every way has said good-bye. */
export async function runHeartbeat(parts: HeartbeatParts, signal: AbortSignal): Promise<void> {
  const { world, ways } = parts;
  const each = async (way: BeatWay) => {
    while (!signal.aborted) {
      const began = world.elapsed();
      await turn(way, parts);
      const left = Math.max(0, way.everyMs - (world.elapsed() - began));
      await world.sleep(left, signal).catch((error) => {
        if (!signal.aborted) throw error;
      });
    }
    await way.end();
  };
  await Promise.all(ways.map(each));
}
