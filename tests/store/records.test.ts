/**
 * The table of alarms against State: two folds of the same nights, written apart, that must say the same of every alarm.
 */
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Alarm } from '../../src/core/types.ts';
import { recorder, resetRecords } from '../../src/store/journal/projections.ts';
import { live, night, watched } from '../core/nights.ts';
import { guard, head, minute, operator, Story } from '../core/school.ts';

/** What the table would hold of an alarm. */
function row(alarm: Alarm): Record<string, unknown> {
  const { acked, firstAcked, dispatched, accepted, arrived, disposed } = alarm;
  return {
    id: alarm.id,
    key: alarm.key,
    kind: alarm.kind,
    priority: alarm.priority,
    device: alarm.device,
    count: alarm.count,
    causes: JSON.stringify(alarm.causes),
    raisedAt: alarm.raisedAt,
    lastAt: alarm.lastAt,
    returnedAt: alarm.returnedAt ?? null,
    ackedBy: acked?.by ?? null,
    ackedAt: acked?.at ?? null,
    firstAckedBy: firstAcked?.by ?? null,
    firstAckedAt: firstAcked?.at ?? null,
    dispatchedBy: dispatched?.by ?? null,
    dispatchedTo: dispatched?.to ?? null,
    dispatchedAt: dispatched?.at ?? null,
    acceptedBy: accepted?.by ?? null,
    acceptedAt: accepted?.at ?? null,
    arrivedBy: arrived?.by ?? null,
    arrivedAt: arrived?.at ?? null,
    arrivedHow: arrived?.how ?? null,
    disposedBy: disposed?.by ?? null,
    disposedAt: disposed?.at ?? null,
    finding: disposed?.reason ?? null,
    findingNote: disposed?.note ?? null,
    incident: alarm.incident ?? null,
    joining: alarm.joining ?? null,
    covert: alarm.covert ? 1 : null,
  };
}

/** The table after the events of a story. */
function recorded(story: Story): Map<unknown, Record<string, unknown>> {
  const db = new Database(':memory:');
  try {
    resetRecords(db);
    const record = recorder(db);
    for (const event of story.events) record(event);
    const rows = db.prepare<[], Record<string, unknown>>('SELECT * FROM alarms').all();
    return new Map(rows.map((one) => [one.id, one]));
  } finally {
    db.close();
  }
}

test('whatever a night brings, the table says of every alarm what State says of it', () => {
  fc.assert(
    fc.property(night, (inputs) => {
      const story = new Story();
      story.site = watched;
      live(story, inputs);
      story.asks(operator, { do: 'arm-zone', zone: 'z2', mode: 'disarmed', duress: true });
      const rows = recorded(story);
      expect(rows.size).toBe(story.only('raised').length);
      for (const alarm of story.state.alarms.values()) {
        const painted =
          story.only('displayed').find((one) => one.alarm === alarm.id && one.page === 'wall')?.at ?? null;
        expect(rows.get(alarm.id)).toMatchObject({ ...row(alarm), paintedAt: painted });
      }
      for (const alarm of story.state.closed) {
        const { reason, closedBy, closedAt } = alarm;
        expect(rows.get(alarm.id)).toMatchObject({ ...row(alarm), reason, closedBy, closedAt });
      }
      for (const { alarm, level } of story.only('escalated'))
        expect(rows.get(alarm)?.level).toBeGreaterThanOrEqual(level);
    }),
  );
});

test('the first acknowledgement is kept when a new trigger takes the last one away', () => {
  const story = new Story();
  story.reads('fence', { climb: true });
  const alarm = story.only('raised')[0]!.seq;
  story.asks(operator, { do: 'acknowledge', alarm });
  const at = story.now;
  story.now += minute;
  story.reads('fence2', { climb: true });
  expect(recorded(story).get(alarm)).toMatchObject({ ackedBy: null, firstAckedBy: 'wang', firstAckedAt: at });
  story.now += minute;
  story.asks(head, { do: 'acknowledge', alarm });
  expect(recorded(story).get(alarm)).toMatchObject({ ackedBy: 'chen', firstAckedBy: 'wang', firstAckedAt: at });
});

test('whoever is sent instead has neither accepted nor arrived', () => {
  const story = new Story();
  story.reads('fence', { climb: true });
  const alarm = story.only('raised')[0]!.seq;
  story.asks(operator, { do: 'dispatch', alarm, to: 'li' });
  story.asks(guard, { do: 'accept', alarm });
  story.asks(guard, { do: 'arrive', alarm });
  expect(recorded(story).get(alarm)).toMatchObject({ dispatchedTo: 'li', acceptedBy: 'zhang', arrivedHow: 'hand' });
  story.asks(operator, { do: 'dispatch', alarm, to: 'zhang' });
  const none = { acceptedBy: null, acceptedAt: null, arrivedBy: null, arrivedAt: null, arrivedHow: null };
  expect(recorded(story).get(alarm)).toMatchObject({ dispatchedTo: 'zhang', ...none });
});

test('what was found is kept with its words, also where somebody else closes with none', () => {
  const story = new Story();
  story.reads('fence', { climb: true });
  const alarm = story.only('raised')[0]!.seq;
  story.asks(guard, { do: 'acknowledge', alarm });
  story.reads('fence', { climb: false });
  story.asks(guard, { do: 'dispose', alarm, reason: 'A3', note: '两名学生捡球' });
  story.asks(head, { do: 'close', alarm, reason: 'A3' });
  expect(recorded(story).get(alarm)).toMatchObject({ finding: 'A3', findingNote: '两名学生捡球', note: null });
});
