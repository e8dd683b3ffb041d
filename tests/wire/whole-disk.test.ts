/**
 * What a person and a device meet when the journal cannot be written: a full disk and a database held by another program.
 * Nothing is acknowledged that is not kept, every screen is told, and when there is room again nothing is missing.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import mqtt, { type MqttClient } from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import type { Event } from '../../src/core/types.ts';
import { saveUser } from '../../src/server/auth/accounts.ts';
import { until } from '../patience.ts';
import { broker, campus, mqttReader, secrets } from './campus.ts';
import { disks } from './disk.ts';
import type { Feed } from './feed.ts';
import { type Gateway, password, startGateway, unbalancedLines } from './gateway.ts';

const inFlight = 20;

async function school(through: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const yaml = campus({ lines: [broker(port)], devices: [mqttReader('reader-1')] });
  const gateway = await startGateway({ yaml, env: { ...secrets, ...env }, through });
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  const login = { username: 'reader-1', password: secrets.DEVICE_PASSWORD, keepalive: 60, reconnectPeriod: 200 };
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, login);
  onTestFinished(() => client.endAsync(true));
  return { gateway, cookie, feed, client };
}

/** Touches cards until the journal is said to refuse. Resolves with what was acknowledged by then and what was not. */
async function scanUntilRefused(feed: Feed, client: MqttClient) {
  const acknowledged: string[] = [];
  const waiting = new Map<string, Promise<unknown>>();
  let refused = false;
  let n = 0;
  const pour = async () => {
    while (!refused) {
      const id = `scan-${++n}`;
      const sent = client.publishAsync('gatehouse/reader-1/scan', JSON.stringify({ id, card: `C${n}` }), { qos: 1 });
      waiting.set(id, sent);
      await sent;
      waiting.delete(id);
      acknowledged.push(id);
    }
  };
  const pouring = Promise.all(Array.from({ length: inFlight }, pour));
  const why = await feed.trouble('journal');
  refused = true;
  return { acknowledged, unanswered: [...waiting.keys()], why, pouring };
}

async function scans(gateway: Gateway, cookie: string): Promise<Set<string | undefined>> {
  const ids = new Set<string | undefined>();
  for (let cursor = ''; ; ) {
    const page = await gateway.get<{ rows: Event[]; next?: string }>(
      `/api/events?kind=read&limit=1000${cursor}`,
      cookie,
    );
    for (const event of page.rows) if (event.kind === 'read') ids.add(event.id);
    if (page.next === undefined) return ids;
    cursor = `&cursor=${page.next}`;
  }
}

async function recovers(
  running: Awaited<ReturnType<typeof school>>,
  refused: Awaited<ReturnType<typeof scanUntilRefused>>,
) {
  const { gateway, cookie, feed } = running;
  await refused.pouring;
  await feed.until('the journal well again', ({ beat }) => beat?.chain.ok === true);
  expect(await fetch(`${gateway.url}/healthz`).then((answer) => answer.status)).toBe(200);
  const kept = await scans(gateway, cookie);
  expect([...refused.acknowledged, ...refused.unanswered].filter((id) => !kept.has(id))).toEqual([]);
  expect(await unbalancedLines(gateway, cookie)).toEqual([]);
}

test.each(disks)(
  'with $name nothing is acknowledged, every screen is told, and afterwards nothing is missing',
  async (disk) => {
    const running = await school(disk.through);
    const { gateway, feed, client, cookie } = running;
    disk.fill(gateway);
    const refused = await scanUntilRefused(feed, client);
    expect(refused.why).toMatch(/^The disk (is full|failed).*journal\.db.*[Ff]ree/);
    expect(feed.beat?.chain.ok).toBe(false);
    expect(refused.unanswered).toHaveLength(inFlight);
    expect(await fetch(`${gateway.url}/healthz`).then((answer) => answer.status)).toBe(503);
    expect((await gateway.health(cookie)).troubles.map(({ part }) => part)).toContain('journal');
    await gateway.said('journal: The disk');
    expect(refused.unanswered).toHaveLength(inFlight);

    disk.free(gateway);
    await recovers(running, refused);
  },
);

test('a journal that is taken away in a quiet moment is told on every screen, nothing is acknowledged, and back in its place nothing is missing', async () => {
  const running = await school([]);
  const { gateway, feed, client, cookie } = running;
  const move = (from: string, to: string) => {
    for (const tail of ['', '-wal', '-shm']) renameSync(join(gateway.dir, from) + tail, join(gateway.dir, to) + tail);
  };
  move('journal.db', 'moved.db');
  expect(await feed.trouble('journal')).toMatch(
    /journal\.db was moved, deleted or replaced; recording and telling have stopped/,
  );
  expect(feed.beat?.chain.ok).toBe(false);
  expect(await fetch(`${gateway.url}/healthz`).then((answer) => answer.status)).toBe(503);
  const refused = await scanUntilRefused(feed, client);
  expect(refused.acknowledged).toEqual([]);

  move('moved.db', 'journal.db');
  await recovers(running, refused);
  await expect(scans(gateway, cookie)).resolves.toContain('scan-1');
});

