/**
 * The facts of an alarm's life in words, one line each: the sentences are those of the words room, filled with what this page
 * calls things. A fact that an alarm's timeline has no words for is left out, never guessed.
 */
import { deciderOf } from '../../core/site/detection-keys.ts';
import { lookup } from '../../core/site/lookup.ts';
import type { Event } from '../../core/types.ts';
import { alarmSentences, type FactNames, type FactOf, joinedBySentence } from '../../words/alarm-sentences.ts';
import { pageTitles } from '../../words/page-titles.ts';
import { untranslated, type Words } from '../../words/words.ts';
import { hm, stamp } from '../page/format.ts';
import { say, t } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { closed, offset, openAlarms } from '../page/views.ts';
import { titleOf } from './alarm-text.ts';
import { causeText } from './detection-text.ts';
import { answerText, whoText } from './handling-text.ts';

/** Pages that report what they show, by the name they report under. */
const reporting: Readonly<Record<string, Words>> = {
  wall: pageTitles.wall,
  // The page of a wall in the hands of somebody who is none.
  'wall-view': pageTitles.wall,
  console: pageTitles.console,
  m: pageTitles.phone,
};

/** The name of a page an alarm was painted on. */
export function pageText(page: string): string {
  const title = lookup(reporting, page);
  return title ? say(title) : page;
}

const alarmOf = (id: number) => openAlarms.value.find((a) => a.id === id) ?? closed.value.find((a) => a.id === id);

/** The device a cause is of; the gateway's own detection felt the wires of the device the alarm is of. */
function tellingOf(cause: string, alarm: number | undefined): string {
  if (deciderOf(cause) === 'device') return cause.split('/')[0] ?? '';
  return (alarm === undefined ? undefined : alarmOf(alarm)?.device) ?? '';
}

const titled = (table: Readonly<Record<string, { readonly title: Words }>> | undefined, id: string): Words =>
  (table && lookup(table, id)?.title) ?? untranslated(id);

/** What this page calls things: in the language it speaks now, which then stands for both. */
const names: FactNames = {
  who: (by) => untranslated(whoText(by)),
  alarm: (id) => {
    const alarm = alarmOf(id);
    return untranslated(alarm ? titleOf(alarm) : t('alarmNo', { n: id }));
  },
  zone: (id) => titled(site.value?.zones, id),
  area: (id) => titled(site.value?.areas, id),
  device: (id) => titled(site.value?.devices, id),
  route: (id) => titled(site.value?.routes, id),
  channel: (id) => titled(site.value?.channels, id),
  shift: (id) => titled(site.value?.roster?.shifts, id),
  checkpoint: untranslated,
  cause: (cause, device, alarm) => untranslated(causeText(device ?? tellingOf(cause, alarm), cause)),
  page: (page) => untranslated(pageText(page)),
  step: (procedure, step) => site.value?.procedures[procedure]?.steps[step],
  answer: (value, asked) => untranslated(answerText(value, asked)),
  time: (at) => hm(at, offset.value),
  moment: (at) => stamp(at, offset.value),
};

const isOfAlarm = (event: Event): event is Event & FactOf<keyof typeof alarmSentences> => event.kind in alarmSentences;

/** One fact of the life of the alarm `id` as a line; undefined where there are no words for it. */
export function factText(event: Event, id: number): string | undefined {
  if (!isOfAlarm(event)) return undefined;
  if (event.kind === 'joined' && event.alarm !== id)
    return event.why === 'apart' ? undefined : say(joinedBySentence(event, names));
  return say(sentenceOf(event));
}

function sentenceOf(event: FactOf<keyof typeof alarmSentences>): Words {
  // The table gives each kind the sentence for facts of that kind.
  const sentence = alarmSentences[event.kind] as (fact: typeof event, names: FactNames) => Words;
  return sentence(event, names);
}
