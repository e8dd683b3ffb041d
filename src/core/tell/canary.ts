/**
 * The canary's way: begun once a day or by hand, heard as any reading is, told by the ladder of the test address, taken by its channel,
 * and where that answers, back. What breaks it is told by another channel. It raises no alarm, counts in no figure and no load of a channel,
 * gives way to every message of an alarm, and is sent once: what a crash interrupts has failed, and is not sent again.
 */
import { canaryInterrupted, canaryLate, canaryNobody, canaryNotHeard } from '../../words/reach/canary-words.ts';
import type { Draft } from '../draft.ts';
import { localDay, timeOf } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import type {
  CanaryFailure,
  CanaryHop,
  CanaryRun,
  Duty,
  Event,
  Input,
  ReadOnly,
  ReplyHeard,
  Site,
  State,
  Time,
  Value,
  Words,
} from '../types.ts';
import { namedBy } from './chains.ts';
import { tellingsOf } from './ladders.ts';
import { roomOf } from './pace.ts';

/** Lines and channels have come up by then. Ours. */
const settledMs = 120_000;
/** How long each part of the way may take: the wire's own limit and a channel's (30 s) end sooner; an SMS and its answer take minutes. Ours. */
const withinMs: Readonly<Record<CanaryHop, number>> = { wire: 60_000, chain: 60_000, channel: 60_000, back: 600_000 };
/** One that gave way to alarms is begun anew after this. Ours. */
const againMs = 30 * 60_000;
/** A message of an alarm that was owed or tried so lately may still go out by the channel. Ours. */
const lateMs = 60_000;
/** Tries to tell that it failed, and the pause between them. Ours. */
const alertTries = 6;
const alertPauseMs = 60_000;
/** The number that the test address answers with: no alarm has it, for those are counted from 1. */
export const canaryNumber = 0;

/** Whether a device is the one whose events are canaries. */
export const isCanary = ({ canary }: Pick<Site, 'canary'>, device: string): boolean => canary?.device === device;

/** The part of its way a canary is on; undefined when it is over. */
export function canaryHop({ canary }: Pick<Site, 'canary'>, run: ReadOnly<CanaryRun>): CanaryHop | undefined {
  if (run.failed || run.gaveWayAt !== undefined) return undefined;
  if (run.heardAt === undefined) return 'wire';
  if (run.sentAt === undefined) return 'chain';
  if (run.takenAt === undefined) return 'channel';
  return canary?.answers && run.backAt === undefined ? 'back' : undefined;
}

/** Where the way is broken, as far as is known: by the last canary, or by the one before while the last is not through. */
export function canaryFailure(site: Site, run: ReadOnly<CanaryRun> | undefined): CanaryFailure | undefined {
  if (!site.canary || !run) return undefined;
  const passed = canaryHop(site, run) === undefined && !run.failed && run.gaveWayAt === undefined;
  return run.failed ?? (passed ? undefined : run.failing);
}

const failed = (draft: Draft, { run }: CanaryRun, hop: CanaryHop, why: Words) =>
  draft.add({ kind: 'canary', step: 'failed', run, hop, why });

/** Whether an alarm has a message to send by a channel, or has one on its way. */
const alarmsSend = ({ alarms }: State, channel: string, at: Time): boolean =>
  [...alarms.values()].some(({ notices }) =>
    notices.some(
      ({ sentAt, channel: own, by = own, at: owed, tryAt = owed }) =>
        sentAt === undefined && by === channel && owed <= at && Math.max(owed, tryAt) > at - lateMs,
    ),
  );

/** Sends it by the first rung of the test address, unless alarms need the channel. */
function send(draft: Draft, run: CanaryRun, to: string): void {
  const { site, state, at } = draft;
  const { people } = namedBy(site, state, { afterMs: 0, roles: [], channels: [], people: [to] }, at);
  const rungs = tellingsOf(site, people, { priority: 1, at, books: state.replyBooks });
  // A call or a horn would wake somebody.
  const first = rungs.find((one) => !lookup(site.channels, one.channel)?.alarmsOnly);
  if (!first) return void failed(draft, run, 'chain', canaryNobody(to));
  const { channel } = first;
  const room = roomOf(site, channel, state.channelLoads, { priority: 3, people }, at);
  if (!state.flood && room > 0 && !alarmsSend(state, channel, at))
    draft.add({ kind: 'canary', step: 'sent', run: run.run, channel });
}

/** The test device said something: it is the canary's event where it names the one that is on its way, and nothing else otherwise. */
export function heardCanary(draft: Draft, value: Value): void {
  const { site, state } = draft;
  const run = state.canary;
  if (!site.canary || !run || canaryHop(site, run) !== 'wire' || value !== String(run.run)) return;
  draft.add({ kind: 'canary', step: 'heard', run: run.run });
  send(draft, run, site.canary.to);
}

/** Whether the canary of the day is due. One that gave way is tried again; whatever else came of it, it was the day's. */
function isDue({ site, state, now, at }: Draft): boolean {
  const { canary, utcOffsetMin } = site;
  if (!canary || state.flood || at < Math.max(state.startedAt, state.configuredAt) + settledMs) return false;
  const due = timeOf(localDay(now, utcOffsetMin), canary.minute, utcOffsetMin);
  if (now < due) return false;
  const last = state.canary;
  if (!last || last.at < due) return true;
  return last.gaveWayAt !== undefined && at >= last.gaveWayAt + againMs;
}

