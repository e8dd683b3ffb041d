/**
 * Watch that people took away: what is told to heads, that nobody else learns of it, and what is ordinary work and told to nobody.
 */
import { expect, test } from 'vitest';
import { maySee } from '../../src/core/site/sight-facts.ts';
import type { Site } from '../../src/core/types.ts';
import { head, minute, monday, operator, Story, school } from './school.ts';

const hour = 60 * minute;
const words = (zh: string) => ({ zh, en: zh });
const zone = (n: number) => ({ id: `z${n}`, number: n, title: words(`${n}`), path: [], schedule: 'nights' });
const site: Site = { ...school, zones: { ...school.zones, z3: zone(3), z4: zone(4), z5: zone(5) } };

function at(hours: number): Story {
  const story = new Story(monday + hours * hour);
  story.site = site;
  story.tell({ kind: 'tick' });
  return story;
}

function bypass(story: Story, ...zones: string[]): void {
  for (const id of zones)
    story.asks(operator, { do: 'arm-zone', zone: id, mode: 'inhibited', reason: '修剪', until: story.now + 2 * hour });
  story.now += 1_000;
  story.tell({ kind: 'tick' });
}

const told = (story: Story) => story.only('raised').filter(({ alarm }) => alarm === 'unwatched');

test('one or two zones bypassed by day are told to nobody, a third is', () => {
  const story = at(10);
  bypass(story, 'z3', 'z4');
  expect(told(story)).toEqual([]);
  bypass(story, 'z5');
  expect(told(story)).toMatchObject([{ covert: true, why: { zh: '3 个防区旁路或停用：3、4、5区，wang' } }]);
});

test('one zone taken out of watch at night against its plan is told at once, to heads alone', () => {
  const story = at(23);
  bypass(story, 'z3');
  const [raised] = told(story);
  expect(raised).toMatchObject({ why: { zh: '夜间撤防：3区，wang' } });
  expect([maySee('head', raised!), maySee('operator', raised!), maySee('guard', raised!)]).toEqual([
    true,
    false,
    false,
  ]);
  expect(story.asks(operator, { do: 'acknowledge', alarm: raised!.seq })).toMatchObject([
    { kind: 'refused', why: 'unknown-alarm' },
  ]);
});

test('disarming by hand at night is told, and by the plan in the morning is not', () => {
  const story = at(23);
  story.asks(operator, { do: 'arm-zone', zone: 'z3', mode: 'disarmed' });
  story.tell({ kind: 'tick' });
  expect(told(story)).toHaveLength(1);
  const morning = at(5);
  for (let i = 0; i < 120; i++) {
    morning.now += minute;
    morning.tell({ kind: 'tick' });
  }
  expect(told(morning)).toEqual([]);
});

test('a zone that was left out by day stays untold by night', () => {
  const story = at(20);
  story.asks(operator, {
    do: 'arm-zone',
    zone: 'z3',
    mode: 'out-of-service',
    reason: '更换',
    until: story.now + 48 * hour,
  });
  for (let i = 0; i < 12; i++) {
    story.now += 30 * minute;
    story.tell({ kind: 'tick' });
  }
  expect(told(story)).toEqual([]);
});

test('it is over when the zones watch again, stays until a head has seen it, and a second night is told anew', () => {
  const story = at(23);
  bypass(story, 'z3');
  const alarm = told(story)[0]!.seq;
  story.asks(operator, { do: 'arm-zone', zone: 'z3', mode: 'armed' });
  story.now += 1_000;
  story.tell({ kind: 'tick' });
  expect(story.only('returned-to-normal')).toMatchObject([{ alarm }]);
  expect(story.state.alarms.get(alarm)).toBeDefined();
  story.asks(head, { do: 'acknowledge', alarm });
  bypass(story, 'z4');
  expect(story.only('repeated').filter((one) => one.alarm === alarm)).toHaveLength(1);
});

test('two persons in one moment are one alarm, and nothing of it is for other eyes', () => {
  const story = at(23);
  story.asks(operator, { do: 'arm-zone', zone: 'z3', mode: 'disarmed' });
  story.now += 1_000;
  story.asks(head, { do: 'arm-zone', zone: 'z4', mode: 'disarmed' });
  const events = story.tell({ kind: 'tick' });
  expect(events.map(({ kind }) => kind)).toEqual(['raised', 'repeated']);
  for (const event of events) expect(maySee('operator', event)).toBe(false);
});

test('a fourth zone left out is told anew, and one given back is not', () => {
  const story = at(10);
  bypass(story, 'z1', 'z3', 'z4');
  story.asks(head, { do: 'acknowledge', alarm: told(story)[0]!.seq });
  bypass(story, 'z5');
  expect(story.only('repeated')).toHaveLength(1);
  story.asks(operator, { do: 'arm-zone', zone: 'z5', mode: 'armed' });
  story.now += 1_000;
  expect(story.tell({ kind: 'tick' }).filter(({ kind }) => kind === 'repeated')).toEqual([]);
});

test('what was disarmed before the night and stays so is told when the night begins', () => {
  const story = at(21);
  story.asks(operator, { do: 'arm-zone', zone: 'z3', mode: 'disarmed' });
  story.tell({ kind: 'tick' });
  expect(told(story)).toEqual([]);
  story.now += 61 * minute;
  story.tell({ kind: 'tick' });
  expect(told(story)).toHaveLength(1);
});
