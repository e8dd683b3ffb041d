/**
 * A gateway over a data folder that cuts what was kept long enough, by a clock that whoever opens it holds; for tests, and for a process that is killed.
 */
import { Gateway } from '../../src/app/gateway.ts';
import { Retention } from '../../src/app/record/retention.ts';
import { StateSnapshots } from '../../src/app/record/snapshot-keeping.ts';
import type { KeepDays, Words } from '../../src/core/types.ts';
import { Checkpoints, schoolLog } from '../../src/store/checkpoint-keeping.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import type { Series } from '../../src/store/store-types.ts';
import { realWorld } from '../../src/world/world.ts';
import { school } from '../core/school.ts';

const nothing = { trouble: () => undefined } as const;
const noSeries: Series = {
  write: () => 0,
  query: async () => [],
  read: async () => ({ samples: [], cursor: 0, missed: 0 }),
  noteHead: async () => undefined,
  ...nothing,
  flush: async () => undefined,
  close: async () => undefined,
};

export const everything: KeepDays = { alarm: 90, patrol: 90, access: 180 };

/** A gateway over a data folder as it starts at `now`, with what keeps its journal. Whoever opens it closes it. */
export async function gatewayOver(dir: string, now: number, keep: KeepDays = everything) {
  const said = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const real = realWorld(said);
  // It goes on from there, or the gateway would hold it for a clock that was set.
  const shift = now - real.now();
  const world = { ...real, now: () => real.now() + shift };
  const journal = await openJournal({ dir, log: said });
  const log = await schoolLog(dir, '一中');
  const troubles = new Map<string, Words>();
  const trouble = (part: string, why: Words | undefined) =>
    void (why ? troubles.set(part, why) : troubles.delete(part));
  const snapshots = new StateSnapshots({ dir, journal, log, world, trouble });
  const begun = await snapshots.begin();
  const gateway = new Gateway(school, {
    ...{ journal, series: noSeries, world, begun, trouble },
    perform: async ({ id }) => ({ kind: 'outcome', duty: id, ok: true }),
  });
  await gateway.start('test', 'test');
  const site = () => ({ utcOffsetMin: 480 });
  const checkpoints = await Checkpoints.open({ dir, journal, world, witnesses: [], trouble, site }, log);
  const parts = { dir, keep, journal, gateway, checkpoints, snapshots, world, trouble, follows: false };
  const retention = new Retention(parts);
  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    await gateway.stop();
    await journal.close();
  };
  /** How many lines were cut. A busy machine may let a question wait for too long: it is a trouble then, and is tried again. */
  const cut = async (most?: number): Promise<number> => {
    let all = 0;
    do {
      const pace = { share: 1, ...(most !== undefined && { most }) };
      const { lines } = await retention.cut(new AbortController().signal, pace);
      all += lines;
    } while (troubles.has('retention'));
    return all;
  };
  return {
    journal,
    gateway,
    checkpoints,
    snapshots,
    retention,
    troubles,
    log,
    world,
    cut,
    close,
  };
}
