/**
 * What the connections of a configuration say about each other: two that listen on one port, two lines to one bus or one camera.
 * Each would be up and down in turn with its twin. The same of those who are told
 * outside: ids of nothing, ids that would be two things, keys that are none. It must never ask the network.
 */
import {
  aesKeyLength,
  idTaken,
  platformsOwnId,
  tlsAndAuthority,
  zoneOrDevice,
} from '../words/site/config-outward-words.ts';
import { portTaken, samePlace } from '../words/site/config-part-words.ts';
import { keyBytes } from './outward/schema-dc09.ts';
import { type ConfigCheck, entries, hint } from './references.ts';
import type { Path, YamlSource } from './yaml-text.ts';

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
    if (line.protocol === 'http-push') add(['lines', i, 'port'], line.host, line.port);
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
    case 'http-stream':
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
  source.refuse(['server', 'authority'], tlsAndAuthority, 'key');
}

/** Reports ports, buses and cameras that are named twice. */
export function checkNet(check: ConfigCheck): void {
  checkServer(check);
  checkOutward(check);
  const before = new Map<number, ListeningPlace[]>();
  for (const place of listening(check)) {
    const there = before.get(place.port) ?? [];
    const other = there.find(
      (one) => one.host === place.host || everywhere.has(one.host) || everywhere.has(place.host),
    );
    before.set(place.port, there);
    there.push(place);
    if (!other) continue;
    check.source.refuse(place.path, portTaken(check.source.found(place.path), where(other.path)));
  }
  const taken = new Map<string, Path>();
  for (const [i, line] of entries(check, 'lines')) {
    const goal = target(line);
    if (goal === undefined) continue;
    const key =
      line.protocol === 'onvif' || line.protocol === 'http-stream'
        ? 'address'
        : line.protocol === 'modbus-rtu'
          ? 'path'
          : 'port';
    const path: Path = ['lines', i, key];
    const first = taken.get(goal);
    if (!first) taken.set(goal, path);
    else {
      const other = where(first.slice(0, 2));
      check.source.refuse(path, samePlace(check.source.found(path), other, line.protocol === 'onvif'));
    }
  }
}

/** Reports channels of nothing, and ids that are there twice. */
function checkOutward(check: ConfigCheck): void {
  const { file, source } = check;
  const gb = file.gb28181;
  if (!gb) return;
  const zones = (file.zones ?? []).flatMap((one) => one?.id ?? []);
  const devices = (file.devices ?? []).flatMap((one) => one?.id ?? []);
  const both = new Set([...zones, ...devices]);
  const ids = new Map<string, Path>();
  if (gb.id !== undefined) ids.set(gb.id, ['gb28181', 'id']);
  if (gb.server?.id !== undefined && gb.server.id === gb.id)
    source.refuse(['gb28181', 'id'], platformsOwnId(source.found(['gb28181', 'id'])));
  for (const [name, id] of Object.entries(gb.channels ?? {})) {
    const path: Path = ['gb28181', 'channels', name];
    if (!both.has(name)) source.refuse(path, zoneOrDevice(hint(check, path, name, both)), 'key');
    if (id === undefined) continue;
    if (ids.has(id)) source.refuse(path, idTaken(source.found(path)));
    ids.set(id, path);
  }
}

/** Reports keys that are none. */
export function checkKeys(source: YamlSource, secrets: ReadonlyMap<string, string>): void {
  for (const [holder, said] of secrets) {
    const place = /^dc09\.receivers\.(\d)$/.exec(holder)?.[1];
    if (place === undefined || keyBytes(said) !== undefined) continue;
    const path: Path = ['dc09', 'receivers', Number(place)];
    const where = source.has([...path, 'password']) ? 'password' : 'passwordFile';
    source.refuse([...path, where], aesKeyLength);
  }
}
