/**
 * A school as its uplink sees one: a real journal and real checkpoints in a folder, State folded from the facts that are kept, and a clock
 * that runs fifty times as fast for whoever waits. The uplink can be ended and begun anew as by a restart.
 */
import { onTestFinished } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { leavingKinds, type Withholding } from '../../src/core/retention/leaving-kinds.ts';
import { emptyState } from '../../src/core/state.ts';
import { step } from '../../src/core/step.ts';
import type { BureauInput, Durable, Event, Fact, Site, State, Words } from '../../src/core/types.ts';
import { Untold } from '../../src/core/untold.ts';
import { verifierKey } from '../../src/proof/signed-note.ts';
import { Checkpoints, schoolLog } from '../../src/store/checkpoint-keeping.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { Uplink } from '../../src/uplink/uplink.ts';
import type { UplinkOptions, UplinkSource } from '../../src/uplink/uplink-source.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { monday, school as small } from '../core/school.ts';
import { PATIENCE_MS } from '../patience.ts';
import { dataFolder, listeningLog } from '../store/place.ts';
import { haste } from './district-peer.ts';

/** A world in which waiting is short. */
export function hastyWorld(more: Partial<World> = {}): World {
  const real = realWorld(listeningLog());
  return {
    ...real,
    elapsed: () => real.elapsed() * haste,
    sleep: (ms, signal) => real.sleep(ms / haste, signal),
    ...more,
  };
}

/** From here on a wait is the limit of an answer, ms; pauses are shorter. */
const answersFrom = 30_000;

/** The same, in which no answer is too late: a district that a busy machine lets wait is none that is silent. */
export function unhurriedWorld(more: Partial<World> = {}): World {
  const [hasty, real] = [hastyWorld(more), realWorld(listeningLog())];
  const sleep: World['sleep'] = (ms, signal) => real.sleep(ms < answersFrom ? ms / haste : PATIENCE_MS, signal);
  return { ...hasty, sleep };
}

export interface RigOptions {
  readonly dir?: string;
  readonly keeps?: readonly Withholding[];
  readonly site?: Site;
  readonly world?: World;
}

export const climb = (zone = 'z1'): Fact => ({
  ...{ kind: 'raised', key: `${zone}/climb`, alarm: 'climb', priority: 1, device: 'fence', cause: `${zone}/climb` },
  ...{ active: true, zone },
});
/** A fact of how things stand, of which there are many. */
export const heard = (n: number): Fact => ({
  ...{ kind: 'read', device: 'fence', point: 'climb', value: n % 2 === 0, id: `东墙-${n}` },
});
/** One that never leaves. */
export const loggedIn: Fact = { kind: 'logged-in', by: '王芳', address: '10.0.0.7' };

/** A school with its journal open. */
export async function schoolSide({ dir, keeps = [], site: place = small, world = unhurriedWorld() }: RigOptions = {}) {
  const folder = dir ?? (await dataFolder());
  const journal = await openJournal({ dir: folder, log: listeningLog() });
  const state: State = emptyState();
  await journal.replay((event) => evolve(state, event));
  const log = await schoolLog(folder, 'school-1');
  const clock = { now: monday + 22 * 3_600_000 };
  const checkpoints = await Checkpoints.open(
    {
      ...{ dir: folder, journal, world: { ...world, now: () => clock.now }, witnesses: [], trouble: () => undefined },
      site: () => place,
    },
    log,
  );
  const site = { now: place };
  const troubles = new Map<string, Words>();
  /** All that was ever amiss. */
  const said: string[] = [];
  const kept: string[] = [];
  const joined: BureauInput[] = [];
  /** Why the journal takes nothing from the district; undefined while it does. */
  const refusing: { why?: Words } = {};
  let ends: (() => Promise<void>)[] = [];
  const source = (): UplinkSource => ({
    ...{ head: journal.head, link: journal.link, leaving: journal.leaving, linesAt: journal.linesAt },
    ...{ grow: journal.grow, pick: journal.pick, site: () => site.now, now: () => clock.now },
    offer: async (input) => {
      // That it is joined would be a line more in every test.
      if (input.kind === 'district-joined') return void joined.push(input);
      if (refusing.why) throw new Untold(refusing.why);
      const events = step(place, state, input, clock.now);
      for (const event of events) evolve(state, event);
      await journal.append(events);
    },
    read: async (look) => look(state as unknown as Durable<State>),
    checkpoint: () => checkpoints.newest(),
    ...{ log: verifierKey(log), keeps, kinds: leavingKinds(keeps), cosigned: kept.at(-1) },
    keepCosigned: async (note) => void kept.push(note),
  });
  const side = {
    ...{ site, dir: folder, journal, state, checkpoints, troubles, kept, clock, log, joined, refusing, said },
    /** Facts that are on disk from now on. */
    async keep(...facts: readonly Fact[]): Promise<void> {
      const events = facts.map((fact, i): Event => ({ ...fact, seq: state.seq + 1 + i, at: clock.now }));
      for (const event of events) evolve(state, event);
      await journal.append(events);
    },
    /** Every line as it lies there. */
    lines: async (): Promise<readonly string[]> => {
      const all: string[] = [];
      for (let after = 0; after < journal.head().seq; after += 10_000) {
        const seqs = Array.from({ length: Math.min(10_000, journal.head().seq - after) }, (_, i) => after + i + 1);
        all.push(...(await journal.linesAt(seqs)).map(({ l }) => l));
      }
      return all;
    },
    join(options: UplinkOptions, part: Partial<World> = {}) {
      const trouble = (name: string, why: Words | undefined) => {
        if (why) said.push(why.en);
        void (why ? troubles.set(name, why) : troubles.delete(name));
      };
      const uplink = new Uplink({
        ...{ options, source: source(), world: { ...world, ...part }, dir: folder, version: '1.2.3', trouble },
      });
      const over = new AbortController();
      const ran = uplink.run(over.signal);
      const leave = async () => {
        over.abort();
        await ran;
      };
      ends.push(leave);
      return { uplink, leave };
    },
    /** Ends everything that reads the journal, and the journal. */
    async close(): Promise<void> {
      const all = ends;
      ends = [];
      for (const leave of all) await leave();
      await journal.close();
    },
  };
  let open = true;
  const close = side.close;
  side.close = async () => {
    if (open) await close();
    open = false;
  };
  onTestFinished(() => side.close());
  return side;
}
