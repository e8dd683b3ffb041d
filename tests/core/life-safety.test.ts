/** Fire and gas: what must never make them wait, be put aside or be told within something else. */
import { expect, test } from 'vitest';
import { shelvable } from '../../src/core/alarm/shelving.ts';
import { heard } from '../../src/core/alarm/sounding.ts';
import type { Alarm, Site } from '../../src/core/types.ts';
import { wallAlarms } from '../../src/core/view/view.ts';
import { incidents } from '../../src/core/view/view-incidents.ts';
import { canteen } from './cold-store.ts';
import { ring } from './ring.ts';
import { minute, monday, operator, Story } from './school.ts';

const step = { afterMs: 10_000, roles: ['operator'], channels: ['horn'] } as const;
const chain = { steps: [step], repeatMs: 60_000 };
/** The long fence of the flood, with the canteen's sensors and one channel for all. */
const site: Site = {
  ...ring,
  devices: { ...ring.devices, gas: canteen.devices.gas!, panel: canteen.devices.panel! },
  channels: { horn: { id: 'horn', title: { zh: '喇叭', en: 'Horn' }, kind: 'horn' } },
  escalation: { ...ring.escalation, 1: chain, 2: chain, 3: chain },
};

function day(): Story {
  const story = new Story(monday + 12 * 60 * minute);
  story.site = site;
  return story;
}

function flooded(): Story {
  const story = day();
  for (let n = 0; n < 12; n++) story.reads(`m${n + 1}`, { tamper: true });
  expect(story.state.flood).toBeDefined();
  return story;
}

const of = (story: Story, kind: Alarm['kind']): Alarm =>
  [...story.state.alarms.values()].find((one) => one.kind === kind)!;

test('neither is shelved, however often it chatters', () => {
  const story = day();
  story.reads('gas', { level: 12 });
  story.reads('panel', { fire: true });
  for (const kind of ['fire', 'gas'] as const) expect(shelvable(site, story.state, of(story, kind))).toBe(false);
  const ask = { do: 'shelve', alarm: of(story, 'gas').id, reason: '吵', until: story.now + 10 * minute } as const;
  expect(story.asks(operator, ask)).toMatchObject([{ kind: 'refused' }]);
});

test('in a flood both stand on the wall, are apart from what else there is, and are told by a message of their own', () => {
  const story = flooded();
  story.now += 1000;
  story.reads('gas', { level: 12 });
  story.reads('panel', { fire: true });
  const shown = wallAlarms(story.state).map(({ kind }) => kind);
  expect(shown[0]).toBe('fire');
  expect(shown).toContain('gas');
  expect(incidents(story.state).find(({ alarms }) => alarms[0].kind === 'fire')?.alarms).toHaveLength(1);
  story.now += 11_000;
  story.tell({ kind: 'tick' });
  const told = story.only('escalated').filter(({ channels }) => channels.includes('horn'));
  expect(told.map(({ alarm }) => alarm)).toEqual(expect.arrayContaining([of(story, 'fire').id, of(story, 'gas').id]));
});

test('a fire that comes while the sounder is silenced is heard', () => {
  const story = flooded();
  story.asks(operator, { do: 'silence' });
  story.now += 1000;
  story.reads('panel', { fire: true });
  expect(heard(story.state, [...story.state.alarms.values()], story.now).map(({ kind }) => kind)).toContain('fire');
});

test('a fire is raised however the school is armed, and a contact that chatters is one alarm that stays', () => {
  const story = day();
  for (let n = 0; n < 20; n++) story.reads('panel', { fire: n % 2 === 0 });
  expect(story.only('raised').filter(({ alarm }) => alarm === 'fire')).toHaveLength(1);
  expect(of(story, 'fire')).toMatchObject({ priority: 1, causes: [] });
});

test('that part of the panel is disabled is said, and is no fire', () => {
  const story = day();
  story.reads('panel', { disabled: true });
  expect(story.only('raised')).toMatchObject([{ alarm: 'fault', priority: 3 }]);
});
