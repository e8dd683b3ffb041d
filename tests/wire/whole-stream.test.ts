/**
 * The main job over a maker's event stream: an event is an alarm with the picture that came along as its evidence, an alarm waits for no
 * picture, and whatever a camera sends, the gateway goes on.
 */
import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { cameraPicture } from '../../simulators/camera/camera-picture.ts';
import { EventStream, type StreamMaker } from '../../simulators/camera/event-stream.ts';
import { campus, secrets } from './campus.ts';
import { startGateway, unbalancedLines } from './gateway.ts';

async function school(maker: StreamMaker) {
  const cam = await EventStream.start({ maker, user: 'gatehouse', password: secrets.CAMERA_PASSWORD });
  onTestFinished(() => cam.stop());
  const words = (id: string) => ({ zh: id, en: id });
  const yaml = campus({
    lines: [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this
      { id: 'canteen', protocol: 'http-stream', address: cam.url, user: 'gatehouse', password: '${CAMERA_PASSWORD}' },
    ],
    devices: [1, 2].map((channel) => ({
      ...{ id: `canteen-${channel}`, title: words(`canteen-${channel}`), line: 'canteen', channel },
      profile: `camera-stream-${maker}`,
      zones: { view: false },
    })),
  });
  const gateway = await startGateway({ yaml, env: secrets });
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  await feed.until('the camera', ({ state }) => state.devices.get('canteen-2')?.up === true);
  return { cam, gateway, cookie, feed };
}

test('an event of a kitchen is an alarm whose evidence is the picture that came with it', async () => {
  const { cam, gateway, cookie, feed } = await school('dahua');
  const picture = cameraPicture('own-picture', 0, { masked: false, somebody: false });
  cam.tell({ code: 'WorkClothesDetection', state: 'pulse', channel: 2, picture });
  const { id, priority } = await feed.raised('canteen-2/hygiene/no_uniform');
  expect(priority).toBe(3);
  const name = await feed.until('its own picture', ({ state }) => {
    const alarm = state.alarms.get(id);
    return alarm?.ownPicture && alarm.picture;
  });
  const answer = await fetch(`${gateway.url}/api/evidence/${name}`, { headers: { cookie } });
  const kept = Buffer.from(await answer.arrayBuffer());
  expect(kept.equals(Buffer.from(picture))).toBe(true);
  const { rows } = await gateway.get<{ rows: { kind: string; duty?: string; sha256?: string }[] }>(
    `/api/events?alarm=${id}`,
    cookie,
  );
  const sha256 = createHash('sha256').update(picture).digest('hex');
  expect(rows.some((event) => event.duty === `snapshot/${id}/own` && event.sha256 === sha256)).toBe(true);
  expect(await unbalancedLines(gateway, cookie)).toEqual([]);
});

test('a camera that sends rubbish, half parts and 50 MB is named in the quarantine, and its next event is an alarm', async () => {
  const { cam, gateway, cookie, feed } = await school('hikvision');
  cam.raw(Buffer.from('--boundary\r\nContent-Type: application/xml\r\nContent-Length: 5\r\n\r\n<a><b\r\n'));
  await cam.huge(50_000_000);
  cam.tell({ code: 'kitchenUnheardOf', state: 'on', channel: 1 });
  cam.tell({ code: 'shelteralarm', state: 'on', channel: 1 });
  await feed.raised('canteen-1/masked');
  const { quarantine, lines } = await gateway.health(cookie);
  expect(new Set(quarantine.map(({ reason }) => reason))).toEqual(
    new Set(['bad-payload', 'too-large', 'unknown-topic']),
  );
  expect(lines.map(({ id, up }) => [id, up])).toEqual([['canteen', true]]);
  expect(await unbalancedLines(gateway, cookie)).toEqual([]);
});
