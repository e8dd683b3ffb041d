/** What is wrong with the district itself, said by the parts that find it and shown on every page of the bureau until they take it back. */
import type { Words } from '../../words/words.ts';
import type { World } from '../../world/world.ts';
import type { DistrictTrouble } from '../board/board-types.ts';

export interface DistrictFaults {
  /** Says what is wrong with a part, or with undefined that it is well. */
  say(part: string, why: Words | undefined): void;
  all(): readonly DistrictTrouble[];
}

export function openFaults(world: Pick<World, 'log'>): DistrictFaults {
  const faults = new Map<string, Words>();
  return {
    say(part, why) {
      const was = faults.get(part);
      if (why === undefined) {
        if (was) world.log.info(`${part} is well again`);
        faults.delete(part);
        return;
      }
      if (was?.en !== why.en) world.log.warn(why.en, { part });
      faults.set(part, why);
    },
    all: () => [...faults].map(([part, { zh, en }]) => ({ part, zh, en })),
  };
}
