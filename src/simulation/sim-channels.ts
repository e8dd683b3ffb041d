/**
 * The channels beyond the screens at the other end of a simulated gateway: they take a message, refuse it, dawdle or never
 * answer. A school that names no channel is given two, so that messages can be held against what was owed.
 */
import type { Chance } from '../../simulators/virtual/chance.ts';
import type { Duty, Escalation, Site } from '../core/types.ts';
import type { Verdict } from '../perform/sending/channel.ts';
import type { Config } from '../site/load-site.ts';
import { channelRefused, simulatedGuards, simulatedOffice, simulatedPhone } from '../words/night-words.ts';
import type { World } from '../world/world.ts';
import type { Manners } from './sim-drivers.ts';

type SentMessage = Extract<Duty, { do: 'notify' }>;
type AnyMessage = Extract<Duty, { do: 'answer' | 'canary' | 'notify' | 'remind' | 'test' }>;

const office = { id: 'duty-office', title: simulatedOffice };
/** A line of its own, which nothing vexes: the last resort. */
const guards = { id: 'guard-company', title: simulatedGuards };
const phone = { id: 'head-phone', title: simulatedPhone };
/** What takes over is never vexed: somebody has to be reached in the end. */
const steady: ReadonlySet<string> = new Set([guards.id, 'school-mail', 'call']);

/** The office hears of every step, the head of the last one. */
function told({ steps, repeatMs }: Escalation): Escalation {
  const channels = (i: number) => (i === steps.length - 1 ? [office.id, phone.id] : [office.id]);
  return { repeatMs, steps: steps.map((step, i) => ({ ...step, channels: channels(i) })) };
}

/** A step that names persons: the first two, and whoever is on duty. */
const naming = (people: readonly string[], { steps, repeatMs }: Escalation): Escalation => ({
  repeatMs,
  steps: steps.map((step) => ({ ...step, people: people.slice(0, 2), onDuty: true })),
});

/** When what is ordinary is told to others where persons are told by ladders. */
const ordinaryMs = 60_000;

const titled = (id: string) => ({ id, title: { zh: id, en: id } });

/** What is ordinary is told within a night that is short: its usual chain begins after it would be over. */
const sooner = ({ steps, repeatMs }: Escalation): Escalation => ({
  repeatMs,
  steps: steps.map((step) => ({ ...step, afterMs: Math.min(step.afterMs, ordinaryMs) })),
});

/** The same with persons that are told by ladders, through channels that are counted and give way to others. */
function withLadders(config: Config): Config {
  const { site } = config;
  const { 1: p1, 2: p2, 3: p3, quiet, ...others } = site.escalation;
  const people = Object.entries(site.people).map(([id, one]) => [id, { ...one, ways: ['phone'] as const }] as const);
  const named = (chain: Escalation) => naming(Object.keys(site.people), chain);
  const channels: Site['channels'] = {
    ...site.channels,
    [office.id]: { ...office, names: 'phone', perMin: 6, instead: 'school-mail' },
    [phone.id]: { ...phone, perMin: 12, instead: 'school-mail' },
    sms: { ...titled('sms'), each: 'phone', perMin: 30, instead: 'call' },
    call: { ...titled('call'), each: 'phone', alarmsOnly: true },
    'school-mail': titled('school-mail'),
  };
  const ladder = [
    { channel: office.id, afterMs: 0 },
    { channel: 'sms', afterMs: 45_000 },
    { channel: 'call', afterMs: 90_000 },
  ];
  const escalation: Site['escalation'] = { ...others, 1: named(p1), 2: named(p2), 3: sooner(p3), quiet };
  return { ...config, site: { ...site, people: Object.fromEntries(people), channels, ladder, escalation } };
}

/** The configuration, with channels when it has none, and with ladders where the story asks for them. */
export function withChannels(config: Config, ladders = false): Config {
  const { site } = config;
  if (Object.keys(site.channels).length > 0) return config;
  const { 1: p1, 2: p2, 3: p3, quiet } = site.escalation;
  const lastResort = { roles: ['admin'] as const, channels: [guards.id] };
  const escalation: Site['escalation'] = { 1: told(p1), 2: told(p2), 3: told(p3), quiet: told(quiet), lastResort };
  const channels = { [office.id]: office, [phone.id]: phone, [guards.id]: guards };
  const all = { ...config, site: { ...site, channels, escalation } };
  return ladders ? withLadders(all) : all;
}

/** How channels behave; tooFast: the chance that one says it was too much. */
export interface ChannelManners extends Manners {
  tooFast: number;
}

/** A channel that has a limit of its own for an answer says so after this long. */
const timeoutMs = 10_000;

const well: ChannelManners = { fails: 0, hangs: 0, late: 0, tooFast: 0 };

export class SimulatedChannels {
  readonly manners: ChannelManners = { fails: 0, hangs: 0, late: 0, tooFast: 0 };
  readonly #chance: Chance;
  readonly #delivered: (duty: SentMessage) => void;
  /** Whether channels give up on an answer by themselves. */
  readonly #limited: boolean;

  /** `delivered` hears of every message that reached somebody, whether or not that was answered. */
  constructor(chance: Chance, limited: boolean, delivered: (duty: SentMessage) => void) {
    this.#chance = chance;
    this.#limited = limited;
    this.#delivered = delivered;
  }

  /** Sends one message: it is taken, refused with a sentence for the operator, or nobody ever answers. */
  async send(duty: AnyMessage, world: World): Promise<Verdict> {
    const chance = this.#chance;
    const { channel } = duty;
    const { fails, hangs, late, tooFast } = steady.has(channel) ? well : this.manners;
    const refused = chance.happens(fails);
    const mute = chance.happens(hangs);
    const got = !mute || chance.happens(0.5);
    const longest = this.#limited ? 9_000 : 20_000;
    await world.sleep(chance.happens(late) ? chance.between(2_000, longest) : chance.between(20, 300));
    if (refused) return { is: 'refused', code: '503', why: channelRefused(channel) };
    if (tooFast > 0 && chance.happens(tooFast))
      return { is: 'too-fast', retryAfterMs: chance.between(5_000, 60_000), why: channelRefused(channel) };
    if (got && duty.do === 'notify') this.#delivered(duty);
    if (mute && this.#limited) {
      await world.sleep(timeoutMs);
      return { is: 'unknown', why: channelRefused(channel) };
    }
    if (mute) await Promise.withResolvers<void>().promise;
    return { is: 'told' };
  }
}
