/**
 * Whom a step of a chain reaches just now: a channel that takes messages, or somebody who may acknowledge, can log in and has the
 * alarm before his eyes. A step that reaches nobody is no step; `escalation` passes it and says so. Pure; it holds the last resort
 * too, so that configuration, set-up and night all ask the same question.
 */

import { lookup } from '../site/lookup.ts';
import { personOf } from '../site/naming.ts';
import { handlers } from '../site/rights.ts';
import { type Named, namedBy } from '../tell/chains.ts';
import { ladderOf } from '../tell/ladders.ts';
import type {
  AccountState,
  Alarm,
  ChannelName,
  EmptyStep,
  Escalation,
  NobodyReason,
  ReadOnly,
  Role,
  Site,
  State,
  Time,
  Words,
} from '../types.ts';

/** A wall that works shows an alarm in well under two seconds and says so at once; after this long none does. */
export const paintedWithinMs = 10_000;
/** What a page has shown all along it says again every ten seconds only; two such turns, and some time to connect. */
const saidAgainWithinMs = 25_000;
/** So many messages in a row that a channel did not take; the pauses between them are 2 s and 4 s. Ours. */
const failsMax = 3;
/** What is urgent tries a channel again that took nothing for so long. Ours. */
const againAfterMs = 5 * 60_000;
/** How a wall calls itself when it says what it painted. */
export const wallPage = 'wall';

const mayAct: ReadonlySet<Role> = new Set(handlers);
/** Who may know of a silent call for help and do something about it. */
const discreet: readonly Role[] = ['head', 'admin'];

type Accounts = ReadonlyMap<string, AccountState>;
/** `complete`: the accounts are all there are, even when there is none; a journal cannot say that. */
type Known = Pick<ReadOnly<State>, 'accounts' | 'channelFails'> &
  Partial<Pick<ReadOnly<State>, 'replyBooks'>> & { readonly complete?: boolean };

/** Whom the last resort of an alarm names. A silent call for help goes to nobody it did not go to before. */
export function lastResortOf(site: Site, quiet: boolean): Named {
  const { lastResort, quiet: chain } = site.escalation;
  if (!quiet) return { ...(lastResort ?? { roles: [...handlers], channels: Object.keys(site.channels) }), people: [] };
  return { roles: discreet, channels: [...new Set(chain.steps.flatMap(({ channels }) => channels))], people: [] };
}

/** Roles of which somebody may log in and act; a wall acknowledges nothing. Undefined: nothing is known of accounts. */
function manned(accounts: Accounts, complete = false): ReadonlySet<Role> | undefined {
  if (accounts.size === 0 && !complete) return undefined;
  const found = new Set<Role>();
  for (const { role, wall, disabled } of accounts.values()) if (!wall && !disabled && mayAct.has(role)) found.add(role);
  return found;
}

/** Who may come in at `at`: accounts, and guards by a phone that is paired. While nothing is known of accounts, nobody is known. */
function comers({ accounts, phones }: Pick<State, 'accounts' | 'phones'>, at: Time): Accounts {
  if (accounts.size === 0 || phones.size === 0) return accounts;
  const all = new Map(accounts);
  for (const { name, until } of phones.values()) if (until > at && !all.has(name)) all.set(name, { role: 'guard' });
  return all;
}

/** Whether a channel takes messages, as far as the last ones tell. */
export function takes(site: Site, { channelFails }: Pick<Known, 'channelFails'>, channel: string): boolean {
  return lookup(site.channels, channel) !== undefined && (channelFails.get(channel)?.fails ?? 0) < failsMax;
}

/** Whether messages by a channel reach somebody: by itself, or by what takes over. */
function carries(site: Site, known: Pick<Known, 'channelFails'>, channel: string): boolean {
  const each = lookup(site.channels, channel)?.each;
  const seen = new Set<string>();
  for (let next: string | undefined = channel; next !== undefined && !seen.has(next); ) {
    seen.add(next);
    const way: ChannelName | undefined = lookup(site.channels, next);
    // One to single persons takes over only where persons are named.
    if (takes(site, known, next) && (way?.each === undefined || each !== undefined)) return true;
    next = way?.instead;
  }
  return false;
}

