/**
 * What is decided and what is folded hold each other to their word: a fact that contradicts State is not drafted, and an
 * event that contradicts it is not folded, whoever wrote it.
 */
import { describe, expect, test } from 'vitest';
import { Contradiction } from '../../src/core/assert.ts';
import { Draft } from '../../src/core/draft.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Event, Fact } from '../../src/core/types.ts';
import { operator, Story, school } from './school.ts';

const raised = (key: string): Fact => ({
  kind: 'raised',
  key,
  alarm: 'climb',
  priority: 1,
  device: 'fence',
  cause: 'fence/climb',
  active: false,
});
const closed = (alarm: number): Fact => ({ kind: 'closed', alarm, by: 'wang', reason: 'D1' });

/** A story in which z1 was climbed, and the alarm of it. */
function climbed() {
  const story = new Story();
  story.reads('fence', { climb: true });
  const [alarm = 0] = [...story.state.alarms.keys()];
  const draft = (...facts: Fact[]) => {
    const one = new Draft(school, story.state, story.now, story.now);
    for (const fact of facts) one.add(fact);
    return one.events;
  };
  const fold = (fact: Fact, more: Partial<Event> = {}) =>
    evolve(story.state, { ...fact, seq: story.state.seq + 1, at: story.state.at, ...more } as Event);
  return { story, alarm, draft, fold };
}

describe('a draft', () => {
  test.each<[what: string, facts: (alarm: number) => Fact[]]>([
    ['an alarm of a key that is open', () => [raised('z1/climb')]],
    ['two alarms of one key', () => [raised('z2/cut'), raised('z2/cut')]],
    ['a word about an alarm that is not open', () => [{ kind: 'acknowledged', alarm: 999, by: 'wang' }]],
    ['the end of an alarm nobody acknowledged', (alarm) => [closed(alarm)]],
    ['the end of a shelf there is not', () => [{ kind: 'unshelved', key: 'z1/climb', by: 'wang', why: 'hand' }]],
    ['the end of a flood there is not', () => [{ kind: 'flooded', on: false, count: 1 }]],
  ])('does not take %s', (_what, facts) => {
    const { alarm, draft } = climbed();
    expect(() => draft(...facts(alarm))).toThrow(Contradiction);
  });

  test('takes a word about an alarm it has raised itself, and none about one it has closed', () => {
    const { story, alarm, draft } = climbed();
    const [first] = draft(raised('z2/cut'));
    const note = (id: number): Fact => ({ kind: 'noted', alarm: id, by: 'wang', text: 'seen' });
    expect(draft(raised('z2/cut'), note(first!.seq)).map(({ kind }) => kind)).toEqual(['raised', 'noted']);
    story.asks(operator, { do: 'acknowledge', alarm });
    expect(draft(note(alarm), closed(alarm)).map(({ kind }) => kind)).toEqual(['noted', 'closed']);
    expect(() => draft(closed(alarm), note(alarm))).toThrow(Contradiction);
  });

  test('does not put aside what is put aside already', () => {
    const { story, draft } = climbed();
    story.reads('cam', { masked: true });
    const [alarm] = [...story.state.alarms.values()].filter(({ priority }) => priority > 1);
    const until = story.now + 60_000;
    const shelved: Fact = { kind: 'shelved', key: alarm!.key, alarm: alarm!.id, by: 'wang', reason: 'rain', until };
    story.take(shelved);
    expect(() => draft(shelved)).toThrow(Contradiction);
  });
});

describe('the fold', () => {
  test.each<[what: string, fact: (alarm: number) => Fact, more?: Partial<Event>]>([
    ['a number that was left out', () => closed(1), { seq: 999 }],
    ['time that runs back', () => ({ kind: 'lost', line: 'bus', reason: 'x', count: 1 }), { at: 1 }],
    ['an alarm of a key that is open', () => raised('z1/climb')],
    ['a word about an alarm that is not open', () => ({ kind: 'acknowledged', alarm: 999, by: 'wang' })],
  ])('does not take %s', (_what, fact, more = {}) => {
    const { alarm, fold } = climbed();
    expect(() => fold(fact(alarm), more)).toThrow(Contradiction);
  });

  test('takes the end of an alarm nobody acknowledged: whether that may be is a rule, and rules change between versions', () => {
    const { story, alarm, fold } = climbed();
    fold(closed(alarm));
    expect(story.state.alarms.size).toBe(0);
  });

  test('takes events of devices, zones and rounds it has never heard of', () => {
    const { fold, story } = climbed();
    fold({ kind: 'linked', device: 'nobody', up: true, why: { zh: '', en: '' } });
    fold({ kind: 'zone-armed', zone: 'nowhere', mode: 'armed', by: 'wang' });
    fold({ kind: 'checked', round: 'never', checkpoint: 'p', verdict: 'missed' });
    expect(story.state.devices.get('nobody')?.up).toBe(true);
  });
});
