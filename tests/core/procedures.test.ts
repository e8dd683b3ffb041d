/**
 * Procedures: the way through the steps that the answers make, what counts as an answer, and that nothing waits for it.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { courseOf } from '../../src/core/alarm/procedures.ts';
import type { Command, ProcedureStep, Site, Value } from '../../src/core/types.ts';
import { guard, operator, Story, school } from './school.ts';

/** A story in which somebody climbs, and how its procedure stands. */
function climbed() {
  const story = new Story();
  story.reads('fence', { climb: true });
  const alarm = story.only('raised')[0]!.seq;
  const answer = (step: number, more: { value?: Value; skip?: string }, by = operator) =>
    story.asks(by, { do: 'answer', alarm, step, ...more });
  const phases = () => courseOf(story.site, story.state.alarms.get(alarm)!)?.steps.map(({ phase }) => phase);
  return { story, alarm, answer, phases };
}

describe('a procedure', () => {
  test('goes on with the step that follows, or the one its answer leads to', () => {
    const yes = climbed();
    expect(yes.phases()).toEqual(['next', 'ahead', 'ahead', 'ahead']);
    yes.answer(0, { value: true });
    expect(yes.phases()).toEqual(['answered', 'next', 'ahead', 'ahead']);
    const no = climbed();
    no.answer(0, { value: false });
    expect(no.phases()).toEqual(['answered', 'aside', 'aside', 'next']);
  });

  test('is through when its last step is answered, and keeps who answered what and when', () => {
    const { story, alarm, answer, phases } = climbed();
    answer(0, { value: false });
    story.now += 5_000;
    answer(3, {}, guard);
    expect(phases()).toEqual(['answered', 'aside', 'aside', 'answered']);
    expect(courseOf(story.site, story.state.alarms.get(alarm)!)?.next).toBeUndefined();
    expect(story.state.alarms.get(alarm)).toMatchObject({
      procedure: 'fence',
      answers: [
        { step: 0, value: false, by: 'wang' },
        { step: 3, value: true, by: 'zhang', at: story.now },
      ],
    });
  });

  test('lets a step be passed over, with a reason where it must be answered, and then goes on with the one behind it', () => {
    const { answer, phases } = climbed();
    expect(answer(0, { skip: ' ' })).toMatchObject([{ why: 'reason-missing' }]);
    answer(0, { skip: '没有摄像头' });
    answer(1, { skip: '' });
    expect(phases()).toEqual(['skipped', 'skipped', 'next', 'ahead']);
  });

  test('sends whoever it is told will go, and knows who was sent already', () => {
    const asked = (order: 'named' | 'sent' | 'guard') => {
      const { story, alarm, answer } = climbed();
      const usual = school.procedures.fence!;
      const who: ProcedureStep = { ask: { zh: '派谁去？', en: 'Who goes?' }, answer: 'person' };
      story.site = { ...school, procedures: { fence: { ...usual, steps: [who, ...usual.steps] } } };
      if (order === 'sent') story.asks(operator, { do: 'dispatch', alarm, to: 'li' });
      else answer(0, { value: 'li' }, order === 'guard' ? guard : operator);
      const { dispatched, answers } = story.state.alarms.get(alarm)!;
      return { to: dispatched?.to, named: answers.map(({ step, value }) => [step, value]) };
    };
    expect(asked('named')).toEqual({ to: 'li', named: [[0, 'li']] });
    expect(asked('sent')).toEqual({ to: 'li', named: [[0, 'li']] });
    // A guard may say who goes, and send nobody.
    expect(asked('guard')).toEqual({ to: undefined, named: [[0, 'li']] });
  });

  test('is not there for a kind the site has none for', () => {
    const { story } = climbed();
    story.reads('io', { sos: true });
    const alarm = story.only('raised')[1]!.seq;
    expect(courseOf(story.site, story.state.alarms.get(alarm)!)).toBeUndefined();
    expect(story.asks(operator, { do: 'answer', alarm, step: 0, value: true })).toMatchObject([
      { why: 'unknown-step' },
    ]);
  });

  test('for devices of one family goes before the one for all, and is no other family’s', () => {
    const { story, alarm } = climbed();
    const usual = school.procedures.fence!;
    const of = (family: 'fence' | 'camera') => ({ ...usual, id: family, family });
    const chosen = (...procedures: (typeof usual)[]) => {
      story.site = { ...school, procedures: Object.fromEntries(procedures.map((one) => [one.id, one])) };
      return courseOf(story.site, story.state.alarms.get(alarm)!)?.procedure.id;
    };
    const all = { ...usual, id: 'all' };
    expect(chosen(all, of('camera'), of('fence'))).toBe('fence');
    expect(chosen(of('camera'), all)).toBe('all');
    expect(chosen(of('camera'))).toBeUndefined();
  });

  test('stays the one that was begun when another becomes the one for the kind', () => {
    const { story, alarm, answer } = climbed();
    answer(0, { value: true });
    const other = { ...school.procedures.fence!, id: 'a-new-one', steps: [] };
    story.site = { ...school, procedures: { 'a-new-one': other, ...school.procedures } };
    expect(courseOf(story.site, story.state.alarms.get(alarm)!)?.procedure.id).toBe('fence');
  });

  test('never keeps anybody from acknowledging, sending and closing', () => {
    const { story, alarm } = climbed();
    const rest: Command[] = [
      { do: 'dispatch', alarm, to: 'li' },
      { do: 'acknowledge', alarm },
      { do: 'close', alarm, reason: 'B4' },
    ];
    story.reads('fence', { climb: false });
    for (const command of rest) expect(story.asks(operator, command)).not.toMatchObject([{ kind: 'refused' }]);
    expect(story.state.alarms.size).toBe(0);
  });
});

