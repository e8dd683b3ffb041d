/**
 * What a reason claims has to be so, one rule each: an urgent alarm is nothing only for who looked or sent somebody, a walk test
 * was walked, somebody who was there was there, and a cut wire is not over because its zone was disarmed.
 */
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/core/types.ts';
import { guard, head, operator, Story } from './school.ts';

/** Somebody climbed, or a wire was cut; the operator has acknowledged it, and it is over. */
function over(point: 'climb' | 'cut' = 'climb'): { story: Story; alarm: number } {
  const story = new Story();
  story.reads('fence2', { [point]: true });
  const alarm = story.only('raised')[0]!.seq;
  story.asks(operator, { do: 'acknowledge', alarm });
  story.reads('fence2', { [point]: false });
  return { story, alarm };
}
const why = (story: Story, command: Command, by = operator) => {
  const [first] = story.asks(by, command);
  return first?.kind === 'refused' ? first.why : first?.kind;
};

describe('an urgent alarm', () => {
  test('is closed as nothing only by who has looked at its picture, or sent somebody', () => {
    for (const reason of ['B4', 'C1']) {
      const blind = over();
      expect(why(blind.story, { do: 'close', alarm: blind.alarm, reason })).toBe('not-looked');
      expect(why(blind.story, { do: 'dispose', alarm: blind.alarm, reason })).toBe('not-looked');
      expect(why(blind.story, { do: 'close', alarm: blind.alarm, reason }, head)).toBe('not-looked');
      const looked = over();
      expect(why(looked.story, { do: 'look', alarm: looked.alarm })).toBe('looked');
      expect(looked.story.asks(operator, { do: 'look', alarm: looked.alarm })).toEqual([]);
      expect(why(looked.story, { do: 'close', alarm: looked.alarm, reason })).toBe('closed');
      const sent = over();
      sent.story.asks(operator, { do: 'dispatch', alarm: sent.alarm, to: 'li' });
      expect(why(sent.story, { do: 'close', alarm: sent.alarm, reason })).toBe('closed');
    }
  });

  test('is closed as checked only where somebody was there', () => {
    const { story, alarm } = over();
    story.asks(operator, { do: 'dispatch', alarm, to: 'zhang' });
    expect(why(story, { do: 'close', alarm, reason: 'E1' })).toBe('nobody-there');
    story.asks(guard, { do: 'arrive', alarm });
    expect(why(story, { do: 'close', alarm, reason: 'E1' })).toBe('closed');
  });

  test('is closed as a walk test only where and when there was one', () => {
    const { story, alarm } = over();
    const close = { do: 'close', alarm, reason: 'D1' } as const;
    expect(why(story, close)).toBe('no-walk-test');
    story.asks(head, { do: 'walk', zones: ['z1'], minutes: 5 });
    story.asks(head, { do: 'end-walk' });
    expect(why(story, close)).toBe('closed');
  });

  test('that says somebody was really there goes on to the head of security, looked at or not', () => {
    const { story, alarm } = over();
    expect(why(story, { do: 'close', alarm, reason: 'A1' })).toBe('disposed');
    expect(why(story, { do: 'close', alarm, reason: 'A1' }, head)).toBe('closed');
  });
});

test('a wire that is cut is not over because its zone was disarmed; taken out of service by name, it may be closed', () => {
  const story = new Story();
  story.reads('fence2', { cut: true });
  const alarm = story.only('raised')[0]!.seq;
  const { zone } = story.only('raised')[0]!;
  story.asks(operator, { do: 'acknowledge', alarm });
  story.asks(operator, { do: 'dispatch', alarm, to: 'li' });
  story.asks(operator, { do: 'arm-zone', zone: zone!, mode: 'disarmed' });
  expect(story.state.alarms.get(alarm)?.causes).toEqual([]);
  expect(why(story, { do: 'close', alarm, reason: 'B3' })).toBe('still-standing');
  const until = story.now + 3_600_000;
  story.asks(operator, { do: 'arm-zone', zone: zone!, mode: 'out-of-service', reason: '待修', until });
  expect(why(story, { do: 'close', alarm, reason: 'C1' })).toBe('closed');
});

test('what is not urgent is closed as nothing without more', () => {
  const story = new Story();
  story.reads('fence', { tamper: true });
  const alarm = story.only('raised')[0]!.seq;
  story.asks(operator, { do: 'acknowledge', alarm });
  story.reads('fence', { tamper: false });
  expect(why(story, { do: 'close', alarm, reason: 'B5' })).toBe('closed');
});
