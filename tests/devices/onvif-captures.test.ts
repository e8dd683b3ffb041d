/**
 * Notifications recorded from real cameras, sent as they are through a real socket to the driver, with every camera profile:
 * each is either mapped or counted, and none stops the line. The recordings lie beside the repository, not in it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, type TestContext, test } from 'vitest';
import axis from '../../devices/camera-axis.ts';
import dahua from '../../devices/camera-dahua.ts';
import hikvision from '../../devices/camera-hikvision.ts';
import generic from '../../devices/camera-onvif.ts';
import tapo from '../../devices/camera-tapo.ts';
import type { Camera } from '../../simulators/camera/camera.ts';
import type { CameraFaults } from '../../simulators/camera/camera-faults.ts';
import { escapeXml } from '../../simulators/camera/camera-soap.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { type Running, run, secured, valuesOf } from '../drivers/onvif-line.ts';

const AT = fileURLToPath(new URL('../../../shared/data/onvif-captures/', import.meta.url));
const here = existsSync(AT);
const files = (folder: string, ending: string): string[] =>
  here
    ? readdirSync(`${AT}${folder}`)
        .filter((name) => name.endsWith(ending))
        .map((name) => `${folder}/${name}`)
    : [];
const text = (file: string): string => readFileSync(AT + file, 'utf8');

interface Item {
  readonly Name: string;
  readonly Value?: string;
}
interface Holder {
  readonly SimpleItem?: readonly Item[];
}
/** A notification that was recorded in parsed form, written as XML again. */
function unparsed(json: string): string {
  const { notification } = JSON.parse(json) as {
    notification: {
      Topic: { _value_1: string };
      Message: { _value_1: { Source?: Holder; Data?: Holder; UtcTime?: string; PropertyOperation?: string } };
    };
  };
  const message = notification.Message._value_1;
  const items = (holder: Holder | undefined): string =>
    (holder?.SimpleItem ?? [])
      .map((i) => `<tt:SimpleItem Name="${escapeXml(i.Name)}" Value="${escapeXml(i.Value ?? '')}"/>`)
      .join('');
  const attributes = [
    message.UtcTime && ` UtcTime="${message.UtcTime}"`,
    message.PropertyOperation && ` PropertyOperation="${message.PropertyOperation}"`,
  ].join('');
  return (
    `<wsnt:NotificationMessage><wsnt:Topic>${notification.Topic._value_1}</wsnt:Topic><wsnt:Message><tt:Message${attributes}>` +
    `<tt:Source>${items(message.Source)}</tt:Source><tt:Data>${items(message.Data)}</tt:Data></tt:Message></wsnt:Message>` +
    '</wsnt:NotificationMessage>'
  );
}

const captures = [
  ...files('messages', '.xml').map((file) => [file, text(file)] as const),
  ...files('reported', '.xml')
    .filter((file) => !file.includes('ENVELOPE'))
    .map((file) => [file, text(file)] as const),
  ...files('parsers', '.json').map((file) => [file, unparsed(text(file))] as const),
];

/** A camera and a line that follows it, until the test is over. The tests run beside each other: each mostly waits for its camera. */
async function following(
  { onTestFinished }: TestContext,
  profile: Profile,
  faults: Partial<CameraFaults> = {},
): Promise<{ cam: Camera; running: Running }> {
  const { cam, options } = await secured({ profile, faults });
  onTestFinished(() => cam.stop());
  const running = run(options, profile);
  onTestFinished(() => running.stop());
  // The second is past the log-in: from here on the subscription holds what is sent.
  await cam.heard('PullMessages', 2);
  return { cam, running };
}

/** Sends each capture and waits until all of them were answered for, by a report or a named drop. */
async function replayed(test: TestContext, profile: Profile): Promise<Running> {
  const { cam, running } = await following(test, profile);
  for (const [, xml] of captures) cam.emitRaw(xml);
  const { said } = running;
  await running.until('all are answered for', () => said.reports.length + said.drops.length >= captures.length);
  return running;
}

test('the recordings are here, or it is said that they are not', ({ skip }) => {
  if (!here) skip('recorded ONVIF messages are not beside the repository (shared/data/onvif-captures): not replayed');
  expect(captures.length).toBeGreaterThan(60);
});

