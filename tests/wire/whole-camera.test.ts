/**
 * The main job over ONVIF: a hand on a lens is an alarm with a picture as evidence; a camera that is gone, or that has
 * another password, is named, and the cameras beside it go on.
 */
import { expect, onTestFinished, test } from 'vitest';
import dahua from '../../devices/camera-dahua.ts';
import hikvision from '../../devices/camera-hikvision.ts';
import { type Camera, onvifCamera } from '../../simulators/camera/camera.ts';
import { camera, cameraLine, campus, secrets } from './campus.ts';
import { type Gateway, startGateway, unbalancedLines } from './gateway.ts';

async function simulated(name: string, profile: typeof hikvision | typeof dahua, password: string): Promise<Camera> {
  const made = await onvifCamera({ profile, name, user: 'gatehouse', password });
  onTestFinished(() => made.stop());
  return made;
}

async function school(stoves = secrets.CAMERA_PASSWORD as string, serial?: string) {
  const cutting = await simulated('canteen-1', hikvision, secrets.CAMERA_PASSWORD);
  if (serial !== undefined) cutting.information.serial = serial;
  const stove = await simulated('canteen-2', dahua, stoves);
  const yaml = campus({
    lines: [cameraLine('canteen-1', cutting.url), cameraLine('canteen-2', stove.url)],
    devices: [camera('canteen-1', 'camera-hikvision'), camera('canteen-2', 'camera-dahua')],
  });
  const gateway = await startGateway({ yaml, env: secrets });
  const cookie = await gateway.login();
  return { cutting, stove, gateway, cookie, feed: await gateway.feed(cookie) };
}

async function jpeg(gateway: Gateway, cookie: string, path: string): Promise<Uint8Array> {
  const answer = await fetch(`${gateway.url}${path}`, { headers: { cookie } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('image/jpeg');
  return new Uint8Array(await answer.arrayBuffer());
}

test('a masked camera is an alarm, and the picture of that moment is kept as evidence and served', async () => {
  const { cutting, gateway, cookie, feed } = await school();
  await feed.until('the camera', ({ state }) => state.devices.get('canteen-1')?.up === true);
  await cutting.heard('PullMessages');
  cutting.set('masked', true);
  const { id } = await feed.raised('canteen-1/masked');
  const name = await feed.until('the evidence', ({ state }) => state.alarms.get(id)?.picture);
  const evidence = await jpeg(gateway, cookie, `/api/evidence/${name}`);
  expect([...evidence.slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  expect(evidence.length).toBeGreaterThan(1_000);
  expect((await fetch(`${gateway.url}/api/evidence/${name}`)).status).toBe(401);

  cutting.set('masked', false);
  await feed.until('the hand gone', ({ state }) => state.alarms.get(id)?.causes.length === 0);
  expect((await jpeg(gateway, cookie, '/api/cameras/canteen-1/picture')).length).toBeGreaterThan(1_000);
  expect(await unbalancedLines(gateway, cookie)).toEqual([]);
});

test('a camera that says another serial number is an alarm with both, and the one that is there is known by name', async () => {
  const { cutting, feed } = await school(undefined, 'A-0042');
  await feed.until('the first', ({ state }) => state.identities.get('canteen-1')?.serial === 'A-0042');
  expect([...feed.state.alarms.values()]).toEqual([]);
  // Who is not subscribed yet has nothing that the camera could forget, and would not ask again who it is.
  await cutting.heard('PullMessages');
  cutting.information.serial = 'A-0077';
  cutting.forget();
  const alarm = await feed.raised('canteen-1/swapped');
  expect(alarm).toMatchObject({ kind: 'tamper', priority: 3 });
  expect(alarm.why?.zh).toMatch(/A-0042.*A-0077/);
  expect(feed.state.identities.get('canteen-1')).toMatchObject({ serial: 'A-0077', before: { serial: 'A-0042' } });
});

test('a camera that is gone is an alarm and a named trouble, its neighbour goes on, and both pass when it is back', async () => {
  const { cutting, stove, gateway, cookie, feed } = await school();
  for (const id of ['canteen-1', 'canteen-2']) await feed.until(id, ({ state }) => state.devices.get(id)?.up === true);
  await stove.refuse(true);
  const alarm = await feed.raised('canteen-2/comms');
  expect(alarm.why).toMatchObject({ zh: expect.stringContaining('canteen-2') });
  expect(await feed.trouble('line:canteen-2')).toContain('canteen-2');
  cutting.set('masked', true);
  await feed.raised('canteen-1/masked');
  const { lines } = await gateway.health(cookie);
  expect(lines.map(({ id, up }) => [id, up])).toEqual([
    ['canteen-1', true],
    ['canteen-2', false],
  ]);

  await stove.refuse(false);
  await feed.until('the camera back', ({ state }) => state.alarms.get(alarm.id)?.causes.length === 0);
  await feed.until('no trouble left', ({ beat }) => beat?.troubles.every(({ part }) => !part.startsWith('line:')));
});

test('a camera with another password is named with the remedy in the log and in the health view, without a secret', async () => {
  const { cutting, gateway, cookie, feed } = await school('was changed by the fitter');
  const trouble = await feed.trouble('line:canteen-2');
  expect(trouble).toMatch(/canteen-2.*(password|log-in|user)/i);
  await gateway.said('canteen-2');
  cutting.set('masked', true);
  await feed.raised('canteen-1/masked');
  const everything = JSON.stringify([await gateway.health(cookie), gateway.log]);
  expect(everything).not.toContain(secrets.CAMERA_PASSWORD);
});
