/**
 * The stills of a simulated camera: who may have one, of which channel, and what comes in place of one. It must never know
 * what an event is.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CameraAuth } from './camera-auth.ts';
import type { CameraFaults } from './camera-faults.ts';
import type { MediaChannel } from './camera-media.ts';
import { cameraPicture } from './camera-picture.ts';

/** A picture takes tens of milliseconds to draw; several wall pages may ask at once. */
const PICTURE_MS = 200;
/** Requests that are remembered. */
const PICTURED_MAX = 1000;

type Send = (res: ServerResponse, status: number, type: string, body: string | Uint8Array) => void;

export class CameraStills {
  somebody = false;
  /** Numbers of channels that are masked, and of those whose camera is gone. */
  readonly masked = new Set<number>();
  readonly lost = new Set<number>();
  /** The profiles asked for, one after the other. */
  readonly pictured: string[] = [];
  private readonly drawn = new Map<number, { readonly at: number; readonly jpeg: Uint8Array }>();
  private readonly channels: readonly MediaChannel[];
  private readonly faults: CameraFaults;
  private readonly auth: CameraAuth;
  private readonly open: boolean;
  private readonly now: () => number;
  private readonly send: Send;

  /** `open`: nobody has to log in. */
  constructor(
    channels: readonly MediaChannel[],
    { faults, auth, open }: { readonly faults: CameraFaults; readonly auth: CameraAuth; readonly open: boolean },
    now: () => number,
    send: Send,
  ) {
    this.channels = channels;
    this.faults = faults;
    this.auth = auth;
    this.open = open;
    this.now = now;
    this.send = send;
  }

  serve(req: IncomingMessage, res: ServerResponse): void {
    const { faults, auth, send } = this;
    const authorization = req.headers.authorization;
    if (authorization) auth.offered++;
    const wants = this.open ? 'none' : faults.snapshotAuth;
    const allowed =
      wants === 'none' ||
      (authorization !== undefined &&
        (wants === 'basic' ? auth.basic(authorization) : auth.digest('GET', req.url ?? '', authorization)));
    if (!allowed) {
      res.setHeader('WWW-Authenticate', wants === 'basic' ? ['Basic realm="IP Camera"'] : auth.challenges());
      return send(res, 401, 'text/html', '<html>401</html>');
    }
    if (faults.snapshot === 'html') return send(res, 200, 'text/html', '<html>log in</html>');
    if (faults.snapshot === 'png') return send(res, 200, 'image/png', Buffer.from('89504e470d0a1a0a', 'hex'));
    if (faults.snapshot === 'empty') return send(res, 200, 'image/jpeg', '');
    if (faults.snapshot === 'huge') return send(res, 200, 'image/jpeg', Buffer.alloc(6_000_000, 0xff));
    if (faults.snapshot === 'redirect') {
      res.setHeader('Location', `http://${faults.foreignHost}/steal`);
      return send(res, 302, 'text/plain', '');
    }
    if (faults.snapshot === 'expired') {
      faults.snapshot = 'ok';
      return send(res, 404, 'text/plain', 'gone');
    }
    this.picture(req, res);
  }

  private picture(req: IncomingMessage, res: ServerResponse): void {
    const query = new URL(req.url ?? '/', 'http://camera').searchParams;
    this.pictured.push(query.get('profile') ?? '');
    if (this.pictured.length > PICTURED_MAX) this.pictured.shift();
    const channel = this.channels.find(({ number }) => number === Number(query.get('channel') ?? 1));
    if (!channel || this.lost.has(channel.number)) return this.send(res, 503, 'text/plain', 'no video');
    const now = this.now();
    const before = this.drawn.get(channel.number);
    const fresh = before !== undefined && now - before.at <= PICTURE_MS;
    const sees = { masked: this.masked.has(channel.number), somebody: this.somebody };
    const jpeg = fresh ? before.jpeg : cameraPicture(channel.name, now, sees);
    if (!fresh) this.drawn.set(channel.number, { at: now, jpeg });
    this.send(res, 200, 'image/jpeg', jpeg);
  }
}
