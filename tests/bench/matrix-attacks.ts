/**
 * The attacks of the matrix, one function each: what is done to the fence, how long somebody waits, and what counts as found.
 * They know the physics and the gateway's verbs (re-arm, restart), and nothing of how anything is detected.
 */

import { controllerA } from '../../simulators/fence/controllers.ts';
import type { Act, ActDetail, Acting } from '../../simulators/fence/fence.ts';
import type { AttackScenario, Between } from './matrix-plan.ts';
import { algorithms, busyMs, idleMs, isAlarm, isFirst, own, type Stage, type Told } from './matrix-stage.ts';

/** By algorithm. */
export interface Outcome {
  readonly found: readonly boolean[];
  /** From the act's beginning to what counted, ms; NaN: never. */
  readonly tookMs: readonly number[];
  /** Something else than what counts was said, a wire's own looseness for instance. */
  readonly hinted: readonly boolean[];
}

const minuteMs = 60_000;
/** What is said this long after an act still belongs to it. */
const afterMs = 5_000;
/** Acts longer than this are watched in the steps of quiet times. */
const longMs = 3 * minuteMs;

type Counts = (told: Told) => boolean;
const first: Counts = ({ what, begins }) => begins && isFirst(what);
const alarm: Counts = ({ what, begins }) => begins && isAlarm(what);

/** Hears what is said of zone 0 from now on. */
class Ear {
  readonly tookMs = Array<number>(algorithms).fill(Number.NaN);
  readonly hinted = Array<boolean>(algorithms).fill(false);
  readonly hear: (told: Told) => void;

  constructor(stage: Stage, from: number, counts: Counts) {
    this.hear = (told) => {
      if (told.zone !== 0) return;
      if (!counts(told)) this.hinted[told.by] ||= told.begins;
      else if (Number.isNaN(this.tookMs[told.by])) this.tookMs[told.by] = stage.at - from;
    };
  }

  outcome(): Outcome {
    return { found: this.tookMs.map((ms) => !Number.isNaN(ms)), tookMs: this.tookMs, hinted: this.hinted };
  }
}

/** Begins an act somewhere within the next quarter of a second, and listens until some time after it. */
function tried(stage: Stage, between: Between, act: Act, detail: ActDetail, counts = first, waitMs?: number): Outcome {
  const from = stage.at + between(0, idleMs);
  return heard(stage, stage.posts[0]!.fence.begin(act, from, detail), counts, waitMs);
}

function heard(stage: Stage, acting: Acting, counts: Counts, waitMs?: number): Outcome {
  const ear = new Ear(stage, acting.from, counts);
  const end = waitMs === undefined ? acting.to + afterMs : acting.from + waitMs;
  stage.until(end, end - stage.at > longMs ? idleMs : busyMs, ear.hear);
  return ear.outcome();
}

/** Mid-bay, wherever along the fence. */
const middle = (between: Between) => ({ share: between(0.25, 0.75) });

/** Two wires are bent apart in a time drawn evenly in its logarithm. */
const spreading = (low: number, high: number) => (stage: Stage, between: Between) => {
  const riseMs = Math.exp(between(Math.log(low), Math.log(high)));
  return tried(stage, between, 'spread', { riseMs, ms: between(2_000, 30_000) });
};

/** Nothing is heard of the host for a while; the fence goes on. */
function gap(stage: Stage, between: Between): number {
  const to = stage.at + between(minuteMs, 5 * minuteMs);
  stage.posts[0]!.host.fail({ kind: 'silent', from: stage.at, to });
  return to;
}

/** Whether the gateway's sign stands a while later counts for it; the controllers' words count as they came. */
function standing(stage: Stage, outcome: Outcome, of: (what: string) => boolean): Outcome {
  const stands = stage.stands(0, of);
  return { ...outcome, found: outcome.found.map((one, by) => (by === own ? stands : one)) };
}

/**
 * A host of family A that listens to its pole as well; what it says the gateway is told as any other sign of the host, so
 * that both have found it then. Family B has no such channel.
 */
function overPole(stage: Stage, between: Between): Outcome {
  const { fence } = stage.posts[0]!;
  const host = controllerA({ wires: fence.spec.wires, pole: true });
  let climbs = false;
  // Its own settling and learning first.
  const listen = (until: number, hear: (told: Told) => void) => {
    while (stage.at < until) {
      stage.step(busyMs, hear);
      climbs = host.take([...fence.read(stage.at), fence.poleN(stage.at)], stage.at).climb;
    }
  };
  listen(stage.at + 30_000, () => undefined);
  const acting = fence.begin('post', stage.at + between(0, idleMs), {});
  const ear = new Ear(stage, acting.from, first);
  while (stage.at < acting.to + afterMs) {
    listen(stage.at + 1, ear.hear);
    for (const by of climbs ? [0, own] : []) ear.hear({ zone: 0, by, what: 'climb', wire: undefined, begins: true });
  }
  return ear.outcome();
}

type Play = (stage: Stage, between: Between) => Outcome;

