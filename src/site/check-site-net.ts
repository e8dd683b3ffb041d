/**
 * What the connections of a configuration say about each other: two that listen on one port, two lines to one bus or one camera.
 * Each would be up and down in turn with its twin. It must never ask the network.
 */
import { type ConfigCheck, entries } from './references.ts';
import type { Path } from './yaml-text.ts';

interface ListeningPlace {
  readonly path: Path;
  readonly host: string;
  readonly port: number;
}

const everywhere = new Set(['0.0.0.0', '::']);

/** What this gateway itself listens on. */
function listening(check: ConfigCheck): ListeningPlace[] {
  const places: ListeningPlace[] = [];
  const add = (path: Path, host: string | undefined, port: number | undefined) => {
    if (host !== undefined && port !== undefined) places.push({ path, host, port });
  };
  const { server } = check.file;
  add(['server', 'port'], server?.host, server?.port);
  for (const [i, line] of entries(check, 'lines')) {
    if (line.protocol !== 'mqtt-broker') continue;
    add(['lines', i, 'port'], line.host, line.port);
    add(['lines', i, 'tlsPort'], line.host, line.tlsPort);
  }
  return places;
}

const where = (path: Path) =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .slice(1);

/** Where a line leads to, so that two to one place can be told; undefined where several may lead there. */
function target(line: NonNullable<ConfigCheck['file']['lines']>[number]): string | undefined {
  switch (line?.protocol) {
    case 'modbus-tcp':
    case 'modbus-rtu-over-tcp':
      return line.host === undefined || line.port === undefined ? undefined : `${line.host.toLowerCase()}:${line.port}`;
    case 'modbus-rtu':
      return line.path;
    case 'onvif': {
      const address = line.address ?? '';
      return URL.canParse(address) ? new URL(address).host : undefined;
    }
    default:
      return undefined;
  }
}

/** One server shows one certificate. */
function checkServer({ file: { server }, source }: ConfigCheck): void {
  if (server?.tls === undefined || server.authority === undefined) return;
  source.refuse(['server', 'authority'], 'tls and authority are both written; expected one of them', 'key');
}

/** Reports ports, buses and cameras that are named twice. */
export function checkNet(check: ConfigCheck): void {
  checkServer(check);
  const places = listening(check);
  for (const [i, place] of places.entries()) {
    const other = places
      .slice(0, i)
      .find(
        (one) =>
          one.port === place.port &&
          (one.host === place.host || everywhere.has(one.host) || everywhere.has(place.host)),
      );
    if (!other) continue;
    const found = check.source.found(place.path);
    check.source.refuse(place.path, `found ${found}, the port that ${where(other.path)} listens on; expected another`);
  }
  const taken = new Map<string, Path>();
  for (const [i, line] of entries(check, 'lines')) {
    const goal = target(line);
    if (goal === undefined) continue;
    const key = line.protocol === 'onvif' ? 'address' : line.protocol === 'modbus-rtu' ? 'path' : 'port';
    const path: Path = ['lines', i, key];
    const first = taken.get(goal);
    if (!first) taken.set(goal, path);
    else {
      const what = line.protocol === 'onvif' ? 'camera' : 'connection; put its devices on one line';
      check.source.refuse(
        path,
        `found ${check.source.found(path)}, but ${where(first.slice(0, 2))} leads to the same ${what}`,
      );
    }
  }
}
