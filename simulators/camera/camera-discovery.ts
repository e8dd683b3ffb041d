/**
 * The WS-Discovery side of simulated cameras: answers probes on chosen interfaces, rightly or as its faults say.
 * It must never send anything that was not asked for.
 */
import { createSocket, type Socket } from 'node:dgram';
import type { CameraFaults } from './camera-faults.ts';
import { probeMatches, textOf } from './camera-soap.ts';

/** ONVIF's multicast group. */
const GROUP = '239.255.255.250';

export interface ResponderOptions {
  /** 3702 is the standard one; 0 takes a free port. */
  readonly port: number;
  /** Addresses of the interfaces to listen on. */
  readonly interfaces: readonly string[];
  readonly urn: string;
  readonly name: string;
  readonly hardware: string;
  readonly xaddr: string;
  readonly faults: CameraFaults;
}

export interface Responder {
  readonly port: number;
  stop(): Promise<void>;
}

function replies({ urn, name, hardware, xaddr, faults }: ResponderOptions, to: string): (string | Buffer)[] {
  const named = `onvif://www.onvif.org/name/${encodeURIComponent(name)} onvif://www.onvif.org/hardware/${hardware}`;
  const right = probeMatches({ to, urn, xaddrs: xaddr, scopes: named });
  switch (faults.discovery) {
    case 'ok':
      return [right];
    case 'silent':
      return [];
    case 'garbage':
      return [
        Buffer.from([0, 255, 1, 2, 3]),
        '',
        '<',
        '<a/>',
        'null',
        '<s:Envelope><s:Body/></s:Envelope>',
        right.slice(0, 300),
        right,
      ];
    case 'duplicate':
      return [right, right, right];
    case 'unescaped':
      return [probeMatches({ to, urn, xaddrs: xaddr, scopes: 'onvif://www.onvif.org/name/Food & Drink <2>' })];
    case 'no-xaddrs':
      return [probeMatches({ to, urn, scopes: named })];
    case 'no-scopes':
      return [right.replace(/<d:Scopes>.*<\/d:Scopes>/, '')];
    case 'two-addresses':
      return [probeMatches({ to, urn, xaddrs: `http://198.51.100.7/onvif/device_service ${xaddr}`, scopes: named })];
    case 'credentials':
      return [probeMatches({ to, urn, xaddrs: xaddr.replace('://', '://admin:12345@'), scopes: named })];
  }
}

/** Starts to answer probes; several cameras may share a port. */
export async function respond(options: ResponderOptions): Promise<Responder> {
  const socket: Socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (probe, peer) => {
    const text = probe.toString();
    if (!text.includes('Probe')) return;
    for (const reply of replies(options, textOf(text, 'MessageID') ?? '')) socket.send(reply, peer.port, peer.address);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(options.port, () => resolve());
  });
  for (const address of options.interfaces) socket.addMembership(GROUP, address);
  return { port: socket.address().port, stop: () => new Promise((resolve) => socket.close(() => resolve())) };
}
