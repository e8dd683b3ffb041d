/**
 * Arming by hand, by schedule and by bypass, and the duties that follow from alarms.
 * Every case is an instant of a school week; nothing here waits.
 */
import { describe, expect, test } from 'vitest';
import { owed, sirenMs } from '../../src/core/alarm/duties.ts';
import { evolve } from '../../src/core/evolve.ts';
import { scheduled } from '../../src/core/site/calendar.ts';
import { emptyState } from '../../src/core/state.ts';
import { step } from '../../src/core/step.ts';
import type { ArmMode, Command, Time } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { minute, monday, operator, Story, school } from './school.ts';

const at = (hours: number, minutes = 0): Time => monday + (hours * 60 + minutes) * minute;
const arm = (story: Story, zone: string, mode: ArmMode, more: { reason?: string; until?: Time } = {}) =>
  story.tell({ kind: 'command', by: operator, command: { do: 'arm-zone', zone, mode, ...more } });
const view = (story: Story) => ({
  state: story.state,
  live: { gauges: new Map(), heard: new Map(), listeningSince: 0 },
});

describe('the weekly schedule', () => {
  test('has several windows a day, and one that runs past midnight', () => {
    const modes = [0, 5, 6, 11, 12, 13, 17, 18, 23].map(
      (hour) => scheduled(school.schedules.nights!, school, at(hour)).mode,
    );
    expect(modes).toEqual(['away', 'away', 'disarmed', 'disarmed', 'away', 'disarmed', 'disarmed', 'away', 'away']);
  });

  test('names the edge since which its wish holds', () => {
    expect(scheduled(school.schedules.nights!, school, at(3)).edge).toBe(at(-6));
    expect(scheduled(school.schedules.nights!, school, at(7)).edge).toBe(at(6));
    expect(scheduled({ id: 'never', armed: [] }, school, at(7))).toEqual({ mode: 'disarmed', edge: 0 });
  });

  test('joins windows that touch, so that no edge lies between them', () => {
    const always = { id: 'always', armed: [{ days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0 }] };
    const wish = scheduled(always, school, at(12));
    expect(wish).toEqual({ mode: 'away', edge: 0 });
    expect(scheduled(always, school, at(36))).toEqual(wish);
  });
});

