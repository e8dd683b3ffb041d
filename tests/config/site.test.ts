/**
 * The configuration as the person on site meets it: right files load, wrong files are told apart line by line, and no
 * message ever holds a secret.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Config, jsonSchema, loadConfig } from '../../src/site/load-site.ts';
import { loadText } from './load.ts';
import { models } from './models.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const shipped = here('../../config');

const readerEnv: Record<string, string> = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`READER_${n}_PASSWORD`, `cards-${n}`]),
);
const campusEnv = { CAMERA_PASSWORD: 'eyes', FENCE_PASSWORD: 'wire-secret', ...readerEnv };
const demoEnv = {
  DEMO_PORT: '8080',
  DEMO_STORE: '/var/lib/gatehouse-demo',
  DEMO_CAMERA_PASSWORD: '123456',
  DEMO_DEVICE_PASSWORD: 'cards',
  DEMO_CHAT_PASSWORD: 'key-of-the-group',
  SIM_CHAT_URL: 'http://127.0.0.1:9005',
  DEMO_ROUND_1: '12:00:20',
  DEMO_ROUND_2: '12:01',
  DEMO_ROUND_3: '23:59:59',
  DEMO_BELL: '08:00:30',
  SIM_FENCE_PORT: '1502',
  SIM_CANTEEN_PORT: '1503',
  SIM_MQTT_PORT: '1884',
  SIM_CAMERA_1_PORT: '9001',
  SIM_CAMERA_2_PORT: '9002',
  SIM_CAMERA_3_PORT: '9003',
  SIM_CAMERA_4_PORT: '9004',
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A small school that is right, in lines that a test can change. */
const small = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines:
  - { id: bus, protocol: modbus-tcp, host: 127.0.0.1, port: 502 }
  - { id: mq, protocol: mqtt-broker, host: 127.0.0.1, port: 1883 }
  - { id: cam, protocol: onvif, address: "http://127.0.0.1/x", user: u, password: "\${CAM}" }
devices:
  - { id: f1, title: { zh: 主机, en: Host }, profile: fence-modbus, line: bus, unit: 1, zones: { A: z1, B: false } }
  - { id: r1, title: { zh: 读卡器, en: Reader }, profile: reader-mqtt, line: mq, password: "\${READER}", at: [5, 6] }
  - { id: c1, title: { zh: 相机, en: Camera }, profile: camera-onvif, line: cam }
zones:
  - { id: z1, number: 1, title: { zh: 北, en: North }, path: [[0, 0], [9, 9]], siren: { device: f1, point: siren } }
