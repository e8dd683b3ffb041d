/**
 * The gateway's own detection between readings and facts: what it finds becomes an alarm beside the controller's word, wires
 * nobody hears from are said, bases outlive a restart, and what a restart left behind is found again or ended.
 */
import { describe, expect, test } from 'vitest';
import { ZoneDetection } from '../../src/app/gateway-detection.ts';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import type { Device, Input, Point, Site } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { monday, operator, Story, school } from '../core/school.ts';

const wire = (key: string): Point => ({
  key,
  title: { zh: key, en: key },
  keep: 'gauge',
  type: 'number',
  unit: 'N',
  quantity: 'tension',
  zone: 'z1',
});
const wires = ['w1', 'w2', 'w3', 'w4'];
const fence = school.devices.fence as Device;
const site: Site = {
  ...school,
  zones: { ...school.zones, z1: { ...school.zones.z1!, signal: defaultLimits } },
  devices: {
    ...school.devices,
    fence: { ...fence, points: { ...fence.points, ...Object.fromEntries(wires.map((key) => [key, wire(key)])) } },
  },
};
const stepMs = 250;

/** A gateway's core with its detection, on a clock of its own. */
class Watch {
  readonly story: Story;
  detection = new ZoneDetection();
  elapsed = 0;
  /** Since when the gateway has not stood still, as `elapsed`. */
  listeningSince = 0;

  constructor(story = new Story()) {
    this.story = story;
    this.story.site = site;
    this.story.tell({ kind: 'link', device: 'fence', up: true, why: untranslated('') });
    this.detection.begin(story.state);
  }

  /** Readings for a while: `tension` of each wire, by its index and the ms since this call; undefined leaves the wire out. */
  feel(ms: number, tension: (index: number, at: number) => number | undefined): void {
    for (let at = 0; at < ms; at += stepMs) {
      this.elapsed += stepMs;
      this.story.now += stepMs;
      const values = wires.flatMap((key, index): [string, number][] => {
        const value = tension(index, at);
        return value === undefined ? [] : [[key, value]];
      });
      const input = { kind: 'reading', device: 'fence', values } as const;
      this.#tell(this.detection.take(this.story.site, this.story.state, input, this.elapsed));
      this.#tell(this.detection.unheard(this.story.site, this.story.state, this.elapsed, this.listeningSince));
    }
  }

  #tell(inputs: readonly Input[]): void {
    for (const input of inputs) this.story.tell(input);
  }

  /** The process ends and another begins on the same journal. */
  restart(): Watch {
    this.story.tell({ kind: 'started', version: 'test', config: 'test' });
    const next = new Watch(this.story);
    next.elapsed = 1_000_000;
    return next;
  }

  alarms(): string[] {
    return [...this.story.state.alarms.values()].map(({ key, causes }) => `${key} ${causes.join(' ')}`.trim());
  }
}

/** A wire at rest, with the little that sensors always do. */
const rest = (index: number, at: number) => 150 + 4 * index + 0.3 * Math.sin(at / 700 + index);
const minute = 60_000;

