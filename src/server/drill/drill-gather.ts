/**
 * What a report of drills is made of, read from the journal: the drills that began in a span and what was opened because of them, folded as
 * State folds them. It reads in pages and decides nothing.
 */
import { foldDrill, foldDrillStill, isOfDrill } from '../../core/drill/evolve-drill.ts';
import { foldRectify, isOfRectify } from '../../core/rectify/evolve-rectify.ts';
import type { DrillFound } from '../../core/report/drill-book.ts';
import { personOf } from '../../core/site/naming.ts';
import { emptyState } from '../../core/state.ts';
import type { Drill, Event, Rectification, Time } from '../../core/types.ts';
import { periodEmpty, periodTooLong } from '../../words/server-words.ts';
import type { GatewayPort } from '../gateway-port.ts';
import { Problem } from '../http/problem.ts';
import { history } from '../report/history.ts';

/** A year of drills is a few pages; of more than that nobody asks at once. Ours. */
const DAYS_MAX = 400;

const drillKinds = [
  ...(['drill-started', 'drill-counted', 'drill-uncounted', 'drill-ended', 'done'] as const),
  ...(['rectification-opened', 'rectification-moved', 'rectification-answered', 'rectification-overdue'] as const),
  ...(['rectification-countersigned', 'rectification-returned', 'rectification-withdrawn'] as const),
] satisfies readonly Event['kind'][];

/** The drills that began in [from, to), or the one alone, as far as they are by now. Rejects with a Problem when the span will not do. */
export async function drillsFound(
  gateway: GatewayPort,
  { from, to, drill }: { readonly from: Time; readonly to: Time; readonly drill?: number },
): Promise<DrillFound> {
  const now = gateway.now();
  if (to <= from) throw new Problem(422, 'empty-period', periodEmpty);
  if (to - from > DAYS_MAX * 86_400_000) throw new Problem(422, 'too-long', periodTooLong(DAYS_MAX));
  const state = emptyState();
  const drills = new Map<number, Drill>();
  const problems = new Map<number, Rectification>();
  for await (const events of history(gateway, { from, to: now + 1 }, drillKinds)) {
    for (const event of events) {
      if (event.kind === 'drill-started' && (event.at >= to || (drill !== undefined && event.seq !== drill))) continue;
      if (isOfDrill(event)) foldDrill(state, event);
      else if (event.kind === 'rectification-opened' && event.source.from !== 'drill') continue;
      else if (isOfRectify(event)) foldRectify(state, event);
      else if (event.kind === 'done' && event.brought !== undefined && event.duty.startsWith('drill/')) {
        const [, id = '', moment = ''] = event.duty.split('/');
        foldDrillStill(state, Number(id), moment, event.brought, event.sha256);
      }
    }
    // State forgets the older ones; the report does not.
    for (const [id, one] of state.drills) drills.set(id, one);
    for (const [id, one] of state.rectifications) problems.set(id, one);
  }
  const site = gateway.site();
  return {
    now,
    drills: [...drills.values()],
    problems: [...problems.values()].filter(
      ({ source }) =>
        source.from === 'drill' && (source.drill === undefined ? drill === undefined : drills.has(source.drill)),
    ),
    who: (account) => personOf(site, { name: account })?.name ?? account,
  };
}
