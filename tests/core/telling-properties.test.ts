/**
 * What messages promise whatever ticks, refusals, silence, crashes and people do: random nights over the outbox.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minuteMs as minute } from '../../src/core/tell/pace.ts';
import type { Notice, Priority, Untaken } from '../../src/core/types.ts';
import { OutboxNight, site } from './outbox-night.ts';
import { head, operator } from './school.ts';

const second = 1_000;
type Act = (night: OutboxNight) => void;
const some = fc.nat({ max: 20 });
const alarmOf = (night: OutboxNight, which: number) => {
  const all = [...night.state.alarms.values()];
  return all[which % Math.max(1, all.length)];
};
const raise = fc.tuple(fc.constantFrom<Priority>(1, 2, 3), some).map(
  ([priority, n]): Act =>
    (night) => {
      const key = `io/${n}`;
      if (night.state.keys.has(key)) return;
      const raised = { alarm: 'fault', device: 'io', cause: key, active: false } as const;
      night.does(() => {
        night.take({ kind: 'raised', key, priority, ...raised });
        night.tell({ kind: 'escalate' });
      });
    },
);
const tick = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 6, max: 80 })).map(
  (seconds): Act =>
    (night) =>
      night.ticks(seconds),
);
const end = fc
  .tuple(
    some,
    fc.constantFrom<Untaken | 'told'>('told', 'told', 'told', 'refused', 'unknown', 'too-fast'),
    fc.boolean(),
  )
  .map(
    ([which, fate, got]): Act =>
      (night) =>
        night.ends(which, fate, got),
  );
const crash = fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }).map(
  (got): Act =>
    (night) =>
      night.crashes(got),
);
const person = fc.tuple(some, fc.constantFrom('acknowledge', 'close', 'shelve', 'unshelve')).map(
  ([which, act]): Act =>
    (night) => {
      const alarm = alarmOf(night, which);
      if (!alarm) return;
      night.does(() => {
        if (act === 'close') night.asks(operator, { do: 'acknowledge', alarm: alarm.id });
        if (act === 'close') night.asks(operator, { do: 'close', alarm: alarm.id, reason: 'C3' });
        if (act === 'acknowledge') night.asks(operator, { do: 'acknowledge', alarm: alarm.id });
        if (act === 'shelve')
          night.asks(head, { do: 'shelve', alarm: alarm.id, reason: 'works', until: night.now + 5 * minute });
        if (act === 'unshelve') night.asks(head, { do: 'unshelve', key: alarm.key });
      });
    },
);
/** The acts in between are of one batch: what they make owed is begun afterwards, if it still is. */
const hold = fc.boolean().map(
  (looks): Act =>
    (night) => {
      night.looks = looks;
      if (looks) night.begins();
    },
);
const acts = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: raise },
    { weight: 5, arbitrary: tick },
    { weight: 9, arbitrary: end },
    { weight: 1, arbitrary: crash },
    { weight: 2, arbitrary: person },
    { weight: 1, arbitrary: hold },
  ),
  { minLength: 20, maxLength: 120 },
);

/** After so many tries of one message nobody tries any more; the next step comes sooner. */
const givenUp = (night: OutboxNight, { id }: Notice) => (night.state.duties.get(id)?.tries ?? 0) >= 5;

describe('whatever becomes of messages', () => {
  test('what is owed is told in the end, each rung once, and a second time only with word of the first', () => {
    fc.assert(
      fc.property(acts, (all) => {
        const night = new OutboxNight();
        for (const act of all) act(night);
        night.heals();
        for (const notice of night.notices) {
          const { times, again } = night.arrived.get(notice.id) ?? { times: 0, again: 0 };
          expect(times - again).toBeLessThanOrEqual(1);
          if (notice.sentAt !== undefined) expect(times).toBeGreaterThan(0);
          else if (notice.at <= night.now - 5 * minute)
            expect(givenUp(night, notice) || (notice.doubt && notice.priority > 2), notice.id).toBe(true);
        }
        for (const [id, { times, again }] of night.arrived) expect([id, times - again <= 1]).toEqual([id, true]);
      }),
      { numRuns: 150 },
    );
  });

  test('every rung of every step comes to each person, once and not after its time, however late the tick', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 5, maxLength: 40 }), (pauses) => {
        const night = new OutboxNight();
        night.site = { ...site, channels: { ...site.channels, wecom: { ...site.channels.wecom!, perMin: 60 } } };
        const raised = { alarm: 'fault', device: 'io', cause: 'c', active: false, priority: 1 } as const;
        night.take({ kind: 'raised', key: 'io/1', ...raised });
        /** By channel and persons. */
        const came = new Map<string, number[]>();
        for (const seconds of pauses) {
          night.ticks(seconds);
          for (const { duty } of night.flying.values()) {
            const key = `${duty.channel} ${duty.to?.join(' ')}`;
            came.set(key, [...(came.get(key) ?? []), night.now]);
          }
          while (night.flying.size > 0) night.ends(0, 'told', true);
        }
        const rungs = night
          .only('escalated')
          .flatMap(({ at, tell = [] }) => tell.map((one) => ({ ...one, from: at, due: at + one.afterMs })));
        for (const { channel, people, from, due } of rungs) {
          if (due > night.now) continue;
          const times = came.get(`${channel} ${people.join(' ')}`) ?? [];
          const tick = pauses.reduce((at, seconds) => (at < due ? at + seconds * second : at), night.since);
          expect([channel, times.some((at) => at >= from && at <= tick)]).toEqual([channel, true]);
        }
        for (const [key, times] of came) {
          const all = rungs.filter((one) => `${one.channel} ${one.people.join(' ')}` === key && one.from <= night.now);
          expect(times.length).toBeLessThanOrEqual(all.length);
        }
      }),
      { numRuns: 100 },
    );
  });
});
