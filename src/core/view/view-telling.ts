/**
 * Who would be told of an alarm, and who was: the same functions that tell, asked for a moment that is not now or for an alarm that is
 * open. It must never decide anything of its own; a preview that reckons otherwise than the night would be worse than none.
 */
import { emptiness, lastResortOf } from '../alarm/reach.ts';
import { chainFor, type Named, namedBy, ruleOf } from '../tell/chains.ts';
import { tellingsOf } from '../tell/ladders.ts';
import type {
  Alarm,
  AlarmKind,
  NobodyReason,
  Notice,
  Priority,
  ReadOnly,
  Site,
  State,
  Telling,
  Time,
} from '../types.ts';

/** What is supposed to happen. */
export interface SupposedAlarm {
  readonly priority: Priority;
  readonly kind: AlarmKind;
  readonly zone?: string;
  readonly covert?: true;
}

/** One step of the chain, as it would be taken if nobody answered. */
export interface SupposedStep extends Named {
  /** Counted from 1; 0 for the last resort. */
  readonly level: number;
  readonly afterMs: number;
  /** Messages to persons. */
  readonly tell: readonly Telling[];
  /** It reaches nobody, as far as accounts and channels tell just now; it is passed at once then. */
  readonly nobody?: NobodyReason;
}

export interface SupposedTelling {
  /** The school's own rule whose chain it is; without one, the chain of the priority. */
  readonly rule?: string;
  readonly steps: readonly SupposedStep[];
  readonly repeatMs: number;
  readonly lastResort: SupposedStep;
}

/** Who would be told, step by step, of an alarm that came up at `at` and nobody acknowledged. Undefined: nobody, it is maintenance. */
export function wouldTell(
  site: Site,
  state: ReadOnly<State>,
  supposed: SupposedAlarm,
  at: Time,
): SupposedTelling | undefined {
  const alarm = { ...supposed, waitingSince: at };
  const chain = chainFor(site, alarm);
  if (!chain) return undefined;
  const rule = ruleOf(site, alarm);
  const shown = (level: number, afterMs: number, named: Named): SupposedStep => {
    const nobody = emptiness(site, state, named);
    const tell = tellingsOf(site, named.people, {
      priority: supposed.priority,
      at: at + afterMs,
      covert: supposed.covert,
    });
    return { level, afterMs, ...named, tell, ...(nobody && { nobody }) };
  };
  return {
    ...(rule && { rule: rule.id }),
    steps: chain.steps.map((step, i) => shown(i + 1, step.afterMs, namedBy(site, state, step, at + step.afterMs))),
    repeatMs: chain.repeatMs,
    lastResort: shown(0, chain.steps.at(-1)?.afterMs ?? 0, lastResortOf(site, supposed.covert === true)),
  };
}

/** How far a message is: waiting for its time, on its way, taken by the channel, refused so far, in doubt, given up. */
export type NoticePhase = 'waiting' | 'sending' | 'accepted' | 'failed' | 'unknown';

/** A message about an alarm, for people. */
export interface ShownNotice extends Notice {
  readonly phase: NoticePhase;
  /** The channel that carries it, where another took over. */
  readonly via: string;
  readonly tries: number;
}

/** Who was told of an alarm, by what, and how far it got; oldest first. */
export function noticesOf(state: ReadOnly<State>, alarm: Alarm): readonly ShownNotice[] {
  return alarm.notices.map((notice) => {
    const tries = state.duties.get(notice.id)?.tries ?? 0;
    return { ...notice, phase: phaseOf(notice, tries), via: notice.by ?? notice.channel, tries };
  });
}

function phaseOf({ sentAt, tryAt, doubt }: Notice, tries: number): NoticePhase {
  if (sentAt !== undefined) return 'accepted';
  if (tryAt !== undefined) return 'sending';
  if (doubt) return 'unknown';
  return tries > 0 ? 'failed' : 'waiting';
}
