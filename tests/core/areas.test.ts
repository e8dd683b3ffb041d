/**
 * Areas: away, stay and unset, by schedule and by hand, with time to leave and time to come in. Every case is an instant
 * of a school week.
 */
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { AreaMode } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { guard, minute, operator } from './school.ts';
import { at, site, YardStory, yard } from './yard.ts';

const set = (mode: AreaMode) => ({ do: 'arm-area', area: 'yard', mode }) as const;
const day = ['disarmed', 'disarmed', 'armed', 'disarmed'];
const night = ['armed', 'armed', 'armed', 'armed'];

describe('an area', () => {
  test('follows its schedule, and its zones follow it; a zone outside goes its own way', () => {
    const story = new YardStory(at(14));
    expect(story.modes()).toEqual(day);
    expect(story.tick(at(17, 59))).toEqual([]);
    story.tick(at(18));
    expect(story.state.areas.get('yard')).toMatchObject({ mode: 'away', by: 'schedule', edge: at(18) });
    expect(story.modes()).toEqual(night);
    expect(story.only('zone-armed').map(({ zone }) => zone)).toEqual(['z1', 'z2', 'z3', 'z9']);
    story.tick(at(23));
    expect(story.only('area-armed')).toHaveLength(1);
  });

  test('set to stay arms only its stay zones, and the 24-hour zone as ever', () => {
    const story = new YardStory(at(9));
    story.orders(set('stay'));
    expect(story.modes()).toEqual(['armed', 'disarmed', 'armed', 'disarmed']);
    expect(story.state.areas.get('yard')).toEqual({ mode: 'stay', by: 'wang', at: at(9), edge: at(6) });
  });

  test('set or unset by hand stays so until the schedule’s next edge', () => {
    const story = new YardStory(at(19));
    story.orders(set('disarmed'));
    expect(story.modes()).toEqual(['disarmed', 'disarmed', 'armed', 'armed']);
    story.tick(at(29, 59));
    expect(story.only('area-armed')).toHaveLength(1);
    story.tick(at(36));
    expect(story.state.areas.get('yard')).toMatchObject({ mode: 'away', by: 'schedule' });
    expect(story.modes()).toEqual(night);
  });

  test('unset by hand takes no zone that somebody armed with it at its next edge, while the clock was only just set', () => {
    const story = new YardStory(at(29));
    story.orders(set('disarmed'));
    story.orders({ do: 'arm-zone', zone: 'z1', mode: 'armed' });
    story.setsClock(59 * minute);
    story.tick(at(30));
    story.tick(at(30, 8));
    expect(story.modes()[0]).toBe('armed');
    story.tick(at(30, 9));
    expect(story.modes()[0]).toBe('disarmed');
  });

  test('may be set by a schedule to stay', () => {
    const nights = { id: 'nights', armed: [{ days: [1], from: 18 * 60, to: 22 * 60, mode: 'stay' as const }] };
    const story = new YardStory(at(19), { ...site, schedules: { nights } });
    expect(story.modes()).toEqual(['armed', 'disarmed', 'armed', 'armed']);
  });

  test('leaves alone a zone that somebody has left out, which then returns to how the area stands', () => {
    const story = new YardStory(at(17));
    story.orders({ do: 'arm-zone', zone: 'z1', mode: 'inhibited', reason: 'works', until: at(19) });
    story.tick(at(18));
    expect(story.modes()).toEqual(['inhibited', 'armed', 'armed', 'armed']);
    story.orders(set('disarmed'));
    story.tick(at(19));
    expect(story.mode('z1')).toBe('disarmed');
    story.orders({ do: 'arm-zone', zone: 'z1', mode: 'out-of-service', reason: 'torn down', until: at(40) });
    story.tick(at(36));
    expect(story.modes()).toEqual(['out-of-service', 'armed', 'armed', 'armed']);
    story.tick(at(40));
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'disarmed', by: 'schedule' });
  });

  test('has a hand on one of its zones until the next edge', () => {
    const story = new YardStory(at(9));
    story.orders({ do: 'arm-zone', zone: 'z1', mode: 'armed' });
    story.tick(at(11, 59));
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'armed', by: 'wang' });
    story.tick(at(12));
    story.tick(at(13));
    expect(story.modes()).toEqual(day);
  });

  test('without a schedule is away until a person unsets it, and then for good', () => {
    const { schedule: _none, ...bare } = yard;
    const story = new YardStory(at(9), { ...site, areas: { yard: bare } });
    expect(story.modes()).toEqual(['armed', 'armed', 'armed', 'disarmed']);
    story.orders(set('disarmed'));
    story.tick(at(24 * 9));
    expect(story.modes()).toEqual(['disarmed', 'disarmed', 'armed', 'armed']);
  });

  test.each([
    ['guard', guard, set('disarmed'), 'no-right'],
    ['operator', operator, { ...set('away'), area: 'moon' }, 'unknown-area'],
    ['operator', operator, { ...set('away'), area: '__proto__' }, 'unknown-area'],
  ] as const)('refuses the %s %j %j: %s', (_who, by, command, why) => {
    expect(new YardStory(at(9)).orders(command, by)).toMatchObject([{ kind: 'refused', why }]);
  });
});