`;
const smallEnv = { CAM: 'eyes', READER: 'cards' };

const load = (text: string, env: Record<string, string> = smallEnv) => loadText(folder, text, env);

async function right(text: string, env?: Record<string, string>): Promise<Config> {
  const { lines, config } = await load(text, env);
  expect(lines).toEqual([]);
  return config!;
}

describe('the shipped configurations', () => {
  test('the small campus loads from its folder, and says the whole site', async () => {
    const result = await loadConfig(shipped, campusEnv);
    expect(result.ok ? [] : result.errors).toEqual([]);
    if (!result.ok) return;
    const { site, lines } = result.config;
    expect(Object.keys(site.zones)).toHaveLength(7);
    expect(Object.values(site.routes).map((route) => route.checkpoints.length)).toEqual([8, 5, 6]);
    expect(lines.map((line) => line.id)).toEqual([
      'fence-bus',
      'broker',
      'canteen-1',
      'canteen-2',
      'canteen-3',
      'gate-1',
    ]);
    expect(site.devices['fence-3']!.zones).toEqual(['z5', 'z6']);
    expect(site.utcOffsetMin).toBe(480);
  });

  test('the demo takes its ports, passwords and round times from the environment', async () => {
    const result = await loadConfig(join(shipped, 'demo.yaml'), demoEnv);
    expect(result.ok ? [] : result.errors).toEqual([]);
    if (!result.ok) return;
    const { site, lines, server, store } = result.config;
    expect(server.port).toBe(8080);
    expect(store.dir).toBe('/var/lib/gatehouse-demo');
    expect(lines[0]!.options).toEqual({ protocol: 'modbus-tcp', host: '127.0.0.1', port: 1502, timeoutMs: 500 });
    expect(lines[3]!.options).toMatchObject({
      address: 'http://127.0.0.1:9001/onvif/device_service',
      password: '123456',
    });
    expect(site.routes['night-a']!.rounds[0]!.start).toBeCloseTo(720 + 1 / 3);
    expect(site.routes['night-a']!.checkpoints[0]!.afterMs).toBe(12_000);
  });

  test('neither an address nor a secret reaches the site that browsers see', async () => {
    const result = await loadConfig(shipped, campusEnv);
    const seen = JSON.stringify(result.ok && result.config.site);
    for (const secret of [...Object.values(campusEnv), '192.168.8', 'onvif/device_service'])
      expect(seen).not.toContain(secret);
    expect(seen).toContain('"z7"');
  });

  test('a missing variable is named, at each place that needs it', async () => {
    const { CAMERA_PASSWORD: _, ...less } = campusEnv;
    const result = await loadConfig(shipped, less);
    const errors = result.ok ? [] : result.errors;
    expect(errors.map((error) => error.path)).toEqual([2, 3, 4, 5].map((n) => `lines[${n}].password`));
    for (const error of errors) expect(error.message.en).toContain('CAMERA_PASSWORD is not set');
  });
});

describe('a wrong configuration', () => {
  test('is reported in one go, every mistake with its line, what was found and what was expected', async () => {
    const text = await readFile(here('wrong.yaml'), 'utf8');
    const { lines } = await load(text, { READER_PASSWORD: 'opensesame', ROUND_START: 'at dawn' });
    expect(lines).toEqual([
      '4:10 school.short: found "实验小学东校区", 7 Chinese characters wide; expected at most 6, the room in the wall\'s header',
      '7:34 server.port: found 80800, expected at most 65535',
      '8:21 the key "dir" is written twice; expected it once',
      '11:29 lines[1].protocol: found "mqtt-brokr", expected one of modbus-tcp, modbus-rtu-over-tcp, modbus-rtu, mqtt-broker, mqtt-client, onvif, http-stream, http-push',
      '12:5 lines[2].address: address is missing; expected a text (in quotes when it looks like a number)',
      '12:11 lines[2].id: 0 devices are on this ONVIF line; expected one, or one for each channel',
      '12:33 lines[2].adress: found the unknown key "adress"; did you mean "address"?',
      expect.stringMatching(
        /^12:80 lines\[2\]\.password: a password is written in the file; write \$\{NAME\} .* passwordFile/,
      ),
      expect.stringMatching(/^14:44 lines\[4\]\.url: an address with a password is written in the file/),
      '18:14 devices[0].profile: found "fence-modbsu", expected a model of devices/; did you mean "fence-modbus"?',
      '24:11 devices[1].line: found "bsu", expected the id of a line; did you mean "bus"?',
      expect.stringMatching(/^29:11 devices\[2\]\.line: line "mq" speaks mqtt-broker, but fence-modbus speaks modbus/),
      expect.stringMatching(
        /^31:12 devices\[2\]\.zones\.B: channel B of fence-modbus has no zone; expected "B: <zone>"/,
      ),
      '31:17 devices[2].zones.A: found "z9", expected the id of a zone; did you mean "z1"?',
      '31:21 devices[2].zones.C: "C" is no channel of fence-modbus; known: A, B',
      expect.stringMatching(
        /^42:17 devices\[4\]\.zones\.A: the wires of a zone come from one device; zone "z1" is taken/,
      ),
      '43:15 devices[4].points.a_clmb: "a_clmb" is no point of fence-modbus; did you mean "a_climb"?',
      expect.stringMatching(/^43:53 devices\[4\]\.points\.siren\.alarm: fence-modbus has no alarm on "siren"/),
      '44:9 devices[5].id: the id "fence-4" is taken already, by device "fence-4" (entry 5)',
      expect.stringMatching(/^45:18 devices\[5\]\.title\.zh: .* 11 Chinese characters wide; expected at most 9.5/),
      '48:11 devices[5].unit: on this line the unit 7 is taken already, by device "fence-4" (entry 5)',
      '54:20 zones[0].path[1]: found [0, 900], expected a place on the map, at most [100, 100]',
      '55:15 zones[0].schedule: found "nihgts", expected the id of a schedule; did you mean "nights"?',
      '56:13 zones[0].camera: found "reader-1", which is a reader; expected a camera; none is declared',
      '57:38 zones[0].siren.point: found "a_climb", expected an on/off output of the device; known: siren',
      '58:23 zones[1].number: the zone number 1 is taken already, by zone "z1" (entry 1)',
      '62:45 schedules[0].armed[0].to: found "25:00", expected a time from 00:00 to 24:00, in quotes',
      '63:23 schedules[0].armed[1].days[1]: found "tues", expected a day such as mon, or a span such as mon-fri',
      '66:34 people[1].card: the card "0A" is taken already, by person "li" (entry 1)',
      expect.stringMatching(
        /^72:54 routes\[0\]\.checkpoints\[0\]\.reader: found "fence-4", which is a fence; expected a reader/,
      ),
      expect.stringMatching(/^72:110 routes\[0\]\.checkpoints\[0\]\.missMin: found 2, expected at least lateMin, 3/),
      expect.stringMatching(
        /^73:54 routes\[0\]\.checkpoints\[1\]\.reader: found "nobody", expected the id of a device/,
      ),
      expect.stringMatching(/^73:72 routes\[0\]\.checkpoints\[1\]\.afterMin: found 4, expected at least 5/),
      expect.stringMatching(/^75:48 routes\[0\]\.rounds\[0\]\.person: found "lee", expected the id of a person/),
      '76:31 routes[0].rounds[1].start: found the value of ${ROUND_START}, expected a time from 00:00 to 23:59, in quotes',
    ]);
  });

  test('never shows a secret, wherever it was put by mistake', async () => {
    const env = { ...smallEnv, LEAK: 'hush-hush-hush-hush' };
    const places = [
      small.replace('short: 小学', 'short: "${LEAK}"'),
      small.replace('port: 502', 'port: "${LEAK}"'),
      small.replace('line: bus', 'line: "${LEAK}"'),
      small.replace('profile: fence-modbus', 'profile: "${LEAK}"'),
      small.replace('B: false', 'B: "${LEAK}"'),
      small.replace('id: f1', 'id: "${LEAK}"'),
      small.replace('point: siren', 'point: "${LEAK}"'),
      small.replace('password: "${CAM}"', 'password: hush-hush'),
      small.replace('password: "${CAM}"', 'password: "hush-hush${CAM}"'),
      small.replace('password: "${CAM}"', 'password: *hush-hush'),
      small.replace('password: "${CAM}"', 'password: !hush-hush x'),
      small.replace('password: "${CAM}"', 'password: "hush-hush'),
      small.replace('password: "${CAM}"', 'pasword: hush-hush'),
      small.replace('password: "${CAM}"', 'password: [hush-hush]'),
      small.replace('user: u, password: "${CAM}"', 'user: &u hush-hush, password: *u'),
      small.replace('http://127.0.0.1/x', 'htp://hush-hush@127.0.0.1'),
      small.replace('http://127.0.0.1/x', 'htp://me:hush-hush@127.0.0.1/x'),
      small.replace('http://127.0.0.1/x', 'http://me:hush-hush@127.0.0.1/x'),
    ];
    for (const text of places) {
      expect(text).not.toBe(small);
      const { lines } = await load(text, env);
      expect(lines.length, text).toBeGreaterThan(0);
      expect(lines.join('\n')).not.toContain('hush-hush');
    }
  });

  test('that is no YAML is reported with the place of the slip', async () => {
    const { lines } = await load('school:\n  name: [一, 二\nmap: {}\n');
    expect(lines[0]).toMatch(/^3:1 not readable as YAML: /);
  });

  test('that multiplies itself by aliases is refused', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`);
    const { lines } = await load(['l0: &l0 [x, x, x]', ...rows].join('\n'));
    expect(lines).toEqual(['1:1 aliases (*) repeat too much of the file; write the parts out']);
  });

  test('that is empty or absent is reported as such', async () => {
    expect((await load('')).lines).toEqual(['1:1 found nothing, expected a group of keys']);
    const absent = await loadConfig(join(folder, 'absent.yaml'), {}, models);
    expect(absent.ok ? [] : absent.errors.map((error) => error.message.en)).toEqual([
      'the configuration cannot be read (ENOENT); expected a YAML file, or a folder with a campus.yaml',
    ]);
  });

  test.each([
    [
      'an MQTT device without a password on the embedded broker',
      'password: "${READER}", ',
      '',
      'devices[1].password: password is missing',
    ],
    ['a Modbus device without a unit', 'unit: 1, ', '', 'devices[0].unit: unit is missing'],
    ['a topic on a Modbus device', 'unit: 1', 'unit: 1, topic: a/b', 'topic has no meaning here: the line is Modbus'],
    [
      'a password at a camera instead of its line',
      'line: cam',
      'line: cam, password: "${CAM}"',
      "a camera's password stands at its line",
    ],
    ['a camera line without a camera', 'line: cam }', 'line: bus, unit: 9 }', '0 devices are on this ONVIF line'],
    [
      'two cameras of one address without channels',
      'line: cam }',
      'line: cam }\n  - { id: c2, title: { zh: 二, en: Two }, profile: camera-onvif, line: cam }',
      'devices[3].channel: channel is missing; several devices of one ONVIF line are told apart by it',
    ],
    [
      'two cameras of one channel',
      'line: cam }',
      'line: cam, channel: 2 }\n  - { id: c2, title: { zh: 二, en: Two }, profile: camera-onvif, line: cam, channel: 2 }',
      'devices[3].channel: on this line the channel 2 is taken already, by device "c1"',
    ],
    ['a zone that no device watches', 'A: z1', 'A: false', 'no device watches zone "z1"'],
    [
      'an encrypted port without a certificate',
      'port: 1883',
      'port: 1883, tlsPort: 8883',
      'tlsPort is written without tls',
    ],
    ['a wildcard in a topic', 'line: mq', 'line: mq, topic: "gate/#"', 'expected a topic without wildcards'],
    ['a number in words', 'port: 502', 'port: five', 'found "five", expected a number'],
    [
      'a poll period on a device that is not polled',
      'line: mq',
      'line: mq, points: { card: { pollMs: 100 } }',
      'is not polled',
    ],
  ])('with %s is refused', async (_, found, replaced, said) => {
    expect(small).toContain(found);
    const { lines } = await load(small.replace(found, replaced));
    expect(lines.join('\n')).toContain(said);
  });

  test('needs at each checkpoint a reader or a chip, and of a chip one meaning', async () => {
    const point = (id: string, what: string) =>
      `      - { id: ${id}, title: { zh: 门, en: Gate }, ${what} afterMin: 5, earlyMin: 1, lateMin: 1, missMin: 2 }\n`;
    const route = (id: string, ...points: string[]) =>
      `  - { id: ${id}, title: { zh: 夜, en: Night }, ordered: false, rounds: [], checkpoints: [\n${points.join('').replace(/- (.*)\n/g, '$1,\n')}    ] }\n`;
    const text = (...routes: string[]) => `${small}routes:\n${routes.join('')}`;
    const { site } = await right(
      text(route('a', point('p', 'chip: "0f004ebefc",')), route('b', point('q', 'reader: r1, chip: "77",'))),
    );
    expect(site.routes.a!.checkpoints[0]).toMatchObject({ reader: '0F004EBEFC', chip: '0F004EBEFC' });
    expect(site.routes.b!.checkpoints[0]).toMatchObject({ reader: 'r1', chip: '77' });
    const wrong = await load(
      text(
        route('a', point('p', '')),
        route('b', point('q', 'reader: r1, chip: a1,')),
        route('c', point('r', 'chip: A1,')),
      ),
    );
    expect(wrong.lines).toEqual([
      expect.stringMatching(/routes\[0\]\.checkpoints\[0\]: expected a reader, or a chip/),
      expect.stringMatching(
        /routes\[2\]\.checkpoints\[0\]\.chip: the chip "A1" stands for another reader on a route above/,
      ),
    ]);
  });

  test('with a bad entry still has its other entries checked', async () => {
    const { lines } = await load(small.replace('id: f1', 'id: F 1').replace('line: mq', 'line: nowhere'));
    expect(lines.map((line) => line.split(' ')[1])).toEqual([
      'devices[0].id:',
      'devices[1].line:',
      'zones[0].siren.device:',
    ]);
  });
});