/** What time alone brings about. */
export function keepCanary(draft: Draft): void {
  const { site, state, at } = draft;
  const { canary: plan } = site;
  if (!plan) return;
  const run = state.canary;
  const hop = run && canaryHop(site, run);
  if (!run || !hop) {
    if (isDue(draft)) draft.add({ kind: 'canary', step: 'begun' });
    return;
  }
  const since = run.takenAt ?? run.sentAt ?? run.heardAt ?? run.at;
  if (at < since + withinMs[hop]) {
    if (hop === 'chain') send(draft, run, plan.to);
  } else if (hop === 'chain') draft.add({ kind: 'canary', step: 'gave-way', run: run.run });
  else failed(draft, run, hop, canaryLate(withinMs[hop] / 1_000));
}

/** At a start: what was on its way may have arrived, and is not sent again. */
export function interruptCanary(draft: Draft): void {
  const { site, state } = draft;
  const hop = state.canary && canaryHop(site, state.canary);
  if (state.canary && hop) failed(draft, state.canary, hop, canaryInterrupted);
}

/** The test address answered with the canary's number. Whether it was that. */
export function canaryBack(draft: Draft, { channel, person, number, said }: ReplyHeard): boolean {
  const { site, state } = draft;
  const run = state.canary;
  if (!site.canary || !run || canaryHop(site, run) !== 'back') return false;
  if (said !== 'acknowledge' || number !== canaryNumber || person !== site.canary.to || channel !== run.channel)
    return false;
  draft.add({ kind: 'canary', step: 'back', run: run.run });
  return true;
}

/** What came of a duty of a canary: `canary/7/publish`, `canary/7/message`, `canary/7/alert/mail`. Whether it was one. */
export function canaryOutcome(draft: Draft, { duty, ok, why }: Extract<Input, { kind: 'outcome' }>): boolean {
  const [kind, number, what, channel = ''] = duty.split('/');
  if (kind !== 'canary') return false;
  const { site, state } = draft;
  const run = state.canary;
  if (!run || String(run.run) !== number) return true;
  const hop = canaryHop(site, run);
  // A broker says that it has taken a message once what it said is kept: by then the rules would have heard of it.
  if (what === 'publish' && hop === 'wire')
    failed(draft, run, hop, (ok ? undefined : why) ?? canaryNotHeard(site.canary?.device ?? ''));
  if (what === 'message' && hop === 'channel') {
    if (ok) draft.add({ kind: 'canary', step: 'taken', run: run.run });
    else failed(draft, run, hop, why ?? canaryLate(withinMs.channel / 1_000));
  }
  if (what === 'alert' && run.toldAt === undefined)
    draft.add({ kind: 'canary', step: ok ? 'told' : 'untold', run: run.run, channel, ...(!ok && why && { why }) });
  return true;
}

/** The channels that tell of a failure: the one that is configured and those that take over from it, but not the one that failed. */
function alertWays(site: Site, run: ReadOnly<CanaryRun>, { channel, to }: { channel: string; to?: string }): string[] {
  const ways: string[] = [];
  for (let next: string | undefined = channel; next !== undefined && !ways.includes(next); ) {
    ways.push(next);
    next = lookup(site.channels, next)?.instead;
  }
  const reaches = (way: string) => {
    const each = lookup(site.channels, way)?.each;
    return each === undefined || (to !== undefined && site.people[to]?.ways?.includes(each) === true);
  };
  return ways.filter((way) => way !== run.channel && reaches(way));
}

/** What is owed for the canary that is on its way, or that has failed. */
export function canaryOwed(site: Site, { canary: run }: ReadOnly<State>, now: Time): Duty[] {
  const { canary: plan } = site;
  if (!plan || !run) return [];
  const id = `canary/${run.run}`;
  const hop = canaryHop(site, run);
  if (hop === 'wire') return [{ id: `${id}/publish`, do: 'publish', device: plan.device, run: run.run }];
  if (hop === 'channel' && run.channel !== undefined) {
    const more = plan.answers && { answers: plan.answers };
    return [{ id: `${id}/message`, do: 'canary', channel: run.channel, person: plan.to, ...more }];
  }
  const { failed: failure, tries, toldAt, triedAt = 0 } = run;
  if (!failure || toldAt !== undefined || tries >= alertTries || now < triedAt + (tries && alertPauseMs)) return [];
  const ways = alertWays(site, run, plan.alert);
  const way = ways[tries % ways.length];
  if (way === undefined) return [];
  const { to } = plan.alert;
  return [{ id: `${id}/alert/${way}`, do: 'canary', channel: way, ...(to !== undefined && { person: to }), failure }];
}

/** Folds how a canary came on. */
export function foldCanary(state: State, event: Extract<Event, { kind: 'canary' }>): void {
  const { step, seq, at, by, channel, hop, why } = event;
  const last = state.canary;
  if (step === 'begun') {
    const failing = last && (last.failed ?? (last.takenAt === undefined ? last.failing : undefined));
    state.canary = { run: seq, at, tries: 0, ...(by !== undefined && { by }), ...(failing && { failing }) };
    return;
  }
  if (!last || last.run !== event.run) return;
  if (step === 'heard') state.canary = { ...last, heardAt: at };
  else if (step === 'sent') state.canary = { ...last, sentAt: at, ...(channel !== undefined && { channel }) };
  else if (step === 'taken') state.canary = { ...last, takenAt: at };
  else if (step === 'back') state.canary = { ...last, backAt: at };
  else if (step === 'gave-way') state.canary = { ...last, gaveWayAt: at };
  else if (step === 'told') state.canary = { ...last, toldAt: at };
  else if (step === 'untold') state.canary = { ...last, tries: last.tries + 1, triedAt: at };
  else if (hop && why) state.canary = { ...last, failed: { at, hop, why } };
}
