/**
 * A morning at the gates: at one place two guards who keep to it, at one the second is late, at one the same guard touches twice, and
 * at one the reader cannot be heard. It says who touched what and never what the gateway should make of it.
 */
import type { Post, Site } from '../../src/core/types.ts';
import { unplug } from './deeds.ts';
import type { Script, Story } from './script.ts';
import type { Scene } from './stage.ts';

const minuteMs = 60_000;
/** The night begins at 07:15; the posts last from 07:25 to 07:50. */
const begins = 7 * 60 + 15;
const [from, until] = [begins + 10, begins + 35];
const everyMin = 8;

const readersOf = (site: Pick<Site, 'devices'>) =>
  Object.values(site.devices).filter(({ family }) => family === 'reader');

const manners = ['pair', 'late', 'twice', 'deaf'] as const;

const postsOf = (site: Site): Post[] =>
  readersOf(site)
    .slice(0, manners.length)
    .map(({ id, title }, i) => ({
      ...{ id: `gate-${manners[i]}`, title, reader: id, persons: 2 },
      ...{ earlyMs: 8 * minuteMs, everyMs: everyMin * minuteMs, graceMs: minuteMs },
      hours: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from, until })),
    }));

/** A guard touches from a minute of the night on, again before he has to, until the post is over. */
function stands(s: Script, reader: number, guard: number, first: number): Scene[] {
  const scenes: Scene[] = [];
  for (let at = first; at < until - begins; at += s.chance.between(0.6, 0.9) * everyMin)
    scenes.push({
      at,
      act: ({ school }) => {
        const cards = Object.values(school.site.people).flatMap(({ card }) => card ?? []);
        const device = readersOf(school.site)[reader]?.id;
        const card = cards[guard % cards.length];
        if (device !== undefined && card !== undefined) school.touch(device, card);
      },
    });
  return scenes;
}

export const schoolGates: Story = {
  id: 'school-gates',
  title: { zh: '上学时的校门', en: 'the gates when school begins' },
  begins: ['07:15'],
  hours: 0.7,
  posts: postsOf,
  scenes: (s) => {
    const early = () => s.chance.between(4, 9);
    const dark = s.chance.between(12, 16);
    return [
      ...[0, 1].flatMap((guard) => stands(s, 0, guard, early())),
      ...stands(s, 1, 1, early()),
      ...stands(s, 1, 2, s.chance.between(13, 20)),
      ...[early(), early()].flatMap((first) => stands(s, 2, 2, first)),
      ...[0, 2].flatMap((guard) => stands(s, 3, guard, early())),
      {
        at: dark,
        act: (on) => {
          const device = readersOf(on.school.site)[3]?.id;
          if (device !== undefined) unplug(on, device, s.lasting(10, 18));
        },
      },
    ];
  },
};
