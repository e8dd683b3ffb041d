/**
 * The duty roster as the pages show it: who is on duty by his own word, the days ahead, and how people and shifts are called. The
 * reckoning is the core's; this only ties it to the feed and to the clock of the page.
 */
import { computed } from '@preact/signals';
import { type DutyNow, dutyNow, type RosterAhead, rosterAhead } from '../../core/duty/duty-ahead.ts';
import { signOnKey } from '../../core/duty/on-duty.ts';
import type { CalendarAddress, ChannelTest, ShiftChange, ShiftHandover, SignOn, State } from '../../core/types.ts';
import { inPlaceOf } from '../../words/duty/duty-page-words.ts';
import { dayText, weekdayText } from '../../words/duty/duty-words.ts';
import { say } from '../page/language.ts';
import { select, site } from '../page/page-feed.ts';
import { minute } from '../page/views.ts';

const changed = select<readonly ShiftChange[]>((state) => [...state.shiftChanges.values()], []);
const signed = select<readonly SignOn[]>((state) => [...state.signOns.values()], []);
const since = select<State['since']>((state) => state.since, 0);
const configuredAt = select<State['configuredAt']>((state) => state.configuredAt, 0);
const tests = select<readonly (readonly [string, ChannelTest])[]>((state) => [...state.channelTests], []);
export const handovers = select<readonly ShiftHandover[]>((state) => state.handovers, []);
export const calendars = select<Readonly<Record<string, CalendarAddress>>>(
  (state) => Object.fromEntries(state.calendars),
  {},
);

const seen = computed(() => ({
  shiftChanges: new Map(changed.value.map((one) => [one.id, one])),
  signOns: new Map(signed.value.map((one) => [signOnKey(one.shift, one.day, one.person), one])),
  since: since.value,
  configuredAt: configuredAt.value,
  channelTests: new Map(tests.value),
}));
export const shiftChanges = changed;

export const duty = computed<DutyNow>(() =>
  site.value && minute.value > 0 ? dutyNow(site.value, seen.value, minute.value) : { signed: [], unsigned: [] },
);
export const ahead = computed<RosterAhead | undefined>(() =>
  site.value?.roster && minute.value > 0 ? rosterAhead(site.value, seen.value, minute.value) : undefined,
);

export const personName = (id: string): string => site.value?.people[id]?.name ?? id;
export const shiftTitle = (id: string): string => {
  const title = site.value?.roster?.shifts[id]?.title;
  return title ? say(title) : id;
};
/** 周一 11月30日 */
export const dayName = (day: number): string => `${say(weekdayText(day))} ${say(dayText(day))}`;
/** Somebody in a shift, and in whose place. */
export const placeName = ({ person, insteadOf }: { readonly person: string; readonly insteadOf?: string }): string =>
  insteadOf === undefined ? personName(person) : say(inPlaceOf(personName(person), personName(insteadOf)));
