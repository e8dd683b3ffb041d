/**
 * Those who follow the journal to somebody outside, each where the configuration names him: a broker of the school's, the district. It wires and
 * decides nothing.
 */
import { MqttOut } from '../../outward/mqtt-out.ts';
import type { Config } from '../../site/load-site.ts';
import type { Uplink } from '../../uplink/uplink.ts';
import { type UplinkParts, uplinkOf } from './district-uplink.ts';
import { type StandardReporter, standardsOf } from './outward-standards.ts';

/** Followers as the application runs them. */
export interface JournalFollowers {
  readonly outward: MqttOut | undefined;
  /** Below which a broker of the school's is told, where one is. */
  readonly outwardTopic: string | undefined;
  readonly district: Uplink | undefined;
  /** Those who report alarms by a standard. */
  readonly standards: readonly StandardReporter[];
  /** Follows until the signal. */
  run(signal: AbortSignal): Promise<void>;
}

/** What followers read of the gateway. */
const sourceOf = ({ gateway, journal }: UplinkParts) => ({
  site: () => gateway.site,
  now: () => gateway.now,
  head: () => journal.head().seq,
  read: gateway.read.bind(gateway),
  pick: journal.pick.bind(journal),
});

/** Who tells the school's broker, where one is configured. */
function outwardOf({ mqttOut, district, store: { dir } }: Config, parts: UplinkParts): MqttOut | undefined {
  const { world, version } = parts;
  const options = mqttOut && { ...mqttOut, ...(district && { school: district.school }) };
  return options && new MqttOut({ options, source: sourceOf(parts), dir, world, version });
}

export function followersOf(first: Config, parts: UplinkParts): JournalFollowers {
  const [outward, district] = [outwardOf(first, parts), uplinkOf(first, parts)];
  const standards = standardsOf(first, { ...parts, source: sourceOf(parts) });
  return {
    ...{ outward, district, standards, outwardTopic: first.mqttOut?.topic },
    run: async (signal) => void (await Promise.all([outward, district, ...standards].map((one) => one?.run(signal)))),
  };
}
