/**
 * Who sees the facts about messages and calls to the police, and what of messages State shows to whoever set the school up: by which
 * channel something goes, and never to whom.
 */
import { detailsWithheld } from '../../../words/trade-words.ts';
import type { Alarm, CanaryRun, Escalation, EscalationRule, Notice, Site } from '../../types.ts';
import type { FieldTable } from '../sight.ts';

const hidden = { guard: true, integrator: 'hidden' } as const;

export const toldSight = {
  sending: {
    guard: true,
    integrator: {
      alarm: 'shown',
      notice: 'shown',
      channel: 'shown',
      people: 'left-out',
      again: 'shown',
      bundles: 'shown',
      numbers: 'left-out',
    },
  },
  // Rungs are of persons.
  'passed-on': hidden,
  'taken-told': { guard: true, integrator: { alarm: 'shown', by: 'name', tell: () => [] } },
  // That somebody was tried, but not who: the test is no test of all who read the channel.
  'channel-tried': { guard: true, integrator: { channel: 'shown', person: 'text', by: 'left-out' } },
  'channel-confirmed': { guard: true, integrator: { channel: 'shown', person: 'text', by: 'name' } },
  // A reason may name a person.
  canary: {
    guard: true,
    integrator: {
      step: 'shown',
      run: 'shown',
      by: 'left-out',
      channel: 'shown',
      hop: 'shown',
      why: () => detailsWithheld,
    },
  },
  resubscribed: hidden,
  'shift-told': hidden,
  replied: hidden,
  'police-announced': hidden,
  'police-tested': hidden,
  'police-step': { guard: true, integrator: { alarm: 'shown', step: 'shown', by: 'left-out' } },
} as const;

/** The messages of an alarm without those to persons, which the shown facts do not speak of. */
export const groupNotices = (notices: readonly Notice[]): readonly Notice[] =>
  notices.filter(({ people, taken }) => people === undefined && !taken);

/** Whether a duty sends a message that is shown: `notify/7/9/wecom`, and not `notify/7/9/wecom/0`, which is to persons. */
export const isShownDuty = (duty: string): boolean => !duty.startsWith('notify/') || duty.split('/').length <= 4;

/** How far a call is, without who said so. */
export const shownCall = ({ answered, came }: NonNullable<Alarm['police']>): NonNullable<Alarm['police']> => ({
  ...(answered && { answered: { at: answered.at } }),
  ...(came && { came: { at: came.at } }),
});

/** How far a canary came, without who asked for it; a reason may name a person. */
export function integratorsCanary({ by: _by, failed, failing, ...run }: CanaryRun): CanaryRun {
  const hushed = (one: NonNullable<CanaryRun['failed']>) => ({ ...one, why: detailsWithheld });
  return { ...run, ...(failed && { failed: hushed(failed) }), ...(failing && { failing: hushed(failing) }) };
}

/** A chain without the persons its steps name. */
const withoutPeople = (chain: Escalation): Escalation => ({
  ...chain,
  steps: chain.steps.map(({ people: _people, ...step }) => step),
});

/** The chains of the school; whom single steps name is the school's. */
export const shownChains = (chains: Site['escalation']): Site['escalation'] => ({
  ...chains,
  1: withoutPeople(chains[1]),
  2: withoutPeople(chains[2]),
  3: withoutPeople(chains[3]),
  quiet: withoutPeople(chains.quiet),
});
export const shownRules = (rules: readonly EscalationRule[]): readonly EscalationRule[] =>
  rules.map((rule) => ({ ...rule, chain: withoutPeople(rule.chain) }));

/** What whoever took an alarm owes. */
export const pledge: FieldTable<NonNullable<Alarm['pledge']>> = {
  by: 'name',
  stage: 'shown',
  since: 'shown',
  until: 'shown',
  words: 'shown',
};
