/**
 * A camera of the canteen that could be seen too little on a day that is over: a proposal, once for each camera and day. What was found
 * is handed in; it reckons no rate itself.
 */
import { rateFound, rateOffence } from '../../words/canteen/rectify-words.ts';
import type { Draft } from '../draft.ts';
import { timeOf } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import type { RateFound } from '../types.ts';
import { canteenAreaOf, propose } from './propose.ts';

/** Proposes it, unless that day of the camera was proposed before, or one of another day was not over when the day ended. */
export function proposeRate(draft: Draft, { camera, day, percent }: RateFound): void {
  const { site, state, now } = draft;
  const [area, device] = [canteenAreaOf(site, camera), lookup(site.devices, camera)];
  const dayEnd = timeOf(day + 1, 0, site.utcOffsetMin);
  const least = site.canteen?.leastOnline;
  if (!area || !device || least === undefined || percent >= least || now < dayEnd) return;
  const key = `online-rate/${camera}`;
  // Told again after a restart, State alone says what came of it the first time: one that has been put right since was not so then.
  const known = [...state.rectifications.values()].some(
    ({ offence, source, over }) =>
      offence.key === key &&
      ((source.from === 'online-rate' && source.day === day) || over === undefined || over.at >= dayEnd),
  );
  if (known) return;
  propose(draft, {
    source: { from: 'online-rate', day, percent, least },
    place: { area: area.id, title: area.title },
    offence: { key, title: rateOffence(device.title) },
    what: rateFound(percent, least),
  });
}
