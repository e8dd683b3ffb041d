/**
 * A flood begins and ends by count, whatever the alarms are, and says so once; chattering is told from the last triggers.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chattering } from '../../src/core/alarm/flood.ts';
import { evolve } from '../../src/core/evolve.ts';
import { ring, zoneIds } from './ring.ts';
import { minute, monday, Story } from './school.ts';

const started = monday + 12 * 60 * minute;

function day(): Story {
  const story = new Story(started);
  story.site = ring;
  return story;
}

/** Raises an alarm of its own kind and place for each number. */
function raise(story: Story, n: number): void {
  const kind = ['climb', 'pull', 'cut', 'slack', 'tamper'][Math.floor(n / 12) % 5]!;
  story.reads(`m${(n % 12) + 1}`, { [kind]: true });
}

const floods = (story: Story) => story.only('flooded').map(({ on, count, at }) => [on, count, at - started]);

describe('a flood', () => {
  test('begins with the eleventh alarm in ten minutes and ends with fewer than five', () => {
    const story = day();
    for (let n = 0; n < 10; n++) {
      raise(story, n);
      story.now += minute / 2;
    }
    expect(story.state.flood).toBeUndefined();
    raise(story, 10);
    expect(floods(story)).toEqual([[true, 11, 5 * minute]]);
    expect(story.state.flood).toEqual({ since: story.now });
    for (story.now += 1000; story.state.flood; story.now += 1000) story.tell({ kind: 'tick' });
    // The seventh of eleven leaves ten minutes after it came, and four are left.
    expect(floods(story)).toEqual([
      [true, 11, 5 * minute],
      [false, 4, 3 * minute + 10 * minute],
    ]);
  });

  test('is not begun by ten, nor by eleven of which the first is ten minutes old', () => {
    const story = day();
    raise(story, 0);
    story.now += 5 * minute;
    for (let n = 1; n < 10; n++) raise(story, n);
    story.now += 5 * minute;
    raise(story, 10);
    expect(story.only('flooded')).toEqual([]);
    raise(story, 11);
    expect(floods(story)).toEqual([[true, 11, 10 * minute]]);
  });

  test('is begun by one message that raises eleven', () => {
    const story = day();
    const points = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => {
        const { climb } = ring.devices[`m${i + 1}`]!.points;
        return [`climb_${i}`, { ...climb!, key: `climb_${i}` }];
      }),
    );
    story.site = { ...ring, devices: { ...ring.devices, m1: { ...ring.devices.m1!, points } } };
    story.reads('m1', Object.fromEntries(Object.keys(points).map((key) => [key, true])));
    expect(floods(story)).toEqual([[true, 12, 0]]);
  });

  test('is not begun by maintenance, however much of it one message tells', () => {
    const story = day();
    const { power } = ring.devices.r4!.points;
    const points = Object.fromEntries(zoneIds.map((zone) => [zone, { ...power!, key: zone, zone }]));
    story.site = { ...ring, devices: { ...ring.devices, r4: { ...ring.devices.r4!, points } } };
    story.reads('r4', Object.fromEntries(zoneIds.map((zone) => [zone, true])));
    expect(story.only('raised')).toHaveLength(12);
    expect(story.only('flooded')).toEqual([]);
  });

  test('counts neither repeats nor maintenance nor silent calls for help', () => {
    const story = day();
    for (let n = 0; n < 12; n++) {
      story.reads('m1', { climb: true });
      story.reads('m1', { climb: false });
      const finding = { kind: 'detection', detection: 'drift', active: true } as const;
      story.tell({ kind: 'detected', zone: `z${n + 1}`, device: `m${n + 1}`, finding });
      const { seq, at } = story.state;
      const quiet = { kind: 'raised', key: `${n}`, alarm: 'duress', priority: 1, device: 'm1', cause: 'x' } as const;
      evolve(story.state, { ...quiet, active: false, covert: true, seq: seq + 1, at });
    }
    story.tell({ kind: 'tick' });
    expect(story.only('flooded')).toEqual([]);
  });

  test('is on exactly when the counts say so, whatever happens, and said only when it turns', () => {
    const gaps = fc.array(fc.constantFrom(0, 1_000, 20_000, minute, 3 * minute), { maxLength: 60 });
    fc.assert(
      fc.property(gaps, (waits) => {
        const story = day();
        const raised: number[] = [];
        let on = false;
        for (const [n, wait] of waits.entries()) {
          story.now += wait;
          raise(story, n);
          raised.push(story.now);
          const count = raised.filter((at) => at > story.now - 10 * minute).length;
          on = on ? count >= 5 : count > 10;
          expect(story.state.flood !== undefined).toBe(on);
        }
        const turns = story.only('flooded').map((fact) => fact.on);
        expect(turns).toEqual(turns.map((_, i) => i % 2 === 0));
      }),
    );
  });
});

describe('an alarm', () => {
  test('is chattering with three triggers within a minute, and no longer a minute after the first of them', () => {
    const story = day();
    const [first, second, third] = [story.now, story.now + 30_000, story.now + minute];
    for (const now of [first, second, third]) {
      story.now = now;
      story.reads('m1', { climb: true });
      story.reads('m1', { climb: false });
      const [alarm] = [...story.state.alarms.values()];
      expect(chattering(alarm!, now)).toBe(now === third);
      expect(chattering(alarm!, third + 1)).toBe(false);
    }
  });
});
