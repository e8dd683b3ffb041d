/**
 * What pages are told of channels and messages: how each channel stands and was tested, who is reached, how far each message about an
 * alarm got, and who has answered; and what of it an installer sees.
 */
import { describe, expect, test } from 'vitest';
import { evolve, pass } from '../../src/core/evolve.ts';
import { encodeState } from '../../src/core/site/feed-codec.ts';
import { maySee, redact } from '../../src/core/site/sight-facts.ts';
import { redactState } from '../../src/core/site/sight-state.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Site, Untaken } from '../../src/core/types.ts';
import { channelCount, channelRows, reachRows } from '../../src/core/view/view-channels.ts';
import { noticesOf, toldPeople, wouldTell } from '../../src/core/view/view-telling.ts';
import { guard, head, minute, monday, operator, Story, school } from './school.ts';

const second = 1_000;
const words = (zh: string) => ({ zh, en: zh });
const site: Site = {
  ...school,
  people: {
    li: { id: 'li', name: '李强', ways: ['phone'], account: guard.name },
    zhang: { id: 'zhang', name: '张伟', ways: ['phone'], quiet: { from: 22 * 60, to: 6 * 60 } },
    old: { id: 'old', name: '老王' },
  },
  ladder: [
    { channel: 'group', afterMs: 0 },
    { channel: 'sms', afterMs: 60 * second },
  ],
  channels: {
    group: { id: 'group', title: words('群'), names: 'phone' },
    sms: { id: 'sms', title: words('短信'), each: 'phone' },
    call: { id: 'call', title: words('电话'), each: 'phone', alarmsOnly: true },
    mail: { id: 'mail', title: words('邮件'), each: 'email' },
  },
  channelTests: { minute: 10 * 60, to: { sms: 'li' } },
  escalation: {
    ...school.escalation,
    1: { steps: [{ afterMs: 0, roles: [], channels: [], people: ['li', 'zhang'] }], repeatMs: 10 * minute },
  },
};

function begun(at = monday + 9 * 60 * minute): Story {
  const story = new Story(at);
  story.site = site;
  return story;
}
/** Everything that is said of how a channel stands. */
const rowOf = (story: Story, id: string) =>
  channelRows(site, story.state, story.now).find(({ channel }) => channel.id === id)!;
const ends = (story: Story, duty: string, untaken?: Untaken) =>
  story.tell({ kind: 'outcome', duty, ok: !untaken, ...(untaken && { untaken, why: words('no') }) });

describe('a channel', () => {
  test('is untested once its test of the day was not taken, and says when it would be tried by itself', () => {
    const story = begun();
    expect(Object.keys(site.channels).map((id) => rowOf(story, id).daily)).toEqual([
      'daily',
      'daily',
      'by-hand',
      'nobody',
    ]);
    story.now = monday + 10 * 60 * minute;
    story.tell({ kind: 'tick' });
    ends(story, 'test/group');
    ends(story, 'test/sms/li', 'refused');
    story.now += 6 * minute;
    expect([rowOf(story, 'group').tested, rowOf(story, 'sms').tested]).toEqual([true, false]);
    expect(rowOf(story, 'sms').test).toMatchObject({ person: 'li', phase: 'failed', today: true, why: words('no') });
    expect(channelCount(site, story.state, story.now)).toEqual({ total: 4, down: 0, untested: 1 });
    // Yesterday's test counts until today's ought to have been over.
    story.now = monday + (24 + 10) * 60 * minute + 4 * minute;
    expect(rowOf(story, 'group')).toMatchObject({ tested: true, test: { today: false } });
    story.now += 2 * minute;
    expect(rowOf(story, 'group').tested).toBe(false);
  });

  test('is down after three messages it did not take, and well after one it did', () => {
    const story = begun();
    for (let i = 0; i < 3; i++) {
      story.asks(head, { do: 'test-channel', channel: 'group' });
      ends(story, 'test/group', 'refused');
      story.now += minute;
    }
    expect(rowOf(story, 'group')).toMatchObject({ works: false, fails: 3 });
    expect(channelCount(site, story.state, story.now)).toMatchObject({ down: 1 });
    story.asks(head, { do: 'test-channel', channel: 'group' });
    ends(story, 'test/group');
    expect(rowOf(story, 'group')).toMatchObject({ works: true, fails: 0 });
  });

  test('nobody has heard of for a minute after a test is said to be unheard of', () => {
    const story = begun();
    story.asks(head, { do: 'test-channel', channel: 'group' });
    expect(rowOf(story, 'group').test).toMatchObject({ phase: 'running', by: head.name });
    story.now += 61 * second;
    expect(rowOf(story, 'group').test?.phase).toBe('unheard');
  });
});

