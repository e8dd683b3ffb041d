/**
 * A person calls for help from a phone: loud for everybody, or silent for those alone who can help without being seen to. With the
 * point he touched last, where that is known, and its age where it waited in the phone. It must never be refused for what the site does not
 * know of him, and a call of another day never raised as one of now.
 */

import { callsHelp, helpCalled } from '../../words/link-words.ts';
import { trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import { countedAt } from '../patrol/touches.ts';
import { personOf, phoneDevice } from '../site/naming.ts';
import type { HelpCommand, PhoneMaking, User } from '../types.ts';
import { keptAtMostMs, phonePlaces } from './phone-places.ts';

/** A touch longer ago says nothing of where somebody is; a shift. Ours. */
const recallMs = 12 * 3_600_000;
/** So fresh it is where he is, as far as anybody knows: the alarm stands at that point. Ours. */
const hereMs = 30 * 60_000;

/** The point this person touched last, and when. What was written down by hand is no touch. */
function lastPoint({ site, state, now }: Draft, by: User) {
  const person = personOf(site, by);
  let last: { readonly reader: string; readonly at: number } | undefined;
  if (!person) return undefined;
  for (const touch of state.touches.values()) {
    const at = countedAt(touch);
    if (touch.person !== person.id || touch.source === 'hand' || at === undefined || at < now - recallMs) continue;
    if (!last || at > last.at) last = { reader: touch.reader, at };
  }
  const title = last && phonePlaces(site).get(last.reader);
  return last && title && { ...last, title };
}

const pointOf = ({ site }: Draft, reader: string) =>
  Object.values(site.routes)
    .flatMap(({ checkpoints }) => checkpoints)
    .find((point) => point.reader === reader)?.id;

/** From this age on it is said how old a call is. Ours. */
const lateMs = 5 * 60_000;

/** How old a call is that waited; undefined where it is as good as of now. `past`: nobody waits for help any more. */
function ageOf({ now }: Draft, { madeAt, doubt }: Pick<PhoneMaking, 'madeAt' | 'doubt'>) {
  if (madeAt === undefined) return undefined;
  // What cannot be believed makes no call less urgent.
  if (doubt) return { minutes: 0, doubt: true, past: false };
  const age = now - madeAt;
  return age < lateMs ? undefined : { minutes: Math.floor(age / 60_000), past: age > keptAtMostMs };
}

export const callHelp = {
  words: callsHelp,
  rule: (draft: Draft, by: User, { silent }: HelpCommand, making: Pick<PhoneMaking, 'madeAt' | 'doubt'> = {}): void => {
    const last = lastPoint(draft, by);
    const checkpoint = last && draft.now - last.at <= hereMs ? pointOf(draft, last.reader) : undefined;
    const age = ageOf(draft, making);
    trigger(draft, {
      // One of now must not join one of long ago, which nobody was called to.
      key: `${silent ? 'duress' : 'sos'}/phone${age?.past ? '-past' : ''}/${by.name}`,
      alarm: silent ? 'duress' : 'sos',
      priority: age?.past ? 3 : 1,
      device: phoneDevice,
      cause: `help/${by.name}`,
      active: false,
      why: helpCalled(by.name, last && { ...last, minutes: Math.floor((draft.now - last.at) / 60_000) }, age),
      ...(checkpoint !== undefined && { checkpoint }),
      ...(silent && { covert: true }),
    });
  },
};
