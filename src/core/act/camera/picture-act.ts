/**
 * A person who has looked at a camera's picture says that it is right as it is, and only then is it learned anew: a reference never follows
 * by itself, or a cover that creeps over the lens would teach itself.
 */
import { refuse } from '../../alarm/authorize.ts';
import { isJudged } from '../../camera/picture-signs.ts';
import type { Draft } from '../../draft.ts';
import type { Refusal } from '../../types.ts';
import type { Act, Asked } from '../act.ts';

function refusal(draft: Draft, { camera, reason }: Asked<'dismiss-picture'>): Refusal | undefined {
  if (!isJudged(draft.site, camera)) return 'unknown-point';
  return reason.trim() ? undefined : 'reason-missing';
}

export const dismissPicture: Act<'dismiss-picture'> = {
  words: {
    zh: '看过画面后重新学习基准画面',
    en: 'Have a camera’s reference pictures learned anew, having looked at its picture',
  },
  rule: (draft, by, command) => {
    const why = refusal(draft, command);
    if (why) return refuse(draft, by, command, why);
    draft.add({ kind: 'picture-dismissed', camera: command.camera, by: by.name, reason: command.reason.trim() });
  },
};