describe.skipIf(!here)('recorded notifications', { concurrent: true }, () => {
  test.for([generic, hikvision, dahua, axis, tapo].map((p) => [p.id, p] as [string, Profile]))(
    'are each mapped or counted once with the profile %s, and the line lives',
    async ([, profile], context) => {
      const { said } = await replayed(context, profile);
      expect(said.reports.length + said.drops.length).toBe(captures.length);
      expect(said.reports.length).toBeGreaterThan(15);
      expect(said.links.every((link) => link.up)).toBe(true);
    },
  );

  test('of known topics never fall to a wrong word: what is dropped is unknown, or has no simple item', async (context) => {
    const { said } = await replayed(context, generic);
    expect(said.drops.filter((d) => d.reason === 'wrong-type')).toEqual([]);
  });

  test.for([
    ['messages/001', generic, 'motion', true],
    ['messages/012', generic, 'motion', false],
    ['messages/020', hikvision, 'digital_input', false],
    ['messages/021', hikvision, 'relay', false],
    ['messages/022', hikvision, 'last_reboot', '2026-02-19T04:49:04.000Z'],
    ['messages/006', hikvision, 'last_reboot', '10-05-2025T22:41:27Z'],
    ['messages/023', hikvision, 'intrusion', true],
    ['messages/026', hikvision, 'intrusion', false],
    ['messages/034', generic, 'person', true],
    ['reported/hikvision-oem-tnshik', hikvision, 'motion', false],
    ['reported/hikvision-oem-videocover', hikvision, 'masked', false],
    ['reported/hikvision-oem-tamper-newline', hikvision, 'masked', undefined],
    ['reported/hikvision-line-crossed', hikvision, 'line_crossed', true],
    ['reported/hikvision-storagefailure', hikvision, 'storage_failure', false],
    ['reported/hikvision-imagetoodark', hikvision, 'picture_poor', false],
    ['parsers/hikvision-hikvision_alarm', hikvision, 'digital_input', true],
    ['reported/dahua-relay', dahua, 'relay', false],
    ['reported/axis-motionalarm', axis, 'motion', true],
    ['reported/axis-aoa', axis, 'intrusion', true],
    ['reported/tapo-c200', tapo, 'motion', true],
    ['reported/tplink-c250', tapo, 'line_crossed', true],
    ['reported/tplink-intrusion', tapo, 'intrusion', true],
    ['parsers/tapo-tapo_tamper', tapo, 'masked', true],
    ['parsers/tapo-tapo_tpsmartevent_pet', tapo, 'pet', true],
    ['parsers/tapo-tapo_cellmotiondetector_person', tapo, 'person', true],
  ] as [string, Profile, string, unknown][])(
    '%s is read as its maker means it',
    async ([start, profile, point, value], context) => {
      const { cam, running } = await following(context, profile);
      const capture = captures.find(([file]) => file.startsWith(start));
      cam.emitRaw(capture![1]);
      await running.until('it is answered for', () => running.said.reports.length + running.said.drops.length > 0);
      const got = valuesOf(running.said, point)[0];
      if (value === undefined) expect(typeof got).toBe('boolean');
      else expect(got).toBe(value);
    },
  );

  test('Initialized ones are state, with true in them too', async (context) => {
    const { cam, running } = await following(context, tapo);
    cam.emitRaw(captures.find(([file]) => file.includes('tplink-c250'))![1]);
    await running.until('it is known', () => running.said.reports.length > 0);
    expect(running.said.reports[0]?.initial).toBe(true);
  });

  test('a time of 1970 is not believed, the message is', async (context) => {
    const { cam, running } = await following(context, tapo);
    cam.emitRaw(captures.find(([file]) => file.includes('tapo-c200'))![1]);
    await running.until('it is known', () => running.said.reports.length > 0);
    expect(running.said.reports[0]).not.toHaveProperty('sourceTime');
  });
});

describe.skipIf(!here)('recorded envelopes', { concurrent: true }, () => {
  const masks = async (cam: Camera, running: Running): Promise<void> => {
    cam.set('masked', true);
    await running.until('the mask is reported', () => valuesOf(running.said, 'masked').at(-1) === true);
  };

  test.for(['flat-address', 'undeclared-wsa-wsnt-prefixes'])(
    'that answer a creation with %s are used',
    async (name, context) => {
      const { cam, running } = await following(context, generic, {
        answers: { CreatePullPointSubscription: text(`reported/ENVELOPE-${name}.xml`) },
      });
      await masks(cam, running);
    },
  );

  test.for(['minute-61', 'ter-prefix-undeclared', 'unquoted-attribute'])(
    'that answer a pull with %s do not end the line',
    async (name, context) => {
      const { cam, running } = await following(context, generic);
      cam.faults.answers = { PullMessages: text(`reported/ENVELOPE-${name}.xml`) };
      const before = cam.asked.get('PullMessages')!;
      cam.forget();
      await cam.heard('PullMessages', before + 2);
      cam.faults.answers = {};
      await masks(cam, running);
    },
  );
});
