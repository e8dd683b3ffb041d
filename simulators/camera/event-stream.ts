/**
 * A simulated camera or recorder that tells its events in an endless multipart answer, as Hikvision's alertStream and Dahua's
 * eventManager do, behind a Digest log-in, with stills. It writes the makers' shapes by itself, and misbehaves on request. It must
 * never use the driver's code, nor its profiles: what both read from one table would agree also where the table is wrong.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seeded } from '../fence/random.ts';
import { CameraAuth } from './camera-auth.ts';
import { cameraPicture } from './camera-picture.ts';
import { noStreamFaults, type StreamFaults } from './stream-faults.ts';

export type StreamMaker = 'hikvision' | 'dahua';

export interface EventStreamOptions {
  readonly maker: StreamMaker;
  readonly user: string;
  readonly password: string;
  readonly seed?: number;
  /** Default: a free one. */
  readonly port?: number;
  /** Milliseconds since the epoch. Default the wall clock. */
  readonly now?: () => number;
  readonly faults?: Partial<StreamFaults>;
}

/** An event as a maker's firmware has it. `channel` as people count. */
export interface ToldEvent {
  readonly code: string;
  readonly state: 'on' | 'off' | 'pulse';
  readonly channel?: number;
  /** Fields beside: elements of XML, or the data of a code. */
  readonly more?: Readonly<Record<string, string | number>>;
  /** A picture follows it. */
  readonly picture?: Uint8Array;
}

const BOUNDARY: Readonly<Record<StreamMaker, string>> = { hikvision: 'boundary', dahua: 'myboundary' };
const STATES = {
  hikvision: { on: 'active', off: 'inactive', pulse: 'active' },
  dahua: { on: 'Start', off: 'Stop', pulse: 'Pulse' },
} as const;

export class EventStream {
  readonly faults: StreamFaults;
  readonly auth: CameraAuth;
  /** Requests so far, by path without its query. */
  readonly asked = new Map<string, number>();
  /** What an attachment was answered with beside 200, in order. */
  readonly refusals: number[] = [];
  readonly #options: EventStreamOptions;
  readonly #random: () => number;
  readonly #server = createServer((req, res) => void this.#serve(req, res).catch(() => res.destroy()));
  readonly #clients = new Set<ServerResponse>();
  /** Answers to what stands that are ready and not sent yet. */
  readonly late: (() => void)[] = [];
  /** What stands now on which channels, by code; what a restart forgets. */
  readonly standing = new Map<string, Set<number>>();
  /** Attachments that nobody gave back. */
  #leaked = 0;
  #beat: NodeJS.Timeout | undefined;
  #count = 0;
  /** A part is under way, into which nothing else may be put. */
  #busy = false;