describe('a zone', () => {
  test('follows its schedule, and a hand holds until the next edge', () => {
    const story = new Story(at(19));
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'armed', by: 'schedule' });
    arm(story, 'z1', 'disarmed');
    story.now = at(29, 59);
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'disarmed', by: 'wang' });
    story.now = at(36);
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'armed', by: 'schedule' });
  });

  test('follows its schedule at once when the configuration gives it another one, or none', () => {
    const story = new Story(at(9));
    expect(story.state.zones.get('z1')?.mode).toBe('disarmed');
    const { schedule: _nights, ...always } = school.zones.z1!;
    story.site = { ...school, zones: { ...school.zones, z1: always } };
    story.tell({ kind: 'configured', config: 'next', by: 'wang' });
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'armed', by: 'schedule' });
    story.site = school;
    story.tell({ kind: 'configured', config: 'again', by: 'wang' });
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'disarmed', by: 'schedule' });
  });

  test('that is armed round the clock stays as a hand has set it, for there is no edge', () => {
    const story = new Story(at(9));
    const always = { id: 'nights', armed: [{ days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0 }] };
    story.site = { ...school, schedules: { nights: always } };
    story.tell({ kind: 'tick' });
    arm(story, 'z1', 'disarmed');
    for (const hours of [23, 24, 25, 48, 24 * 9]) {
      story.now = at(hours);
      story.tell({ kind: 'tick' });
    }
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'disarmed', by: 'wang' });
  });

  test('follows its schedule after the clock was two days ahead for a while', () => {
    const story = new Story(at(17));
    story.now = at(17 + 48 + 14);
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')?.mode).toBe('disarmed');
    story.at = story.now;
    story.now = at(17, 59);
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')?.mode).toBe('disarmed');
    story.now = at(18);
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'armed', by: 'schedule' });
  });

  test('does not stay as a hand left it while the clock was days ahead, once the right time has its next edge', () => {
    const story = new Story(at(17));
    story.now = at(67);
    story.tell({ kind: 'tick' });
    arm(story, 'z1', 'disarmed');
    story.at = story.now;
    story.now = at(17, 59);
    story.tell({ kind: 'tick' });
    story.now = at(18);
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'armed', by: 'schedule' });
  });

  test('stays as a hand left it when the clock is set back by a little over an edge', () => {
    const story = new Story(at(18));
    arm(story, 'z1', 'disarmed');
    story.at = story.now;
    for (const minutes of [-10, -1, 0, 1]) {
      story.now = at(18, minutes);
      story.tell({ kind: 'tick' });
      expect(story.state.zones.get('z1')).toMatchObject({ mode: 'disarmed', by: 'wang' });
    }
  });

  test.each([
    ['inhibited', 60],
    ['out-of-service', 24 * 60],
  ] as const)('is %s as long as was asked, though somebody sets the clock back', (mode, minutes) => {
    const story = new Story(at(19));
    arm(story, 'z1', mode, { reason: 'works', until: story.now + minutes * minute });
    const begun = story.now;
    story.now -= 7 * 24 * 60 * minute;
    story.at = begun + (minutes - 1) * minute;
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')?.mode).toBe(mode);
    story.at += minute;
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')).toMatchObject({ by: 'schedule' });
  });

  test('can be left out for a while also while the gateway’s own time is ahead of the clock', () => {
    const story = new Story(at(19));
    story.at = story.now + 5 * 60 * minute;
    arm(story, 'z1', 'inhibited', { reason: 'works', until: story.at + 60 * minute });
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'inhibited', until: story.at + 60 * minute });
  });

  test('that nobody has set yet is watched as armed', () => {
    const state = emptyState();
    const [started] = step(school, state, { kind: 'started', version: 'v', config: 'c' }, at(9));
    evolve(state, started!);
    const input = { kind: 'reading', device: 'fence', values: [['climb', true]] } as const;
    expect(step(school, state, input, at(9)).map((event) => event.kind)).toContain('raised');
  });

  test('without a schedule is armed', () => {
    expect(new Story().state.zones.get('z2')).toMatchObject({ mode: 'armed' });
  });

  test('that is disarmed or bypassed raises no intrusion but still raises tamper', () => {
    for (const mode of ['disarmed', 'inhibited'] as const) {
      const story = new Story(at(19));
      arm(story, 'z1', mode, { reason: 'works', until: at(20) });
      story.reads('fence', { climb: true, tamper: true });
      expect(story.only('raised').map((raised) => raised.alarm)).toEqual(['tamper']);
    }
  });

  test('that its plan arms while a climber hangs on the wire raises at once', () => {
    const story = new Story(at(17, 59));
    story.reads('fence', { climb: true });
    expect(story.only('raised')).toHaveLength(0);
    story.now = at(18);
    story.tell({ kind: 'tick' });
    expect(story.only('raised')).toMatchObject([{ key: 'z1/climb', active: true }]);
  });

  test('is not armed by hand while it is open, and the refusal names it', () => {
    const story = new Story(at(9));
    const refused = [{ kind: 'refused', why: 'zone-open', open: ['z1'] }];
    story.reads('fence', { climb: true });
    story.reads('fence2', { cut: false });
    expect(arm(story, 'z1', 'armed')).toMatchObject(refused);
    story.reads('fence', { climb: false });
    expect(arm(story, 'z1', 'armed')).toMatchObject([{ kind: 'zone-armed', mode: 'armed' }]);
    const sign = { kind: 'detection', detection: 'cut', active: true, wire: 1 } as const;
    arm(story, 'z1', 'disarmed');
    story.tell({ kind: 'detected', zone: 'z1', device: 'fence', finding: sign });
    expect(arm(story, 'z1', 'armed')).toMatchObject(refused);
    story.tell({ kind: 'detected', zone: 'z1', device: 'fence', finding: { ...sign, active: false } });
    // Drift is maintenance and raises in every arm state: it is no reason to leave a zone disarmed.
    story.tell({ kind: 'detected', zone: 'z1', device: 'fence', finding: { ...sign, detection: 'drift' } });
    expect(arm(story, 'z1', 'armed')).toMatchObject([{ kind: 'zone-armed', mode: 'armed' }]);
  });

  test('is open while one of its devices is silent or was never heard', () => {
    const story = new Story(at(9));
    const refused = [{ kind: 'refused', why: 'zone-open', open: ['z1'] }];
    story.reads('fence', { climb: false });
    expect(arm(story, 'z1', 'armed')).toMatchObject(refused);
    story.reads('fence2', { climb: false });
    expect(arm(story, 'z1', 'armed')).toMatchObject([{ kind: 'zone-armed' }]);
    arm(story, 'z1', 'disarmed');
    story.tell({ kind: 'link', device: 'fence2', up: false, why: untranslated('cut') });
    expect(arm(story, 'z1', 'armed')).toMatchObject(refused);
  });

  test('that is disarmed ends the conditions it no longer watches, and the alarm can be closed', () => {
    const story = new Story(at(19));
    story.reads('fence', { climb: true, tamper: true });
    arm(story, 'z1', 'disarmed');
    const open = [...story.state.alarms.values()].map(({ kind, causes }) => [kind, causes.length]);
    expect(open).toEqual([
      ['climb', 0],
      ['tamper', 1],
    ]);
  });

  test.each([
    ['inhibited', {}, 'reason-missing'],
    ['inhibited', { reason: ' ', until: at(20) }, 'reason-missing'],
    ['inhibited', { reason: 'works' }, 'end-missing'],
    ['inhibited', { reason: 'works', until: at(19) }, 'end-missing'],
    ['inhibited', { reason: 'works', until: at(31) + 1 }, 'too-long'],
    ['out-of-service', { until: at(20) }, 'reason-missing'],
    ['out-of-service', { reason: 'torn down' }, 'end-missing'],
    ['out-of-service', { reason: 'torn down', until: at(19 + 30 * 24) + 1 }, 'too-long'],
  ] as const)('%s with %j is refused: %s', (mode, more, why) => {
    const story = new Story(at(19));
    expect(arm(story, 'z1', mode, more)).toMatchObject([{ kind: 'refused', why }]);
    expect(story.state.zones.get('z1')?.mode).toBe('armed');
  });

  test.each([
    ['inhibited', at(31)],
    ['out-of-service', at(19 + 30 * 24)],
  ] as const)('%s for as long as is allowed returns to its plan when that is over', (mode, until) => {
    const story = new Story(at(19));
    expect(arm(story, 'z1', mode, { reason: 'works', until })).toMatchObject([{ kind: 'zone-armed', reason: 'works' }]);
    story.now = until - 1;
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')).toMatchObject({ mode, by: 'wang', until });
    story.now = until;
    story.tell({ kind: 'tick' });
    const { mode: planned } = scheduled(school.schedules.nights!, school, until);
    expect(story.state.zones.get('z1')).toMatchObject({
      mode: planned === 'away' ? 'armed' : 'disarmed',
      by: 'schedule',
    });
  });

  test('that is open when its bypass ends raises at once', () => {
    const story = new Story(at(19));
    arm(story, 'z1', 'out-of-service', { reason: 'works', until: at(20) });
    story.reads('fence', { climb: true });
    expect(story.only('raised')).toEqual([]);
    story.now = at(20);
    story.tell({ kind: 'tick' });
    expect(story.only('raised')).toMatchObject([{ key: 'z1/climb' }]);
  });
});

