/**
 * Duties: a siren that really sounds while an urgent alarm waits, and really falls silent afterwards; pictures that are
 * brought while they are evidence. Held against the outputs of the devices, not against what the gateway believes of them.
 */
import type { Priority, Time } from '../../core/types.ts';
import { pictureNotAsked, sirenForNothing, sirenStoppedEarly, sirenWouldNotStop } from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker, type Desk } from './check.ts';
import type { TimeSpan } from './evidence.ts';

/** From the fact to the relay, when nothing hinders. */
const switchMs = 3_000;
/** A siren sounds at most this long for one alarm. */
const sirenMs = 180_000;
/** After a request that failed or hung, the next try comes within this time: the longest pause, and a request's own limit. */
const retryMs = 95_000;
const pictureMs = 60_000;

interface WaitingAlarm {
  readonly zone: string | undefined;
  priority: Priority;
  lastAt: Time;
  acked: boolean;
  /** Since when it calls for the siren. */
  from: Time | undefined;
}

/** When each zone's siren had to sound, by output. */
function wanted({ evidence }: Desk): Map<string, TimeSpan[]> {
  const spans = new Map<string, TimeSpan[]>();
  const open = new Map<number, WaitingAlarm>();
  const end = (alarm: WaitingAlarm, at: Time) => {
    const siren = alarm.zone === undefined ? undefined : evidence.site.zones[alarm.zone]?.siren;
    if (alarm.from === undefined || !siren) return;
    const key = `${siren.device}/${siren.point}`;
    const to = Math.min(at, alarm.lastAt + sirenMs);
    if (to > alarm.from) spans.set(key, [...(spans.get(key) ?? []), { from: alarm.from, to }]);
    alarm.from = undefined;
  };
  const call = (alarm: WaitingAlarm, at: Time) => {
    if (alarm.from !== undefined && at > alarm.lastAt + sirenMs) end(alarm, at);
    alarm.lastAt = at;
    alarm.acked = false;
    if (alarm.priority === 1) alarm.from ??= at;
  };
  for (const { event, at: keptAt } of evidence.kept) {
    // The time a siren may sound runs from when the gateway learned of it, however long its disk took.
    const at = evidence.decidedAt(event, keptAt);
    if (event.kind === 'raised') {
      // Nobody is known to be where a device is only lost.
      if (event.alarm === 'comms') continue;
      const alarm: WaitingAlarm = {
        zone: event.zone,
        priority: event.priority,
        lastAt: at,
        acked: false,
        from: undefined,
      };
      open.set(event.seq, alarm);
      call(alarm, at);
    }
    if (event.kind === 'silenced') {
      for (const [id, one] of open) {
        if (one.from === undefined || id > event.upTo) continue;
        end(one, at);
        one.from = at + (event.until - event.at);
      }
    }
    const alarm = 'alarm' in event && typeof event.alarm === 'number' ? open.get(event.alarm) : undefined;
    if (!alarm) continue;
    if (event.kind === 'repeated') {
      alarm.priority = event.priority < alarm.priority ? event.priority : alarm.priority;
      call(alarm, at);
    } else if (event.kind === 'acknowledged' || event.kind === 'closed') end(alarm, at);
  }
  for (const alarm of open.values()) end(alarm, evidence.endedAt);
  for (const [key, list] of spans) spans.set(key, joined(list));
  return spans;
}

function joined(spans: readonly TimeSpan[]): TimeSpan[] {
  const result: TimeSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && span.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else result.push(span);
  }
  return result;
}

export const sirenSounds = checker(() => {
  const on = new Map<string, TimeSpan[]>();
  const since = new Map<string, Time>();
  /** Requests to outputs that failed or took long. */
  const rough: TimeSpan[] = [];
  const began = new Map<string, Time>();
  return {
    name: 'siren-sounds',
    title: promises.sirenSounds,
    see(seen) {
      if (seen.what === 'switched') {
        const key = `${seen.device}/${seen.point}`;
        const from = since.get(key);
        if (seen.value === true) since.set(key, from ?? seen.at);
        else if (from !== undefined) {
          since.delete(key);
          on.set(key, [...(on.get(key) ?? []), { from, to: seen.at }]);
        }
      } else if (seen.what === 'undertaken') began.set(seen.duty.id, seen.at);
      else if (seen.what === 'outcome') {
        const from = began.get(seen.duty.id) ?? seen.at;
        if (!seen.ok || seen.at - from > 1_000) rough.push({ from, to: seen.at + retryMs });
      }
    },
    end(desk) {
      const { evidence } = desk;
      for (const [key, from] of since) on.set(key, [...(on.get(key) ?? []), { from, to: evidence.endedAt }]);
      const calls = wanted(desk);
      for (const key of new Set([...calls.keys(), ...on.keys()])) {
        const [device = ''] = key.split('/');
        judge(desk, device, { calls: calls.get(key) ?? [], sounds: on.get(key) ?? [], rough });
      }
    },
  };
});

interface SirenHeard {
  readonly calls: readonly TimeSpan[];
  readonly sounds: readonly TimeSpan[];
  readonly rough: readonly TimeSpan[];
}

function judge(desk: Desk, device: string, { calls, sounds, rough }: SirenHeard): void {
  const { evidence } = desk;
  const limit = (from: Time) => {
    let due = evidence.due(from, switchMs, device);
    for (const span of rough) if (span.from <= due && span.to >= from) due = Math.max(due, span.to);
    return due;
  };
  for (const { from, to } of calls) {
    const due = limit(from);
    if (due > to || due > evidence.endedAt) continue;
    const sounded = sounds.some((span) => span.from <= due && span.to >= to);
    desk.test(sounded, from, sirenStoppedEarly(device));
  }
  for (const sound of sounds) {
    const call = calls.filter(({ from, to }) => from <= sound.to && to >= sound.from - switchMs).at(-1);
    // Behind a clock set back the gateway's time goes at half pace.
    const slowMs = evidence.clockSetAt > 0 ? sirenMs : 0;
    const due = limit((call?.to ?? sound.from) + slowMs);
    desk.test(call !== undefined, sound.from, sirenForNothing(device));
    desk.test(sound.to <= due, sound.from, sirenWouldNotStop(device));
  }
}

export const picturesBrought = checker(() => {
  const tried = new Set<number>();
  const brought = new Set<number>();
  return {
    name: 'pictures-brought',
    title: promises.picturesBrought,
    see(seen) {
      if (seen.what === 'undertaken' && seen.duty.do === 'snapshot' && !seen.duty.moment) tried.add(seen.duty.alarm);
      if (seen.what !== 'kept') return;
      for (const event of seen.events)
        if (event.kind === 'done' && event.ok && event.brought !== undefined && /^\w+\/\d+$/.test(event.duty))
          brought.add(Number(event.duty.split('/')[1]));
    },
    end(desk) {
      const { evidence } = desk;
      for (const { event, at } of evidence.facts('raised')) {
        const camera = event.zone === undefined ? undefined : evidence.site.zones[event.zone]?.camera;
        if (camera === undefined || evidence.endedAt < at + pictureMs) continue;
        // A camera that was away or refused, and an alarm that was closed at once, owe none.
        if (evidence.disturbed(at, at + pictureMs, camera)) continue;
        const why = tried.has(event.seq) || brought.has(event.seq);
        desk.test(why, at, pictureNotAsked(event.seq));
      }
    },
  };
});
