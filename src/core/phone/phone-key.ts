/**
 * What a phone sends by a key: done once however often it arrives, also after a restart, and refused with the same word each time. What
 * waited in the phone counts from when it reached us, and both times are kept. It must never take for the alarm of now what somebody said
 * of the alarm of then.
 */

import { sendsByPhone } from '../../words/link-words.ts';
import { alarmFor, refuse } from '../alarm/authorize.ts';
import type { Draft } from '../draft.ts';
import type { PhoneAsk, PhoneCommand, PhoneMaking, Refusal, Role, User } from '../types.ts';
import { keptAtMostMs } from './phone-places.ts';

/** Why what was said then cannot count now; undefined when it can. */
function tooLate(draft: Draft, by: User, asked: PhoneAsk, madeAt: number | undefined): Refusal | undefined {
  if (madeAt === undefined || asked.do === 'call-help' || asked.do === 'note') return undefined;
  if (madeAt < draft.at - keptAtMostMs) return 'kept-too-long';
  const alarm = alarmFor(draft, by, asked.alarm);
  return alarm && madeAt < alarm.waitingSince ? 'raised-since' : undefined;
}

/** What a phone may ask for, and who may: handed in by those who know every act. */
export interface PhoneRules {
  may(role: Role, act: PhoneAsk['do']): boolean;
  readonly rules: {
    readonly [K in PhoneAsk['do']]: {
      rule(
        draft: Draft,
        by: User,
        asked: Extract<PhoneAsk, { readonly do: K }> & { readonly do: K },
        making: PhoneMaking,
      ): void;
    };
  };
}

/** Does it, or refuses it; and why, where nothing came of it. */
function act(
  { may, rules }: PhoneRules,
  draft: Draft,
  by: User,
  asked: PhoneAsk,
  making: PhoneMaking,
): Refusal | undefined {
  const before = draft.events.length;
  const why = may(by.role, asked.do) ? tooLate(draft, by, asked, making.madeAt) : 'no-right';
  if (why) refuse(draft, by, asked, why);
  else
    (rules[asked.do].rule as (draft: Draft, by: User, asked: PhoneAsk, making: PhoneMaking) => void)(
      draft,
      by,
      asked,
      making,
    );
  const refused = draft.events.slice(before).find(({ kind }) => kind === 'refused');
  return refused?.kind === 'refused' ? refused.why : undefined;
}

/** The act of sending by a key, over these. */
export const byPhone = (known: PhoneRules) => ({
  words: sendsByPhone,
  rule: (draft: Draft, by: User, { do: _do, asked, ...making }: PhoneCommand): void => {
    const used = draft.state.usedKeys.get(making.key);
    if (used) return used.refused && refuse(draft, by, asked, used.refused);
    const refused = act(known, draft, by, asked, making);
    const alarm = 'alarm' in asked ? alarmFor(draft, by, asked.alarm) : undefined;
    draft.add({
      ...{ kind: 'phone-sent', by: by.name, act: asked.do, ...making },
      ...(alarm && { alarm: alarm.id }),
      ...(refused && { refused }),
      ...(asked.do === 'call-help' && asked.silent && { covert: true }),
    });
  },
});