describe('a 24-hour zone', () => {
  const site = { ...school, zones: { ...school.zones, z1: { ...school.zones.z1!, always: true } } };
  const begun = () => {
    const story = new Story(at(9));
    story.site = site;
    story.tell({ kind: 'configured', config: 'next', by: 'wang' });
    story.tell({ kind: 'tick' });
    return story;
  };

  test('is armed whatever its schedule says, and whatever a hand left when it became one', () => {
    expect(begun().state.zones.get('z1')).toMatchObject({ mode: 'armed', by: 'schedule' });
    const story = new Story(at(19));
    arm(story, 'z1', 'disarmed');
    story.site = site;
    expect(story.reads('fence', { climb: true }).map(({ kind }) => kind)).toContain('raised');
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'armed' });
  });

  test('is not disarmed by anybody, only left out with a reason and an end', () => {
    const story = begun();
    expect(arm(story, 'z1', 'disarmed', { reason: 'noise' })).toMatchObject([{ why: 'always-armed' }]);
    expect(arm(story, 'z1', 'inhibited', { reason: 'works', until: at(12) })).toMatchObject([{ kind: 'zone-armed' }]);
    story.reads('fence', { climb: true });
    expect(story.only('raised')).toEqual([]);
  });
});

test('a condition of a device that was taken out of the configuration is over', () => {
  const story = new Story(at(19));
  story.reads('fence', { tamper: true });
  story.tell({ kind: 'link', device: 'fence2', up: false, why: untranslated('cut') });
  const { fence, fence2: _gone, ...others } = school.devices;
  const { tamper: _removed, ...points } = fence!.points;
  const smaller = { ...school, devices: { ...others, fence: { ...fence!, points } } };
  const events = step(smaller, story.state, { kind: 'configured', config: 'next', by: 'wang' }, story.now);
  expect(events.map((event) => (event.kind === 'returned-to-normal' ? event.cause : event.kind))).toEqual([
    'configured',
    'fence/tamper',
    'fence2/link',
  ]);
});

