/**
 * What every screen says of things somebody has to see to: zones whose limits hide what a fence ought to tell, as long as nobody gave
 * them an end and no second person stands for them, and lines to the police that were not tested. It words what is so and changes
 * nothing.
 */
import { policeDue } from '../core/alarm/police.ts';
import { looseOf } from '../core/site/zone-limits.ts';
import type { ReadOnly, Site, State, Time, Words } from '../core/types.ts';
import { policeDueWords } from '../words/reach/police-words.ts';
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

/** What is to be said of the lines to the police, the first of them; undefined when all were tested and heard. */
export function policeTrouble(site: Site, state: ReadOnly<State>, at: Time): Words | undefined {
  const [due] = policeDue(site, state, at);
  return due && policeDueWords(due.device.title, due.why, due.days);
}