/** Whether a channel that took nothing is to be tried again: else one that was down once would be passed by for ever. */
export function triesAgain(
  site: Site,
  { channelFails }: Pick<Known, 'channelFails'>,
  channel: string,
  at: Time,
): boolean {
  const { lastAt } = channelFails.get(channel) ?? {};
  return lookup(site.channels, channel) !== undefined && lastAt !== undefined && at >= lastAt + againAfterMs;
}

/** Why a step can reach nobody at all, whoever sits where; undefined when it can. */
export function emptiness(site: Site, known: Known, { roles, channels, people }: Named): NobodyReason | undefined {
  const ladders = people.map((person) => ladderOf(site, person, known.replyBooks));
  const works = (channel: string) => carries(site, known, channel);
  if (channels.some(works) || ladders.some((ladder) => ladder.some(({ channel }) => works(channel)))) return undefined;
  const acting = roles.filter((role) => mayAct.has(role));
  const there = manned(known.accounts, known.complete);
  const some = there ? acting.some((role) => there.has(role)) : acting.length > 0;
  if (some) return undefined;
  if (channels.length > 0 || ladders.some((ladder) => ladder.length > 0)) return 'channel-down';
  return acting.length === 0 ? 'may-not-act' : 'no-account';
}

/** Whoever has answered already is told no more while another must. */
export const answeredBy = (site: Site, { parts = [] }: Alarm): ReadonlySet<string> =>
  new Set(parts.flatMap(({ by }) => personOf(site, { name: by })?.id ?? []));

/** The same for an alarm that has waited: a channel that does not take its message, and nobody who has it on a screen. */
function emptyFor(site: Site, state: State, alarm: Alarm, named: Named, at: Time): NobodyReason | undefined {
  const mute = (channel: string, person?: string) =>
    alarm.notices.some(
      ({ id, channel: by, people, sentAt }) =>
        by === channel &&
        (person === undefined ? people === undefined : people?.includes(person) === true) &&
        sentAt === undefined &&
        (state.duties.get(id)?.tries ?? 0) >= failsMax,
    );
  const works = (channel: string, person?: string) => carries(site, state, channel) && !mute(channel, person);
  if (named.channels.some((channel) => works(channel))) return undefined;
  const answered = answeredBy(site, alarm);
  const others = named.people.filter((person) => !answered.has(person));
  const told = others.some((person) =>
    ladderOf(site, person, state.replyBooks).some(({ channel }) => works(channel, person)),
  );
  if (told) return undefined;
  const accounts = comers(state, at);
  const why = emptiness(site, { ...state, accounts }, { roles: named.roles, channels: [], people: [] });
  const there = why === undefined && (!couldBeSeen(state, alarm, at) || isSeen(accounts, alarm, named.roles));
  if (there) return undefined;
  const byPhone = others.some((person) => ladderOf(site, person, state.replyBooks).length > 0);
  return named.channels.length > 0 || byPhone ? 'channel-down' : (why ?? 'nobody-there');
}

/** From when on an alarm stood where it could be shown. */
export function showableSince({ calmSince }: State, { priority, waitingSince }: Alarm): Time {
  return Math.max(waitingSince, priority > 2 ? calmSince : 0);
}

/** How long a page may take until it has said that it shows the alarm: one that was shown before is only said again. */
export const saidWithinMs = ({ waitingSince, displayed }: Alarm): number =>
  displayed.some(({ at }) => at < waitingSince) ? saidAgainWithinMs : paintedWithinMs;

/** Whether pages have had the time to show it and to say so; before that nobody is missed. */
function couldBeSeen(state: State, alarm: Alarm, at: Time): boolean {
  // In a flood what is ordinary is a number, and nobody can say that he has seen it.
  if (state.accounts.size === 0 || (state.flood && alarm.priority > 2)) return false;
  return at >= showableSince(state, alarm) + saidWithinMs(alarm) && at >= state.startedAt + saidAgainWithinMs;
}

/** Whether somebody of these roles has it before him: on a page of his own, or on the wall of the room where his role works. */
function isSeen(accounts: Accounts, alarm: Alarm, roles: readonly Role[]): boolean {
  const there = manned(accounts);
  return alarm.displayed.some(({ by, page, at }) => {
    const account = accounts.get(by);
    if (!account || account.disabled || at < alarm.waitingSince) return false;
    // Where another must answer, that whoever has answered sees it reaches nobody.
    if (alarm.parts?.some((part) => part.by === by)) return false;
    if (account.wall && page !== wallPage) return false;
    return mayAct.has(account.role) && roles.includes(account.role) && there?.has(account.role) === true;
  });
}

