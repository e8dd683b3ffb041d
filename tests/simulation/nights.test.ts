/**
 * Nights of every story, each with its own seed: the checkers find nothing, and each of them had something to look at.
 * The same seed is the same journal, byte for byte.
 */
import { describe, expect, test } from 'vitest';
import type { Story } from '../../simulators/virtual/script.ts';
import { stories } from '../../simulators/virtual/stories.ts';
import type { Judgement } from '../../src/simulation/run.ts';
import { campus, nightHours as hours, play, nightSeeds as seeds } from './night.ts';

const told = ({ findings }: Judgement) => findings.map(({ checker, words }) => `${checker}: ${words.en}`);

describe('a simulated night', async () => {
  const config = await campus();
  const looked = new Map<string, number>();

  describe.each([...stories.values()])('$title.en', (story) => {
    test.each(seeds)('seed %i leaves the checkers nothing to find', async (seed) => {
      // That a host stands still shows after the time in which it could be known, and the time in which it is told.
      const judgement = await play({ config, story, seed, hours: story.id === 'still-wires' ? story.hours : hours });
      expect(told(judgement)).toEqual([]);
      for (const one of judgement.checkers) looked.set(one.name, (looked.get(one.name) ?? 0) + one.looked);
    });
  });

  test('put every checker to work', () => {
    expect([...looked].filter(([, count]) => count === 0)).toEqual([]);
  });

  test('has the same journal with the same seed, and another with another', async () => {
    const story = stories.get('two-at-once')!;
    const heads = [];
    for (const seed of [7, 7, 8]) heads.push((await play({ config, story, seed, hours })).head.hash);
    expect(heads[0]).toBe(heads[1]);
    expect(heads[2]).not.toBe(heads[0]);
  });

  test('has the same journal whether InfluxDB is there or away', async () => {
    const story = stories.get('two-at-once')!;
    const loses = story.hours * 3_600_000;
    const away: Story = {
      ...story,
      scenes: (s) => [...story.scenes(s), s.at(0.1, ({ machine }) => machine.loseInflux(loses))],
    };
    const heads = [];
    for (const one of [story, away]) heads.push((await play({ config, story: one, seed: 9, hours })).head.hash);
    expect(heads[1]).toBe(heads[0]);
  });
});
