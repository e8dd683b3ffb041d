/**
 * The lines that schools of the bench say: facts of a night that the real rules played at the shipped campus, cut open where their time stands, so
 * that each school says them at times of its own. It must never say a line that no gateway would write.
 */
import { stories } from '../../../simulators/virtual/stories.ts';
import { leavingKinds } from '../../../src/core/retention/leaving-kinds.ts';
import type { Event } from '../../../src/core/types.ts';
import { campus, play } from '../../simulation/night.ts';

/** A line around its time; `leaves`: it goes to the letter, else as its leaf. */
export interface LineMould {
  readonly head: string;
  readonly tail: string;
  readonly leaves: boolean;
}

/** The site those facts are about, and the moulds by number: the first is line 1. */
export interface PlayedNight {
  readonly site: string;
  readonly moulds: readonly LineMould[];
}

const HOLE = '"@at"';

export function mouldOf(fact: object, leaves: boolean): LineMould {
  const text = JSON.stringify({ ...fact, at: '@at' });
  const hole = text.indexOf(HOLE);
  return { head: text.slice(0, hole), tail: text.slice(hole + HOLE.length), leaves };
}

/** About eight hundred lines an hour. */
export async function playedNight(hours: number): Promise<PlayedNight> {
  const config = await campus();
  const events: Event[] = [];
  await play({
    ...{ config, story: stories.get('storm')!, seed: 3, hours },
    each: (seen) => {
      if (seen.what === 'kept') events.push(...seen.events);
    },
  });
  const leaves: ReadonlySet<string> = new Set(leavingKinds([]));
  return {
    site: JSON.stringify(config.site),
    moulds: events.map((event) => mouldOf(event, leaves.has(event.kind))),
  };
}

/** A fresh urgent alarm, as a line of that number. */
export const urgentLine = (seq: number): LineMould =>
  mouldOf(
    {
      ...{ kind: 'raised', key: `bench/${seq}`, alarm: 'intrusion', priority: 1, device: 'fence-1' },
      ...{ cause: `fence-1/${seq}`, zone: 'z1', active: true, seq },
    },
    true,
  );
