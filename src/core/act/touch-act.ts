/**
 * Writes down by hand that somebody was at a checkpoint of which no reader knows, and takes that back. Both are facts with the name
 * of whoever wrote them. What is written by hand never counts as having been there: it says why a point was missed, and no more.
 */

import { refuse } from '../alarm/authorize.ts';
import type { Draft } from '../draft.ts';
import { judgeTouches } from '../patrol/rounds.ts';
import { touchesKeptMs } from '../patrol/touches.ts';
import { lookup } from '../site/lookup.ts';
import type { KeptTouch, ReaderTouch, Refusal, User } from '../types.ts';
import type { Act, Asked } from './act.ts';

/** Those who answer for what is in the record. An administrator of accounts does not. */

const minuteOf = (at: number): number => Math.floor(at / 60_000);

/** The touch of this person at this point in this minute, whichever way it came. */
function knownTouch({ state }: Draft, { reader, person, sourceTime }: Asked<'write-touch'>): KeptTouch | undefined {
  return [...state.touches.values()].find(
    (one) => one.reader === reader && one.person === person && minuteOf(one.sourceTime) === minuteOf(sourceTime),
  );
}

function refusal(
  { site, now }: Draft,
  { reader, person, sourceTime, reason }: Asked<'write-touch'>,
): Refusal | undefined {
  const points = Object.values(site.routes).flatMap(({ checkpoints }) => checkpoints);
  if (!points.some((point) => point.reader === reader)) return 'unknown-checkpoint';
  if (!lookup(site.people, person)) return 'unknown-person';
  if (sourceTime > now) return 'in-future';
  if (sourceTime < now - touchesKeptMs) return 'too-old';
  return reason.trim() ? undefined : 'reason-missing';
}

export const writeTouch: Act<'write-touch'> = {
  words: { zh: '手工补录一次打点', en: 'Write down by hand that somebody was at a checkpoint' },
  rule: (draft, by: User, command) => {
    const why = refusal(draft, command);
    if (why) return refuse(draft, by, command, why);
    const { reader, person, sourceTime } = command;
    const reason = command.reason.trim();
    const known = knownTouch(draft, command);
    if (known?.by === by.name && known.reason === reason) return;
    if (known) return refuse(draft, by, command, 'already-touched');
    const touch: ReaderTouch = { reader, card: '', sourceTime, person, source: 'hand', by: by.name, reason };
    draft.add({ kind: 'touched', ...touch });
    judgeTouches(draft, [touch]);
  },
};

export const withdrawTouch: Act<'withdraw-touch'> = {
  words: { zh: '撤销一次手工补录', en: 'Withdraw a touch that was written down by hand' },
  rule: (draft, by, command) => {
    const reason = command.reason.trim();
    if (!reason) return refuse(draft, by, command, 'reason-missing');
    const touch = [...draft.state.touches.values()].find(({ id }) => id === command.touch);
    if (touch?.source !== 'hand') return refuse(draft, by, command, 'unknown-touch');
    draft.add({ kind: 'touch-withdrawn', touch: touch.id, by: by.name, reason });
    judgeTouches(draft, [touch], new Set([touch]));
  },
};
