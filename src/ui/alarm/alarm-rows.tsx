/**
 * The wall's alarm list: five rows that are always the same nodes, so that nothing grows in a year. Each row follows its
 * own incident and redraws alone. While data is stale an empty list is "state unknown", never reassurance.
 */
import { computed, signal, useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { chattering } from '../../core/alarm/flood.ts';
import { walkOf } from '../../core/site/watched.ts';
import type { Alarm } from '../../core/types.ts';
import { type Incident, pressing } from '../../core/view/view-incidents.ts';
import { noticesOf, type ShownNotice } from '../../core/view/view-telling.ts';
import { copyWords } from '../../words/district/look-words.ts';
import { Badge } from '../page/badge.tsx';
import { clockSpan, hm, span } from '../page/format.ts';
import { fill, t } from '../page/language.ts';
import { everyTurn, now, READ_MS, stale } from '../page/page-clock.ts';
import { ahead, select, site } from '../page/page-feed.ts';
import { closed, flood, incidents, offset, today } from '../page/views.ts';
import { shortTitle } from '../text/alarm-text.ts';
import { lateNow, reasonText } from '../text/handling-text.ts';
import {
  incidentBegan,
  incidentDetail,
  incidentKind,
  incidentPlace,
  incidentStage,
  leadOf,
  zonesText,
} from '../text/incident-text.ts';
import { looseLine } from '../text/loose-text.ts';
import { toldLine } from '../text/told-text.ts';
import './alarm-rows.css';

const ROWS = 5;
const SCROLLED_MS = 60_000;
/** In a flood the list has priorities 1 and 2; the rest is counted below it. */
const listed = computed(() => {
  const all = flood.value ? incidents.value.filter((i) => i.priority < 3) : incidents.value;
  return pressing(all, now.value);
});
/** How far the arrows have moved the list along, and so how many rows stand above the ones shown. */
const moved = signal(0);
const above = computed(() => Math.min(moved.value, Math.max(0, listed.value.length - ROWS)));
const shown = computed(() => listed.value.slice(above.value, above.value + ROWS));
const slots = Array.from({ length: ROWS }, (_, i) => computed(() => shown.value[i]));

/** The row a key press means; undefined means the first. It follows the incident, not the place in the list. */
const chosenId = signal<number | undefined>(undefined);
export const chosen = computed<Incident | undefined>(
  () => shown.value.find((i) => i.id === chosenId.value) ?? shown.value[0],
);
const newest = computed(() => Math.max(0, ...incidents.value.flatMap((i) => i.alarms.map((a) => a.id))));
let choseAt = 0;
let newestThen = 0;
/** Since when each alarm of the rows shown has stood there, ms. */
const stoodFrom = new Map<number, number>();
/** Turns of the clock while something in the rows is unread. */
const readings = signal(0);
const waitingIn = (rows: readonly Incident[]) => rows.flatMap(({ alarms }) => alarms.filter((a) => !a.acked));
/** How many of the alarms in the rows wait and have not stood there for long enough to be read; one that just came is one of them. */
const unread = computed(() => {
  void readings.value;
  return waitingIn(shown.value).filter((alarm) => !isRead(alarm)).length;
});

/** Keeps the times at which alarms came into the rows; called with every turn of the clock. */
function watchRows(): void {
  const ids = new Set(waitingIn(shown.peek()).map(({ id }) => id));
  for (const id of stoodFrom.keys()) if (!ids.has(id)) stoodFrom.delete(id);
  for (const id of ids) if (!stoodFrom.has(id)) stoodFrom.set(id, performance.now());
  if (unread.peek() > 0) readings.value++;
}

/** Whether a waiting alarm has stood in the rows for long enough to be read. */
export function isRead({ id }: Alarm): boolean {
  const from = stoodFrom.get(id);
  return from !== undefined && performance.now() - from >= READ_MS;
}

/**
 * What one key acknowledges: of the chosen row, else of the first that has something, all that waits and could be read. Nobody
 * takes what he does not see, nor what came in under his finger.
 */
export function toAcknowledge(): readonly Alarm[] {
  const rows = shown.peek().map(({ id, alarms }) => ({ id, waits: alarms.filter((a) => !a.acked && isRead(a)) }));
  const mine = rows.find(({ id }) => id === chosen.peek()?.id);
  return (mine && mine.waits.length > 0 ? mine : rows.find(({ waits }) => waits.length > 0))?.waits ?? [];
}

/** Whether something waits that has just come in. */
export const justCame = (): boolean => unread.peek() > 0;

/** Moves the choice up or down; below the last row the list moves along. */
export function choose(step: -1 | 1): void {
  const all = listed.peek();
  const from = all.findIndex((i) => i.id === chosen.peek()?.id);
  const to = Math.max(0, Math.min(all.length - 1, from + step));
  choseAt = performance.now();
  newestThen = newest.peek();
  moved.value = Math.max(to - ROWS + 1, Math.min(to, above.peek()));
  chosenId.value = all[to]?.id;
}

/** A list that was moved along goes back to its top when something new came, or nobody touched it for a while. */
export function backToTop(): void {
  if (above.peek() === 0) return;
  if (newest.peek() === newestThen && performance.now() - choseAt <= SCROLLED_MS) return;
  moved.value = 0;
  chosenId.value = undefined;
}

/** Time since the most urgent of it began. */
function Age({ incident }: { incident: Incident }) {
  const began = incidentBegan(incident);
  return <span class="age">{span(now.value - Math.min(began, now.value))}</span>;
}

function Row({ index }: { index: number }) {
  const incident = slots[index]?.value;
  const isChosen = useComputed(() => chosenId.value !== undefined && slots[index]?.value?.id === chosen.value?.id);
  if (!incident) return <div class="row blank" />;
  const { priority, waiting, alarms } = incident;
  const lead = leadOf(incident);
  const tardy = waiting === 0 && lateNow(lead) !== undefined;
  const often = waiting > 0 && alarms.some((a) => chattering(a, now.value));
  return (
    <div
      class={`row ${waiting > 0 ? `new of${priority}` : ''} ${tardy ? 'late' : ''} ${isChosen.value ? 'chosen' : ''}`}
      data-alarm={[lead.id, ...alarms.filter((a) => a !== lead).map((a) => a.id)].join(' ')}
    >
      <Badge priority={priority} acked={waiting === 0} />
      <span class="main">
        <span class="one-line">{incidentPlace(incident)}</span> <span class="kind">{incidentKind(incident)}</span>
      </span>
      <Age incident={incident} />
      <span class="sub one-line">{often ? t('chattering') : incidentDetail(incident)}</span>
      <span class="handling">{incidentStage(incident)}</span>
    </div>
  );
}

function Quiet({ children }: { children?: ComponentChildren }) {
  if (incidents.value.length > 0) return null;
  // Of a copy: alarms that overtook it stand above, and all is not quiet.
  const known = ahead.value.length > 0 ? fill(copyWords.aheadChip, { n: ahead.value.length }) : t('quiet');
  const sentence = stale.value ? t('unknown') : site.value ? known : t('connecting');
  return (
    <div class="quiet">
      <p>{sentence}</p>
      {!stale.value && site.value && children}
    </div>
  );
}

/** What the list has no room for, and what a flood leaves out of it; else what was closed last. */
function Rest() {
  const more = listed.value.length - ROWS - above.value;
  const out = incidents.value.filter((i) => !listed.value.includes(i));
  const counts = ([3, 4] as const).flatMap((priority) => {
    const n = out.filter((i) => i.priority === priority).length;
    return n > 0 ? [t('ofPriority', { priority, n })] : [];
  });
  const parts = [
    ...(above.value > 0 ? [t('moreAbove', { n: above.value })] : []),
    ...(more > 0 ? [t(above.value > 0 ? 'moreBelow' : 'more', { n: more })] : []),
    ...(counts.length > 0 ? [t('floodLeft', { list: counts.join(t('listComma')) })] : []),
  ];
  const last = closed.value[0];
  if (parts.length > 0) return <>{parts.join(' · ')}</>;
  if (!last) return null;
  const holes = { time: hm(last.closedAt, offset.value), title: shortTitle(last), reason: reasonText(last.reason) };
  return <>{t('last', holes)}</>;
}

const walk = select(walkOf, undefined);

/** The alarm of the chosen row that waits, and what was sent about it. */
const pressed = computed(() => (chosen.value && chosen.value.waiting > 0 ? leadOf(chosen.value) : undefined));
const sent = select<readonly ShownNotice[]>(
  (state, here) => (pressed.value ? noticesOf(here, state, pressed.value) : []),
  [],
);
/** While it is not known what became of them nothing is said of messages. */
const told = computed(() =>
  site.value && pressed.value && !stale.value ? toldLine(site.value, pressed.value, sent.value) : undefined,
);

/** The day's figures; while an alarm waits, who was told of it and has not answered; while zones are being walked, which ones and for how long, because their alarms are counted instead; while limits
 *  of zones are loose, which ones and until when. */
function Foot() {
  const { raised, nuisance, acked, ackMs } = today.value;
  const ack = acked === 0 ? '—' : span(ackMs / acked);
  return (
    <div class="foot">
      <p class="one-line">
        <Rest />
      </p>
      {walk.value ? (
        <p class="one-line walking">
          {t('walkStrip', { zones: zonesText(walk.value.zones), left: clockSpan(walk.value.until - now.value) })}
        </p>
      ) : looseLine.value !== '' ? (
        <p class="one-line walking">{looseLine.value}</p>
      ) : told.value !== undefined ? (
        <p class="one-line told-whom">{told.value}</p>
      ) : (
        <p class="one-line">{site.value && t('today', { raised, nuisance, ack })}</p>
      )}
    </div>
  );
}

/** `children` stand in its place while nothing is open, and what is shown is so. */
export function AlarmList({ children }: { children?: ComponentChildren }) {
  useEffect(() => everyTurn(watchRows), []);
  return (
    <section class="panel alarms hatch" aria-live="polite" data-unread={unread.value}>
      {slots.map((_, i) => (
        <Row key={i} index={i} />
      ))}
      <Quiet>{children}</Quiet>
      <Foot />
    </section>
  );
}
