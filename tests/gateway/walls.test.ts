/**
 * The walls under watch: whoever calls himself one without being listed is none, and one that is dead, hidden, deaf or mute is told
 * within thirty seconds, and told again when it is well.
 */
import { describe, expect, onTestFinished, test } from 'vitest';
import { WallWatch } from '../../src/app/wall-watch.ts';
import type { PageFrame } from '../../src/core/site/feed-codec.ts';
import type { Words } from '../../src/core/types.ts';
import { realWorld } from '../../src/world/world.ts';
import { school } from '../core/school.ts';
import { until } from '../patience.ts';

const site = { ...school, walls: { hall: { user: 'hall', title: { zh: '值班室', en: 'Control room' } } } };
const hall = { user: { name: 'hall', role: 'operator' as const }, kiosk: true };

/** A wall on a clock that a test moves two seconds at a time. */
function watched() {
  let elapsed = 0;
  let head = 5;
  const told: string[] = [];
  let trouble: Words | undefined;
  const turns: (() => void)[] = [];
  const quiet = () => undefined;
  const stop = new AbortController();
  const walls = new WallWatch({
    world: {
      ...realWorld({ info: quiet, warn: quiet, error: quiet }),
      elapsed: () => elapsed,
      sleep: () => new Promise((resolve) => void turns.push(resolve)),
    },
    site: () => site,
    head: () => head,
    note: async (fact) => void (fact.kind === 'wall-changed' && told.push(`${elapsed / 1_000} ${fact.to}`)),
    trouble: (_part, why) => {
      trouble = why;
    },
  });
  void walls.run(stop.signal);
  onTestFinished(() => {
    stop.abort();
    turns.at(-1)?.();
  });
  const report = (more: Partial<PageFrame> = {}) =>
    walls.hear(hall, {
      ...{ t: 'page', page: 'wall', seq: head, displayed: [], visible: true, sound: 'running', nodes: 1 },
      ...more,
    });
  /** Lets seconds pass; every ten the wall reports, unless it is undefined. */
  const pass = async (seconds: number, more: Partial<PageFrame> | undefined) => {
    for (let i = 0; i < seconds; i += 2) {
      if (more && elapsed % 10_000 === 0) report(more);
      const before = turns.length;
      elapsed += 2_000;
      turns.at(-1)?.();
      await until('the walls were looked at', () => turns.length > before);
    }
  };
  return {
    walls,
    told,
    pass,
    trouble: () => trouble,
    more: (events: number) => {
      head += events;
    },
  };
}

test('only the kiosk account that is listed may call its page a wall', () => {
  const { walls } = watched();
  expect(walls.pageOf(hall, 'wall')).toBe('wall');
  expect(walls.pageOf({ ...hall, kiosk: false }, 'wall')).not.toBe('wall');
  expect(walls.pageOf({ user: { name: 'chen', role: 'operator' }, kiosk: true }, 'wall')).not.toBe('wall');
  expect(walls.pageOf({ user: { name: 'chen', role: 'operator' }, kiosk: false }, 'console')).toBe('console');
});

describe('a wall', () => {
  test('that shows, hears and sounds is told of nobody', async () => {
    const { pass, told, trouble } = watched();
    await pass(60, {});
    expect([told, trouble()]).toEqual([[], undefined]);
  });

  test('says when it was last heard, and how it is, to whoever sets up', async () => {
    const { walls, pass } = watched();
    expect(walls.status()).toEqual([{ user: 'hall', title: site.walls.hall.title }]);
    await pass(14, { sound: 'blocked' });
    expect(walls.status()).toMatchObject([
      { user: 'hall', is: 'well', saidAgoMs: 4_000, sound: 'blocked', visible: true },
    ]);
    await pass(20, undefined);
    expect(walls.status()).toMatchObject([{ is: 'dead', saidAgoMs: 24_000 }]);
  });

  test('that never comes is told within thirty seconds', async () => {
    const { pass, told, trouble } = watched();
    await pass(30, undefined);
    expect(told).toEqual(['24 dead']);
    expect(trouble()?.zh).toContain('值班室');
  });

  test('that dies is told within thirty seconds, and told to be well again', async () => {
    const { pass, told, trouble } = watched();
    await pass(20, {});
    await pass(30, undefined);
    await pass(12, {});
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/ dead$/);
    expect(Number(told[0]!.split(' ')[0])).toBeLessThanOrEqual(50);
    expect(told[1]).toMatch(/ well$/);
    expect(trouble()).toBeUndefined();
  });

  test.each([
    ['silent', { sound: 'blocked' as const }],
    ['hidden', { visible: false }],
  ])('that is %s is told within thirty seconds', async (what, says) => {
    const { pass, told } = watched();
    await pass(20, {});
    await pass(30, says);
    expect(told).toEqual([expect.stringMatching(new RegExp(` ${what}$`))]);
    expect(Number(told[0]!.split(' ')[0])).toBeLessThanOrEqual(50);
  });

  test('that hears nothing new is told within thirty seconds of what it did not hear', async () => {
    const { pass, told, more } = watched();
    await pass(10, {});
    more(3);
    await pass(40, { seq: 5 });
    expect(told).toEqual([expect.stringMatching(/ deaf$/)]);
    expect(Number(told[0]!.split(' ')[0])).toBeLessThanOrEqual(40);
  });
});
