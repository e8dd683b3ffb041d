/**
 * Live video from a simulated camera to a real Chromium through the whole gateway: an alarm plays its camera on the wall, a camera
 * opened large plays, what cannot be played says what to do, and stills stay all the while.
 */
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import hikvision from '../../devices/camera-hikvision.ts';
import { onvifCamera } from '../../simulators/camera/camera.ts';
import { type RtspScene, startRtspCameras } from '../../simulators/camera/rtsp-cameras.ts';
import { until } from '../patience.ts';
import { camera, cameraLine, campus, secrets } from './campus.ts';
import { type Setting, startGateway } from './gateway.ts';
import { openBrowser, openWall } from './wall.ts';

const login = { user: 'gatehouse', password: secrets.CAMERA_PASSWORD };

async function school(scene: Partial<RtspScene> = {}, more: Partial<Setting> = {}, video: object = {}) {
  const streams = await startRtspCameras({ ...login, cameras: { '/1/1': scene, '/1/2': scene } });
  onTestFinished(() => streams.stop());
  const eye = await onvifCamera({ ...login, profile: hikvision, name: 'canteen-1', rtsp: streams.url('') });
  onTestFinished(() => eye.stop());
  const yaml = campus({
    lines: [cameraLine('canteen-1', eye.url)],
    devices: [camera('canteen-1', 'camera-hikvision')],
    more: { video },
  });
  const gateway = await startGateway({ yaml, env: secrets, ...more });
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  await feed.until('the camera', ({ state }) => state.devices.get('canteen-1')?.up === true);
  await eye.heard('PullMessages');
  return { streams, eye, gateway, cookie, feed };
}

/** What a video in the page says of itself, as text: the compiler knows no page here. */
const ask = <T>(page: Page, within: string, what: string) =>
  page.evaluate<T>(
    `(() => { const v = document.querySelector('${within} .video-over video:not(.hidden)'); return ${what}; })()`,
  );

/** Share of the picture that shows the ground of the simulated scene: all but its disc, of half a hundredth, and what blurs around it. */
const GROUND_SHOWN = `(() => {
  const [c, w, h] = [document.createElement('canvas'), v.videoWidth, v.videoHeight];
  [c.width, c.height] = [w, h];
  const d = c.getContext('2d');
  d.drawImage(v, 0, 0);
  const { data } = d.getImageData(0, 0, w, h);
  let like = 0;
  for (let i = 0; i < data.length; i += 4)
    like += [0x50, 0x60, 0x70].every((is, k) => Math.abs(data[i + k] - is) < 24) ? 1 : 0;
  return like / w / h;
})()`;

const moves = (page: Page, within = '') =>
  until('the video moves', () => ask(page, within, 'v !== null && v.currentTime > 1 && v.videoWidth > 0'));

test('an alarm plays its camera on the wall, whole and muted, and stills come back when the video is gone', async () => {
  const { streams, eye, gateway, cookie, feed } = await school({ slices: 4 });
  const { page, errors } = await openWall(await openBrowser(), gateway.url, cookie, '/wall?lang=zh');
  expect(await page.locator('video').count()).toBe(0);
  eye.set('masked', true);
  const { id } = await feed.raised('canteen-1/masked');
  await moves(page);
  expect(await ask(page, '', '[getComputedStyle(v).objectFit, v.muted]')).toEqual(['contain', true]);
  await until('it is at the live edge', () =>
    ask(page, '', 'v.buffered.end(v.buffered.length - 1) - v.currentTime < 4'),
  );
  // Whole pictures, now and through the scene: green or grey parts would be missing here.
  for (let i = 0; i < 5; i++) {
    expect(await ask<number>(page, '', GROUND_SHOWN)).toBeGreaterThan(0.98);
    const at = await ask<number>(page, '', 'v.currentTime');
    await until('it goes on', () => ask(page, '', `v.currentTime > ${at} + 0.4`));
  }
  expect(await page.locator('.video-line').textContent()).toBe('实时视频 · canteen-1');
  const { rows } = await gateway.get<{ rows: readonly object[] }>('/api/events?kind=video-viewed', cookie);
  expect(rows).toMatchObject([{ by: 'duty', camera: 'canteen-1', alarm: id }]);
  // It stands: said with its age, hatched; then the still speaks again.
  await streams.hang(true);
  await page.locator('.video-over.old').waitFor();
  expect(await page.locator('.video-line').textContent()).toMatch(/^视频停在 /);
  await page.locator('.video-over video.hidden').waitFor({ state: 'attached' });
  await page.locator('.camera-tile canvas:not(.hidden)').waitFor();
  await streams.hang(false);
  await moves(page);
  expect(errors).toEqual([]);
});

test('a camera opened large plays, Esc and an alarm close it, and where reasons are asked for it asks first', async () => {
  const { eye, gateway, cookie } = await school({}, {}, { reasons: true });
  const { page } = await openWall(await openBrowser(), gateway.url, cookie, '/wall?lang=zh');
  await page.locator('.camera-open').first().focus();
  // Enter acknowledges, wherever the focus is.
  await page.keyboard.press('Space');
  await page.locator('.video-large .video-why input').fill('家长反映午餐有异物');
  await page.locator('.video-large .video-why button').click();
  await moves(page, '.video-large');
  const { rows } = await gateway.get<{ rows: readonly object[] }>('/api/events?kind=video-viewed', cookie);
  expect(rows).toMatchObject([{ by: 'duty', reason: '家长反映午餐有异物' }]);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.video-large').count()).toBe(0);
  // Whoever opened it has the focus again.
  await page.locator('.camera-open:focus').first().waitFor();
  await page.keyboard.press('Space');
  await page.locator('.video-large').waitFor();
  eye.set('masked', true);
  await page.locator('.row[data-alarm]').first().waitFor();
  await expect.poll(() => page.locator('.video-large').count()).toBe(0);
});

test('H.265 that the browser does not play is named with the remedy, in both languages, over a still', async () => {
  const { gateway, cookie } = await school({ codec: 'h265', seconds: 2 });
  const browser = await openBrowser();
  for (const [lang, said] of [
    ['zh', '只有抓图 · 摄像机送来的是 H.265，此浏览器不能播放；请在摄像机里把子码流设为 H.264'],
    ['en', 'Stills only · the camera sends H.265, which this browser does not play; set its sub-stream to H.264'],
  ] as const) {
    const { page } = await openWall(browser, gateway.url, cookie, `/wall?lang=${lang}`);
    await page.locator('.camera-open').first().click();
    await page.locator('.video-large .video-line', { hasText: said }).waitFor();
    await page.locator('.video-large canvas:not(.hidden)').waitFor();
  }
});

test('without ffmpeg everything else works, and the page says what to install', async () => {
  const { eye, gateway, cookie, feed } = await school({}, { env: { ...secrets, PATH: '/nowhere' } });
  const { page } = await openWall(await openBrowser(), gateway.url, cookie, '/wall?lang=zh');
  eye.set('masked', true);
  const { id } = await feed.raised('canteen-1/masked');
  await feed.until('the evidence', ({ state }) => state.alarms.get(id)?.picture);
  await page.locator('.video-line', { hasText: 'apt-get install ffmpeg' }).waitFor();
  await page.locator('.camera-tile canvas:not(.hidden)').waitFor();
});
