/**
 * A check list whose time is over and that is not answered was missed: a fact, an alarm, and a proposed rectification. Nothing is said of
 * a time in which the gateway was off, or did not know of the list: nobody could have answered.
 */
import { listMissed, listOffence, theCanteen } from '../../words/canteen/list-words.ts';
import { trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import { propose } from '../rectify/propose.ts';
import { gatewayName } from '../site/armed-plan.ts';
import { localDay } from '../site/calendar.ts';
import { listKey, listsOn, type PlannedList, unanswered } from './lists.ts';

/** A gateway that comes back so soon after the time has only missed the minute of it. */
const restartMs = 600_000;

function couldAnswer({ state }: Draft, { until }: PlannedList): boolean {
  return until > Math.max(state.since, state.configuredAt, state.startedAt - restartMs);
}

/** On every tick: lists of today and yesterday that nobody has answered in time. */
export function keepLists(draft: Draft): void {
  const { site, state, now } = draft;
  if (!site.canteen) return;
  const today = localDay(now, site.utcOffsetMin);
  for (const planned of [...listsOn(site, today - 1), ...listsOn(site, today)]) {
    const { list, day, until } = planned;
    const done = state.listDays.get(listKey(list.id, day));
    if (now < until || done?.missedAt !== undefined || !couldAnswer(draft, planned)) continue;
    const left = unanswered(list, done);
    if (left.length === 0) continue;
    draft.add({ kind: 'list-missed', list: list.id, day, items: left.map(({ id }) => id) });
    const why = listMissed(list.title, left.length);
    propose(draft, {
      source: { from: 'list', title: list.title, day },
      ...{
        place: { title: theCanteen },
        offence: { key: `list/${list.id}`, title: listOffence(list.title) },
        what: why,
      },
    });
    const key = `list/${list.id}/missed`;
    trigger(draft, {
      ...{ key, alarm: 'hygiene', priority: 3, device: gatewayName, cause: key, active: false, why },
    });
  }
}