  private constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#random = seeded(options.seed ?? 1);
    this.faults = { ...noStreamFaults(), ...options.faults };
    const { user, password } = options;
    const clock = options.now ?? Date.now;
    this.auth = new CameraAuth({ user, password, mode: 'digest', algorithms: ['MD5', 'SHA-256'], windowMs: 1, clock });
  }

  static async start(options: EventStreamOptions): Promise<EventStream> {
    const stream = new EventStream(options);
    await stream.listen(options.port ?? 0);
    stream.#beatLater();
    return stream;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Attachments that stand, as the device counts them. */
  get attached(): number {
    return this.#clients.size + this.#leaked;
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Cuts every stream, as a device does that restarts; what leaked is free again. */
  cut(): void {
    this.#leaked = 0;
    for (const client of this.#clients) client.destroy();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#beat);
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Tells an event to everybody who is attached, with what goes wrong on the way. */
  tell(event: ToldEvent): void {
    const { faults } = this;
    this.#stands(event);
    if (faults.mute) return;
    if (event.state === 'off' && faults.endsLost > 0) {
      faults.endsLost -= 1;
      return;
    }
    let text = this.#options.maker === 'hikvision' ? this.#xml(event) : this.#code(event);
    if (this.#happens(faults.truncated)) text = text.slice(0, Math.ceil(text.length * (0.2 + 0.6 * this.#random())));
    if (this.#happens(faults.rubbish))
      this.raw(Buffer.from(Array.from({ length: 40 }, () => 128 + this.#random() * 100)));
    if (this.#happens(faults.strangers)) this.#part('application/octet-stream', Buffer.from('\u0001\u0002 not yours'));
    const type = this.#options.maker === 'hikvision' ? 'application/xml; charset="UTF-8"' : 'text/plain';
    const times = this.#happens(faults.doubled) ? 2 : 1;
    for (let i = 0; i < times; i++) this.#part(type, Buffer.from(text));
    if (event.picture) this.picture(event.picture);
  }

  #stands({ code, state, channel = 1 }: ToldEvent): void {
    const channels = this.standing.get(code) ?? new Set();
    this.standing.set(code, channels);
    if (state === 'on') channels.add(channel);
    if (state === 'off') channels.delete(channel);
  }

  /** A picture by itself. */
  picture(jpeg: Uint8Array): void {
    this.#part('image/jpeg', Buffer.from(jpeg));
  }

  /** A part of this many bytes that says that it is a picture; sent as it is made, never held whole. */
  async huge(bytes: number): Promise<void> {
    this.#busy = true;
    this.raw(Buffer.from(`--${this.#boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: ${bytes}\r\n\r\n`));
    const block = Buffer.alloc(65_536, 0x55);
    for (let left = bytes; left > 0; left -= block.length)
      for (const client of this.#clients)
        if (!client.write(block.subarray(0, Math.min(left, block.length)))) await once(client, 'drain').catch(() => {});
    this.raw(Buffer.from('\r\n'));
    this.#busy = false;
  }

  /** Bytes as they are. */
  raw(bytes: Buffer): void {
    const { crumbs } = this.faults;
    for (const client of this.#clients) {
      if (crumbs === 0) client.write(bytes);
      else for (let at = 0; at < bytes.length; at += crumbs) client.write(bytes.subarray(at, at + crumbs));
    }
  }

  get #boundary(): string {
    return BOUNDARY[this.#options.maker];
  }

  #happens(chance: number): boolean {
    return this.#random() < chance;
  }

  #part(type: string, body: Buffer): void {
    const { faults } = this;
    const off = this.#happens(faults.tooLong) ? 1 : this.#happens(faults.tooShort) ? -1 : 0;
    const length = body.length + off * Math.ceil(1 + this.#random() * 30);
    const said = this.#happens(faults.noLength) ? '' : `Content-Length: ${Math.max(1, length)}\r\n`;
    this.raw(
      Buffer.concat([
        Buffer.from(`--${this.#boundary}\r\nContent-Type: ${type}\r\n${said}\r\n`),
        body,
        Buffer.from('\r\n'),
      ]),
    );
  }

  #time(): string {
    const now = (this.#options.now ?? Date.now)();
    return `${new Date(now + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
  }

  #xml({ code, state, channel = 1, more = {} }: ToldEvent): string {
    const fields = Object.entries(more).map(([name, value]) => `<${name}>${value}</${name}>`);
    this.#count += 1;
    return [
      '<EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">',
      `<ipAddress>192.168.8.21</ipAddress><portNo>80</portNo><protocol>HTTP</protocol><channelID>${channel}</channelID>`,
      `<dateTime>${this.#time()}</dateTime><activePostCount>${this.#count}</activePostCount>`,
      `<eventType>${code}</eventType><eventState>${STATES.hikvision[state]}</eventState>`,
      `<eventDescription>${code} alarm</eventDescription>${fields.join('')}`,
      '</EventNotificationAlert>',
    ].join('\r\n');
  }

  #code({ code, state, channel = 1, more }: ToldEvent): string {
    const data = more ? `;data=${JSON.stringify(more, null, 3)}` : '';
    return `Code=${code};action=${STATES.dahua[state]};index=${channel - 1}${data}\r\n`;
  }

  #beatLater(): void {
    const [from, to] = this.faults.heartbeatMs;
    this.#beat = setTimeout(
      () => {
        if (!this.faults.mute && !this.#busy && this.#clients.size > 0) this.#sendBeat();
        this.#beatLater();
      },
      from + this.#random() * (to - from),
    );
  }

  #sendBeat(): void {
    if (this.#options.maker === 'dahua') this.#part('text/plain', Buffer.from('Heartbeat'));
    else this.#part('application/xml', Buffer.from(this.#xml({ code: 'videoloss', state: 'off' })));
  }

  async #serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    res.on('error', () => res.destroy());
    const url = new URL(req.url ?? '/', 'http://camera');
    this.asked.set(url.pathname, (this.asked.get(url.pathname) ?? 0) + 1);
    const { authorization } = req.headers;
    if (authorization) this.auth.offered += 1;
    const good = authorization !== undefined && this.auth.digest('GET', req.url ?? '/', authorization);
    if (authorization && !good) this.auth.refused += 1;
    if (!good || this.faults.stale > 0) {
      const stale = good ? 'TRUE' : 'FALSE';
      if (good) this.faults.stale -= 1;
      const challenges = this.auth.challenges().map((one) => one.replace('stale="FALSE"', `stale="${stale}"`));
      res.writeHead(401, { 'WWW-Authenticate': challenges }).end('Unauthorized');
      return;
    }
    if (this.faults.status !== undefined) return this.#refuse(res, this.faults.status);
    if (url.searchParams.get('action') === 'getEventIndexes') return this.#indexes(res, url.searchParams.get('code'));
    if (/alertStream$|eventManager\.cgi$/.test(url.pathname)) return this.#attach(req, res);
    const channel = /channels\/(\d+)01\/picture$/.exec(url.pathname)?.[1] ?? url.searchParams.get('channel');
    if (channel === null || channel === undefined) return this.#refuse(res, 404);
    const sight = { masked: false, somebody: false };
    const picture = cameraPicture(`channel-${channel}`, (this.#options.now ?? Date.now)(), sight);
    res.writeHead(200, { 'Content-Type': 'image/jpeg', 'Content-Length': picture.length }).end(picture);
  }

  /** Dahua's answer to what stands: `channels[0]=0`, counted from 0, or that there is none. */
  #indexes(res: ServerResponse, code: string | null): void {
    const { indexes } = this.faults;
    if (indexes === 'refused' || indexes === 'forbidden') {
      res.writeHead(indexes === 'refused' ? 404 : 403).end('Error');
      return;
    }
    if (indexes === 'page') {
      res.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Web</html>');
      return;
    }
    const lines = [...(this.standing.get(code ?? '') ?? [])].map((channel, i) => `channels[${i}]=${channel - 1}\r\n`);
    const nothing = lines.length === 0;
    const answer = () => {
      res.writeHead(nothing && indexes === 'told with 400' ? 400 : 200, { 'Content-Type': 'text/plain' });
      res.end(nothing ? 'Error: No Events\r\n' : lines.join(''));
    };
    if (code !== null && code === this.faults.holds) this.late.push(answer);
    else answer();
  }

  #refuse(res: ServerResponse, status: number): void {
    this.refusals.push(status);
    res.writeHead(status).end('Error');
  }

  #attach(req: IncomingMessage, res: ServerResponse): void {
    if (this.attached >= this.faults.slots) return this.#refuse(res, 400);
    const type = this.#options.maker === 'hikvision' ? 'multipart/mixed' : 'multipart/x-mixed-replace';
    res.writeHead(200, { 'Content-Type': this.faults.contentType ?? `${type}; boundary=${this.#boundary}` });
    res.flushHeaders();
    this.#clients.add(res);
    req.socket.once('close', () => {
      this.#clients.delete(res);
      if (this.#happens(this.faults.leaks)) this.#leaked += 1;
    });
    if (!this.faults.mute) this.#sendBeat();
  }
}
