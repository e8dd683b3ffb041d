/**
 * Three hundred alarms in a minute that nobody acknowledges, and how long each takes from its message to the wall's count of what waits: thirty fence
 * hosts over MQTT, sixty zones, and in each of them everything a host can tell. The list has five rows; that an alarm is in is seen by the count.
 */
import { setTimeout as delay } from 'node:timers/promises';
import mqtt from 'mqtt';
import { Chance } from '../../simulators/virtual/chance.ts';
import { Durations, figure, table } from './figures.ts';
import { gate } from './gate.ts';
import { clock, launch } from './peer.ts';
import { toWall } from './pixel.ts';
import type { EarOptions, HeardAlarm } from './pixel-ear.ts';
import { COUNT, openEye } from './pixel-eye.ts';
import { PASSWORD } from './side.ts';

const HOSTS = 30;
const SECONDS = 60;
const WHATS = ['cut', 'climb', 'pull', 'slack', 'tamper'] as const;
const LIMIT_MS = 5_000;
const SETTLE_MS = 3_000;

const words = (text: string) => ({ zh: text, en: text });
const hosts = Array.from({ length: HOSTS }, (_, n) => ({
  id: `host-${n + 1}`,
  a: `z${2 * n + 1}`,
  b: `z${2 * n + 2}`,
}));
const zones = hosts
  .flatMap(({ a, b }) => [a, b])
  .map((id, n) => ({
    ...{ id, number: n + 1, title: words(id) },
    path: [
      [1.5 * n, 10],
      [1.5 * n + 1, 10],
    ],
  }));
const devices = hosts.map(({ id, a, b }) => ({
  ...{ id, title: words(id), line: 'broker', profile: 'fence-host-mqtt', staleMs: 600_000, zones: { A: a, B: b } },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration takes it from the environment
  password: '${BENCH_PASSWORD}',
}));

/** What is told, shuffled: every kind in every zone once. */
function story(chance: Chance) {
  return hosts
    .flatMap(({ id }) => (['a', 'b'] as const).flatMap((zone) => WHATS.map((what) => ({ id, zone, what }))))
    .map((one) => ({ ...one, order: chance.random() }))
    .sort((a, b) => a.order - b.order);
}

const EVERYTHING = `document.getElementsByTagName('*').length`;
const LIST = `document.querySelectorAll('.alarms .row').length`;

/** `share`: how much of the flood is played, at the same pace. */
export async function pixelFlood(dir: string, share: number): Promise<string> {
  const side = await gate({ dir, devices, parts: { zones }, built: true });
  const ear = await launch('./pixel-ear.ts', { url: side.web, login: side.login! } satisfies EarOptions);
  const eye = await openEye(COUNT, (page) => toWall(page, side));
  const clients = new Map<string, mqtt.MqttClient>();
  try {
    for (const { id } of hosts) {
      const login = { clientId: id, username: id, password: PASSWORD };
      clients.set(id, await mqtt.connectAsync(side.mqtt, { ...login, reconnectPeriod: 0 }));
    }
    await delay(SETTLE_MS);
    const chance = new Chance('flood');
    const whole = story(chance);
    const told = whole.slice(0, Math.round(whole.length * share));
    const pace = (SECONDS * 1_000) / whole.length;
    const before = await eye.page.evaluate<number>(EVERYTHING);
    const sent = new Map<string, number>();
    const began = clock();
    for (const [n, { id, zone, what }] of told.entries()) {
      await delay(Math.max(0, began + (n + chance.random()) * pace - clock()));
      const body = { id: `flood-${n}`, taken: Date.now(), [zone]: { [what]: true } };
      sent.set(`${id}/${zone}_${what}`, clock());
      clients.get(id)!.publish(`gatehouse/${id}/event`, JSON.stringify(body), { qos: 1 });
    }
    const heard = await ear.ask<HeardAlarm[]>('all', { count: told.length, limitMs: LIMIT_MS }, LIMIT_MS * 2);
    const [frame, dom, painted] = [new Durations(), new Durations(), new Durations()];
    for (const [n, { cause, at }] of heard.entries()) {
      const from = sent.get(cause);
      const seen = await eye.seen(n + 1, LIMIT_MS);
      if (from === undefined) continue;
      frame.add(at - from);
      if (seen) {
        dom.add(seen.dom - from);
        painted.add(seen.painted - from);
      }
    }
    const row = (name: string, of: Durations) => {
      const { count, p50, p95, p99, max } = of.summary();
      return [name, ...[p50, p95, p99, max].map(figure), String(told.length - count)];
    };
    const [rows, after] = await eye.page.evaluate<[number, number]>(`[${LIST}, ${EVERYTHING}]`);
    const { within } = await eye.doubt();
    return [
      table(
        `A flood on the wall: ${told.length} alarms over MQTT, ${HOSTS * 2} zones, ${whole.length} a minute, none acknowledged; aim painted 300 ms`,
        ['', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'lost'],
        [row('message to frame at the socket', frame), row('… to document', dom), row('… to painted', painted)],
      ),
      `Rows of the list at the end: ${rows} (aim at most 20); elements of the page ${before} before and ${after} after. Clocks within ${figure(within)} ms.\n`,
    ].join('');
  } finally {
    for (const client of clients.values()) client.end(true);
    await eye.stop();
    await ear.stop();
    await side.stop();
  }
}