describe('an answer', () => {
  test.each([
    [0, { value: 'yes' }, 'wrong-answer'],
    [0, {}, 'wrong-answer'],
    [0, { value: true, skip: 'x' }, 'wrong-answer'],
    [2, { value: 3 }, 'unknown-step'],
    [9, { value: true }, 'unknown-step'],
  ] as const)('to step %i with %j is refused as %s', (step, more, why) => {
    const { answer, phases } = climbed();
    expect(answer(step, more)).toMatchObject([{ kind: 'refused', why }]);
    expect(phases()).toEqual(['next', 'ahead', 'ahead', 'ahead']);
  });

  test('names a person of the site, or a number, where that is asked', () => {
    const { answer } = climbed();
    answer(0, { value: true });
    expect(answer(1, { value: 'nobody' })).toMatchObject([{ why: 'unknown-person' }]);
    expect(answer(1, { value: 7 })).toMatchObject([{ why: 'wrong-answer' }]);
    expect(answer(1, { value: 'li' })).toMatchObject([{ kind: 'answered' }, { kind: 'dispatched' }]);
    expect(answer(2, { value: Number.NaN })).toMatchObject([{ why: 'wrong-answer' }]);
    expect(answer(2, { value: 2 })).toMatchObject([{ kind: 'answered', value: 2 }]);
    expect(answer(3, { value: false })).toMatchObject([{ why: 'wrong-answer' }]);
  });

  test('given twice by the same person is given once, and a second person learns who was first', () => {
    const { answer } = climbed();
    answer(0, { value: true });
    expect(answer(0, { value: true })).toEqual([]);
    expect(answer(0, { value: false }, guard)).toMatchObject([{ why: 'already-answered', first: { by: 'wang' } }]);
  });
});

test('whatever the steps say, a procedure comes to an end and has at most one step that is next', () => {
  const step: fc.Arbitrary<ProcedureStep> = fc.record({
    ask: fc.constant({ zh: '问', en: 'ask' }),
    answer: fc.constant('yes-no' as const),
    next: fc.record(
      { yes: fc.oneof(fc.nat(8), fc.constant('end' as const)), no: fc.oneof(fc.nat(8), fc.constant('end' as const)) },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Record<string, number | 'end'>>,
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 6 }),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      (steps, says) => {
        const { story, alarm, answer } = climbed();
        const procedure = { ...school.procedures.fence!, steps };
        story.site = { ...school, procedures: { fence: procedure } } satisfies Site;
        for (const value of says) {
          const course = courseOf(story.site, story.state.alarms.get(alarm)!)!;
          expect(course.steps.filter(({ phase }) => phase === 'next')).toHaveLength(course.next === undefined ? 0 : 1);
          if (course.next === undefined) return;
          expect(answer(course.next, { value })).toMatchObject([{ kind: 'answered' }]);
        }
        expect.unreachable('more answers than steps');
      },
    ),
  );
});
