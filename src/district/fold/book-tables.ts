/** The tables of the read models as the fold writes them. Data alone; the migrations hold the same columns. */
import type { BookTable } from './row-book.ts';

const big = 'bigint';

export const alarmTable: BookTable = {
  name: 'alarm',
  key: [['id', big]],
  columns: {
    ...{ key: 'text', kind: 'text', priority: 'integer', device: 'text', zone: 'text', round: 'text' },
    ...{ checkpoint: 'text', place_zh: 'text', place_en: 'text', why_zh: 'text', why_en: 'text', covert: 'boolean' },
    ...{ raised_at: big, last_at: big, count: 'integer', returned_at: big, acked_by: 'text', acked_at: big },
    ...{ first_acked_by: 'text', first_acked_at: big, dispatched_to: 'text', dispatched_at: big },
    ...{ arrived_by: 'text', arrived_at: big, level: 'integer', incident: big, finding: 'text' },
    ...{ disposed_by: 'text', disposed_at: big, closed_by: 'text', closed_at: big, reason: 'text', note: 'text' },
    ...{ received_at: big, ahead: 'boolean' },
  },
  needs: ['key', 'kind', 'priority', 'device', 'place_zh', 'place_en', 'raised_at', 'last_at', 'count', 'received_at'],
  // When the district learned of it first.
  // How far it went at all: State forgets it when the alarm is raised again.
  instead: { received_at: 'alarm.received_at', level: 'greatest(alarm.level, excluded.level)' },
};

/** The same rows where they overtook a backlog: what the fold wrote is not theirs to change, nor is what was said before taken back. */
export const aheadTable: BookTable = {
  ...alarmTable,
  only: 'alarm.ahead',
  instead: {
    received_at: 'alarm.received_at',
    ...Object.fromEntries(
      [
        ...['acked_by', 'acked_at', 'first_acked_by', 'first_acked_at'],
        ...['closed_by', 'closed_at', 'reason', 'note'],
      ].map((column) => [column, `coalesce(excluded.${column}, alarm.${column})`]),
    ),
  },
};

export const deedTable: BookTable = {
  name: 'deed',
  key: [['seq', big]],
  columns: { alarm: big, at: big, kind: 'text', who: 'text', channel: 'text', outcome: 'text', body: 'jsonb' },
  needs: ['at', 'kind', 'body'],
};

export const roundTable: BookTable = {
  name: 'round',
  key: [['id', 'text']],
  columns: {
    ...{ route: 'text', start: big, day: 'text', person: 'text', opened_at: big, completed_at: big, broken_at: big },
    ...{ result: 'text', due: 'integer', reached: 'integer', on_time: 'integer', missed: 'integer' },
    ...{ judged: 'integer', cancelled: 'boolean' },
  },
  needs: ['route', 'start', 'day', 'due', 'reached', 'on_time', 'missed', 'judged'],
  // State knows whether a round is over and not when: that is in the line, and the line may have come with an earlier batch.
  instead: {
    opened_at: 'coalesce(excluded.opened_at, round.opened_at)',
    completed_at:
      'CASE WHEN excluded.result IS NULL THEN NULL ELSE coalesce(excluded.completed_at, round.completed_at) END',
    broken_at: 'CASE WHEN excluded.broken_at IS NULL THEN NULL ELSE coalesce(round.broken_at, excluded.broken_at) END',
  },
};

export const cameraDayTable: BookTable = {
  name: 'camera_day',
  key: [
    ['day', 'text'],
    ['device', 'text'],
  ],
  columns: { kitchen: 'boolean', up_ms: big, due_ms: big },
  needs: ['up_ms', 'due_ms'],
};

export const rectificationTable: BookTable = {
  name: 'rectification',
  key: [['id', big]],
  columns: {
    ...{ state: 'text', kind: 'text', place_zh: 'text', place_en: 'text', what: 'text', opened_at: big },
    ...{ due_at: big, taken_by: 'text', taken_at: big, answered_at: big, closed_at: big, closed_by: 'text' },
  },
  needs: ['state', 'opened_at'],
};

export const drillTable: BookTable = {
  name: 'drill',
  key: [['id', big]],
  columns: {
    ...{ started_at: big, started_by: 'text', kind: 'text', ended_at: big, broken_at: big, all_present_at: big },
    ...{ due: 'integer', present: 'integer', classes: 'jsonb', problems: 'jsonb' },
  },
  needs: ['started_at', 'started_by', 'kind', 'due', 'present', 'classes', 'problems'],
};
