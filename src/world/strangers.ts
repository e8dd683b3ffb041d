/**
 * Connections of peers that have not said yet who they are: how many there may be, in all and from one address. One too many
 * ends the oldest of the address that has the most, so that whoever holds many cannot keep out somebody who comes with one.
 * A peer that has logged in is a stranger no more and is not counted here.
 */
import type { Socket } from 'node:net';

interface StrangerLimits {
  readonly most: number;
  readonly mostOfOne: number;
}

type Peer = Pick<Socket, 'remoteAddress' | 'remotePort' | 'destroy' | 'once'>;

/** Names a connection while it lasts; the sockets that TLS puts around it have the same one. */
const keyOf = ({ remoteAddress, remotePort }: Pick<Peer, 'remoteAddress' | 'remotePort'>) =>
  `${remoteAddress} ${remotePort}`;

export class Strangers {
  readonly #limits: StrangerLimits;
  /** By address and then by connection, oldest first. */
  readonly #peers = new Map<string, Map<string, Peer>>();
  #count = 0;

  constructor(limits: StrangerLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#count;
  }

  /** Takes in a connection that has just come, and ends an older one when that is too many. */
  enter(peer: Peer): void {
    const address = peer.remoteAddress ?? '';
    const own = this.#peers.get(address) ?? new Map<string, Peer>();
    if (own.size >= this.#limits.mostOfOne) this.#end(own);
    else if (this.#count >= this.#limits.most) this.#end(this.#busiest());
    const key = keyOf(peer);
    // Ending the last one of an address has taken its table away.
    this.#peers.set(address, own);
    own.set(key, peer);
    this.#count++;
    peer.once('close', () => this.#forget(address, key, peer));
  }

  /** The peer at the other end of this connection has said who it is. */
  known(peer: Pick<Peer, 'remoteAddress' | 'remotePort'>): void {
    this.#forget(peer.remoteAddress ?? '', keyOf(peer));
  }

  #busiest(): ReadonlyMap<string, Peer> {
    let busiest: ReadonlyMap<string, Peer> = new Map();
    for (const own of this.#peers.values()) if (own.size > busiest.size) busiest = own;
    return busiest;
  }

  #end(own: ReadonlyMap<string, Peer>): void {
    for (const [key, peer] of own) {
      this.#forget(peer.remoteAddress ?? '', key);
      peer.destroy();
      return;
    }
  }

  /** With a peer, only when the key is still that peer's: a number of a port is given out again. */
  #forget(address: string, key: string, peer?: Peer): void {
    const own = this.#peers.get(address);
    if (!own?.has(key) || (peer && own.get(key) !== peer)) return;
    own.delete(key);
    this.#count--;
    if (own.size === 0) this.#peers.delete(address);
  }
}
