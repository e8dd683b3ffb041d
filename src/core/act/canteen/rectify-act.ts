/**
 * The life of a rectification as people ask for it: found by hand or taken on, moved, answered, countersigned or returned, dismissed or
 * withdrawn. Whoever did it, or was to do it, never countersigns; and what was dismissed, withdrawn or moved has a reason in the journal.
 */
import { handOffences } from '../../../words/canteen/rectify-words.ts';
import { untranslated } from '../../../words/words.ts';
import { refuse } from '../../alarm/authorize.ts';
import type { Draft } from '../../draft.ts';
import { concernsCanteen, countersignBar } from '../../rectify/countersign.ts';
import { isOver } from '../../rectify/evolve-rectify.ts';
import { settleOverdue } from '../../rectify/overdue.ts';
import { isGivenTo, isReportedBy } from '../../rectify/own-ledger.ts';
import { timesOf } from '../../rectify/propose.ts';
import { lookup } from '../../site/lookup.ts';
import type {
  Command,
  Rectification,
  RectifyCommand,
  RectifyPerson,
  RectifyPlace,
  RectifyStage,
  Site,
  Time,
  User,
} from '../../types.ts';
import type { Act, Asked, Rule } from '../act.ts';

/** Ours: what takes longer than a term's third is planned work, and no rectification. */
export const dueMaxMs = 90 * 86_400_000;
/** Ours: so many are not over at once. */
const openMax = 500;
/** A second tap, or a second try after an answer that was lost. */
const againMs = 60_000;
/** Ours: after so many changes of its date somebody with more rights looks at it. */
const movesMax = 3;

const isHead = ({ role }: User): boolean => role === 'head' || role === 'admin';

/** A person of the canteen or of the site, as facts name him. */
function personFor({ canteen, people }: Site, id: string): RectifyPerson | undefined {
  const found = lookup(canteen?.people ?? {}, id) ?? lookup(people, id);
  return found && { id, name: found.name, ...(found.account !== undefined && { account: found.account }) };
}

const dueIsWrong = (draft: Draft, due: Time): boolean => due <= draft.now || due > draft.now + dueMaxMs;

/** Who puts it right and by when; undefined when that had to be refused. */
function agreed(
  draft: Draft,
  by: User,
  command: Command & { readonly who: string; readonly due: Time },
): { readonly who: RectifyPerson; readonly due: Time } | undefined {
  const who = personFor(draft.site, command.who);
  if (who && !dueIsWrong(draft, command.due)) return { who, due: command.due };
  refuse(draft, by, command, who ? 'due-wrong' : 'unknown-person');
  return undefined;
}

type LaterCommand = Exclude<RectifyCommand, { readonly do: 'open-rectification' | 'report-rectification' }>;

/** The rule of an act about a rectification at one of these stages. What has just been done is not done twice, and not refused. */
function about<C extends LaterCommand>(
  stages: readonly RectifyStage[],
  rule: (draft: Draft, by: User, one: Rectification, command: C) => void,
  again: (one: Rectification, by: User, command: C) => boolean = () => false,
): Rule<C> {
  return (draft, by, command) => {
    const one = draft.state.rectifications.get(command.rectification);
    // To the canteen's own people, and to guards, what is not theirs is not there.
    const hidden = (of: Rectification) =>
      by.role === 'guard'
        ? !isGivenTo(draft.site, of, by)
        : by.role === 'canteen' && !concernsCanteen(draft.site, of, by);
    if (!one || hidden(one)) return refuse(draft, by, command, 'unknown-rectification');
    if (again(one, by, command)) return;
    if (!stages.includes(one.stage)) return refuse(draft, by, command, 'not-at-this-stage', one.over ?? one.opened);
    rule(draft, by, one, command);
  };
}

const overBy =
  (stage: RectifyStage) =>
  (one: Rectification, by: User): boolean =>
    one.stage === stage && one.over?.by === by.name;

