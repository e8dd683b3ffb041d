/**
 * Where the keys of chat channels go when it is not to the vendor's own servers: over TLS, or no farther than the school's own
 * network. It is said all the same, because whoever has a key can write to the group. It must never show one.
 */
import { BlockList, isIPv6 } from 'node:net';
import type { ConfigCheck } from '../references.ts';
import type { Path } from '../yaml-text.ts';
import { shownSecret } from './shown-secret.ts';

const near = new BlockList();
for (const [network, bits] of [
  ...([
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
] as const)
  near.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  near.addSubnet(network, bits, 'ipv6');

/** Whether an address is of this machine or of a network that does not reach beyond the school. */
function isNear(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || near.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}

/** Refuses a relay that a key would be sent to in the clear, and says of every other that it is told the key. */
export function checkProxies(check: ConfigCheck): void {
  for (const [i, channel] of (check.file.channels ?? []).entries()) {
    if (!channel || !('proxy' in channel) || channel.proxy === undefined) continue;
    const path: Path = ['channels', i, 'proxy'];
    const { protocol, hostname } = new URL(channel.proxy);
    if (protocol !== 'https:' && !isNear(hostname)) {
      const expected = 'expected one with https://, or one inside the school: the key would go there in the clear';
      check.source.refuse(path, `found ${check.source.found(path)}, ${expected}`);
      continue;
    }
    const key = 'hook' in channel && channel.hook !== undefined ? ` ${shownSecret(channel.hook)}` : '';
    const whose = "instead of to the vendor's own servers";
    check.source.warn(path, `messages and the key${key} are sent to ${check.source.found(path)}, ${whose}`);
  }
}