describe('the gateway’s own detection', () => {
  test('raises what it finds beside the device’s word, as one alarm with two causes that can be told apart', () => {
    const watch = new Watch();
    watch.feel(2 * minute, rest);
    expect(watch.alarms()).toEqual([]);
    watch.feel(20_000, (index, at) => (index === 2 ? 1 : rest(index, at)));
    expect(watch.alarms()).toContain('z1/cut detection/z1/cut.2');
    const alarm = [...watch.story.state.alarms.values()].find(({ key }) => key === 'z1/cut')!;
    expect(alarm).toMatchObject({ decidedBy: ['gateway'], zone: 'z1', device: 'fence', priority: 1 });
    watch.story.site = {
      ...site,
      devices: {
        ...site.devices,
        fence2: {
          ...site.devices.fence2!,
          points: { cut: { ...site.devices.fence2!.points.cut!, zone: 'z1' } },
        },
      },
    };
    watch.story.reads('fence2', { cut: true });
    expect(watch.story.state.alarms.get(alarm.id)).toMatchObject({
      decidedBy: ['gateway', 'device'],
      causes: ['detection/z1/cut.2', 'fence2/cut'],
      count: 2,
    });
  });

  test('says what it senses in a disarmed zone without raising, and raises it when the schedule arms the zone', () => {
    const watch = new Watch();
    watch.story.tell({ kind: 'command', by: operator, command: { do: 'arm-zone', zone: 'z1', mode: 'disarmed' } });
    watch.feel(2 * minute, rest);
    const cut = (index: number, at: number) => (index === 0 ? 0.5 : rest(index, at));
    watch.feel(3_000, cut);
    expect(watch.story.only('detected').map(({ detection, wire: n, active }) => `${detection} ${n} ${active}`)).toEqual(
      ['cut 0 true'],
    );
    expect(watch.alarms()).toEqual([]);
    const refused = { kind: 'refused', why: 'zone-open', open: ['z1'] };
    const asked = watch.story.tell({
      kind: 'command',
      by: operator,
      command: { do: 'arm-zone', zone: 'z1', mode: 'armed' },
    });
    expect(asked).toEqual([expect.objectContaining(refused)]);
    // Tomorrow at noon the schedule's next window begins.
    watch.story.now = monday + 36 * 60 * minute;
    watch.story.tell({ kind: 'tick' });
    expect(watch.story.only('raised').map(({ key }) => key)).toContain('z1/cut');
  });

  test('calls a wire mute when its device speaks of the others, and takes it back when it is heard', () => {
    const watch = new Watch();
    watch.feel(minute, rest);
    watch.feel(8_000, (index, at) => (index === 3 ? undefined : rest(index, at)));
    expect(watch.alarms()).toEqual(['z1/comms detection/z1/no-data.3']);
    watch.feel(2_000, rest);
    expect(watch.alarms()).toEqual(['z1/comms']);
  });

  test('says once that a zone is mute when its device says other things only, and ends it wire by wire', () => {
    const watch = new Watch();
    watch.feel(minute, rest);
    watch.feel(8_000, () => undefined);
    expect(watch.alarms()).toEqual(['z1/comms detection/z1/no-data']);
    watch.feel(1_000, (index, at) => (index === 3 ? undefined : rest(index, at)));
    expect(Object.keys(watch.story.state.detections.get('z1')?.active ?? {})).toEqual(['no-data.3']);
    watch.feel(1_000, rest);
    expect(watch.alarms()).toEqual(['z1/comms']);
    expect(watch.story.only('raised')).toHaveLength(1);
  });

  test('does not take a standstill of the gateway itself for mute wires', () => {
    const watch = new Watch();
    watch.feel(minute, rest);
    watch.elapsed += 30_000;
    watch.listeningSince = watch.elapsed;
    watch.feel(4_000, () => undefined);
    expect(watch.alarms()).toEqual([]);
    watch.feel(2_000, () => undefined);
    expect(watch.alarms()).toEqual(['z1/comms detection/z1/no-data']);
  });

  test('does not call wires mute while their device is down: the device says that itself', () => {
    const watch = new Watch();
    watch.feel(minute, rest);
    watch.story.tell({ kind: 'link', device: 'fence', up: false, why: untranslated('gone') });
    watch.feel(30_000, () => undefined);
    expect(watch.story.only('raised').map(({ key }) => key)).toEqual(['fence/comms']);
  });

  test('after a restart an alarm whose condition is over can be closed, and one whose condition stands still stands', () => {
    const cut = (index: number, at: number) => (index === 1 ? 0.5 : rest(index, at));
    for (const [after, causes] of [
      [rest, []],
      [cut, ['detection/z1/cut.1']],
    ] as const) {
      const watch = new Watch();
      watch.feel(20 * minute, rest);
      watch.feel(5_000, cut);
      const next = watch.restart();
      next.feel(40_000, after);
      const alarm = [...next.story.state.alarms.values()].find(({ key }) => key === 'z1/cut');
      expect(alarm?.causes).toEqual(causes);
    }
  });

  test('goes on after a restart from the bases it had learned', () => {
    const watch = new Watch();
    watch.feel(30 * minute, rest);
    const learned = watch.story.state.bases.get('z1');
    expect(learned?.map(Math.round)).toEqual([150, 154, 158, 162]);
    // The intruder is on the wire when the gateway comes back: without the base there would be nothing to hold him against.
    const next = watch.restart();
    next.feel(10_000, (index, at) => rest(index, at) + (index === 1 ? 60 : 0));
    expect(next.alarms().join()).toMatch(/z1\/(pull|climb)/);
  });

  describe('when a zone watches again after bypass or maintenance', () => {
    const modes = ['inhibited', 'out-of-service'] as const;
    const leaveOut = (watch: Watch, mode: (typeof modes)[number], ms: number) =>
      watch.story.tell({
        kind: 'command',
        by: { name: 'boss', role: 'head' },
        command: { do: 'arm-zone', zone: 'z1', mode, reason: 'works', until: watch.story.now + ms },
      });

    test.each(modes)('it is not blind for a moment: who climbs a second after %s is told', (mode) => {
      const watch = new Watch();
      watch.feel(5 * minute, rest);
      leaveOut(watch, mode, 1_000);
      watch.feel(1_000, rest);
      watch.story.tell({ kind: 'tick' });
      watch.feel(6_000, (index, at) => rest(index, at) + (at >= 800 * index && at < 800 * index + 500 ? 120 : 0));
      expect(watch.alarms().join()).toMatch(/z1\/climb/);
    });

    test.each(modes)('wires propped apart during %s are no base but an alarm, until somebody saw the fence', (mode) => {
      const watch = new Watch();
      const propped = (index: number, at: number) => rest(index, at) + (index === 1 || index === 2 ? 25 : 0);
      watch.feel(5 * minute, rest);
      leaveOut(watch, mode, minute);
      watch.feel(minute, propped);
      watch.story.tell({ kind: 'tick' });
      watch.feel(5 * minute, propped);
      expect(watch.alarms().join()).toMatch(/z1\/pull detection\/z1\/pull\.1 detection\/z1\/pull\.2/);
      const confirm = (by: typeof operator) =>
        watch.story.tell({ kind: 'command', by, command: { do: 'confirm-base', zone: 'z1', reason: 'went there' } });
      expect(confirm(operator)).toMatchObject([{ kind: 'refused', why: 'no-right' }]);
      const said = confirm({ name: 'boss', role: 'head' });
      expect(said).toMatchObject([{ kind: 'base-confirmed', zone: 'z1', by: 'boss', reason: 'went there' }]);
      for (const event of said) watch.detection.heed(event);
      watch.feel(minute, propped);
      expect(watch.alarms().join()).not.toMatch(/detection/);
      expect(watch.story.state.bases.get('z1')?.map(Math.round)).toEqual([150, 179, 183, 162]);
    });
  });
});
