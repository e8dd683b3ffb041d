/**
 * What the gateway says of the duty roster by itself: nobody signed on, a shift of the week lacks people; that it is over once it is, and
 * nothing new while the journal cannot be written.
 */
import { expect, test } from 'vitest';
import { DutyWatch } from '../../src/app/duty/duty-watch.ts';
import { Troubles } from '../../src/app/troubles.ts';
import { localDay } from '../../src/core/site/calendar.ts';
import type { Durable, Site, State } from '../../src/core/types.ts';
import { nobodySignedOn } from '../../src/words/duty/duty-trouble-words.ts';
import { realWorld } from '../../src/world/world.ts';
import { minute, monday, operator, Story, school } from '../core/school.ts';

const daily = [0, 1, 2, 3, 4, 5, 6];
const today = localDay(monday, 480);
const site: Site = {
  ...school,
  roster: {
    shifts: {
      watch: { id: 'watch', title: { zh: '值班', en: 'Watch' }, days: daily, from: 0, until: 0, persons: 1 },
    },
    turns: [{ shift: 'watch', days: [1, 2, 3, 4, 5, 6], order: [['li']], anchor: today, eachDays: 7 }],
    temporary: [],
  },
};

function watching() {
  const story = new Story(monday);
  story.site = site;
  const quiet = () => undefined;
  const world = realWorld({ info: quiet, warn: quiet, error: quiet });
  const troubles = new Troubles(world);
  let broken = false;
  const watch = new DutyWatch({
    world,
    site: () => story.site,
    now: () => story.now,
    read: async (look) => {
      if (broken) throw new Error('the disk is full');
      return look(story.state as unknown as Durable<State>);
    },
    trouble: troubles.set,
  });
  const said = async () => {
    await watch.look();
    return troubles.all().map(({ part, why }) => `${part}: ${why.en}`);
  };
  const breaks = (now: boolean) => {
    broken = now;
  };
  return { story, said, watch, breaks };
}

const gap = 'roster: The Watch of 29 Nov, 00:00, lacks 1. Make a cover at the page Duty, or change the roster.';

test('what is amiss with the roster is a trouble until it is over, and stays as it was while the journal refuses', async () => {
  const { story, said, breaks } = watching();
  expect(await said()).toEqual([gap]);
  story.now = monday + 15 * minute;
  const late =
    'duty: Nobody has signed on to the Watch (planned: 李强) since 00:00. Whoever is there signs on at the page Duty.';
  expect(await said()).toEqual([gap, late]);
  story.asks(operator, { do: 'sign-on', shift: 'watch', day: today, person: 'li' });
  breaks(true);
  expect(await said()).toEqual([gap, late]);
  breaks(false);
  expect(await said()).toEqual([gap]);
  story.site = school;
  expect(await said()).toEqual([]);
});

test('it ends with its signal', async () => {
  const { watch } = watching();
  const stop = new AbortController();
  const running = watch.run(stop.signal);
  stop.abort();
  await expect(running).resolves.toBeUndefined();
});

test('a shift that began on another day is told with that day', () => {
  const shift = { title: { zh: '夜班', en: 'Night' }, day: today, from: '19:00' };
  const said = (now: number) => nobodySignedOn(shift, ['李强'], 1, now);
  expect(said(today).zh).toContain('，自 19:00 起；另有 1 个班也没有');
  expect(said(today + 1).zh).toContain('，自 昨天 19:00 起');
  expect(said(today + 1).en).toContain('since yesterday 19:00; nor to 1 more shift.');
  expect(said(today + 2).zh).toMatch(/，自 \d+月\d+日 19:00 起/);
});
