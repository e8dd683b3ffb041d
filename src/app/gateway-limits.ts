/**
 * What every screen says of zones whose limits hide what a fence ought to tell, as long as nobody gave them an end and no second
 * person stands for them. It words what is so and changes nothing.
 */
import { looseOf } from '../core/site/zone-limits.ts';
import type { ReadOnly, Site, State, Words } from '../core/types.ts';
import { limitNames, zonesLoose } from '../words/screens/limit-words.ts';

/** What is to be said of the limits of all zones; undefined when all is well. */
export function limitsTrouble(site: Site, state: ReadOnly<State>): Words | undefined {
  const zones = Object.values(site.zones)
    .sort((a, b) => a.number - b.number)
    .flatMap(({ id, number }) => {
      const loose = looseOf(site, state, id);
      return loose?.owed ? [{ number, ...loose }] : [];
    });
  if (zones.length === 0) return undefined;
  // The worst is said first and alone.
  const blind = zones.filter((one) => one.blind.length > 0);
  return zonesLoose(
    (blind.length > 0 ? blind : zones).map((one) => ({
      number: one.number,
      limits: limitNames(blind.length > 0 ? one.blind : one.names),
    })),
    blind.length > 0,
  );
}
