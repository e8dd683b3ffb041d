/**
 * Addresses and networks as a configuration writes them: whether an address lies within one. IPv4 that comes over an IPv6 socket is
 * the same address.
 */
import { BlockList, isIP } from 'node:net';

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** `192.168.8.2`, `fd00::2` or `192.168.8.0/24`. */
export function networksOf(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [address = '', bits] = text.split('/');
    if (bits === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(bits), family(address));
  }
  return list;
}

export function isWithin(networks: BlockList, address: string | undefined): boolean {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/, '') ?? '';
  return isIP(plain) !== 0 && networks.check(plain, family(plain));
}
