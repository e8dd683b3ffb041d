/**
 * What of a school's site leaves for its district: the place, its plans and the names of those on duty, so that what is folded there can be shown as
 * it is here. What opens something or reaches somebody stays: numbers of cards and chips, how a person is told, whom tests go to. A field that is not named here
 * does not compile. Pure.
 */
import type { Withholding } from '../core/retention/leaving-kinds.ts';
import type { Person, Site } from '../core/types.ts';

type Shown<V> = (value: V) => V;
/** A withholding: leaves unless the school keeps it to itself. */
type SiteRule<V> = 'leaves' | 'stays' | Withholding | Shown<V>;

const people: Shown<Site['people']> = (all) =>
  Object.fromEntries(
    Object.entries(all).map(([id, { name, account }]): [string, Person] => [
      id,
      { id, name, ...(account !== undefined && { account }) },
    ]),
  );

const routes: Shown<Site['routes']> = (all) =>
  Object.fromEntries(
    Object.entries(all).map(([id, { checkpoints, ...route }]) => [
      id,
      {
        ...route,
        // Of a point that has only a chip the chip's number is its reader as well.
        checkpoints: checkpoints.map(({ chip, reader, ...point }) => ({
          ...point,
          reader: reader === chip ? point.id : reader,
        })),
      },
    ]),
  );

const rules: { readonly [K in keyof Site]-?: SiteRule<NonNullable<Site[K]>> } = {
  ...{ name: 'leaves', short: 'leaves', utcOffsetMin: 'leaves', map: 'leaves' },
  ...{ zones: 'leaves', devices: 'leaves', areas: 'leaves', schedules: 'leaves', calendar: 'leaves' },
  ...{ procedures: 'leaves', escalation: 'leaves', rules: 'leaves', ladder: 'leaves', pledges: 'leaves' },
  ...{
    channels: 'leaves',
    channelTests: 'stays',
    canary: 'stays',
    walls: 'leaves',
    kitchen: 'leaves',
    canteen: 'leaves',
  },
  ...{ routes, people, posts: 'posts', roster: 'roster', exceptions: 'patrol', roundsPerDay: 'leaves' },
  ...{ cameras: 'leaves', clips: 'leaves', drill: 'leaves' },
};

/** The site as it leaves a school that keeps these to itself. */
export function leavingSite(site: Site, keeps: readonly Withholding[]): Site {
  const fields = Object.entries(site).flatMap(([name, value]): (readonly [string, unknown])[] => {
    const rule = rules[name as keyof Site] as SiteRule<unknown>;
    if (typeof rule === 'function') return [[name, rule(value)]];
    return rule === 'stays' || (rule !== 'leaves' && keeps.includes(rule)) ? [] : [[name, value]];
  });
  return Object.fromEntries(fields) as unknown as Site;
}
