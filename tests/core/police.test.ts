/**
 * The one-key police alarm as it is heard beside its own line: a call and how far it is, a press in an announced window, tests that are
 * due.
 */
import { describe, expect, test } from 'vitest';
import { policeDue } from '../../src/core/alarm/police.ts';
import type { Device, Site } from '../../src/core/types.ts';
import { guard, head, minute, operator, Story, school } from './school.ts';

const words = (zh: string) => ({ zh, en: zh });
const line: Device = {
  ...school.devices.io!,
  id: 'police',
  title: words('一键报警'),
  points: {
    called: {
      ...{ key: 'called', title: words('按下'), keep: 'state', type: 'boolean' },
      alarm: { kind: 'police', priority: 1, when: { is: true }, always: true },
    },
    answered: { key: 'answered', title: words('接警'), keep: 'state', type: 'boolean', police: 'answered' },
  },
};
const site: Site = { ...school, devices: { ...school.devices, police: line } };

function desk(): Story {
  const story = new Story();
  story.site = site;
  story.tell({ kind: 'link', device: 'police', up: true, why: words('ok') });
  return story;
}
const presses = (story: Story) => story.reads('police', { called: true });
const releases = (story: Story) => story.reads('police', { called: false });

describe('a press', () => {
  test('is an alarm at once, and how far it is is kept once for each step, by the line or by whoever knows', () => {
    const story = desk();
    presses(story);
    const [alarm] = story.only('raised').filter((one) => one.alarm === 'police');
    expect(alarm).toMatchObject({ priority: 1, device: 'police' });
    story.reads('police', { answered: true });
    expect(story.state.alarms.get(alarm!.seq)!.police).toEqual({ answered: { at: story.now } });
    expect(story.asks(guard, { do: 'police-step', call: alarm!.seq, step: 'answered' })).toMatchObject([
      { why: 'already-said' },
    ]);
    story.asks(guard, { do: 'police-step', call: alarm!.seq, step: 'came' });
    expect(story.asks(guard, { do: 'police-step', call: alarm!.seq, step: 'came' })).toEqual([]);
    expect(story.state.alarms.get(alarm!.seq)!.police).toMatchObject({ came: { by: guard.name } });
  });

  test('an answer without a call says nothing, and steps are of such calls alone', () => {
    const story = desk();
    expect(story.reads('police', { answered: true }).map(({ kind }) => kind)).toEqual(['read']);
    story.reads('fence', { climb: true });
    const { seq } = story.only('raised').at(-1)!;
    expect(story.asks(operator, { do: 'police-step', call: seq, step: 'came' })).toMatchObject([{ why: 'not-police' }]);
  });
});

describe('a test', () => {
  test('is announced by a head, and the first press in its window is no alarm; the second is', () => {
    const story = desk();
    const announce = { do: 'announce-police-test', device: 'police', minutes: 15, reason: '季度测试' } as const;
    expect(story.asks(operator, announce)).toMatchObject([{ why: 'no-right' }]);
    expect(story.asks(head, { ...announce, device: 'fence' })).toMatchObject([{ why: 'unknown-police-line' }]);
    expect(story.asks(head, { ...announce, minutes: 61 })).toMatchObject([{ why: 'too-long' }]);
    expect(story.asks(head, { ...announce, reason: ' ' })).toMatchObject([{ why: 'reason-missing' }]);
    story.asks(head, announce);
    expect(story.asks(head, announce)).toMatchObject([{ why: 'already-announced' }]);
    presses(story);
    releases(story);
    expect(story.only('police-tested')).toMatchObject([{ heard: true, by: head.name }]);
    expect(story.only('raised')).toEqual([]);
    presses(story);
    expect(story.only('raised')).toMatchObject([{ alarm: 'police' }]);
  });

  test('that nobody heard is said until one is heard', () => {
    const story = desk();
    story.asks(head, { do: 'announce-police-test', device: 'police', minutes: 5, reason: '季度测试' });
    story.now += 5 * minute;
    story.tell({ kind: 'tick' });
    expect(story.only('police-tested')).toMatchObject([{ heard: false }]);
    expect(policeDue(site, story.state, story.now)).toMatchObject([{ why: 'not-heard' }]);
    presses(story);
    expect(story.only('raised')).toMatchObject([{ alarm: 'police' }]);
    releases(story);
    story.asks(head, { do: 'announce-police-test', device: 'police', minutes: 5, reason: '再测' });
    presses(story);
    expect(policeDue(site, story.state, story.now)).toEqual([]);
  });

  test('is due after a quarter, also in a school that has never held one', () => {
    const story = desk();
    const day = 24 * 60 * minute;
    expect(policeDue(site, story.state, story.now + 92 * day)).toEqual([]);
    expect(policeDue(site, story.state, story.now + 93 * day)).toMatchObject([{ why: 'overdue', days: 93 }]);
  });
});