describe('a route', () => {
  const route = (usual: string, point: string) => `${small}
routes:
  - id: night
    title: { zh: 夜, en: Night }
    ordered: true
    uploadBy: "08:00"
${usual}    checkpoints:
      - { id: gate, title: { zh: 门, en: Gate }, reader: r1, afterMin: 5${point} }
    rounds:
      - { days: daily, start: "22:00", from: 2026-09-01, to: 2026-09-30, only: term }
`;
  const usual = '    usual: { earlyMin: 3, lateMin: 4, missMin: 9 }\n';

  test('gives its window to every point that does not say otherwise', async () => {
    const config = await right(route(usual, ', lateMin: 1'));
    expect(config.site.routes.night).toMatchObject({
      uploadBy: 480,
      checkpoints: [{ earlyMs: 180_000, lateMs: 60_000, missMs: 540_000 }],
      rounds: [{ from: 20_697, to: 20_726, only: 'term' }],
    });
  });

  test('says how long a leg may take, and not less than the least', async () => {
    const config = await right(route(usual, ', leastMin: 2, mostMin: 7'));
    expect(config.site.routes.night?.checkpoints[0]).toMatchObject({ leastMs: 120_000, mostMs: 420_000 });
    const { lines } = await load(route(usual, ', leastMin: 8, mostMin: 7'));
    expect(lines.join()).toContain('routes[0].checkpoints[0].mostMin: found 7, expected at least leastMin, 8');
  });

  test('whose point has no window, there or for all, is refused', async () => {
    const { lines } = await load(route('', ', earlyMin: 1, lateMin: 1'));
    expect(lines.join()).toContain('routes[0].checkpoints[0].missMin: is missing: give it here');
  });
});