function placeFor(
  { canteen }: Site,
  { area, place }: Pick<Asked<'open-rectification'>, 'area' | 'place'>,
): RectifyPlace | undefined {
  if (area !== undefined) {
    const known = lookup(canteen?.areas ?? {}, area);
    return known && { area, title: known.title };
  }
  const title = place?.trim();
  return title ? { title: untranslated(title) } : undefined;
}

const sourceOf = (from: 'hand' | 'drill', drill: number | undefined) =>
  from === 'drill' && drill !== undefined ? { from, drill } : { from };

/** Where something was found by hand and what it is; undefined when that had to be refused. */
function foundByHand(draft: Draft, by: User, command: Asked<'open-rectification'> | Asked<'report-rectification'>) {
  const place = placeFor(draft.site, command);
  const what = command.what.trim();
  const notOver = [...draft.state.rectifications.values()].filter(({ stage }) => !isOver(stage));
  const why = !place
    ? 'unknown-place'
    : !what
      ? 'text-missing'
      : notOver.length >= openMax
        ? 'rectifications-full'
        : undefined;
  if (why) refuse(draft, by, command, why);
  if (!place || why) return undefined;
  const { offence: key, picture, sha256 } = command;
  return {
    notOver,
    matter: { place, offence: { key, title: handOffences[key] }, what: untranslated(what) },
    photo: { ...(picture !== undefined && { picture }), ...(sha256 !== undefined && { sha256 }) },
  };
}

/** Whether it is the one that was told a moment ago. */
const isAgain = (draft: Draft, one: Rectification, what: string, place: RectifyPlace, picture?: string): boolean =>
  one.what.zh === what &&
  one.place.title.zh === place.title.zh &&
  one.picture === picture &&
  draft.at - one.foundAt < againMs;

export const openRectification: Act<'open-rectification'> = {
  words: { zh: '立项整改', en: 'Open a rectification that was found by hand or at a drill' },
  rule: (draft, by, command) => {
    const { source, drill } = command;
    const found = foundByHand(draft, by, command);
    if (!found) return;
    if (drill !== undefined && !draft.state.drills.has(drill)) return refuse(draft, by, command, 'unknown-drill');
    const terms = agreed(draft, by, command);
    if (!terms) return;
    const { matter, photo, notOver } = found;
    const again = (one: Rectification) =>
      one.opened?.by === by.name && isAgain(draft, one, matter.what.zh, matter.place, photo.picture);
    if (notOver.some(again)) return;
    draft.add({
      ...{ kind: 'rectification-opened', source: sourceOf(source, drill), ...matter },
      ...{ times: timesOf(draft, matter), ...terms, by: by.name, ...photo },
    });
  },
};
export const reportRectification: Act<'report-rectification'> = {
  words: { zh: '上报隐患', en: 'Report something amiss that was found by hand, for somebody to take on' },
  rule: (draft, by, command) => {
    const found = foundByHand(draft, by, command);
    if (!found) return;
    const { matter, photo, notOver } = found;
    const again = (one: Rectification) =>
      isReportedBy(one, by) && isAgain(draft, one, matter.what.zh, matter.place, photo.picture);
    if (notOver.some(again)) return;
    draft.add({
      ...{ kind: 'rectification-proposed', source: { from: 'hand', by: by.name }, ...matter },
      ...{ times: timesOf(draft, matter), ...photo },
    });
  },
};
export const takeRectification: Act<'take-rectification'> = {
  words: { zh: '认领整改', en: 'Take a proposed rectification on: who puts it right, and by when' },
  rule: about(
    ['proposed'],
    (draft, by, { id }, command) => {
      const terms = agreed(draft, by, command);
      if (terms) draft.add({ kind: 'rectification-taken', rectification: id, ...terms, by: by.name });
    },
    (one, by, { who, due }) =>
      one.stage === 'open' && one.opened?.by === by.name && one.who?.id === who && one.due === due,
  ),
};