test('a condition of a zone that was mapped anew is over there and told where it stands now, and the alarm can be closed', () => {
  const story = new Story(at(19));
  story.reads('fence', { climb: true, tamper: true });
  const { fence, ...others } = school.devices;
  const points = Object.fromEntries(
    Object.entries(fence!.points).map(([key, point]) => [key, key === 'climb' ? { ...point, zone: 'z2' } : point]),
  );
  story.site = { ...school, devices: { ...others, fence: { ...fence!, points } } };
  const events = story.tell({ kind: 'configured', config: 'next', by: 'wang' });
  expect(events.map((event) => (event.kind === 'returned-to-normal' ? event.cause : event.kind))).toEqual([
    'configured',
    'fence/climb',
    // It stands, and the zone that it is of now watches.
    'raised',
    'joined',
  ]);
  expect(story.only('raised').at(-1)).toMatchObject({ alarm: 'climb', zone: 'z2' });
  const alarm = story.only('raised')[0]!.seq;
  story.tell({ kind: 'command', by: operator, command: { do: 'acknowledge', alarm } });
  story.tell({ kind: 'command', by: operator, command: { do: 'look', alarm } });
  const close = { do: 'close', alarm, reason: 'B1' } as const;
  expect(story.tell({ kind: 'command', by: operator, command: close })).toMatchObject([{ kind: 'closed' }]);
});

test.each(['__proto__', 'constructor', 'toString'])('a command for something called %s is refused', (name) => {
  const story = new Story();
  const why = (command: Command) => story.tell({ kind: 'command', by: operator, command })[0];
  expect(why({ do: 'arm-zone', zone: name, mode: 'disarmed' })).toMatchObject({ why: 'unknown-zone' });
  expect(why({ do: 'write', device: name, point: 'siren', value: true })).toMatchObject({ why: 'unknown-point' });
  expect(why({ do: 'write', device: 'io', point: name, value: true })).toMatchObject({ why: 'unknown-point' });
  expect(story.tell({ kind: 'link', device: name, up: false, why: untranslated('cut') })).toEqual([]);
});

