/**
 * Which topics which connection to an outside broker asks for. Every topic of every device belongs to exactly one
 * connection, or with shared subscriptions to all of them. When the devices change, one may move to another connection;
 * what waited for it in the session of the old one still comes from there, because every connection is always made.
 * It must never leave a device's topic unasked.
 */

import type { MqttClientOptions, MqttDevice } from '../connection-options.ts';
import type { Line } from '../line.ts';
import { prefixOf, topicName, wireOf } from '../payload/topic-decode.ts';
import type { SubscriptionPlan } from './mqtt-session.ts';

type ClientLine = Pick<Line<MqttClientOptions, MqttDevice>, 'options' | 'devices'>;

export function connectionsOf({ options }: ClientLine): number {
  return options.connections ?? 4;
}

export function subscriptionPlan(
  line: ClientLine,
  ca: Buffer | undefined,
  version: 4 | 5,
  shared: boolean,
): SubscriptionPlan {
  const { options, devices } = line;
  const count = connectionsOf(line);
  const plain: string[][] = Array.from({ length: count }, () => []);
  const dealt: string[] = [];
  // A sender of several devices has topics that they share: asked for twice, each message would come twice.
  const asked = new Set<string>();
  const ask = (by: string[], topic: string) => {
    if (!asked.has(topic)) by.push(topic);
    asked.add(topic);
  };
  for (const [index, device] of devices.entries()) {
    const wire = wireOf(device);
    const own = plain[index % count]!;
    for (const { name } of wire.topics) ask(shared ? dealt : own, topicName(device, name));
    // Never shared: on a shared subscription a broker does not tell how things stand.
    if (wire.status) ask(own, `${prefixOf(device)}/${wire.status.name}`);
  }
  const asShared = (topic: string) => `$share/${options.clientId}/${topic}`;
  return {
    ...options,
    ca,
    version,
    shared,
    maxBytes: options.maxPacketBytes ?? 65_536,
    filters: (n) => {
      const notMine = plain.flatMap((topics, owner) => (owner === n ? [] : topics));
      const unshared = shared ? dealt : plain.flat().map(asShared);
      return { mine: [...plain[n]!, ...dealt.map(asShared)], others: [...notMine, ...unshared] };
    },
  };
}