describe('a password file', () => {
  const text = small.replace('password: "${CAM}"', 'passwordFile: camera.key');

  test('of its owner alone gives the password, without its line end', async () => {
    await writeFile(join(folder, 'camera.key'), 'quiet\n', { mode: 0o600 });
    await chmod(join(folder, 'camera.key'), 0o600);
    const config = await right(text);
    expect(config.lines[2]!.options).toMatchObject({ password: 'quiet' });
    expect(config.lines[2]!.options).not.toHaveProperty('passwordFile');
  });

  test('that others can read, that is empty or that is absent is refused with the remedy', async () => {
    await writeFile(join(folder, 'camera.key'), 'quiet\n');
    await chmod(join(folder, 'camera.key'), 0o640);
    expect((await load(text)).lines.join()).toContain('can be read by others; run chmod 600 on it');
    await writeFile(join(folder, 'camera.key'), '\n');
    await chmod(join(folder, 'camera.key'), 0o600);
    expect((await load(text)).lines.join()).toContain('is empty');
    expect((await load(text.replace('camera.key', 'other.key'))).lines.join()).toContain('cannot be read (ENOENT)');
  });

  test('beside a password is refused: one of them must be wrong', async () => {
    const { lines } = await load(small.replace('password: "${CAM}"', 'password: "${CAM}", passwordFile: camera.key'));
    expect(lines.join()).toContain('both written');
  });
});

