/**
 * Finds cameras by WS-Discovery, on every interface. `node-onvif` sends the probes, reads the replies and joins the
 * doubles; around it stand what it lacks: a choice of interface, the sender's address, replies it cannot read, an end.
 * What is found is a claim by whoever answered. No credential is sent here, and none may be sent to a found address before
 * a person has accepted it.
 */
import { networkInterfaces } from 'node:os';
import nodeOnvif, { type Prober } from 'node-onvif';
import type { World } from '../../world/world.ts';

/** A camera that answered. Nobody has accepted it. */
export interface ProbeMatch {
  /** Its device service, as it says. */
  readonly address: string;
  readonly name?: string;
  readonly hardware?: string;
  /** The address the reply came from, which is harder to lie about. */
  readonly from: string;
}

export interface DiscoverOptions {
  /** How long replies are awaited. Default 3000, as long as slow cameras take. */
  readonly ms?: number;
  /** IPv4 addresses of the interfaces to ask on. Default: all. */
  readonly interfaces?: readonly string[];
  /** UDP port of the cameras. Default 3702, the standard one. */
  readonly port?: number;
  /** Ends the search early; what was found until then is returned. */
  readonly signal?: AbortSignal;
}

interface Reply {
  readonly text: string;
  readonly from: string;
}

/** More replies than this are not looked at: one school has tens of cameras, a flood has millions. */
const REPLIES_MAX = 2000;
const REPLY_BYTES_MAX = 65_535;

/** Asks on each interface and returns each camera once. An interface that cannot be used is logged and left out. */
export async function discover(world: World, options: DiscoverOptions = {}): Promise<ProbeMatch[]> {
  const addresses = options.interfaces ?? ownAddresses();
  const found = new Map<string, ProbeMatch>();
  const results = await Promise.all(addresses.map((address) => probe(world, address, options)));
  for (const one of results.flat()) if (!found.has(one.address)) found.set(one.address, one);
  return [...found.values()];
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).filter((a) => a.family === 'IPv4').map((a) => a.address),
  );
}

async function probe(world: World, address: string, options: DiscoverOptions): Promise<ProbeMatch[]> {
  if (options.signal?.aborted) return [];
  // One instance per interface: the exported one keeps its socket and its results in itself.
  const prober: Prober = new nodeOnvif.constructor();
  if (options.port !== undefined) prober._PORT = options.port;
  prober._DISCOVERY_WAIT = options.ms ?? 3000;
  const replies: Reply[] = [];
  let failed: Error | undefined;
  const done = prober.startProbe();
  const ended = new Promise<void>((resolve) => {
    const stop = (): void => {
      // A search that is stopped leaves its own promise open for ever, so this one stands beside it.
      prober.stopProbe().then(resolve, () => resolve());
    };
    options.signal?.addEventListener('abort', stop, { once: true });
    const socket = prober._udp;
    // Before its own listener, which sends the first probe at once.
    socket?.prependOnceListener('listening', () => {
      try {
        socket.setMulticastInterface(address);
      } catch (error) {
        failed = error as Error;
      }
    });
    socket?.on('listening', () => {
      // It takes its error listener away after binding, and any later error would end the process.
      socket.on('error', (error) => {
        failed = error;
      });
      if (failed) stop();
    });
    socket?.on('message', (bytes, peer) => {
      if (replies.length < REPLIES_MAX && bytes.length <= REPLY_BYTES_MAX)
        replies.push({ text: bytes.toString(), from: peer.address });
    });
    done.then(
      () => options.signal?.removeEventListener('abort', stop),
      (error: Error) => {
        failed = error;
        stop();
      },
    );
  });
  const probed = await Promise.race([done, ended.then(() => [])]);
  if (failed) world.log.warn('discovery does not work on this interface', { address, why: failed.message });
  const names = new Map(probed.map((p) => [String(p.urn), { name: p.name, hardware: p.hardware }]));
  return replies.flatMap((reply) => read(reply, names));
}

/**
 * A reply as a camera. The package gives name and hardware where the reply was sound XML; the address is looked up in the
 * text, because it drops replies whose name is not escaped, that lack scopes, or that hold several matches.
 */
function read({ text, from }: Reply, names: ReadonlyMap<string, { name: string; hardware: string }>): ProbeMatch[] {
  if (!/ProbeMatch/.test(text)) return [];
  const urn = /<(?:[\w-]+:)?Address[^>]*>\s*([^<\s]+)/.exec(text)?.[1] ?? '';
  const known = names.get(urn);
  return [...text.matchAll(/<(?:[\w-]+:)?XAddrs[^>]*>([^<]*)</g)].flatMap(([, list = '']) => {
    const address = choose(list, from);
    if (address === undefined) return [];
    const name = clean(known?.name || scope(text, 'name'));
    const hardware = clean(known?.hardware || scope(text, 'hardware'));
    return [{ address, ...(name !== '' && { name }), ...(hardware !== '' && { hardware }), from }];
  });
}

const scope = (text: string, what: string): string =>
  new RegExp(`onvif://www\\.onvif\\.org/${what}/([^\\s<]*)`).exec(text)?.[1] ?? '';

/** For eyes: decoded, without control characters, short. */
function clean(text: string): string {
  let plain = text;
  try {
    plain = decodeURIComponent(text);
  } catch {
    plain = text;
  }
  return plain.replace(/\p{C}/gu, '').trim().slice(0, 64);
}

/** Of several addresses the one the reply came from; others may be factory defaults that nobody answers on. */
function choose(list: string, from: string): string | undefined {
  const urls = list
    .split(/\s+/)
    .filter((text) => text.length <= 256 && URL.canParse(text))
    .map((text) => new URL(text))
    .filter((url) => url.protocol === 'http:' || url.protocol === 'https:');
  const best = urls.find((url) => url.hostname === from) ?? urls[0];
  if (!best) return undefined;
  // A log-in inside an address was chosen by a stranger.
  best.username = '';
  best.password = '';
  return best.href;
}