export const attackPlays: Readonly<Record<AttackScenario, Play>> = {
  'free-hand climb, mid-bay': (stage, between) => tried(stage, between, 'free-hand', middle(between)),
  'free-hand climb, short holds, wires free': (stage, between) => {
    const detail = { ...middle(between), ms: between(3_000, 5_000) };
    return tried(stage, between, 'free-hand', { ...detail, holdMs: [300, 1_000], freeMs: [200, 500] });
  },
  'free-hand climb, near a support': (stage, between) => {
    const near = between(0.03, 0.12);
    return tried(stage, between, 'free-hand', { share: between(0, 1) < 0.5 ? near : 1 - near });
  },
  'climb with overlapping holds': (stage, between) => tried(stage, between, 'climb', {}),
  'over the post, wires alone': (stage, between) => tried(stage, between, 'post', {}),
  'over the post, host with a pole channel': overPole,
  cut: (stage, between) => tried(stage, between, 'cut', {}, first, 30_000),
  'spread 125 mm in 1–10 s': spreading(1_000, 10_000),
  'spread 125 mm in 10 s–2 min': spreading(10_000, 2 * minuteMs),
  'spread 125 mm in 2–10 min': spreading(2 * minuteMs, 10 * minuteMs),
  'spread 125 mm in 10–40 min': spreading(10 * minuteMs, 40 * minuteMs),
  'spread after trembling ±8 N': (stage, between) => {
    stage.posts[0]!.fence.begin('tremble', stage.at, { amountN: 8, ms: 10 * minuteMs + 30_000 });
    stage.until(stage.at + 10 * minuteMs, idleMs);
    return tried(stage, between, 'spread', { riseMs: between(1_000, 3_000), ms: 8_000 });
  },
  'pull held 3–10 min, on to its end': (stage, between) => {
    const ms = between(3 * minuteMs, 10 * minuteMs);
    const acting = stage.posts[0]!.fence.begin('spread', stage.at, { riseMs: between(1_000, 5_000), ms });
    const told = heard(stage, acting, first, acting.to - 6_000 - acting.from);
    return standing(stage, told, isFirst);
  },
  'one wire −14 N at once and left': (stage, between) =>
    tried(stage, between, 'loosen', { amountN: 14, riseMs: between(100, 1_000) }, alarm, minuteMs),
  // Somebody confirms new bases in the moment a bypass ends: the most that may be unknown then.
  'climb 0–2 s after bypass': (stage, between) => {
    stage.confirm(0);
    stage.until(stage.at + between(0, 2_000), busyMs);
    return tried(stage, between, 'free-hand', middle(between));
  },
  'climb 2–60 s after bypass': (stage, between) => {
    stage.confirm(0);
    stage.until(stage.at + between(2_000, minuteMs), busyMs);
    return tried(stage, between, 'free-hand', middle(between));
  },
  'climb 0–2 s after bypass, trembling ±4 N': (stage, between) => {
    stage.posts[0]!.fence.begin('tremble', stage.at, { amountN: 4, ms: 3 * minuteMs });
    stage.until(stage.at + minuteMs, idleMs);
    stage.confirm(0);
    stage.until(stage.at + between(0, 2_000), busyMs);
    return tried(stage, between, 'free-hand', middle(between));
  },
  'propped before bypass ends': (stage, between) => {
    const acting = stage.posts[0]!.fence.begin('prop', stage.at, {});
    stage.until(stage.at + between(10_000, minuteMs), busyMs);
    return standing(stage, heard(stage, { ...acting, from: stage.at }, first, 30_000), isFirst);
  },
  'climb 0–2 s after a restart': (stage, between) => {
    // Away for as long as a restart takes; the bases it has written down are all it knows.
    const to = stage.at + between(3_000, 30_000);
    stage.posts[0]!.host.fail({ kind: 'silent', from: stage.at, to });
    stage.until(to, busyMs);
    stage.restart();
    stage.until(stage.at + between(0, 2_000), busyMs);
    return tried(stage, between, 'free-hand', middle(between));
  },
  'climb 0–2 s after a gap of 1–5 min': (stage, between) => {
    stage.until(gap(stage, between), idleMs);
    stage.until(stage.at + between(0, 2_000), busyMs);
    return tried(stage, between, 'free-hand', middle(between));
  },
  'all wires loosened or tightened in a gap': (stage, between) => {
    const { fence } = stage.posts[0]!;
    const to = gap(stage, between);
    const wires = Array.from({ length: fence.spec.wires }, (_, wire) => wire);
    fence.begin('loosen', stage.at + 5_000, { wires, amountN: between(0, 1) < 0.5 ? 42 : -40, riseMs: 20_000 });
    const ear = new Ear(stage, stage.at, alarm);
    stage.until(to + 30_000, idleMs, ear.hear);
    return standing(stage, ear.outcome(), isAlarm);
  },
  'pulled 75 mm aside': (stage, between) => tried(stage, between, 'pull-aside', {}),
};
