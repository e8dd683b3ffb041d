/**
 * Small schools for the whole gateway: a test names its lines, devices and zones, the rest is here. The text is JSON, which
 * is YAML too. Passwords come from the environment, as the configuration demands.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this

/** What every device logs in with. */
export const secrets = { DEVICE_PASSWORD: 'fence-and-reader', CAMERA_PASSWORD: 'eyes-of-the-school' } as const;

type Part = Readonly<Record<string, unknown>>;

export interface Campus {
  readonly lines: readonly Part[];
  readonly devices: readonly Part[];
  readonly zones?: readonly Part[];
  readonly more?: Part;
}

const words = (id: string) => ({ zh: id, en: id });

/** The pages on the port that the gateway was given. */
export function pages(more: Part = {}): Part {
  return { host: '127.0.0.1', port: '${GATEWAY_PORT}', ...more };
}

/** The text of a configuration. */
export function campus({ lines, devices, zones = [], more = {} }: Campus): string {
  return JSON.stringify({
    school: { name: { zh: '试验小学', en: 'Test School' }, short: '试验', timezone: '+08:00' },
    map: { width: 1000, height: 600 },
    server: pages(),
    store: { dir: '${GATEWAY_STORE}' },
    lines,
    devices,
    zones,
    ...more,
  });
}

export function zone(number: number, more: Part = {}): Part {
  const path = [
    [100 * number, 100],
    [100 * number + 80, 100],
  ];
  return { id: `z${number}`, number, title: { zh: `${number}号围栏`, en: `Fence ${number}` }, path, ...more };
}

export function broker(port: number, more: Part = {}): Part {
  return { id: 'broker', protocol: 'mqtt-broker', host: '127.0.0.1', port, ...more };
}

/** A fence host on MQTT whose zone A is `zoneId`. */
export function mqttFence(id: string, zoneId: string): Part {
  const zones = { A: zoneId, B: false };
  return { id, title: words(id), profile: 'fence-host-mqtt', line: 'broker', password: '${DEVICE_PASSWORD}', zones };
}

export function mqttReader(id: string): Part {
  return { id, title: words(id), profile: 'patrol-reader-mqtt', line: 'broker', password: '${DEVICE_PASSWORD}' };
}

export function modbusLine(port: number): Part {
  return { id: 'bus', protocol: 'modbus-tcp', host: '127.0.0.1', port, timeoutMs: 20_000 };
}

/** A tension host on Modbus with its zones A and B. */
export function tensionHost(id: string, unit: number, a: string | false, b: string | false): Part {
  return { id, title: words(id), profile: 'tension-host-modbus', line: 'bus', unit, zones: { A: a, B: b } };
}

export function cameraLine(id: string, address: string, more: Part = {}): Part {
  return {
    id,
    protocol: 'onvif',
    address,
    user: 'gatehouse',
    password: '${CAMERA_PASSWORD}',
    timeoutMs: 20_000,
    ...more,
  };
}

export function camera(id: string, profile: string): Part {
  return { id, title: words(id), profile, line: id, zones: { view: false }, at: [500, 300], facing: 90 };
}