export const dismissRectification: Act<'dismiss-rectification'> = {
  words: { zh: '不立项', en: 'Say why a proposed rectification is none' },
  rule: about(
    ['proposed'],
    (draft, by, { id }, command) => {
      const reason = command.reason.trim();
      if (!reason) return refuse(draft, by, command, 'reason-missing');
      draft.add({ kind: 'rectification-dismissed', rectification: id, reason, by: by.name });
    },
    overBy('dismissed'),
  ),
};

export const moveRectification: Act<'move-rectification'> = {
  words: { zh: '调整整改', en: 'Give a rectification to another person, or another date' },
  rule: about(
    ['open'],
    (draft, by, { id, moves }, command) => {
      const reason = command.reason.trim();
      if (!reason) return refuse(draft, by, command, 'reason-missing');
      if (moves >= movesMax && !isHead(by)) return refuse(draft, by, command, 'moved-enough');
      const terms = agreed(draft, by, command);
      if (!terms) return;
      draft.add({ kind: 'rectification-moved', rectification: id, ...terms, reason, by: by.name });
      settleOverdue(draft, id);
    },
    ({ who, due }, _by, command) => who?.id === command.who && due === command.due,
  ),
};

export const answerRectification: Act<'answer-rectification'> = {
  words: { zh: '回复整改', en: 'Say what was done, with a photograph where there is one' },
  rule: about(
    ['open'],
    (draft, by, { id }, command) => {
      const { picture, sha256 } = command;
      const text = command.text.trim();
      if (!text) return refuse(draft, by, command, 'text-missing');
      draft.add({
        ...{ kind: 'rectification-answered', rectification: id, text, by: by.name },
        ...(picture !== undefined && { picture }),
        ...(sha256 !== undefined && { sha256 }),
      });
      settleOverdue(draft, id);
    },
    ({ stage, answers }, by, { text }) => {
      const last = answers.at(-1);
      return stage === 'answered' && last?.by === by.name && last.text === text.trim();
    },
  ),
};

export const countersignRectification: Act<'countersign-rectification'> = {
  words: { zh: '复核整改', en: 'Countersign that a rectification is done' },
  rule: about(
    ['answered'],
    (draft, by, one, command) => {
      const bar = countersignBar(draft.site, one, by);
      if (bar) return refuse(draft, by, command, bar);
      draft.add({ kind: 'rectification-countersigned', rectification: one.id, by: by.name });
    },
    overBy('countersigned'),
  ),
};

export const returnRectification: Act<'return-rectification'> = {
  words: { zh: '退回整改', en: 'Return a rectification that is not done, with a reason and a new date' },
  rule: about(
    ['answered'],
    (draft, by, one, command) => {
      const reason = command.reason.trim();
      const bar = countersignBar(draft.site, one, by);
      if (bar) return refuse(draft, by, command, bar);
      if (!reason) return refuse(draft, by, command, 'reason-missing');
      if (dueIsWrong(draft, command.due)) return refuse(draft, by, command, 'due-wrong');
      const { due } = command;
      draft.add({ kind: 'rectification-returned', rectification: one.id, due, reason, by: by.name });
    },
    ({ stage, answers, due }, by, command) =>
      stage === 'open' && answers.at(-1)?.returned?.by === by.name && due === command.due,
  ),
};

export const withdrawRectification: Act<'withdraw-rectification'> = {
  words: { zh: '撤销整改', en: 'Withdraw a rectification that was opened by mistake' },
  rule: about(
    ['open'],
    (draft, by, { id, opened }, command) => {
      const reason = command.reason.trim();
      if (!isHead(by) && opened?.by !== by.name) return refuse(draft, by, command, 'not-opener', opened);
      if (!reason) return refuse(draft, by, command, 'reason-missing');
      draft.add({ kind: 'rectification-withdrawn', rectification: id, reason, by: by.name });
      settleOverdue(draft, id);
    },
    overBy('withdrawn'),
  ),
};