describe('a right configuration', () => {
  test('gives drivers their options and nothing more', async () => {
    const { lines } = await right(small);
    expect(
      lines.map(({ id, protocol, options, devices }) => ({
        id,
        protocol,
        options,
        devices: devices.map((d) => d.options),
      })),
    ).toEqual([
      {
        id: 'bus',
        protocol: 'modbus-tcp',
        options: { protocol: 'modbus-tcp', host: '127.0.0.1', port: 502 },
        devices: [{ unit: 1 }],
      },
      {
        id: 'mq',
        protocol: 'mqtt-broker',
        options: { protocol: 'mqtt-broker', host: '127.0.0.1', port: 1883, utcOffsetMin: 480 },
        devices: [{ topic: 'gatehouse/r1', password: 'cards' }],
      },
      {
        id: 'cam',
        protocol: 'onvif',
        options: { protocol: 'onvif', address: 'http://127.0.0.1/x', user: 'u', password: 'eyes', utcOffsetMin: 480 },
        devices: [{}],
      },
    ]);
  });

  test('maps channels to zones, and an unused channel never alarms', async () => {
    const { points, zones } = (await right(small)).site.devices.f1!;
    expect(zones).toEqual(['z1']);
    expect(points.a_climb).toMatchObject({ zone: 'z1', alarm: { kind: 'climb', priority: 1 } });
    expect(points.b_climb).not.toHaveProperty('alarm');
    expect(points.b_climb).not.toHaveProperty('zone');
  });

  test('carries overrides to the site and to the driver', async () => {
    const overrides =
      'points: { a_climb: { alarm: 2, pollMs: 100, title: { zh: 甲, en: A } }, b_climb: { alarm: false } }';
    const { site, lines } = await right(
      small.replace('unit: 1,', `unit: 1, ${overrides},`).replace('B: false', 'B: z1'),
    );
    expect(site.devices.f1!.points.a_climb).toMatchObject({ title: { zh: '甲' }, alarm: { priority: 2 } });
    expect(site.devices.f1!.points.b_climb).not.toHaveProperty('alarm');
    const { wire, points } = lines[0]!.devices[0]!.profile;
    expect(wire.protocol === 'modbus' && wire.registers.a_climb).toMatchObject({ address: 0, pollMs: 100 });
    expect(points.find((point) => point.key === 'b_climb')).not.toHaveProperty('alarm');
  });

  test('turns days and times into numbers, an end at midnight into the next day', async () => {
    const schedule =
      'schedules:\n  - { id: s, armed: [{ days: fri-mon, from: "18:30", to: "24:00" }, { days: [wed], from: "00:00", to: "07:05" }] }\n';
    const { site } = await right(small + schedule);
    expect(site.schedules.s!.armed).toEqual([
      { days: [0, 1, 5, 6], from: 1110, to: 0 },
      { days: [3], from: 0, to: 425 },
    ]);
  });

  test('has a hash that follows its text and not the environment', async () => {
    const first = await right(small);
    expect((await right(small, { CAM: 'other', READER: 'other' })).hash).toBe(first.hash);
    expect((await right(`${small}\n`)).hash).not.toBe(first.hash);
    expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('can be completed by an editor: the schema describes every section and allows variables for numbers', () => {
    const schema = jsonSchema() as { properties: Record<string, unknown>; required: string[] };
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining([
        'school',
        'map',
        'server',
        'store',
        'influx',
        'lines',
        'devices',
        'zones',
        'schedules',
        'people',
        'routes',
        'roundsPerDay',
      ]),
    );
    expect(schema.required).not.toContain('roundsPerDay');
    expect(JSON.stringify(schema.properties.server)).toContain('"maximum":65535},{"type":"string","pattern"');
  });
});