describe('setting an area with an open zone', () => {
  test('is refused to a person with the list, and a bypass makes it possible', () => {
    const story = new YardStory(at(9));
    story.reads('fence', { climb: true });
    story.tell({ kind: 'link', device: 'safe', up: false, why: untranslated('cut') });
    expect(story.orders(set('away'))).toMatchObject([{ kind: 'refused', why: 'zone-open', open: ['z1', 'z3'] }]);
    expect(story.orders(set('stay'))).toMatchObject([{ open: ['z1', 'z3'] }]);
    expect(story.modes()).toEqual(day);
    for (const zone of ['z1', 'z3'])
      story.orders({ do: 'arm-zone', zone, mode: 'inhibited', reason: 'works', until: at(12) });
    expect(story.orders(set('stay'))).toMatchObject([{ kind: 'area-armed' }, { kind: 'zone-armed', zone: 'z2' }]);
  });

  test('is refused also for a 24-hour zone on the way out, which waits for nobody', () => {
    const z3 = { ...site.zones.z3!, entry: true };
    const story = new YardStory(at(9), { ...site, zones: { ...site.zones, z3 } });
    story.tell({ kind: 'link', device: 'safe', up: false, why: untranslated('cut') });
    expect(story.orders(set('away'))).toMatchObject([{ why: 'zone-open', open: ['z3'] }]);
  });

  test('does not hold back the schedule, and raises at once', () => {
    const story = new YardStory(at(17, 59));
    story.reads('fence', { climb: true });
    story.tick(at(18));
    expect(story.modes()).toEqual(night);
    expect(story.only('raised')).toMatchObject([{ key: 'z1/climb' }]);
  });

  test('is never refused for unsetting', () => {
    const story = new YardStory(at(19));
    story.reads('fence', { climb: true });
    expect(story.orders(set('disarmed')).map(({ kind }) => kind)).not.toContain('refused');
  });
});

