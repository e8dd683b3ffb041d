/**
 * Answers an item of a checkpoint. Only for oneself, and only at a touch of one's own of that very point a short while ago: nobody
 * answers for another, nor from a chair. A wrong answer is a note of upkeep; a right one closes it.
 */

import { itemFinding } from '../../words/patrol/item-words.ts';
import { trigger } from '../alarm/alarms.ts';
import { refuse } from '../alarm/authorize.ts';
import { lift } from '../alarm/shelving.ts';
import type { Draft } from '../draft.ts';
import { answerWithinMs, isAnswer, isRight, itemKey, itemsOf, upkeepKey } from '../patrol/check-items.ts';
import { RoundBook } from '../patrol/round-book.ts';
import { countedAt } from '../patrol/touches.ts';
import { gatewayName } from '../site/armed-plan.ts';
import { personOf } from '../site/naming.ts';
import type { KeptTouch, ReadOnly, Refusal, Site, State, Time, User } from '../types.ts';
import type { Act, Asked } from './act.ts';

/** Why the gateway closes the note: found right again. */
const rightAgain = 'F8';
/** A second tap, or a second try after an answer that was lost. */
const againMs = 60_000;
/** Ours: no gauge at a checkpoint shows more. */
const valueMax = 1e6;

/** The last touch of a person at a reader that is young enough to answer by. What is written by hand is none. */
export function answerableTouch(
  state: Pick<ReadOnly<State>, 'readerTouches'>,
  reader: string,
  person: string,
  now: Time,
): KeptTouch | undefined {
  const touches = state.readerTouches.get(reader) ?? [];
  return [...touches]
    .reverse()
    .find((one) => one.person === person && one.source !== 'hand' && now - (countedAt(one) ?? 0) <= answerWithinMs);
}

/** Why this cannot be answered by this person now; undefined when it can. */
export function itemRefusal(
  site: Site,
  state: Pick<ReadOnly<State>, 'readerTouches'>,
  by: User,
  { reader, item, value }: Pick<Asked<'check-item'>, 'reader' | 'item' | 'value'>,
  now: Time,
): Refusal | undefined {
  const placed = itemsOf(site).get(itemKey(reader, item));
  if (!placed) return 'unknown-item';
  if (!isAnswer(placed.item, value) || Math.abs(Number(value)) > valueMax) return 'wrong-answer';
  const person = personOf(site, by);
  if (!person) return 'no-person';
  return answerableTouch(state, reader, person.id, now) ? undefined : 'not-touched';
}

function settle(draft: Draft, { reader, item }: Asked<'check-item'>): void {
  const key = upkeepKey(reader, item);
  const open = draft.open(key);
  if (!open) return;
  draft.add({ kind: 'closed', alarm: open.id, by: gatewayName, reason: rightAgain });
  lift(draft, key, gatewayName, 'closed');
}

/** The point of the round the touch belongs to, and the answer of that round before this one. */
function placeIn(draft: Draft, touch: KeptTouch, item: string) {
  const place = new RoundBook(draft).placeOf(touch, countedAt(touch) ?? touch.learned);
  if (!place?.point.items?.some(({ id }) => id === item)) return undefined;
  const before = place.round.items?.answers[`${place.point.id}/${item}`];
  return { checkpoint: place.point.id, round: place.round.id, ...(before !== undefined && { before }) };
}

export const checkItem: Act<'check-item'> = {
  words: { zh: '填写巡更点检查项', en: 'Answer an item of a checkpoint, having touched it' },
  rule: (draft, by, command) => {
    const why = itemRefusal(draft.site, draft.state, by, command, draft.now);
    if (why) return refuse(draft, by, command, why);
    const { reader, item: id, value, picture, sha256 } = command;
    const key = itemKey(reader, id);
    const [placed, person] = [itemsOf(draft.site).get(key), personOf(draft.site, by)];
    const touch = person && answerableTouch(draft.state, reader, person.id, draft.now);
    if (!placed || !person || !touch) return;
    const note = command.note?.trim();
    const was = draft.state.items.get(key);
    const same =
      was?.by === by.name && was.value === value && was.sha256 === sha256 && (was.note ?? '') === (note ?? '');
    if (was && same && draft.at - was.at < againMs) return;
    const right = isRight(placed.item, value);
    const at = placeIn(draft, touch, id) ?? { checkpoint: placed.point.id };
    draft.add({
      ...{ kind: 'item-checked', reader, ...at, item: id, by: by.name, person: person.id, value, right },
      ...(note && { note }),
      ...(picture !== undefined && { picture }),
      ...(sha256 !== undefined && { sha256 }),
    });
    if (right) return settle(draft, command);
    trigger(draft, {
      ...{ key: upkeepKey(reader, id), alarm: 'upkeep', priority: 4, device: reader, cause: key, active: false },
      ...{ value, why: itemFinding(placed.item, value), checkpoint: at.checkpoint },
    });
  },
};