describe('a person', () => {
  test('is proven to be reached once he, or the desk for him, has said that a test arrived', () => {
    const story = begun();
    const li = () => reachRows(site, story.state, story.now).find(({ person }) => person.id === 'li')!;
    expect(li()).toMatchObject({ proven: false, ladder: [{ channel: 'group' }, { channel: 'sms' }] });
    story.asks(head, { do: 'test-channel', channel: 'sms', person: 'li' });
    ends(story, 'test/sms/li');
    expect(li()).toMatchObject({ proven: false });
    story.asks(operator, { do: 'confirm-test', channel: 'sms', person: 'li' });
    expect(li()).toMatchObject({ proven: true });
  });

  test('without an address is marked for each channel that needs it', () => {
    const old = reachRows(site, begun().state, monday).find(({ person }) => person.id === 'old')!;
    expect(old.cells.map(({ has }) => has)).toEqual([false, false, false, false]);
    expect(old.ladder).toEqual([{ channel: 'group', afterMs: 0 }]);
  });
});

test('who would be named and not told is said, and why', () => {
  const lone: Site = { ...site, ladder: [{ channel: 'sms', afterMs: 0 }] };
  const steps = [{ afterMs: 0, roles: [], channels: [], people: ['li', 'zhang', 'old'] }];
  const rested = { ...lone, escalation: { ...lone.escalation, 2: { steps, repeatMs: minute } } };
  const at = monday + 23 * 60 * minute;
  const told = wouldTell(rested, begun(at).state, { priority: 2, kind: 'tamper', zone: 'z1' }, at)!;
  expect(told.steps[0]).toMatchObject({
    tell: [{ channel: 'sms', people: ['li'] }],
    untold: [
      { person: 'zhang', why: 'rests' },
      { person: 'old', why: 'no-way' },
    ],
  });
});

