/**
 * A touch whose reader was a phone: whoever is logged in there has read the code of a checkpoint. That the code is right was found by
 * whoever gives this; who it was and when is decided here. It must never be asked for over the wire by name.
 */

import { refuse } from '../alarm/authorize.ts';
import type { Draft } from '../draft.ts';
import { judgeTouches } from '../patrol/rounds.ts';
import { isKnown } from '../patrol/touches.ts';
import { keptAtMostMs, phonePlaces } from '../phone/phone-places.ts';
import { personOf } from '../site/naming.ts';
import type { Person, ReaderTouch, Refusal, Site, Time, User } from '../types.ts';
import type { Act, Asked } from './act.ts';

/** Why this touch cannot be taken; undefined when it can. */
export function phoneRefusal(
  site: Site,
  by: User,
  { reader, sourceTime }: Pick<Asked<'touch-by-phone'>, 'reader' | 'sourceTime'>,
  now: Time,
): Refusal | undefined {
  if (!phonePlaces(site).has(reader)) return 'unknown-checkpoint';
  if (!personOf(site, by)) return 'no-person';
  return sourceTime !== undefined && sourceTime < now - keptAtMostMs ? 'kept-too-long' : undefined;
}

function touchOf(draft: Draft, { id, card }: Person, command: Asked<'touch-by-phone'>): ReaderTouch {
  const { reader, via, doubt, picture, sha256 } = command;
  const { now } = draft;
  return {
    ...{ reader, card: card ?? `phone:${id}`, sourceTime: Math.min(command.sourceTime ?? now, now), person: id },
    ...{ source: 'phone', via },
    ...(doubt && { doubt, countedAs: now }),
    ...(picture !== undefined && { picture }),
    ...(sha256 !== undefined && { sha256 }),
  };
}

export const touchByPhone: Act<'touch-by-phone'> = {
  words: { zh: '用手机打点', en: 'Touch a checkpoint by phone' },
  rule: (draft, by, command) => {
    const why = phoneRefusal(draft.site, by, command, draft.now);
    const person = personOf(draft.site, by);
    if (why || !person) return refuse(draft, by, command, why ?? 'no-person');
    const touch = touchOf(draft, person, command);
    if (isKnown(draft, touch)) return;
    draft.add({ kind: 'touched', ...touch });
    judgeTouches(draft, [touch]);
  },
};
