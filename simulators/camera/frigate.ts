/**
 * A simulated Frigate server's MQTT messages, as its documentation has them: many updates for one tracked object, reviews that rise from
 * detection to alert, false positives that never become true, sub-labels with their score. It makes messages and knows no client; how many
 * updates there are and how sure it is are drawn. It must never use the driver's code or its profiles.
 */
import { seeded } from '../fence/random.ts';

export interface FrigateMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly retain?: true;
}

export class FrigateServer {
  readonly #prefix: string;
  readonly #random: () => number;
  #serial = 0;

  constructor(prefix = 'frigate', seed = 1) {
    this.#prefix = prefix;
    this.#random = seeded(seed);
  }

  available(online: boolean): FrigateMessage {
    return { topic: `${this.#prefix}/available`, payload: online ? 'online' : 'offline', retain: true };
  }

  /** What it publishes about itself once a minute. */
  stats(fps: Readonly<Record<string, number>>): FrigateMessage {
    const cameras = Object.fromEntries(
      Object.entries(fps).map(([camera, camera_fps]) => [camera, { camera_fps, process_fps: camera_fps, pid: 311 }]),
    );
    return this.#json('stats', { cameras, detection_fps: 4.1, service: { uptime: 7_204, version: '0.14.1' } });
  }

  motion(camera: string, on: boolean): FrigateMessage {
    return { topic: `${this.#prefix}/${camera}/motion`, payload: on ? 'ON' : 'OFF' };
  }

  /** One tracked object from first sight to its end, and the best picture of it. */
  object(
    camera: string,
    label: string,
    { falsePositive = false, picture }: { falsePositive?: boolean; picture?: Uint8Array } = {},
  ) {
    this.#serial += 1;
    const id = `1607123955.${475_377 + this.#serial}-mxklsc`;
    const score = 0.7 + 0.3 * this.#random();
    const about = (score_: number, false_positive: boolean, end_time: number | null) => ({
      ...{ id, camera, label, frame_time: 1607123961.837752, score: score_, top_score: score, false_positive },
      ...{
        sub_label: ['Wang', 0.79],
        start_time: 1607123955.475377,
        end_time,
        box: [424, 500, 536, 712],
        area: 23_744,
      },
      ...{ current_zones: ['stove'], entered_zones: ['stove'], has_snapshot: true, has_clip: false, stationary: false },
    });
    const message = (type: string, before: object, after: object) => this.#json('events', { type, before, after });
    // It is unsure at first sight, and says it over and over.
    const first = about(0.4, true, null);
    const grown = about(score, falsePositive, null);
    const updates = 1 + Math.floor(this.#random() * 5);
    return [
      message('new', first, first),
      ...Array.from({ length: updates }, () => message('update', first, grown)),
      ...(picture ? [{ topic: `${this.#prefix}/${camera}/${label}/snapshot`, payload: picture }] : []),
      message('end', grown, about(score, falsePositive, 1607123962.5)),
    ];
  }

  /** A review at one moment of its life. */
  review(camera: string, type: 'new' | 'update' | 'end', severity: 'alert' | 'detection'): FrigateMessage {
    const after = {
      ...{ id: '1718987129.308396-fqk5ka', camera, start_time: 1718987129.308396, severity },
      ...{ end_time: type === 'end' ? 1718987135.1 : null, thumb_path: '/media/frigate/clips/review/thumb.webp' },
      data: {
        detections: ['1718987128.947436-g92ztx'],
        objects: ['person'],
        sub_labels: [],
        zones: ['door'],
        audio: [],
      },
    };
    return this.#json('reviews', { type, before: after, after });
  }

  #json(name: string, body: object): FrigateMessage {
    return { topic: `${this.#prefix}/${name}`, payload: JSON.stringify(body) };
  }
}