describe('a duty', () => {
  test('to sound the siren is owed until it is done, and to silence it after the acknowledgement', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    const [siren] = owed(school, view(story), story.now);
    expect(siren).toMatchObject({ do: 'write', device: 'io', point: 'siren', value: true });
    story.tell({ kind: 'outcome', duty: siren!.id, ok: false, why: untranslated('no answer') });
    expect(owed(school, view(story), story.now)).toEqual([]);
    story.now += 2_000;
    expect(owed(school, view(story), story.now)).toEqual([siren]);
    story.tell({ kind: 'outcome', duty: siren!.id, ok: true, wrote: { device: 'io', point: 'siren', value: true } });
    expect(owed(school, view(story), story.now)).toEqual([]);
    const alarm = story.only('raised')[0]!.seq;
    story.tell({ kind: 'command', by: operator, command: { do: 'acknowledge', alarm } });
    expect(owed(school, view(story), story.now)).toMatchObject([{ value: false }]);
  });

  test('to silence a siren is still owed when the configuration no longer names it, or after a restart', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    const wrote = { device: 'io', point: 'siren', value: true };
    story.tell({ kind: 'outcome', duty: 'siren/io/siren/on', ok: true, wrote });
    const { siren: _siren, ...silent } = school.zones.z1!;
    story.site = { ...school, zones: { ...school.zones, z1: silent } };
    story.tell({ kind: 'started', version: 'next', config: 'next' });
    const [off] = owed(story.site, view(story), story.now);
    expect(off).toMatchObject({ do: 'write', device: 'io', point: 'siren', value: false });
    story.tell({ kind: 'outcome', duty: off!.id, ok: true, wrote: { ...wrote, value: false } });
    expect(owed(story.site, view(story), story.now)).toEqual([]);
    expect(story.state.sounding.size).toBe(0);
  });

  test('to silence a siren is owed also when switching it on failed, for only the answer may have been lost', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    const [on] = owed(school, view(story), story.now);
    story.tell({ kind: 'outcome', duty: on!.id, ok: false, why: untranslated('no answer') });
    const alarm = story.only('raised')[0]!.seq;
    story.tell({ kind: 'command', by: operator, command: { do: 'acknowledge', alarm } });
    expect(owed(school, view(story), story.now)).toMatchObject([{ device: 'io', point: 'siren', value: false }]);
  });

  test('to silence a siren is not owed while a person tries it out', () => {
    const story = new Story();
    story.tell({ kind: 'command', by: operator, command: { do: 'write', device: 'io', point: 'siren', value: true } });
    const [write] = owed(school, view(story), story.now);
    const wrote = { device: 'io', point: 'siren', value: true };
    story.tell({ kind: 'outcome', duty: write!.id, ok: true, wrote });
    expect(owed(school, view(story), story.now)).toEqual([]);
  });

  test('ends with three minutes of siren, and sounds again when the alarm is triggered again', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    const wrote = { device: 'io', point: 'siren', value: true };
    story.tell({ kind: 'outcome', duty: 'siren/io/siren/on', ok: true, wrote });
    story.now += sirenMs - 1;
    expect(owed(school, view(story), story.now)).toEqual([]);
    story.now += 1;
    expect(owed(school, view(story), story.now)).toMatchObject([{ value: false }]);
    story.tell({ kind: 'outcome', duty: 'siren/io/siren/off', ok: true, wrote: { ...wrote, value: false } });
    story.reads('fence2', { climb: true });
    expect(owed(school, view(story), story.now)).toMatchObject([{ value: true }]);
  });

  test('leaves nothing behind when its picture fails after the alarm was closed', () => {
    const story = new Story();
    story.reads('fence2', { cut: true });
    const alarm = story.only('raised')[0]!.seq;
    story.reads('fence2', { cut: false });
    story.tell({ kind: 'command', by: operator, command: { do: 'acknowledge', alarm } });
    story.tell({ kind: 'command', by: operator, command: { do: 'look', alarm } });
    story.tell({ kind: 'command', by: operator, command: { do: 'close', alarm, reason: 'B1' } });
    story.tell({ kind: 'outcome', duty: `snapshot/${alarm}`, ok: false, why: untranslated('dark') });
    expect(story.state.duties.size).toBe(0);
  });

  test('to take a picture ends when the moment is long gone', () => {
    const story = new Story();
    story.reads('fence2', { cut: true });
    story.now += 60_000;
    const late = owed(school, view(story), story.now);
    expect(late).toMatchObject([{ do: 'snapshot' }, { do: 'snapshot', moment: 'after' }]);
    story.now += 1;
    expect(owed(school, view(story), story.now)).toEqual([]);
  });

  test('to take a picture is given up after three failures', () => {
    const story = new Story();
    story.reads('fence2', { cut: true });
    for (let i = 0; i < 3; i++) {
      const [duty] = owed(school, view(story), story.now);
      expect(duty).toMatchObject({ do: 'snapshot', camera: 'cam' });
      story.tell({ kind: 'outcome', duty: duty!.id, ok: false, why: untranslated('dark') });
      story.now += 10_000;
    }
    expect(owed(school, view(story), story.now)).toMatchObject([{ moment: 'after' }]);
  });

  test('to take pictures is owed of the moment, of before as long as a still of then may be in memory, and of after', () => {
    const story = new Story();
    story.reads('fence2', { cut: true });
    const moments = () => owed(school, view(story), story.now).map((duty) => (duty as { moment?: string }).moment);
    expect(moments()).toEqual([undefined, 'before']);
    story.now += 5_000;
    expect(moments()).toEqual([undefined, 'before', 'after']);
    story.now += 5_001;
    expect(moments()).toEqual([undefined, 'after']);
  });

  test('to cut a clip is owed of a chosen camera once the seconds after have come, and not for long', () => {
    const story = new Story();
    story.site = { ...school, clips: ['cam'] };
    story.reads('fence2', { cut: true });
    const id = story.only('raised')[0]!.seq;
    const clips = () => owed(story.site, view(story), story.now).filter((duty) => duty.do === 'clip');
    story.now += 20_999;
    expect(clips()).toEqual([]);
    story.now += 1;
    expect(clips()).toMatchObject([{ id: `clip/${id}`, camera: 'cam' }]);
    story.tell({ kind: 'outcome', duty: `clip/${id}`, ok: true, brought: 'a.mp4', sha256: 'ab' });
    expect(story.state.alarms.get(id)?.clip).toBe('a.mp4');
    expect(clips()).toEqual([]);
    const other = new Story();
    other.site = story.site;
    other.reads('fence2', { cut: true });
    other.now += 35_001;
    expect(owed(other.site, view(other), other.now).filter((duty) => duty.do === 'clip')).toEqual([]);
  });

  test('to find a picture of before is tried once, and what was brought is kept beside the evidence', () => {
    const story = new Story();
    story.reads('fence2', { cut: true });
    const id = story.only('raised')[0]!.seq;
    story.tell({ kind: 'outcome', duty: `snapshot/${id}/before`, ok: false, why: untranslated('none') });
    story.now += 6_000;
    expect(owed(school, view(story), story.now).map((duty) => duty.id)).toEqual([
      `snapshot/${id}`,
      `snapshot/${id}/after`,
    ]);
    story.tell({ kind: 'outcome', duty: `snapshot/${id}`, ok: true, brought: 'now.jpg' });
    story.tell({ kind: 'outcome', duty: `snapshot/${id}/after`, ok: true, brought: 'after.jpg' });
    expect(story.state.alarms.get(id)).toMatchObject({ picture: 'now.jpg', pictureAfter: 'after.jpg' });
    expect(owed(school, view(story), story.now)).toEqual([]);
  });

  test('to write what a person asked for is owed until its outcome is known, even after a restart', () => {
    const story = new Story();
    story.tell({ kind: 'command', by: operator, command: { do: 'write', device: 'io', point: 'siren', value: true } });
    story.tell({ kind: 'started', version: 'next', config: 'c' });
    const [duty] = owed(school, view(story), story.now);
    expect(duty).toMatchObject({ do: 'write', device: 'io', point: 'siren', value: true });
    story.tell({ kind: 'outcome', duty: duty!.id, ok: false, why: untranslated('refused by the device') });
    expect(story.state.writes.size).toBe(0);
  });

  test('to write is dropped by a restart long afterwards, because nobody expects it any more', () => {
    const story = new Story();
    story.tell({ kind: 'command', by: operator, command: { do: 'write', device: 'io', point: 'siren', value: true } });
    story.now += 61_000;
    story.tell({ kind: 'started', version: 'next', config: 'c' });
    expect(story.only('done')).toMatchObject([{ ok: false }]);
    expect(owed(school, view(story), story.now).filter((duty) => duty.id.startsWith('write/'))).toEqual([]);
  });

  test('is never owed for a point that may not be written', () => {
    const story = new Story();
    const write = { do: 'write', device: 'fence', point: 'climb', value: true } as const;
    expect(story.tell({ kind: 'command', by: operator, command: write })).toMatchObject([{ why: 'not-writable' }]);
  });
});
