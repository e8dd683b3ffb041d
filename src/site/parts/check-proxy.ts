/**
 * Where the keys of chat channels go when it is not to the vendor's own servers: over TLS, or no farther than the school's own
 * network. It is said all the same, because whoever has a key can write to the group. It must never show one.
 */

import { BlockList, isIPv6 } from 'node:net';
import { keyInTheClear, sentByRelay } from '../../words/site/config-outward-words.ts';
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
    // Of a channel of no known kind nobody has looked whether this is an address.
    if (!channel || !('proxy' in channel) || !URL.canParse(channel.proxy ?? '')) continue;
    const path: Path = ['channels', i, 'proxy'];
    const { protocol, hostname } = new URL(channel.proxy ?? '');
    if (protocol !== 'https:' && !isNear(hostname)) {
      check.source.refuse(path, keyInTheClear(check.source.found(path)));
      continue;
    }
    const key = 'hook' in channel && channel.hook !== undefined ? ` ${shownSecret(channel.hook)}` : '';
    check.source.warn(path, sentByRelay(check.source.found(path), key));
  }
}
