/**
 * What every screen says of things somebody has to see to: zones whose limits hide what a fence ought to tell, as long as nobody gave
 * them an end and no second person stands for them, lines to the police that were not tested, and a canary that did not come through. It
 * words what is so and changes nothing.
 */
import { policeDue } from '../core/alarm/police.ts';
import { looseOf } from '../core/site/zone-limits.ts';
import { canaryFailure } from '../core/tell/canary.ts';
import type { ReadOnly, Site, State, Time, Words } from '../core/types.ts';
import { canaryTrouble } from '../words/reach/canary-words.ts';
import { policeDueWords } from '../words/reach/police-words.ts';
import { limitNames, zonesLoose } from '../words/screens/limit-words.ts';
import { clockTrouble } from './gateway-timekeeping.ts';

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
function policeTrouble(site: Site, state: ReadOnly<State>, at: Time): Words | undefined {
  const [due] = policeDue(site, state, at);
  return due && policeDueWords(due.device.title, due.why, due.days);
}

/** What is to be said of the last canary; undefined when it came through. */
function brokenWay(site: Site, { canary }: ReadOnly<State>): Words | undefined {
  const failure = canaryFailure(site, canary);
  return failure && canaryTrouble(failure.hop, failure.why);
}

/** What State alone makes a trouble of, by its part; undefined where all is well. */
export const troublesOf = (
  site: Site,
  state: ReadOnly<State>,
  at: Time,
): Readonly<Record<string, Words | undefined>> => ({
  clock: clockTrouble(state, at),
  limits: limitsTrouble(site, state),
  police: policeTrouble(site, state, at),
  canary: brokenWay(site, state),
});
