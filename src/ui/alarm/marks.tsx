/**
 * What is special about an alarm, as short flags under its title: chattering, shelved, escalated, a guard near by, a silent
 * call for help. Nothing here quietens anything.
 */
import { chattering } from '../../core/alarm/flood.ts';
import type { Alarm, GuardNear } from '../../core/types.ts';
import { escalations, forWaiting, nobodyWords } from '../../words/alarm-sentences.ts';
import { hm, span } from '../page/format.ts';
import { say, t } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { site } from '../page/page-feed.ts';
import { mayShelve, offset, shelves } from '../page/views.ts';
import { lateNow, pledgeText, shelfText, whoText } from '../text/handling-text.ts';

function guardText({ person, checkpoint, at, scanned }: GuardNear): string {
  const points = Object.values(site.value?.routes ?? {}).flatMap((route) => route.checkpoints);
  const point = points.find((c) => c.id === checkpoint);
  return t(scanned ? 'guardScanned' : 'guardPlanned', {
    name: person === undefined ? t('someGuard') : whoText(person),
    time: hm(at, offset.value),
    place: point ? say(point.title) : checkpoint,
  });
}

/** Where an alarm was put aside. */
export function shelfOf(alarm: Alarm) {
  return shelves.value.find((shelf) => shelf.key === alarm.key);
}

/** `须两人应答：李强 14:35 已应答，还差一人`, while another must. */
function partText({ acked, escalated, parts = [] }: Alarm): string | undefined {
  if (acked || !escalated?.needs) return undefined;
  const [first] = parts;
  return first ? t('partBy', { name: whoText(first.by), time: hm(first.at, offset.value) }) : t('partNone');
}

/**
 * `已升级到第 2 级 22:05 · 无人确认`. Once somebody has taken it, that others were told because nobody had is of before: then it must not say
 * any more that nobody did.
 */
function escalatedText({ acked, escalated, parts }: Alarm): string | undefined {
  if (!escalated) return undefined;
  const { level, again, at, why } = escalated;
  const time = hm(at, offset.value);
  if (acked && forWaiting.has(why)) return t('escalatedBefore', { n: level, time });
  const chip = again === undefined ? t('escalatedChip', { n: level }) : t('escalatedAgain', { n: level, times: again });
  // One of two has: who, stands beside it.
  return parts && forWaiting.has(why) ? `${chip} ${time}` : `${chip} ${time} · ${say(escalations[why])}`;
}

export function Marks({ alarm }: { alarm: Alarm }) {
  const shelf = shelfOf(alarm);
  const { escalated, guard, covert, foundSo, certainty } = alarm;
  const often = chattering(alarm, now.value);
  const owed = pledgeText(alarm);
  const upText = escalatedText(alarm);
  const nobody = escalated && !(alarm.acked && forWaiting.has(escalated.why)) && nobodyWords(escalated);
  const part = partText(alarm);
  if (!shelf && !escalated && !guard && !covert && !often && !foundSo && certainty === undefined && owed === undefined)
    return null;
  return (
    <p class="marks">
      {owed !== undefined && <span class={lateNow(alarm) ? 'flag owed' : 'tag owed'}>{owed}</span>}
      {covert && <span class="flag">{t('quietAlarm')}</span>}
      {shelf && (
        <span class="tag dotted">
          {shelfText(shelf)} · {t('shelvedLeft', { left: span(shelf.until - now.value) })}
        </span>
      )}
      {upText !== undefined && <span class={alarm.acked && !lateNow(alarm) ? 'tag' : 'flag'}>{upText}</span>}
      {part !== undefined && <span class="flag">{part}</span>}
      {nobody && <span class={alarm.acked ? 'tag' : 'flag'}>{say(nobody)}</span>}
      {often && (
        <span class="tag">
          <b>{t('chattering')}</b> {!shelf && mayShelve(alarm) && t('chatteringNote')}
        </span>
      )}
      {foundSo && <span class="tag">{t('foundSo')}</span>}
      {certainty !== undefined && <span class="tag">{t('certainty', { n: Math.round(certainty * 100) })}</span>}
      {guard && <span class="tag">{guardText(guard)}</span>}
    </p>
  );
}