describe('the messages about an alarm', () => {
  test('are each as far as they are, until no try follows', () => {
    const story = begun(monday + 19 * 60 * minute);
    story.reads('fence', { climb: true });
    const alarm = () => [...story.state.alarms.values()][0]!;
    const shown = () => noticesOf(site, story.state, alarm());
    expect(shown().map(({ phase }) => phase)).toEqual(['sending', 'waiting', 'waiting']);
    const [first] = shown();
    ends(story, first!.id, 'refused');
    expect(shown()[0]).toMatchObject({ phase: 'failed', tries: 1, why: words('no') });
    for (let i = 0; i < 400 && shown()[0]!.phase !== 'given-up'; i++) {
      story.now += second;
      story.tell({ kind: 'tick' });
      if (shown()[0]!.phase === 'sending') ends(story, first!.id, 'refused');
    }
    expect(shown()[0]).toMatchObject({ phase: 'given-up', tries: 5 });
  });

  test('may have arrived when nobody has heard of one for longer than a try lasts', () => {
    const story = begun(monday + 19 * 60 * minute);
    story.take({
      ...{ kind: 'raised', key: 'io/1', alarm: 'fault', priority: 3, device: 'io', cause: 'io/1', active: true },
    });
    story.site = { ...site, escalation: { ...site.escalation, 3: site.escalation[1] } };
    story.tell({ kind: 'tick' });
    const first = () => noticesOf(story.site, story.state, [...story.state.alarms.values()][0]!)[0]!;
    expect(first().phase).toBe('sending');
    story.now += 41 * second;
    story.reads('io', { siren: true });
    expect(first().phase).toBe('unknown');
  });

  test('say who was told by name, and who has answered', () => {
    const story = begun(monday + 19 * 60 * minute);
    story.reads('fence', { climb: true });
    const alarm = () => [...story.state.alarms.values()][0]!;
    ends(story, alarm().notices[0]!.id);
    const sentAt = story.now;
    expect(toldPeople(site, alarm())).toEqual([
      { person: 'li', at: sentAt },
      { person: 'zhang', at: sentAt },
    ]);
    story.now += 20 * second;
    // A guard who acknowledges says that he goes.
    story.asks(guard, { do: 'acknowledge', alarm: alarm().id });
    expect(toldPeople(site, alarm())).toMatchObject([
      { person: 'li', answered: { at: story.now, how: 'accepted' } },
      { person: 'zhang' },
    ]);
    expect(toldPeople(site, alarm())[1]).not.toHaveProperty('answered');
  });

  test('that say that somebody took it tell nobody of the alarm', () => {
    const story = begun(monday + 19 * 60 * minute);
    story.reads('fence', { climb: true });
    const alarm = () => [...story.state.alarms.values()][0]!;
    const news = { ...alarm().notices[0]!, id: 'news', people: ['old'], taken: true, sentAt: story.now } as const;
    expect(toldPeople(site, { ...alarm(), notices: [news] })).toEqual([]);
  });

  test('are one where a step names a group and persons in it, and the preview says so', () => {
    const steps = [{ afterMs: 0, roles: [], channels: ['group', 'mail'], people: ['li'] }];
    const both: Site = { ...site, escalation: { ...site.escalation, 1: { steps, repeatMs: minute } } };
    const story = begun(monday + 19 * 60 * minute);
    story.site = both;
    const supposed = wouldTell(both, story.state, { priority: 1, kind: 'climb', zone: 'z1' }, story.now)!.steps[0]!;
    expect([supposed.channels, supposed.tell.map(({ channel }) => channel)]).toEqual([['mail'], ['group', 'sms']]);
    story.reads('fence', { climb: true });
    expect(story.only('escalated')[0]).toMatchObject({ channels: supposed.channels, tell: supposed.tell });
  });

  test('of a P3 that were on their way when the gateway ended may have arrived, and are not sent again', () => {
    const story = begun(monday + 19 * 60 * minute);
    story.site = { ...site, ladder: [{ channel: 'group', afterMs: 0 }] };
    story.site = { ...story.site, escalation: { ...site.escalation, 3: site.escalation[1] } };
    story.take({
      ...{ kind: 'raised', key: 'io/1', alarm: 'fault', priority: 3, device: 'io', cause: 'io/1', active: true },
    });
    story.tell({ kind: 'tick' });
    story.tell({ kind: 'started', version: 'test', config: 'test' });
    for (let i = 0; i < 60; i++) {
      story.now += second;
      story.tell({ kind: 'tick' });
    }
    expect(story.only('sending')).toHaveLength(1);
    const alarm = [...story.state.alarms.values()][0]!;
    expect(noticesOf(story.site, story.state, alarm).map(({ phase }) => phase)).toEqual(['unknown']);
  });
});

test('an installer sees that a single person was tried, not who, and the same live as when he connects', () => {
  const story = begun();
  const state = emptyState();
  const follow = () => {
    for (const event of story.events) {
      if (maySee('integrator', event)) evolve(state, redact('integrator', site, event));
      else pass(state, event.seq);
    }
  };
  story.asks(head, { do: 'test-channel', channel: 'sms', person: 'zhang' });
  story.asks(head, { do: 'test-channel', channel: 'group' });
  ends(story, 'test/sms/zhang');
  ends(story, 'test/group');
  follow();
  const shown = redactState('integrator', site, encodeState(story.state)).channelTests;
  expect(shown.map(([key]) => key)).toEqual(['sms/—', 'group']);
  expect(JSON.stringify(shown)).not.toContain('zhang');
  expect([...state.channelTests]).toEqual(shown);
});
