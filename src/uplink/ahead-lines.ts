/**
 * Lines of alarms that a backlog would keep from the bureau for too long: those that are open and lie beyond what is sent next, and what was last
 * said of alarms there. They are for display; each comes once more in its turn. It must never look through all of a backlog.
 */
import { AHEAD_MAX } from './protocol.ts';
import type { UplinkSource } from './uplink-source.ts';

export interface AheadLine {
  readonly seq: number;
  readonly l: string;
}

/** What changes how an alarm stands to whoever sees it from afar. */
const says = ['acknowledged', 'returned-to-normal', 'disposed', 'closed'] as const;
/** How far back from the newest line is looked: what the journal answers at once. */
const span = 10_000;
/** Characters of all lines together. Ours. */
const charsMax = 200_000;

/** Lines beyond `after`, ascending. */
export async function aheadLines(source: UplinkSource, after: number): Promise<readonly AheadLine[]> {
  const head = source.head().seq;
  if (head <= after) return [];
  const open = await source.read((state) =>
    // Silent calls for help, too: the district shows them to whom they are for.
    [...state.alarms.values()].filter(({ id }) => id > after).map(({ id, priority }) => ({ id, priority })),
  );
  // The most pressing first, and of these the newest.
  open.sort((a, b) => a.priority - b.priority || b.id - a.id);
  const raised = open.slice(0, AHEAD_MAX / 2).map(({ id }) => id);
  const said = await source.pick({ after: Math.max(after, head - span), upTo: head, kinds: says });
  const about = said.flatMap((event) => ('alarm' in event && Number(event.alarm) > after ? [event.seq] : []));
  const seqs = [...raised, ...about.slice(-AHEAD_MAX / 2)].filter((seq) => seq <= head);
  const lines = await source.linesAt(seqs);
  let chars = 0;
  return lines.filter(({ l }) => {
    chars += l.length;
    return chars <= charsMax;
  });
}