/** Where a step leads when nobody is where it leads. */
export interface Passing {
  readonly level: number;
  /** Steps on the way that reach nobody. */
  readonly nobody: readonly EmptyStep[];
  /** Beyond the last step nobody is left but the last resort; and what comes of that. */
  readonly lastResort?: 'told' | 'nobody';
}

/** Goes on from the step that is due (after `reached`, the last one taken) to one that reaches somebody, or to the last resort. */
export function passing(
  site: Site,
  state: State,
  alarm: Alarm,
  chain: Escalation,
  { reached, level, at }: { readonly reached: number; readonly level: number; readonly at: Time },
): Passing {
  const nobody: EmptyStep[] = [];
  const { steps } = chain;
  let to = level;
  for (let n = Math.min(reached + 1, level); n <= steps.length; n++) {
    const why = emptyFor(site, state, alarm, namedBy(site, state, steps[n - 1]!, at), at);
    to = Math.max(level, n);
    if (why) nobody.push({ level: n, why });
    else if (n >= level) return { level: to, nobody };
  }
  const last = emptyFor(site, state, alarm, lastResortOf(site, alarm.covert === true), at);
  return { level: to, nobody, lastResort: last ? 'nobody' : 'told' };
}

/** Whether the step an alarm stands at reaches nobody any more, and that was not said yet. */
export function fellEmpty(
  site: Site,
  state: State,
  alarm: Alarm,
  chain: Escalation,
  reached: number,
  at: Time,
): boolean {
  const step = chain.steps[reached - 1];
  if (!step || alarm.escalated?.lastResort) return false;
  return emptyFor(site, state, alarm, namedBy(site, state, step, at), at) !== undefined;
}

/** What is wrong with the account of a wall that the configuration lists. */
export type WallAccount = 'well' | 'missing' | 'disabled' | 'no-kiosk';

/** The account of each wall. */
export function wallAccounts({ walls = {} }: Site, accounts: Accounts): ReadonlyMap<string, WallAccount> {
  const found = Object.keys(walls).map((name): [string, WallAccount] => {
    const account = accounts.get(name);
    if (!account) return [name, 'missing'];
    return [name, account.disabled ? 'disabled' : account.wall ? 'well' : 'no-kiosk'];
  });
  return new Map(found);
}

/** Kiosk accounts that may log in and are no wall of the configuration: whether they show and sound is watched by nobody. A public screen tells of no alarm. */
export function unlistedWalls({ walls = {} }: Site, accounts: Accounts): readonly string[] {
  return [...accounts].flatMap(([name, { wall, disabled, role }]) =>
    wall && !disabled && role !== 'kitchen' && !Object.hasOwn(walls, name) ? [name] : [],
  );
}

/** A step that reaches nobody, by its chain. */
export interface EmptyOfChain {
  readonly chain: 1 | 2 | 3 | 'quiet' | 'lastResort' | 'rule';
  /** Of which rule, by its title. */
  readonly rule?: Words;
  /** Counted from 1; 0 for the last resort, which has no steps. */
  readonly level: number;
  readonly why: NobodyReason;
}

/** Every step of every chain that reaches nobody, whoever looks at a screen, and the last resort when it does not. */
export function emptySteps(site: Site, known: Known): readonly EmptyOfChain[] {
  const emptyOf = ({ steps }: Escalation, of: Pick<EmptyOfChain, 'chain' | 'rule'>) =>
    steps.flatMap((step, i): EmptyOfChain[] => {
      // Who will be on duty is the roster's; that somebody is, is looked for ahead.
      const why = step.onDuty ? undefined : emptiness(site, known, { people: [], ...step });
      return why ? [{ ...of, level: i + 1, why }] : [];
    });
  const chains = [
    ...([1, 2, 3, 'quiet'] as const).flatMap((chain) => emptyOf(site.escalation[chain], { chain })),
    ...(site.rules ?? []).flatMap(({ chain, title }) => emptyOf(chain, { chain: 'rule', rule: title })),
  ];
  const why = emptiness(site, known, lastResortOf(site, false));
  return why ? [...chains, { chain: 'lastResort', level: 0, why }] : chains;
}
