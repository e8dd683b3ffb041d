/**
 * Answers an item of a check list of the kitchen, today's or, where its time is over, late. A wrong answer proposes a rectification. What
 * was answered stays in the journal; a later answer to the same item counts.
 */
import { listFinding, theCanteen } from '../../../words/canteen/list-words.ts';
import { refuse } from '../../alarm/authorize.ts';
import { samplesMax } from '../../canteen/evolve-canteen.ts';
import { isListAnswer, isListRight, listKey, listsOn } from '../../canteen/lists.ts';
import { propose } from '../../rectify/propose.ts';
import { localDay } from '../../site/calendar.ts';
import { lookup } from '../../site/lookup.ts';
import type { Durable, ListItem, Refusal, Site, State, Time, User } from '../../types.ts';
import type { Act, Asked } from '../act.ts';

/** A second tap, or a second try after an answer that was lost. */
const againMs = 60_000;

/** Why this cannot be answered now; undefined when it can. `photo`: one came with it. */
export function listRefusal(
  site: Site,
  state: Pick<Durable<State>, 'listDays'>,
  { list: id, item: itemId, value, note }: Pick<Asked<'answer-list'>, 'list' | 'item' | 'value' | 'note'>,
  photo: boolean,
  now: Time,
): Refusal | undefined {
  const list = lookup(site.canteen?.lists ?? {}, id);
  const item = list?.items.find((one) => one.id === itemId);
  if (!list || !item) return 'unknown-list';
  const day = localDay(now, site.utcOffsetMin);
  const planned = listsOn(site, day).find((one) => one.list.id === id);
  if (!planned || now < planned.from) return 'list-not-today';
  if (!isListAnswer(item, value)) return 'wrong-answer';
  if (item.answer === 'sample' && !note?.trim()) return 'text-missing';
  const answers = state.listDays.get(listKey(id, day))?.answers ?? [];
  if (item.answer === 'sample' && answers.filter((one) => one.item === itemId).length >= samplesMax)
    return 'samples-enough';
  return item.photo && !photo ? 'photo-missing' : undefined;
}

export const answerList: Act<'answer-list'> = {
  words: { zh: '填写每日检查', en: 'Answer an item of a daily check list of the kitchen' },
  rule: (draft, by: User, command) => {
    const { site, state, now } = draft;
    const { list: id, item: itemId, value, picture, sha256 } = command;
    const why = listRefusal(site, state, command, picture !== undefined, now);
    if (why) return refuse(draft, by, command, why);
    const day = localDay(now, site.utcOffsetMin);
    const planned = listsOn(site, day).find((one) => one.list.id === id);
    const item = planned?.list.items.find((one) => one.id === itemId);
    if (!planned || !item) return;
    const note = command.note?.trim() || undefined;
    const last = state.listDays.get(listKey(id, day))?.answers.findLast((one) => one.item === itemId);
    const same = last?.by === by.name && last.value === value && last.note === note && last.sha256 === sha256;
    if (last && same && draft.at - last.at < againMs) return;
    const right = isListRight(item, value);
    const photo = { ...(picture !== undefined && { picture }), ...(sha256 !== undefined && { sha256 }) };
    draft.add({
      ...{ kind: 'list-answered', list: id, day, item: itemId, value, right, by: by.name },
      ...(now >= planned.until && { late: true as const }),
      ...(note !== undefined && { note }),
      ...photo,
    });
    if (!right) proposeItem(draft, planned.list.title, day, item, listFinding(item, value, note), photo);
  },
};

function proposeItem(
  draft: Parameters<typeof propose>[0],
  title: ListItem['ask'],
  day: number,
  item: ListItem,
  what: ListItem['ask'],
  photo: { readonly picture?: string; readonly sha256?: string },
): void {
  propose(draft, {
    source: { from: 'list', title, day, item: item.ask },
    place: { title: theCanteen },
    offence: { key: `item/${item.id}`, title: item.ask },
    what,
    ...photo,
  });
}
