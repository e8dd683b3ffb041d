/** What a configuration may say of event streams, Frigate and pushes, and what it is told where it may not. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/site/load-site.ts';
import { campus } from '../wire/campus.ts';

let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'gatehouse-sources-'));
});
afterAll(() => rm(place, { recursive: true }));

type Part = Readonly<Record<string, unknown>>;
const words = (id: string) => ({ zh: id, en: id });
const device = (id: string, profile: string, line: string, more: Part = {}) => ({
  id,
  title: words(id),
  profile,
  line,
  ...more,
});
const view = { zones: { view: false } };
const stream = { id: 'nvr', protocol: 'http-stream', address: 'http://192.168.8.61' };
const outside = { id: 'out', protocol: 'mqtt-client', url: 'mqtt://192.168.8.5', clientId: 'school' };
// biome-ignore lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this
const password = '${BOX}';
const port = { id: 'push', protocol: 'http-push', host: '127.0.0.1', port: 8090 };

async function said(lines: readonly Part[], devices: readonly Part[]): Promise<string> {
  const file = join(place, 'campus.yaml');
  await writeFile(file, campus({ lines, devices }));
  const env = { GATEWAY_PORT: '8080', GATEWAY_STORE: place, BOX: 'box-secret-of-the-kitchen' };
  const loaded = await loadConfig(file, env);
  return loaded.ok ? 'right' : loaded.errors.map(({ path, message }) => `${path}: ${message.en}`).join('\n');
}

describe('a configuration', () => {
  test.each([
    [
      'of a recorder by its stream',
      [stream],
      [1, 4].map((channel) => device(`c-${channel}`, 'camera-stream-dahua', 'nvr', { channel, ...view })),
    ],
    [
      'of the cameras of a Frigate',
      [outside],
      ['a', 'b'].map((channel) => device(channel, 'camera-frigate', 'out', { topic: 'frigate', channel, ...view })),
    ],
    ['of a box that pushes', [port], [device('box-1', 'kitchen-ai-push', 'push', { password })]],
  ])('%s is right', async (_, lines, devices) => expect(await said(lines, devices)).toBe('right'));

  test.each([
    ['a stream without a device', [stream], [], '0 devices are on this line of an event stream'],
    [
      'two devices of one channel',
      [stream],
      [
        device('a', 'camera-stream-dahua', 'nvr', { channel: 1, ...view }),
        device('b', 'camera-stream-dahua', 'nvr', { channel: 1, ...view }),
      ],
      'on this line the channel of',
    ],
    [
      'two makers on one stream',
      [stream],
      [
        device('a', 'camera-stream-dahua', 'nvr', { channel: 1, ...view }),
        device('b', 'camera-stream-hikvision', 'nvr', { channel: 2, ...view }),
      ],
      'expected one model',
    ],
    [
      'a channel that is a name',
      [stream],
      [device('a', 'camera-stream-dahua', 'nvr', { channel: 'x', ...view })],
      'expected the number of a channel',
    ],
    [
      'a stream with a path',
      [{ ...stream, address: 'http://192.168.8.61/ISAPI' }],
      [device('a', 'camera-stream-dahua', 'nvr', view)],
      'the address alone',
    ],
    [
      'a Frigate camera without a channel',
      [outside],
      [device('a', 'camera-frigate', 'out', { topic: 'frigate', ...view })],
      'channel is missing',
    ],
    [
      'a Frigate at the embedded broker',
      [{ id: 'in', protocol: 'mqtt-broker', host: '127.0.0.1', port: 1883 }],
      [device('a', 'camera-frigate', 'in', { topic: 'frigate', channel: 'a', password, ...view })],
      'expected a line of mqtt-client',
    ],
    ['a box without a secret', [port], [device('box-1', 'kitchen-ai-push', 'push')], 'password is missing'],
    [
      'a port that is taken',
      [{ ...port, port: 8080 }],
      [device('box-1', 'kitchen-ai-push', 'push', { password })],
      'server.port listens on',
    ],
  ])('of %s is refused with the remedy', async (_, lines, devices, why) =>
    expect(await said(lines, devices)).toContain(why),
  );
});