/** Fills a folder's file system to the last byte. */
function fill(ballast: string): void {
  for (const size of [65_536, 4_096, 1]) {
    try {
      for (;;) appendFileSync(ballast, Buffer.alloc(size));
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
  }
}

/** A small file system for the data folder, with somebody who may log in. */
async function smallDisk(): Promise<string> {
  const disk = await mkdtemp(join(tmpdir(), 'gatehouse-full-'));
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m,mode=0700', 'tmpfs', disk]).status).toBe(0);
  onTestFinished(() => void spawnSync('umount', ['-l', disk]));
  await saveUser(join(disk, 'users.json'), 'duty', 'operator', password);
  return disk;
}

test.runIf(process.getuid?.() === 0)(
  'whoever logs out while the disk is full is out, also after the gateway was killed and started on it, and it is told when there is room',
  async () => {
    const disk = await smallDisk();
    const { gateway, cookie: stayer, feed, client } = await school([], { GATEWAY_STORE: disk });
    const leaver = await gateway.login();
    const ballast = join(disk, 'ballast');
    fill(ballast);
    void (await scanUntilRefused(feed, client)).pouring.catch(() => undefined);

    const ask = (path: string, cookie: string, init: RequestInit = {}) =>
      fetch(`${gateway.url}${path}`, {
        ...init,
        headers: { cookie, origin: gateway.url, 'content-type': 'application/json' },
      });
    const status = async (cookie: string) => (await ask('/api/me', cookie)).status;
    expect((await ask('/api/logout', leaver, { method: 'POST', body: '{}' })).status).toBe(204);
    expect([await status(leaver), await status(stayer)]).toEqual([401, 200]);
    await gateway.kill('SIGKILL');
    await gateway.restart();
    expect(await status(leaver)).toBe(401);

    const desk = await gateway.login();
    rmSync(ballast);
    const told = async () => (await gateway.get<{ rows: Event[] }>('/api/events?kind=logged-out', desk)).rows;
    await gateway.said('journal: well again');
    await until('it is told', async () => (await told()).length === 1);
    expect(await gateway.stop()).toBe(0);
    await gateway.restart();
    expect([await status(leaver), await status(stayer)]).toEqual([401, 200]);
    expect(await told()).toMatchObject([{ by: 'duty', leftAt: expect.any(Number) }]);
  },
);

test.runIf(process.getuid?.() === 0)(
  'started on a full disk it shows what is kept and says what it lacks, and with room it records and lets people in',
  async () => {
    const disk = await smallDisk();
    const port = await freePort();
    const yaml = campus({ lines: [broker(port)], devices: [mqttReader('reader-1')] });
    const gateway = await startGateway({ yaml, env: { ...secrets, GATEWAY_STORE: disk } });
    expect(await gateway.stop()).toBe(0);
    const ballast = join(disk, 'ballast');
    fill(ballast);

    await gateway.restart();
    await gateway.said('journal: The disk is full');
    expect(await fetch(`${gateway.url}/healthz`).then((answer) => answer.status)).toBe(503);
    const cookie = await gateway.login();
    expect((await gateway.health(cookie)).troubles.map(({ part }) => part)).toContain('journal');
    rmSync(ballast);
    await gateway.said('journal: well again');
    await until('it is well', async () => (await fetch(`${gateway.url}/healthz`)).status === 200);
    const { rows } = await gateway.get<{ rows: Event[] }>('/api/events?kind=started', cookie);
    expect(rows).toHaveLength(2);
    expect(await gateway.stop()).toBe(0);

    // As a disk left it that was full when the key was made: with an empty key anybody could sign.
    truncateSync(join(disk, 'session.key'));
    await gateway.restart();
    expect(statSync(join(disk, 'session.key')).size).toBe(32);
  },
);

test('a journal that another program holds is said with the remedy, and goes on by itself when it is let go', async () => {
  const running = await school([]);
  const { gateway, feed, client } = running;
  const other = new Database(join(gateway.dir, 'journal.db'));
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  const refused = await scanUntilRefused(feed, client);
  expect(refused.why).toMatch(/journal\.db is locked by another program\. Close the program/);
  other.exec('ROLLBACK');
  await recovers(running, refused);
});
