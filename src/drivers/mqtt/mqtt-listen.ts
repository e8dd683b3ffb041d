/**
 * Opens the ports of the embedded broker and wraps what arrives in a guard. It must never let a failure to open pass
 * without a sentence that names the port or the file and the remedy.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Notices } from './mqtt-notice.ts';
import { Guard } from './mqtt-size-limit.ts';

/** A TLS client has this long to finish its handshake, ms. */
const handshakeMs = 10_000;

export interface Ports {
  readonly plain: number;
  readonly tls?: number;
}

export interface Doors {
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly tlsPort?: number;
  readonly maxClients: number;
  readonly maxPacketBytes: number;
}

export interface OpenPorts {
  readonly ports: Ports;
  close(): void;
}

/** Listens on the plain and, with a certificate, the TLS port. `broken` is called when a port stops listening. */
export async function openDoors(
  doors: Doors,
  say: Notices,
  enter: (guard: Guard) => void,
  broken: (error: Error) => void,
): Promise<OpenPorts> {
  const guards = new Set<Guard>();
  const servers: Server[] = [];
  const arrive = (socket: Socket) => {
    if (guards.size >= doors.maxClients) {
      socket.destroy();
      say.trouble('full', {
        zh: `MQTT 连接数已达上限 ${doors.maxClients}，新的设备连不上；请检查是否有设备反复连接，或调大 maxClients`,
        en: `all ${doors.maxClients} MQTT connections are taken and new devices are turned away; look for a device that keeps connecting, or raise maxClients`,
      });
      return;
    }
    const guard = new Guard(socket, doors.maxPacketBytes);
    guards.add(guard);
    guard.once('close', () => guards.delete(guard));
    enter(guard);
  };
  const close = () => {
    for (const server of servers) server.close();
    for (const guard of guards) guard.destroy();
  };
  try {
    const plain = createServer({ noDelay: true }, arrive);
    servers.push(plain);
    const ports: { plain: number; tls?: number } = { plain: await listen(plain, doors.host, doors.port, broken) };
    if (doors.tls) {
      const pair = { key: await readPem(doors.tls.key, 'key'), cert: await readPem(doors.tls.cert, 'certificate') };
      const secure = tlsServer({ ...pair, noDelay: true, handshakeTimeout: handshakeMs }, arrive);
      servers.push(secure);
      secure.on('tlsClientError', (error, socket) =>
        say.warn(socket.remoteAddress ?? 'unknown address', `TLS handshake failed: ${error.message}`),
      );
      ports.tls = await listen(secure, doors.host, doors.tlsPort ?? 8883, broken);
    }
    return { ports, close };
  } catch (error) {
    close();
    throw error;
  }
}

function tlsServer(options: Parameters<typeof createTlsServer>[0], arrive: (socket: Socket) => void) {
  try {
    return createTlsServer(options, arrive);
  } catch (error) {
    throw new Error(
      `MQTT 证书与私钥不能一起使用（${said(error)}），请检查两者是否为同一对 PEM 文件 / the MQTT certificate and key do not work together (${said(error)}); check that both are PEM files of one pair`,
    );
  }
}

async function readPem(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Error(
      `读不出 MQTT 证书或私钥 ${path}（${said(error)}），请检查路径和权限 / the MQTT ${what} ${path} cannot be read (${said(error)}); check the path and its rights`,
    );
  }
}

async function listen(server: Server, host: string, port: number, broken: (error: Error) => void): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host, port }, resolve);
  try {
    await promise;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const [zh, en] = [`MQTT 端口 ${port}（${host}）`, `MQTT port ${port} on ${host}`];
    if (code === 'EADDRINUSE')
      throw new Error(
        `${zh}已被其他程序占用，请停掉它或改用别的端口 / ${en} is taken by another program; stop it or set another port`,
      );
    if (code === 'EACCES')
      throw new Error(
        `${zh}不允许本用户打开，请用 1023 以上的端口 / ${en} may not be opened by this user; set a port above 1023`,
      );
    if (code === 'EADDRNOTAVAIL')
      throw new Error(
        `${zh}：本机没有这个地址，请改正 host 或用 0.0.0.0 / ${en}: this machine has no such address; set host to one it has, or 0.0.0.0`,
      );
    throw new Error(`${zh}打不开：${said(error)} / ${en} cannot be opened: ${said(error)}`);
  }
  server.removeListener('error', reject);
  server.on('error', broken);
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