describe('the way out', () => {
  test('is open until the exit delay ends, then every zone is armed', () => {
    const story = new YardStory(at(9));
    expect(story.orders(set('away'))).toMatchObject([
      { kind: 'area-armed', mode: 'away', exitUntil: at(9, 1) },
      { kind: 'zone-armed', zone: 'z3' },
    ]);
    expect(story.modes()).toEqual(day);
    story.reads('gate', { beam: true });
    story.reads('fence2', { cut: true });
    expect(story.tick(at(9, 0, 59))).toEqual([]);
    story.reads('fence2', { cut: false });
    story.tick(at(9, 1));
    expect(story.modes()).toEqual(['armed', 'armed', 'armed', 'disarmed']);
    expect(story.state.areas.get('yard')).toEqual({ mode: 'away', by: 'wang', at: at(9, 1), edge: at(6) });
    expect(story.only('raised')).toEqual([]);
  });

  test('lets a person leave by a gate that stands open, and raises when it still does at the end', () => {
    const story = new YardStory(at(9));
    story.reads('fence2', { cut: true });
    expect(story.orders(set('away'))[0]).toMatchObject({ kind: 'area-armed' });
    story.tick(at(9, 1));
    expect(story.only('raised')).toMatchObject([{ key: 'z2/cut', active: true, at: at(9, 1) }]);
    expect(story.state.entryTimers.size).toBe(0);
  });

  test('opens the gate of an area that was set to stay, and leaves its wall armed', () => {
    const stay = { ...yard, stay: ['z1', 'z2'] };
    const story = new YardStory(at(9), { ...site, areas: { yard: stay } });
    story.orders(set('stay'));
    story.orders(set('away'));
    expect(story.modes()).toEqual(['armed', 'disarmed', 'armed', 'disarmed']);
    story.reads('gate', { beam: true });
    story.tick(at(9, 1));
    expect(story.modes()).toEqual(['armed', 'armed', 'armed', 'disarmed']);
    expect(story.only('raised')).toEqual([]);
  });

  test('is not made longer by setting again, and is over when the area is unset', () => {
    const story = new YardStory(at(9));
    story.orders(set('away'));
    story.now = at(9, 0, 40);
    expect(story.orders(set('away'))[0]).toMatchObject({ exitUntil: at(9, 1) });
    story.orders(set('disarmed'));
    story.tick(at(9, 2));
    expect(story.modes()).toEqual(day);
    story.orders(set('away'));
    story.tick(at(9, 3));
    story.now = at(9, 4);
    expect(story.orders(set('away'))[0]).not.toHaveProperty('exitUntil');
  });

  test('is not cut short by the schedule that sets the same meanwhile, only by one that sets another', () => {
    const story = new YardStory(at(17, 59, 30));
    story.orders(set('away'));
    expect(story.tick(at(18))).toMatchObject([{ kind: 'zone-armed', zone: 'z9' }]);
    story.reads('gate', { beam: true });
    story.tick(at(18, 0, 30));
    expect(story.modes()).toEqual(night);
    expect(story.state.areas.get('yard')).toMatchObject({ mode: 'away', by: 'schedule', edge: at(18) });
    expect(story.only('entry-started')).toEqual([]);
    story.orders(set('disarmed'));
    story.tick(at(29, 59, 30));
    story.orders(set('away'));
    story.tick(at(30));
    expect(story.modes()).toEqual(day);
  });

  test('is given only where there is one: setting again what is set asks whether the gate is open', () => {
    const story = new YardStory(at(19));
    story.orders({ do: 'arm-zone', zone: 'z2', mode: 'disarmed' });
    story.reads('fence2', { cut: true });
    expect(story.orders(set('away'))).toMatchObject([{ kind: 'refused', why: 'zone-open', open: ['z2'] }]);
  });

  test('holds back no 24-hour zone whose bypass ends meanwhile', () => {
    const story = new YardStory(at(9));
    story.orders({ do: 'arm-zone', zone: 'z3', mode: 'inhibited', reason: 'works', until: at(9, 0, 30) });
    story.orders(set('away'));
    story.tick(at(9, 0, 30));
    expect(story.mode('z3')).toBe('armed');
  });

  test('goes on after a restart', () => {
    const story = new YardStory(at(9));
    story.orders(set('away'));
    story.tell({ kind: 'started', version: 'next', config: 'yard' });
    story.tick(at(9, 1));
    expect(story.mode('z1')).toBe('armed');
  });
});

