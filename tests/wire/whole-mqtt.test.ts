/**
 * The main job over MQTT with a program that is not ours: `mosquitto_pub` says that somebody climbs, the wall in a real
 * Chromium shows it, a key acknowledges it, and what cannot be believed is refused, named and counted.
 */
import { expect, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import type { Event, State } from '../../src/core/types.ts';
import { broker, campus, mqttFence, mqttReader, secrets, zone } from './campus.ts';
import { type Gateway, startGateway, unbalancedLines } from './gateway.ts';
import { mosquittoPub } from './mosquitto.ts';
import { openBrowser, openWall } from './wall.ts';

async function school(): Promise<{ gateway: Gateway; port: number; cookie: string }> {
  const port = await freePort();
  const yaml = campus({
    lines: [broker(port)],
    devices: [mqttFence('fence-4', 'z7'), mqttReader('reader-1')],
    zones: [zone(7)],
  });
  const gateway = await startGateway({ yaml, env: secrets });
  return { gateway, port, cookie: await gateway.login() };
}

/** What the fence host says with its own log-in. */
function fencePub(port: number, message: string, name = 'event') {
  const topic = `gatehouse/fence-4/${name}`;
  return mosquittoPub({ port, user: 'fence-4', password: secrets.DEVICE_PASSWORD, topic, message });
}

test('mosquitto_pub with the password of a device raises an alarm that is painted on the wall and acknowledged by Enter', async () => {
  const { gateway, port, cookie } = await school();
  const feed = await gateway.feed(cookie);
  const { page, errors } = await openWall(await openBrowser(), gateway.url, cookie);
  await feed.until('zone 7 armed', ({ state }) => state.zones.get('z7')?.mode === 'armed');

  const said = await fencePub(port, JSON.stringify({ id: 'e-1', taken: Date.now(), a: { climb: true } }));
  expect(said).toMatchObject({ code: 0 });
  const alarm = await feed.raised('z7/climb');
  expect(alarm).toMatchObject({ priority: 1, device: 'fence-4', zone: 'z7' });

  const row = page.locator(`.row[data-alarm~="${alarm.id}"]`);
  await row.waitFor();
  expect(await row.innerText()).toMatch(/7区[\s\S]*攀爬[\s\S]*待确认/);
  const seenOn = (state: State) => state.alarms.get(alarm.id)?.displayed.map(({ page: where }) => where);
  // A page of somebody who is no wall of the school's is not taken for one.
  await feed.until('the gateway knows that it is shown', ({ state }) => seenOn(state)?.includes('wall-view') === true);
  // No key takes what came in this moment.
  await page.waitForSelector('.alarms[data-unread="0"] .row.new');
  await page.keyboard.press('Enter');
  await row.filter({ hasText: '处置中' }).waitFor();
  const { rows } = await gateway.get<{ rows: Event[] }>('/api/events?kind=acknowledged', cookie);
  expect(rows).toContainEqual(expect.objectContaining({ kind: 'acknowledged', alarm: alarm.id, by: 'duty' }));
  expect(errors).toEqual([]);
});

test('the same event id told again is no second event, and a level that ended and began anew joins the open alarm', async () => {
  const { gateway, port, cookie } = await school();
  const feed = await gateway.feed(cookie);
  await feed.until('zone 7 armed', ({ state }) => state.zones.get('z7')?.mode === 'armed');
  const pull = JSON.stringify({ id: 'p-1', a: { pull: true } });
  await fencePub(port, pull);
  await fencePub(port, JSON.stringify({ id: 'p-2', a: { pull: false } }));
  await fencePub(port, pull);
  await fencePub(port, JSON.stringify({ id: 'p-3', a: { pull: true } }));
  await feed.until('the repeat', ({ state }) => state.alarms.get(state.keys.get('z7/pull') ?? 0)?.count === 2);
  const { rows } = await gateway.get<{ rows: Event[] }>('/api/events?kind=read', cookie);
  expect(rows.map((event) => event.kind === 'read' && event.id)).toEqual(['p-3', 'p-2', 'p-1']);
  expect(feed.events.filter((event) => event.kind === 'raised' && event.key === 'z7/pull')).toHaveLength(1);
  expect((await gateway.health(cookie)).lines[0]!.ledger.dropped).toEqual({ duplicate: 1 });
});

test('a wrong password is refused and named, rubbish is acknowledged and put aside with its reason, and the accounts balance', async () => {
  const { gateway, port, cookie } = await school();
  const feed = await gateway.feed(cookie);
  const topic = 'gatehouse/fence-4/event';
  const wrong = await mosquittoPub({ port, user: 'fence-4', password: 'guessed', topic, message: '{}' });
  expect(wrong.code).not.toBe(0);
  const named = /fence-4 gave a wrong MQTT password \(from /;
  expect(await feed.trouble('line:broker:password fence-4')).toMatch(named);
  const before = await gateway.health(cookie);
  expect(before.troubles).toContainEqual(
    expect.objectContaining({
      part: 'line:broker:password fence-4',
      why: expect.objectContaining({ en: expect.stringMatching(named) }),
    }),
  );

  expect((await fencePub(port, '{"id": "x", "a": {"climb": tru')).code).toBe(0);
  expect((await fencePub(port, '{"id": "y", "a": {"climb": "perhaps"}}')).code).toBe(0);
  expect((await fencePub(port, '{}', 'nonsense')).code).toBe(0);
  await fencePub(port, JSON.stringify({ id: 'good', a: { cut: true } }));
  await feed.raised('z7/cut');

  const { quarantine, lines } = await gateway.health(cookie);
  expect(quarantine.map(({ reason, device, head }) => ({ reason, device, head }))).toEqual([
    { reason: 'unknown-topic', device: 'fence-4', head: '{}' },
    {
      reason: expect.stringMatching(/wrong-type|bad-payload/),
      device: 'fence-4',
      head: expect.stringContaining('perhaps'),
    },
    { reason: 'bad-payload', device: 'fence-4', head: expect.stringContaining('tru') },
  ]);
  expect(quarantine.every(({ why }) => why.zh.length > 5)).toBe(true);
  expect(await unbalancedLines(gateway, cookie)).toEqual([]);
  expect(lines[0]!.ledger.received).toBeGreaterThanOrEqual(4);
  expect(await gateway.stop()).toBe(0);
});
