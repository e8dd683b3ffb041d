/**
 * One live video in this page: from the gateway's WebSocket through MediaSource into a `<video>`, kept at the live edge and small in
 * memory. It says how it is, and must never let a picture that stands pass for one that moves. Syntax and calls of Chromium 86.
 */
import type { Words } from '../../core/types.ts';
import { videoPage } from '../../words/video/video-page-words.ts';

/** How a video is. `why` is there where it does not play. */
export interface VideoState {
  readonly is: 'starting' | 'playing' | 'none' | 'reason';
  readonly why?: Words;
}

/** Farther behind than this it jumps to the newest, s; and so far before the newest it lands. */
const BEHIND_S = 3;
const EDGE_S = 0.4;
/** What lies farther back than this is thrown away, s. */
const KEPT_S = 12;
/** Pieces that wait to be taken in; more, and the page does not keep up. */
const QUEUE_MAX = 200;
const AGAIN_MIN_MS = 1_000;
const AGAIN_MAX_MS = 15_000;
/** Refused: no place, or nothing this browser plays. Asking every second would help nobody. */
const REFUSED_MS = 30_000;
const CODES = { reason: 4003, often: 4009, full: 4013 } as const;

interface Begin {
  readonly mime: string;
  readonly h265: boolean;
}

export interface VideoWanted {
  readonly camera: string;
  readonly use: 'large' | 'small';
  /** An open alarm the camera is shown for. */
  readonly alarm?: number | undefined;
  readonly reason?: string | undefined;
}

/** Plays until it is stopped. `told` hears how it is. */
export class VideoSource {
  private readonly video: HTMLVideoElement;
  private readonly wanted: VideoWanted;
  private readonly told: (state: VideoState) => void;
  private socket: WebSocket | undefined;
  private media: MediaSource | undefined;
  private buffer: SourceBuffer | undefined;
  private queue: ArrayBuffer[] = [];
  private url = '';
  private pause = AGAIN_MIN_MS;
  private timer = 0;
  private stopped = false;
  private said: Words | undefined;
  private movedAt = performance.now();
  private place = -1;

  constructor(video: HTMLVideoElement, wanted: VideoWanted, told: (state: VideoState) => void) {
    this.video = video;
    this.wanted = wanted;
    this.told = told;
    if (typeof MediaSource === 'undefined') told({ is: 'none', why: videoPage.tooOld });
    else this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.socket?.close();
    this.drop();
  }

  /** How long the picture has not moved, ms. To be asked a few times a second; it also keeps to the live edge. */
  still(): number {
    const { video } = this;
    const ranges = video.buffered;
    if (ranges.length > 0) {
      const end = ranges.end(ranges.length - 1);
      const begin = ranges.start(ranges.length - 1);
      if (video.currentTime < begin || end - video.currentTime > BEHIND_S)
        video.currentTime = Math.max(begin, end - EDGE_S);
      if (video.paused) video.play().catch(() => undefined);
    }
    const at = video.currentTime;
    if (at !== this.place) {
      this.place = at;
      this.movedAt = performance.now();
    }
    return performance.now() - this.movedAt;
  }

  private connect(): void {
    const { camera, use, alarm, reason } = this.wanted;
    this.told({ is: 'starting', ...(this.said && { why: this.said }) });
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const path = `/api/cameras/${encodeURIComponent(camera)}/video?use=${use}`;
    const socket = new WebSocket(`${scheme}://${location.host}${path}`);
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => socket.send(JSON.stringify({ t: 'look', alarm, reason }));
    socket.onmessage = ({ data }) => {
      if (this.socket !== socket) return;
      if (data instanceof ArrayBuffer) this.take(data);
      else this.hear(JSON.parse(String(data)) as { readonly t: string } & Begin & Words);
    };
    socket.onclose = ({ code }) => {
      if (this.socket === socket) this.gone(code);
    };
  }

  private hear(said: { readonly t: string } & Begin & Words): void {
    if (said.t === 'begin') return this.begin(said);
    if (said.t !== 'broken' && said.t !== 'refused') return;
    this.said = { zh: said.zh, en: said.en };
    this.told({ is: 'none', why: this.said });
  }

  private begin({ mime, h265 }: Begin): void {
    this.drop();
    if (!MediaSource.isTypeSupported(mime)) {
      this.said = h265 ? videoPage.h265 : videoPage.unknownCodec;
      this.pause = REFUSED_MS;
      this.socket?.close();
      return;
    }
    const media = new MediaSource();
    this.media = media;
    this.url = URL.createObjectURL(media);
    this.video.src = this.url;
    this.said = undefined;
    this.movedAt = performance.now();
    media.addEventListener('sourceopen', () => {
      if (this.media !== media) return;
      const buffer = media.addSourceBuffer(mime);
      this.buffer = buffer;
      buffer.addEventListener('updateend', () => this.feed());
      this.feed();
    });
    this.video.onplaying = () => {
      this.pause = AGAIN_MIN_MS;
      this.told({ is: 'playing' });
    };
    this.video.onerror = () => this.socket?.close();
  }

  private take(piece: ArrayBuffer): void {
    this.queue.push(piece);
    if (this.queue.length > QUEUE_MAX) this.socket?.close();
    else this.feed();
  }

  private feed(): void {
    const { buffer, video } = this;
    if (!buffer || buffer.updating || this.media?.readyState !== 'open') return;
    try {
      const begin = buffer.buffered.length > 0 ? buffer.buffered.start(0) : 0;
      if (video.currentTime - begin > 2 * KEPT_S) return buffer.remove(begin, video.currentTime - KEPT_S);
      const piece = this.queue.shift();
      if (piece) buffer.appendBuffer(piece);
    } catch {
      // What cannot be taken in is no use here: from the beginning.
      this.socket?.close();
    }
  }

  private gone(code: number): void {
    this.socket = undefined;
    this.drop();
    if (this.stopped) return;
    if (code === CODES.reason) return this.told({ is: 'reason', ...(this.said && { why: this.said }) });
    if (code === CODES.full || code === CODES.often) this.pause = REFUSED_MS;
    this.told({ is: 'none', why: this.said ?? videoPage.lost });
    this.timer = setTimeout(() => this.connect(), this.pause * (0.75 + Math.random() / 2));
    this.pause = Math.min(this.pause * 2, AGAIN_MAX_MS);
  }

  private drop(): void {
    this.queue = [];
    this.buffer = undefined;
    this.media = undefined;
    if (this.url === '') return;
    this.video.onplaying = null;
    this.video.onerror = null;
    this.video.removeAttribute('src');
    this.video.load();
    URL.revokeObjectURL(this.url);
    this.url = '';
    this.place = -1;
  }
}