describe('the way in', () => {
  test('holds a touch of the gate for the entry delay, and unsetting by then drops it with that fact', () => {
    const story = new YardStory(at(19));
    const [read, entered] = story.reads('gate', { beam: true });
    expect(read).toMatchObject({ kind: 'read' });
    const held = { key: 'z2/intrusion', device: 'gate', cause: 'gate/beam', active: false, zone: 'z2' };
    expect(entered).toMatchObject({ kind: 'entry-started', area: 'yard', until: at(19, 0, 30), held });
    story.tick(at(19, 0, 29));
    story.orders(set('disarmed'));
    story.tick(at(19, 1));
    expect(story.only('raised')).toEqual([]);
    expect(story.state.entryTimers.size).toBe(0);
  });

  test('raises what it held when nobody unset the area, with the time of the touch', () => {
    const story = new YardStory(at(19));
    story.reads('fence2', { cut: true }, { sourceTime: at(18, 59, 58) });
    story.now = at(19, 0, 10);
    story.reads('gate', { beam: true });
    expect(story.tick(at(19, 0, 29))).toEqual([]);
    expect(story.tick(at(19, 0, 30)).slice(0, 3)).toMatchObject([
      { kind: 'entry-expired', area: 'yard' },
      { kind: 'raised', key: 'z2/cut', sourceTime: at(18, 59, 58), active: true },
      { kind: 'raised', key: 'z2/intrusion', sourceTime: at(19, 0, 10), active: false },
    ]);
    expect(story.state.entryTimers.size).toBe(0);
    expect(story.tick(at(19, 1))).toEqual([]);
  });

  test.each(['disarmed', 'inhibited', 'out-of-service'] as const)(
    'raises nothing of a zone that a person left %s by name meanwhile, but all of another',
    (mode) => {
      const z1 = { ...site.zones.z1!, entry: true };
      const story = new YardStory(at(19), { ...site, zones: { ...site.zones, z1 } });
      story.reads('gate', { beam: true });
      story.reads('fence', { climb: true });
      story.orders({ do: 'arm-zone', zone: 'z2', mode, reason: 'it is me', until: at(20) });
      story.tick(at(19, 0, 30));
      expect(story.only('entry-expired')).toHaveLength(1);
      expect(story.only('raised').map(({ key }) => key)).toEqual(['z1/climb']);
    },
  );

  test('does not wait a second time once it has run out, until the area is set anew', () => {
    const story = new YardStory(at(19));
    story.reads('gate', { beam: true });
    story.tick(at(19, 0, 30));
    expect(story.kinds(story.reads('gate', { beam: true }))).toEqual(['read', 'repeated']);
    story.orders(set('disarmed'));
    story.orders(set('away'));
    story.tick(at(19, 2));
    expect(story.kinds(story.reads('gate', { beam: true }))).toEqual(['read', 'entry-started']);
  });

  test('raises a condition that ended while it was held as one that is over', () => {
    const story = new YardStory(at(19));
    story.reads('fence2', { cut: true });
    story.reads('fence2', { cut: false });
    story.tick(at(19, 0, 30));
    expect(story.only('raised')).toHaveLength(1);
    expect([...story.state.alarms.values()]).toMatchObject([{ key: 'z2/cut', causes: [] }]);
  });

  test('holds one touch once, however often it is told', () => {
    const story = new YardStory(at(19));
    for (let i = 0; i < 5; i++) story.reads('gate', { beam: true });
    expect(story.only('entry-started')).toHaveLength(1);
    expect(story.only('read')).toHaveLength(5);
  });

  test('holds what the gateway itself found there, too', () => {
    const story = new YardStory(at(19));
    const finding = { kind: 'detection', detection: 'climb', active: true } as const;
    story.tell({ kind: 'detected', zone: 'z2', device: 'fence2', finding });
    story.tell({ kind: 'detected', zone: 'z2', device: 'fence2', finding: { ...finding, active: false } });
    story.tick(at(19, 0, 30));
    expect(story.only('raised')).toMatchObject([{ key: 'z2/climb', cause: 'detection/z2/climb' }]);
    expect([...story.state.alarms.values()]).toMatchObject([{ causes: [] }]);
  });

  test('does not hold another zone, tamper, or a 24-hour zone', () => {
    const tamper = { kind: 'tamper', priority: 2, when: { is: true }, always: true } as const;
    const { gate } = site.devices;
    const box = { ...gate!.points.beam!, key: 'box', alarm: tamper };
    const devices = { ...site.devices, gate: { ...gate!, points: { ...gate!.points, box } } };
    const z3 = { ...site.zones.z3!, entry: true };
    const story = new YardStory(at(19), { ...site, devices, zones: { ...site.zones, z3 } });
    story.reads('gate', { beam: true, box: true });
    story.reads('safe', { beam: true });
    story.reads('fence', { climb: true });
    expect(story.only('raised').map(({ key }) => key)).toEqual(['z2/tamper', 'z3/intrusion', 'z1/climb']);
    expect(story.only('entry-started')).toHaveLength(1);
  });

  test('ends in an alarm when the schedule unsets the area meanwhile, or somebody sets it: only unsetting by hand drops', () => {
    const story = new YardStory(at(29, 59, 50));
    story.reads('gate', { beam: true });
    story.tick(at(30));
    expect(story.only('raised')).toMatchObject([{ key: 'z2/intrusion', sourceTime: at(29, 59, 50) }]);
    const other = new YardStory(at(19));
    other.reads('gate', { beam: true });
    other.orders(set('away'));
    expect(other.only('raised')).toHaveLength(1);
    expect(other.state.areas.get('yard')).not.toHaveProperty('lapsedAt');
  });

  test('ends once when its delay and the schedule’s edge fall together', () => {
    const story = new YardStory(at(29, 59, 30));
    story.reads('gate', { beam: true });
    story.tick(at(30));
    expect(story.only('entry-expired')).toHaveLength(1);
    expect(story.only('repeated')).toEqual([]);
  });

  test('ends also when the area is taken out of the configuration', () => {
    const story = new YardStory(at(19));
    story.reads('gate', { beam: true });
    story.site = { ...site, areas: {} };
    story.tell({ kind: 'configured', config: 'bare', by: 'wang' });
    story.tick(at(19, 0, 30));
    expect(story.only('raised')).toMatchObject([{ key: 'z2/intrusion' }]);
  });

  test('goes on after a restart, from what the journal says', () => {
    const story = new YardStory(at(19));
    story.reads('gate', { beam: true });
    const again = new YardStory(at(19, 0, 10));
    Object.assign(again, { state: emptyState() });
    let seq = 0;
    for (const event of story.events) evolve(again.state, { ...event, seq: ++seq });
    again.tell({ kind: 'started', version: 'next', config: 'yard' });
    expect(again.kinds(again.tick(at(19, 0, 30)))).toEqual(expect.arrayContaining(['entry-expired', 'raised']));
  });
});
