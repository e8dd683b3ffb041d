/**
 * The channels beyond the screens at the other end of a simulated gateway: they take a message, refuse it, dawdle or never
 * answer. A school that names no channel is given two, so that messages can be held against what was owed.
 */
import type { Chance } from '../../simulators/virtual/chance.ts';
import type { Duty, Escalation, Site } from '../core/types.ts';
import type { Verdict } from '../perform/channel.ts';
import type { Config } from '../site/load-site.ts';
import { channelRefused, simulatedGuards, simulatedOffice, simulatedPhone } from '../words/night-words.ts';
import type { World } from '../world/world.ts';
import type { Manners } from './sim-drivers.ts';

type SentMessage = Extract<Duty, { do: 'notify' }>;
type AnyMessage = Extract<Duty, { do: 'notify' | 'remind' | 'test' }>;

const office = { id: 'duty-office', title: simulatedOffice };
/** A line of its own, which nothing vexes: the last resort. */
const guards = { id: 'guard-company', title: simulatedGuards };
const phone = { id: 'head-phone', title: simulatedPhone };

/** The office hears of every step, the head of the last one. */
function told({ steps, repeatMs }: Escalation): Escalation {
  const channels = (i: number) => (i === steps.length - 1 ? [office.id, phone.id] : [office.id]);
  return { repeatMs, steps: steps.map((step, i) => ({ ...step, channels: channels(i) })) };
}

/** The configuration, with channels when it has none. */
export function withChannels(config: Config): Config {
  const { site } = config;
  if (Object.keys(site.channels).length > 0) return config;
  const { 1: p1, 2: p2, 3: p3, quiet } = site.escalation;
  const lastResort = { roles: ['admin'] as const, channels: [guards.id] };
  const escalation: Site['escalation'] = { 1: told(p1), 2: told(p2), 3: told(p3), quiet: told(quiet), lastResort };
  const channels = { [office.id]: office, [phone.id]: phone, [guards.id]: guards };
  return { ...config, site: { ...site, channels, escalation } };
}

const well: Manners = { fails: 0, hangs: 0, late: 0 };

export class SimulatedChannels {
  readonly manners: Manners = { fails: 0, hangs: 0, late: 0 };
  readonly #chance: Chance;
  readonly #delivered: (duty: SentMessage) => void;

  /** `delivered` hears of every message that reached somebody, whether or not that was answered. */
  constructor(chance: Chance, delivered: (duty: SentMessage) => void) {
    this.#chance = chance;
    this.#delivered = delivered;
  }

  /** Sends one message: it is taken, refused with a sentence for the operator, or nobody ever answers. */
  async send(duty: AnyMessage, world: World): Promise<Verdict> {
    const chance = this.#chance;
    const { fails, hangs, late } = duty.channel === guards.id ? well : this.manners;
    const refused = chance.happens(fails);
    const mute = chance.happens(hangs);
    const got = !mute || chance.happens(0.5);
    await world.sleep(chance.happens(late) ? chance.between(2_000, 20_000) : chance.between(20, 300));
    if (refused) return { is: 'refused', code: '503', why: channelRefused(duty.channel) };
    if (got && duty.do === 'notify') this.#delivered(duty);
    if (mute) await Promise.withResolvers<void>().promise;
    return { is: 'told' };
  }
}
