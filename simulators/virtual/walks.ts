/**
 * Guards who walk the rounds of the plan: each a little early or late as people are, and in some stories worse. It knows
 * when a card touched which reader, and nothing of verdicts.
 */
import type { Person, Route, Time, Words } from '../../src/core/types.ts';
import type { Stage } from './stage.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

interface Step {
  readonly reader: string;
  readonly at: Time;
}

/** To the plan; as people are who come late; with the chips of all points in a drawer. */
type Manner = 'plan' | 'late' | 'drawer';

type Guard = Person & { readonly card: string };

/** Sends guards on every round that starts between `from` and `to`. */
export function walkRounds(stage: Stage, from: Time, to: Time, manner: Manner): void {
  const { site } = stage.school;
  for (const route of Object.values(site.routes)) {
    for (const plan of route.rounds) {
      const cards = Object.values(site.people).filter(({ card }) => card !== undefined);
      const person = cards.find(({ id }) => id === plan.person) ?? cards[0];
      for (const start of startsBetween(plan, site.utcOffsetMin, from, to))
        if (person?.card !== undefined) walk(stage, route, start, { ...person, card: person.card }, manner);
    }
  }
}

function* startsBetween(plan: Route['rounds'][number], utcOffsetMin: number, from: Time, to: Time): Generator<Time> {
  const local = (at: Time) => at + utcOffsetMin * minuteMs;
  for (let day = Math.floor(local(from) / dayMs) - 1; day <= Math.floor(local(to) / dayMs); day++) {
    // 1970-01-01 was a Thursday.
    const weekday = (((day + 4) % 7) + 7) % 7;
    const start = day * dayMs + (plan.start - utcOffsetMin) * minuteMs;
    if (plan.days.includes(weekday) && start >= from && start < to) yield start;
  }
}

function walk(stage: Stage, route: Route, start: Time, guard: Guard, manner: Manner): void {
  const { chance, timeline, school } = stage;
  const { how, steps } = ways[manner](stage, route, start);
  const { zh, en } = route.title;
  timeline.after(Math.max(0, start - timeline.now()), () =>
    school.truth.say(`${zh}：${guard.name}${how.zh}`, `${en}: ${guard.name} ${how.en}`),
  );
  const { card } = guard;
  for (const { reader, at } of steps) {
    const wait = at - timeline.now();
    if (wait < 0) continue;
    timeline.after(wait, () => school.touch(reader, card));
    // Some hold the card twice to be sure.
    if (chance.happens(0.1)) timeline.after(wait + chance.between(800, 4_000), () => school.touch(reader, card));
  }
}

interface Walk {
  readonly how: Words;
  readonly steps: readonly Step[];
}

function punctual({ chance }: Stage, route: Route, start: Time): Walk {
  const steps = route.checkpoints.map((point) => ({
    reader: point.reader,
    at: start + point.afterMs + chance.between(-0.6 * point.earlyMs, 0.6 * point.lateMs),
  }));
  return { how: { zh: '出发巡更', en: 'sets out' }, steps };
}

/** Some touch every point from a chair, one after the other; others walk. */
function drawer(stage: Stage, route: Route, start: Time): Walk {
  const { chance } = stage;
  if (chance.happens(0.3)) return punctual(stage, route, start);
  let at = start + chance.between(10_000, 60_000);
  const steps = route.checkpoints.map(({ reader }) => {
    at += chance.between(1_500, 9_000);
    return { reader, at };
  });
  return { how: { zh: '在值班室刷完各点', en: 'touches every point from his chair' }, steps };
}

const manners = {
  late: { zh: '迟到', en: 'is late' },
  skips: { zh: '漏了点', en: 'leaves points out' },
  swaps: { zh: '走错顺序', en: 'walks in another order' },
  early: { zh: '早到', en: 'is early' },
  absent: { zh: '没有来', en: 'does not come' },
} as const satisfies Record<string, Words>;

function unpunctual({ chance }: Stage, route: Route, start: Time): Walk {
  const points = [...route.checkpoints];
  const kind = chance.pick(Object.keys(manners) as (keyof typeof manners)[]);
  const how = manners[kind];
  if (kind === 'absent') return { how, steps: [] };
  if (kind === 'swaps' && points.length > 2) {
    const at = Math.floor(chance.between(0, points.length - 1));
    const [a, b] = [points[at]!, points[at + 1]!];
    const steps = points.map((point) => {
      const other = point === a ? b : point === b ? a : point;
      return { reader: point.reader, at: start + other.afterMs + chance.between(-20_000, 20_000) };
    });
    return { how, steps };
  }
  const left = kind === 'skips' ? points.filter(() => chance.happens(0.6)) : points;
  const steps = left.map((point) => {
    const room = kind === 'early' ? -point.earlyMs : kind === 'late' ? point.lateMs : 0;
    return { reader: point.reader, at: start + point.afterMs + room * chance.between(0.5, 2.2) };
  });
  return { how, steps };
}

const ways = { plan: punctual, late: unpunctual, drawer } as const;
