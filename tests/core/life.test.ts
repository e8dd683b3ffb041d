/**
 * The table of what may be asked in which state, held whole: every state, every act, every role. Each meeting of them ends
 * in facts, or in exactly one refusal, and never in neither by oversight.
 */
import { describe, expect, test } from 'vitest';
import { may } from '../../src/core/act/act-roles.ts';
import { type AlarmAct, type AlarmState, alarmStateOf, barred, table } from '../../src/core/alarm/alarm-state.ts';
import type { Command, Role } from '../../src/core/types.ts';
import { minute, monday, operator, Story } from './school.ts';

const roles: readonly Role[] = ['operator', 'guard', 'head', 'auditor', 'integrator', 'admin'];
const key = 'z1/tamper';

/** How to come to each state an open alarm can be in, by what really happens; the last one without an open alarm. */
const ways: Readonly<
  Record<Exclude<AlarmState, 'suppressed' | 'out-of-service'>, (story: Story, alarm: number) => void>
> = {
  unack: () => {},
  'rtn-unack': (story) => story.reads('fence', { tamper: false }),
  acked: (story, alarm) => story.asks(operator, { do: 'acknowledge', alarm }),
  latched: (story, alarm) => {
    story.asks(operator, { do: 'acknowledge', alarm });
    story.reads('fence', { tamper: false });
  },
  shelved: (story, alarm) => story.asks(operator, { do: 'shelve', alarm, reason: 'x', until: story.now + 60_000 }),
  normal: (story, alarm) => {
    story.asks(operator, { do: 'acknowledge', alarm });
    story.reads('fence', { tamper: false });
    story.asks(operator, { do: 'close', alarm, reason: 'B5' });
  },
};

/** Each act, asked rightly. */
const acts: Readonly<Record<AlarmAct, (alarm: number, now: number) => Command>> = {
  acknowledge: (alarm) => ({ do: 'acknowledge', alarm }),
  dispatch: (alarm) => ({ do: 'dispatch', alarm, to: 'zhang' }),
  accept: (alarm) => ({ do: 'accept', alarm }),
  arrive: (alarm) => ({ do: 'arrive', alarm }),
  look: (alarm) => ({ do: 'look', alarm }),
  renew: (alarm) => ({ do: 'renew', alarm }),
  dispose: (alarm) => ({ do: 'dispose', alarm, reason: 'C3' }),
  close: (alarm) => ({ do: 'close', alarm, reason: 'D2' }),
  note: (alarm) => ({ do: 'note', alarm, text: 'x' }),
  answer: (alarm) => ({ do: 'answer', alarm, step: 0, value: true }),
  shelve: (alarm, now) => ({ do: 'shelve', alarm, reason: 'x', until: now + 60_000 }),
  unshelve: () => ({ do: 'unshelve', key }),
};

function brought(life: keyof typeof ways): { story: Story; alarm: number } {
  // By day: what a zone that watches says of its housing is never put aside.
  const story = new Story(monday + 9 * 60 * minute);
  story.reads('fence', { tamper: true });
  const alarm = story.only('raised')[0]!.seq;
  story.asks(operator, { do: 'dispatch', alarm, to: 'li' });
  ways[life](story, alarm);
  story.tell({ kind: 'tick' });
  expect(alarmStateOf(story.state, story.state.alarms.get(alarm))).toBe(life);
  return { story, alarm };
}

describe('in every state', () => {
  const lives = Object.keys(ways) as (keyof typeof ways)[];
  const names = Object.keys(acts) as AlarmAct[];

  test.each(lives)(
    '%s, every act of every role ends as the tables of states and of rights say, and in nothing else',
    (life) => {
      for (const act of names) {
        for (const role of roles) {
          const { story, alarm } = brought(life);
          const before = structuredClone(story.state);
          const events = story.asks({ name: 'somebody', role }, acts[act](alarm, story.now));
          const why = may(role, act) ? barred(before, before.alarms.get(alarm), act, story.now) : 'no-right';
          const refused = events.flatMap((event) => (event.kind === 'refused' ? [event.why] : []));
          expect([act, role, ...refused]).toEqual(why ? [act, role, why] : [act, role]);
          expect(events.length > refused.length, `${act} ${role}`).toBe(!why);
          if (why) expect({ ...story.state, seq: 0, at: 0 }).toEqual({ ...before, seq: 0, at: 0 });
        }
      }
    },
  );

  test('the table has a word for every act', () => {
    for (const row of Object.values(table)) {
      expect(Object.keys(row).sort()).toEqual([...names].sort());
      for (const verdict of Object.values(row)) expect(verdict).toMatch(/^[a-z-]+$/);
    }
  });
});
