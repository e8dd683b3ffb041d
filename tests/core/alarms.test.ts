/**
 * The life of an alarm, seen as facts: examples for each rule, then properties over whole generated nights.
 * They look only at inputs and events, never at how the core comes to them.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { late } from '../../src/core/alarm/alarm-state.ts';
import { commsLosses } from '../../src/core/condition/comms-loss.ts';
import { seenMax } from '../../src/core/condition/evolve-device.ts';
import { evolve, pass } from '../../src/core/evolve.ts';
import { decodeState, encodeState } from '../../src/core/site/feed-codec.ts';
import { placeOf } from '../../src/core/site/naming.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Point } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { live, night, watched } from './nights.ts';
import { guard, minute, monday, operator, Story, school } from './school.ts';

describe('an alarm', () => {
  test('of a lost device names the device, with every zone it guards; of a lost camera, the camera alone', () => {
    const story = new Story();
    const { cam } = school.devices;
    story.site = { ...school, devices: { ...school.devices, cam: { ...cam!, zones: ['z2'] } } };
    for (const device of ['fence2', 'cam']) story.tell({ kind: 'link', device, up: false, why: untranslated('cut') });
    const titles = [...story.state.alarms.values()].map((alarm) => placeOf(story.site, alarm).zh);
    expect(titles).toEqual(['1、2区 fence2', 'cam']);
    expect(story.only('raised').map(({ zone }) => zone)).toEqual(['z1', undefined]);
  });

  test('is raised once by two wires and two protocols that trip a millisecond apart in one zone', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    story.now += 1;
    story.reads('fence2', { climb: true });
    story.now += 1;
    story.reads('fence', { climb_low: true });
    expect(story.only('raised')).toHaveLength(1);
    const [alarm] = [...story.state.alarms.values()];
    expect(alarm).toMatchObject({ key: 'z1/climb', count: 3, priority: 1 });
    expect(alarm?.causes).toEqual(['fence/climb', 'fence2/climb', 'fence/climb_low']);
  });

  test('is raised once by one message that trips two wires', () => {
    const story = new Story();
    expect(story.kinds(story.reads('fence', { climb: true, climb_low: true }))).toEqual([
      'linked',
      'read',
      'raised',
      'read',
      'repeated',
    ]);
  });

  test('stays open when the controller re-learns and calls the zone normal', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    story.reads('fence', { climb: false });
    const [alarm] = [...story.state.alarms.values()];
    expect(alarm?.causes).toEqual([]);
    expect(alarm?.acked).toBeUndefined();
    expect(story.state.alarms.size).toBe(1);
  });

  describe('of the weather', () => {
    const weather = (story: Story, active: boolean) =>
      story.tell({
        kind: 'detected',
        zone: 'z1',
        device: 'fence',
        finding: { kind: 'detection', detection: 'weather', active, valueN: 6, limitN: 5 },
      });
    const tick = (story: Story) => story.tell({ kind: 'tick' });

    test('closes by itself when it is over, whether somebody acknowledged it or not, and is a new one when it comes again', () => {
      const story = new Story();
      for (const acknowledged of [false, true]) {
        weather(story, true);
        const alarm = story.only('raised').at(-1)!.seq;
        if (acknowledged) story.tell({ kind: 'command', by: guard, command: { do: 'acknowledge', alarm } });
        expect(tick(story)).toEqual([]);
        weather(story, false);
        expect(tick(story)).toEqual([expect.objectContaining({ kind: 'closed', alarm, by: 'gateway', reason: 'B2' })]);
        expect([...story.state.alarms]).toEqual([]);
      }
      expect(tick(story)).toEqual([]);
      expect([story.state.closed, story.state.today.nuisance]).toEqual([[], 0]);
    });

    test('that was over before the gateway knew this is closed as well', () => {
      const story = new Story();
      weather(story, true);
      weather(story, false);
      story.tell({ kind: 'started', version: '1', config: 'x' });
      expect(story.kinds(tick(story))).toContain('closed');
    });

    test('is the only kind that does: a wire that drifted stays until somebody has seen it', () => {
      const story = new Story();
      for (const active of [true, false])
        story.tell({
          kind: 'detected',
          zone: 'z1',
          device: 'fence',
          finding: { kind: 'detection', detection: 'drift', active, wire: 1 },
        });
      expect(story.kinds(tick(story))).toEqual([]);
      expect(story.state.alarms.size).toBe(1);
    });
  });

  test('can be closed only after it was acknowledged, its condition is over, and with a known reason', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    const alarm = story.only('raised')[0]!.seq;
    const close = (reason: string) =>
      story.tell({ kind: 'command', by: operator, command: { do: 'close', alarm, reason } })[0];
    expect(close('B1')).toMatchObject({ kind: 'refused', why: 'not-acknowledged' });
    story.tell({ kind: 'command', by: guard, command: { do: 'acknowledge', alarm } });
    expect(close('B1')).toMatchObject({ kind: 'refused', why: 'still-standing' });
    story.reads('fence', { climb: false });
    expect(close('weather')).toMatchObject({ kind: 'refused', why: 'unknown-reason' });
    expect(close('B1')).toMatchObject({ kind: 'closed', reason: 'B1', by: 'wang' });
    expect(story.state.alarms.size).toBe(0);
    expect(story.state.today).toMatchObject({ raised: 1, nuisance: 1, acked: 1 });
  });

  test('of yesterday is no figure of today, whatever is done about it today', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    const alarm = story.only('raised')[0]!.seq;
    story.now += 24 * 3_600_000;
    story.reads('fence', { climb: false });
    story.tell({ kind: 'command', by: operator, command: { do: 'acknowledge', alarm } });
    story.tell({ kind: 'command', by: operator, command: { do: 'look', alarm } });
    story.tell({ kind: 'command', by: operator, command: { do: 'close', alarm, reason: 'B1' } });
    expect(story.only('closed')).toHaveLength(1);
    expect(story.state.today).toMatchObject({ raised: 0, nuisance: 0, acked: 0, ackMs: 0 });
  });

  test('tells the second person who was first to acknowledge', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    const alarm = story.only('raised')[0]!.seq;
    story.tell({ kind: 'command', by: guard, command: { do: 'acknowledge', alarm } });
    const [second] = story.tell({ kind: 'command', by: operator, command: { do: 'acknowledge', alarm } });
    expect(second).toMatchObject({ kind: 'refused', why: 'already-acknowledged' });
    expect(story.state.alarms.get(alarm)?.acked?.by).toBe('zhang');
  });

  test('asks for attention again when it is triggered after it was acknowledged', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    const alarm = story.only('raised')[0]!.seq;
    story.tell({ kind: 'command', by: operator, command: { do: 'acknowledge', alarm } });
    story.reads('fence', { climb: false });
    story.reads('fence', { climb: true });
    expect(story.state.alarms.get(alarm)).toMatchObject({ count: 2, causes: ['fence/climb'] });
    expect(story.state.alarms.get(alarm)?.acked).toBeUndefined();
  });

  test('is not raised by a repeated message', () => {
    const story = new Story();
    story.reads('io', { sos: true }, { id: 'a-1' });
    story.reads('io', { sos: true }, { id: 'a-1' });
    expect(story.only('raised')).toHaveLength(1);
    expect(story.only('read').filter((read) => read.device === 'io')).toHaveLength(1);
  });

  test('of a limit lets go only at its clear level', () => {
    const story = new Story();
    for (const tension of [105, 99, 105, 109]) story.reads('fence', { tension });
    expect(story.only('raised')).toHaveLength(1);
    expect(story.only('returned-to-normal')).toHaveLength(0);
    story.reads('fence', { tension: 110 });
    expect(story.only('returned-to-normal')).toHaveLength(1);
    expect(story.only('read')).toHaveLength(0);
  });
});

describe('an open alarm', () => {
  test('is not told again while a measured value stays beyond its limit', () => {
    const story = new Story();
    for (const tension of [99, 98, 97, 98]) story.reads('fence', { tension });
    expect(story.only('raised')).toHaveLength(1);
    expect(story.only('repeated')).toEqual([]);
  });

  test('of an upper limit lets go only at its clear level', () => {
    const story = new Story();
    const { fence, ...others } = school.devices;
    const tension = {
      ...fence!.points.tension!,
      alarm: { kind: 'pull', priority: 2, when: { above: 300, clear: 280 } },
    };
    const points = { ...fence!.points, tension: tension as Point };
    story.site = { ...school, devices: { ...others, fence: { ...fence!, points } } };
    for (const pull of [300, 301, 299, 281]) story.reads('fence', { tension: pull });
    expect(story.only('returned-to-normal')).toEqual([]);
    story.reads('fence', { tension: 280 });
    expect(story.only('raised')).toHaveLength(1);
    expect(story.only('returned-to-normal')).toHaveLength(1);
  });

  test('leaves nothing behind when it is closed, and the next one of its key is another', () => {
    const story = new Story();
    story.reads('io', { sos: true });
    const alarm = story.only('raised')[0]!.seq;
    story.tell({ kind: 'command', by: operator, command: { do: 'acknowledge', alarm } });
    story.tell({ kind: 'command', by: operator, command: { do: 'look', alarm } });
    story.tell({ kind: 'command', by: operator, command: { do: 'close', alarm, reason: 'B5' } });
    expect([story.state.alarms.size, story.state.keys.size]).toEqual([0, 0]);
    story.reads('io', { sos: true });
    expect(story.only('raised')).toHaveLength(2);
  });

  test('of a device that cannot be reached stands over a restart and ends when it is heard', () => {
    const story = new Story();
    story.tell({ kind: 'link', device: 'fence', up: false, why: untranslated('cut') });
    story.tell({ kind: 'started', version: 'next', config: 'c' });
    const [alarm] = [...story.state.alarms.values()];
    expect(alarm?.causes).toEqual(['fence/link']);
    expect(story.state.devices.get('fence')).toMatchObject({ up: undefined });
    story.reads('fence', { climb: false });
    expect(story.state.alarms.get(alarm!.id)?.causes).toEqual([]);
  });
});

describe('a device', () => {
  test('is believed anew after a restart: what it says is a fact again, and nothing it said before is', () => {
    const story = new Story();
    story.reads('fence', { climb: false });
    expect(story.reads('fence', { climb: false })).toEqual([]);
    story.tell({ kind: 'started', version: 'next', config: 'c' });
    expect(story.state.devices.get('fence')?.values).toEqual({});
    expect(story.kinds(story.reads('fence', { climb: false }))).toEqual(['linked', 'read']);
  });

  test('is silent only after its time since the gateway listens, however long ago it was heard', () => {
    const { state } = new Story();
    const live = { gauges: new Map(), heard: new Map([['fence', 1_000]]), listeningSince: 60_000 };
    const names = (elapsed: number) => commsLosses(school, { state, live }, elapsed).map(({ device }) => device);
    expect(names(65_000)).toEqual([]);
    expect(names(65_001)).toContain('fence');
    expect(names(65_001)).not.toContain('r1');
    expect(names(120_001)).toContain('r1');
  });

  test('is recognised by more of its event ids than it can have in flight', () => {
    const story = new Story();
    for (let i = 0; i < seenMax; i++) story.reads('io', { sos: true }, { id: `e-${i}` });
    for (let i = 0; i < seenMax; i++) expect(story.reads('io', { sos: true }, { id: `e-${i}` })).toEqual([]);
    story.reads('io', { sos: true }, { id: 'one more' });
    expect(story.state.recentIds.get('io')).toHaveLength(seenMax);
    const again = emptyState();
    for (const event of story.events) evolve(again, event);
    expect(again.recentIds).toEqual(story.state.recentIds);
  });

  test('that falls silent is an alarm in every arm state, and its values are no longer believed', () => {
    const story = new Story(monday + 9 * 60 * minute);
    expect(story.state.zones.get('z1')?.mode).toBe('disarmed');
    story.reads('fence', { climb: false });
    const live = { gauges: new Map(), heard: new Map([['fence', story.now]]), listeningSince: 0 };
    story.now += 5_001;
    for (const input of commsLosses(school, { state: story.state, live }, story.now)) story.tell(input);
    expect(story.state.devices.get('fence')).toMatchObject({ up: false });
    expect(story.state.devices.get('fence')?.values).toEqual({});
    expect([...story.state.alarms.values()].map((alarm) => alarm.key)).toContain('fence/comms');
    expect(commsLosses(school, { state: story.state, live }, story.now)).toEqual([]);
  });

  test('that comes back ends the condition but not the alarm', () => {
    const story = new Story();
    story.tell({ kind: 'link', device: 'fence', up: false, why: untranslated('cut') });
    story.tell({ kind: 'link', device: 'fence', up: false, why: untranslated('still cut') });
    expect(story.only('linked')).toHaveLength(1);
    story.reads('fence', { climb: false });
    const [alarm] = [...story.state.alarms.values()];
    expect(alarm).toMatchObject({ kind: 'comms', causes: [] });
  });
});

describe('whatever happens', () => {
  test('replaying the journal gives the same state as living through it', () => {
    fc.assert(
      fc.property(night, (inputs) => {
        const story = new Story();
        story.site = watched;
        live(story, inputs);
        const again = emptyState();
        for (const event of JSON.parse(JSON.stringify(story.events))) evolve(again, event);
        expect(again).toEqual(story.state);
        const shown = decodeState(JSON.parse(JSON.stringify(encodeState(story.state))));
        const { recentIds, touches, readerTouches, pastRounds } = story.state;
        expect({ ...shown, recentIds, touches, readerTouches, pastRounds }).toEqual(story.state);
      }),
    );
  });

  test('there is at most one open alarm of a key, and time never runs backwards', () => {
    fc.assert(
      fc.property(night, (inputs) => {
        const story = new Story();
        live(story, inputs, () => {
          const keys = [...story.state.alarms.values()].map((alarm) => alarm.key);
          expect(new Set(keys).size).toBe(keys.length);
          expect([...story.state.keys.keys()].sort()).toEqual(keys.sort());
        });
        const times = story.events.map((event) => event.at);
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }),
    );
  });

  test('the same input twice acknowledges, closes and reads once', () => {
    fc.assert(
      fc.property(night, (inputs) => {
        const story = new Story();
        const atOnce = inputs.map(([input]) => [input, 0] as const);
        live(story, atOnce, (_events, input) => {
          const again = input.kind === 'tick' || input.kind === 'link' ? story.kinds(story.tell(input)) : [];
          expect(again).toEqual([]);
        });
        const acks = story.only('acknowledged').length;
        const opened = story.only('raised').length + story.only('repeated').length;
        expect(acks).toBeLessThanOrEqual(opened);
      }),
    );
  });

  test('a command ends in facts, in one refusal alone, or in nothing because just this was done before', () => {
    fc.assert(
      fc.property(night, (inputs) => {
        const story = new Story();
        live(story, inputs, (events) => {
          // That there are no longer too many alarms may be said after anything.
          const kinds = story.kinds(events).filter((kind) => kind !== 'flooded');
          if (kinds.includes('refused')) expect(kinds).toEqual(['refused']);
        });
      }),
    );
  });

  test('what is shelved is open and never urgent, and a condition that is over makes nothing call again', () => {
    fc.assert(
      fc.property(night, (inputs) => {
        const story = new Story();
        let before = new Map(story.state.alarms);
        live(story, inputs, (events) => {
          for (const { key } of story.state.shelves.values()) {
            expect(story.state.alarms.get(story.state.keys.get(key)!)?.priority).toBeGreaterThan(1);
          }
          const news = events.some(({ kind }) => ['repeated', 'unshelved'].includes(kind));
          for (const alarm of story.state.alarms.values()) {
            const was = news ? undefined : before.get(alarm.id);
            if (was) expect([alarm.waitingSince, alarm.acked ?? was.acked]).toEqual([was.waitingSince, alarm.acked]);
          }
          before = new Map(story.state.alarms);
        });
      }),
    );
  });

  test('nothing is remembered of what is over: shelves, messages and failures belong to open alarms', () => {
    fc.assert(
      fc.property(night, (inputs) => {
        const story = new Story();
        story.site = watched;
        live(story, inputs, () => {
          const { alarms, shelves, keys, duties } = story.state;
          const owed = new Set([...alarms.values()].flatMap(({ notices }) => notices.map(({ id }) => id)));
          expect([...duties.keys()].filter((id) => id.startsWith('notify/') && !owed.has(id))).toEqual([]);
          expect([...shelves.keys()].filter((key) => !keys.has(key))).toEqual([]);
          for (const alarm of alarms.values()) {
            // What is on its way comes to something by itself, and news that it was taken outlives the acknowledgement.
            const unsent = alarm.notices.filter(
              ({ sentAt, tryAt, taken }) => sentAt === undefined && tryAt === undefined && !taken,
            );
            const kept = alarm.acked && late(alarm, story.state.at) === undefined;
            expect(unsent.length).toBeLessThanOrEqual(kept || shelves.has(alarm.key) ? 0 : 1);
          }
        });
      }),
    );
  });

  test('a viewer that may not see some events still follows the rest', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    const view = emptyState();
    for (const event of story.events) {
      if (event.kind === 'started' || event.kind === 'linked') pass(view, event.seq);
      else evolve(view, event);
    }
    expect(view.alarms).toEqual(story.state.alarms);
    expect(() => pass(view, 1)).toThrow('cannot pass back');
  });
});
