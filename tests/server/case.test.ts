/**
 * The file of an incident as whoever is handed it opens it: unpacked by another program, found whole by the checker that lies in it, and found out
 * when a record, a proof or a picture is changed. Who may have it, that taking it is a fact, and what is said when it cannot be made.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Event } from '../../src/core/types.ts';
import { Checkpoints, schoolLog } from '../../src/store/checkpoint-keeping.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { signedLines } from '../../src/store/signed-lines.ts';
import { realWorld } from '../../src/world/world.ts';
import { checked } from '../proof/exported.ts';
import { listeningLog } from '../store/place.ts';
import { pdfPages } from './pdf-text.ts';
import { people, place, stand } from './place.ts';
import { site, toldDays, wednesday } from './told-days.ts';

let crowd: Awaited<ReturnType<typeof people>>;
let box: string;
beforeAll(async () => {
  crowd = await people();
  box = mkdtempSync(join(tmpdir(), 'gatehouse-case-'));
});
afterAll(async () => {
  await crowd.remove();
  rmSync(box, { recursive: true, force: true });
});

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
const sha256 = createHash('sha256').update(jpeg).digest('hex');
const alarmIn = (events: readonly Event[]) =>
  events.find((e) => e.kind === 'done' && e.duty.startsWith('snapshot/') && e.brought !== undefined)!;

const film = Buffer.from('ftyp and what follows');
const filmHash = createHash('sha256').update(film).digest('hex');

/** The name of the clip of an alarm: it begins ten seconds before, and is named by that. */
const filmOf = (alarm: number, at: number) => `${at - 10_000}-${alarm}.mp4`;

/** With a clip of its alarm kept, at the moment at which a wall showed the alarm. */
function filmed(events: Event[]): Event[] {
  const { duty } = alarmIn(events) as Extract<Event, { kind: 'done' }>;
  const alarm = Number(duty.split('/')[1]);
  const { at } = events[alarm - 1]!;
  const kept = { brought: filmOf(alarm, at), sha256: filmHash, until: at + 20_000 };
  return events.map((one) =>
    one.kind === 'displayed' && one.alarm === alarm
      ? { kind: 'done', duty: `clip/${alarm}`, ok: true, ...kept, seq: one.seq, at: one.at }
      : one,
  );
}

/** Two told days, signed up to a record, behind a server; `kept` is what the disk has of the picture, `clip` of the clip. */
async function stood(kept: Uint8Array | undefined = jpeg, hashed = true, clip?: Uint8Array) {
  const dir = mkdtempSync(join(box, 'data-'));
  const log = listeningLog();
  const journal = await openJournal({ dir, log });
  onTestFinished(() => journal.close());
  const days = toldDays().map((e) => (e.kind === 'done' && e.brought && hashed ? { ...e, sha256 } : e));
  const events = clip ? filmed(days) : days;
  await journal.append(events.slice(0, 5));
  const world = realWorld(log);
  const options = { dir, journal, world, witnesses: [], trouble: () => undefined, site: () => ({ utcOffsetMin: 480 }) };
  const checkpoints = await Checkpoints.open(options, await schoolLog(dir, '一中'));
  await checkpoints.publish();
  await journal.append(events.slice(5));
  const spot = place();
  spot.site = site;
  Object.assign(spot.house, {
    ...{ now: () => wednesday, records: journal.query, pick: journal.pick },
    evidence: async () => kept,
    clip: async () => clip,
    prove: (seqs) => signedLines(dir, checkpoints, world, seqs),
  } satisfies Partial<typeof spot.house>);
  const at = await stand(crowd.path, {}, spot);
  const get = async (path: string, user = 'auditor') => at.post(path, {}, { cookie: await at.login(user) });
  const done = alarmIn(events) as Extract<Event, { kind: 'done' }>;
  return { at, get, spot, dir, events, alarm: Number(done.duty.split('/')[1]) };
}

/** The archive as another program unpacks it. */
async function unpacked(response: Response, prefix = 'case-'): Promise<string> {
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const folder = mkdtempSync(join(box, 'taken-'));
  writeFileSync(join(folder, 'taken.zip'), Buffer.from(await response.arrayBuffer()));
  const python = (...args: string[]) => spawnSync('/usr/bin/python3', ['-m', 'zipfile', ...args], { encoding: 'utf8' });
  expect(python('-t', join(folder, 'taken.zip'))).toMatchObject({ status: 0, stdout: 'Done testing\n' });
  expect(python('-e', join(folder, 'taken.zip'), folder).status).toBe(0);
  const [name] = readdirSync(folder).filter((one) => one.startsWith(prefix));
  return join(folder, name!);
}
function changed(folder: string, name: string, change: (text: string) => string): string {
  const copy = mkdtempSync(join(box, 'changed-'));
  cpSync(folder, copy, { recursive: true });
  writeFileSync(join(copy, name), change(readFileSync(join(folder, name), 'utf8')));
  return copy;
}

describe('the file of an incident', () => {
  test('holds what happened, the picture and the proof of each record, and is found whole by its own checker', async () => {
    const { get, alarm, events } = await stood();
    const response = await get(`/api/cases/${alarm}.zip`);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="case-\d+-2026\d{4}\.zip"$/);
    const folder = await unpacked(response);
    expect(readdirSync(folder).sort()).toEqual(
      ['README.txt', 'checkpoint.note', 'entries.jsonl', 'key.vkey', 'proof.json', 'stills', 'timeline.pdf']
        .concat('verify.html', 'verify.mjs')
        .sort(),
    );
    const { code, said } = checked(folder);
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/(\d+) records and 1 pictures are among what gatehouse\/一中/),
    ]);
    const kept = readFileSync(join(folder, 'entries.jsonl'), 'utf8').trimEnd().split('\n');
    const facts = kept.map((line) => JSON.parse((JSON.parse(line) as { line: string }).line) as Event);
    expect(facts).toEqual(facts.map(({ seq }) => events[seq - 1]));
    expect(facts.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['raised', 'acknowledged', 'joined', 'closed']),
    );
    const text = pdfPages(readFileSync(join(folder, 'timeline.pdf')))
      .join('\n')
      .replace(/\s/g, '');
    for (const word of ['事件档案', '并入事件', '确认', sha256, '哈希在签名的记录里']) expect(text).toContain(word);
  });

  test('is the same for each alarm of the incident, and has those of all', async () => {
    const { get, alarm, events } = await stood();
    const joined = events.find((e) => e.kind === 'joined' && e.alarm === alarm) as Extract<Event, { kind: 'joined' }>;
    const [one, other] = [await get(`/api/cases/${alarm}.zip`), await get(`/api/cases/${joined.incident}.zip`)];
    const records = async (response: Response) => readFileSync(join(await unpacked(response), 'entries.jsonl'), 'utf8');
    const first = await records(one);
    expect(await records(other)).toBe(first);
    for (const seq of [alarm, joined.incident]) expect(first).toContain(`{"seq":${seq},`);
  });

  test('betrays a record, a proof or a picture that was changed, and one that was taken out', async () => {
    const { get, alarm } = await stood();
    const folder = await unpacked(await get(`/api/cases/${alarm}.zip`));
    const lines = readFileSync(join(folder, 'entries.jsonl'), 'utf8').split('\n');
    const [first, second] = lines.map((line) => (line === '' ? 0 : (JSON.parse(line) as { seq: number }).seq));
    const still = `stills/${readdirSync(join(folder, 'stills'))[0]}`;
    const tried: readonly (readonly [string, (text: string) => string, string])[] = [
      [
        'entries.jsonl',
        (text) => text.replace(/\\"at\\":1/, '\\"at\\":2'),
        `Record ${first} is not in what was signed`,
      ],
      ['entries.jsonl', (text) => text.split('\n').slice(1).join('\n'), `Record ${first} is missing`],
      [
        'entries.jsonl',
        (text) => [lines[1], lines[0], ...text.split('\n').slice(2)].join('\n'),
        `Record ${first} is out of its order`,
      ],
      [
        'entries.jsonl',
        (text) => `${lines[0]}\n${lines[1]}\n${text.split('\n').slice(1).join('\n')}`,
        `Record ${second} stands there twice`,
      ],
      [
        'proof.json',
        (text) => text.replace(/"[0-9a-f]{63}/, (hash) => `"${hash[1] === '0' ? '1' : '0'}${hash.slice(2)}`),
        `Record ${first} is not in what`,
      ],
      ['proof.json', (text) => text.replace(sha256, '0'.repeat(64)), `The picture ${still} was altered`],
      [
        'checkpoint.note',
        (text) => text.replace(/\n\d+\n/, '\n9999\n'),
        'The signature of the checkpoint does not hold',
      ],
      [still, () => 'another picture', `The picture ${still} was altered`],
    ];
    for (const [name, change, expected] of tried)
      expect(checked(changed(folder, name, change))).toEqual({ code: 1, said: expect.stringContaining(expected) });
  });

  test('leaves out a picture that is not the one that was kept, and proves none of which no record has the hash', async () => {
    const altered = await stood(Uint8Array.of(0xff, 0xd8, 1));
    const folder = await unpacked(await altered.get(`/api/cases/${altered.alarm}.zip`));
    expect(readdirSync(folder)).not.toContain('stills');
    const text = pdfPages(readFileSync(join(folder, 'timeline.pdf')))
      .join('')
      .replace(/\s/g, '');
    expect(text).toContain('与记录里的哈希不符');
    expect(checked(folder).said).toMatch(/and 0 pictures/);

    const old = await stood(jpeg, false);
    const before = await unpacked(await old.get(`/api/cases/${old.alarm}.zip`));
    expect(readdirSync(join(before, 'stills'))).toHaveLength(1);
    expect(checked(before).said).toMatch(/and 0 pictures/);
  });

  test('is for those who may take exports away, and that it was taken is a fact', async () => {
    const { get, alarm, spot, at } = await stood();
    for (const user of ['guard', 'integrator']) expect((await get(`/api/cases/${alarm}.zip`, user)).status).toBe(403);
    expect((await at.post(`/api/cases/${alarm}.zip`, {})).status).toBe(401);
    // A link, or whatever fetches one ahead, takes nothing and holds nothing.
    const asked = await at.fetch(`/api/cases/${alarm}.zip`, { headers: { cookie: await at.login('operator') } });
    expect(asked.status).toBe(404);
    expect(spot.door.filter(({ kind }) => kind === 'held')).toEqual([]);
    const taken = await get(`/api/cases/${alarm}.zip`, 'operator');
    expect(taken.status).toBe(200);
    const [, incident] = /case-(\d+)-/.exec(taken.headers.get('content-disposition') ?? '') ?? [];
    expect(spot.door.filter(({ kind }) => kind === 'exported')).toEqual([
      expect.objectContaining({ by: 'operator', what: `/api/cases/${alarm}.zip` }),
    ]);
    // And from then on nothing of it is cut.
    expect(spot.door.filter(({ kind }) => kind === 'held')).toEqual([
      expect.objectContaining({ incident: Number(incident), by: 'operator' }),
    ]);
  });

  test.each([
    ['/api/cases/..%2F..%2Fjournal.db', 400],
    ['/api/cases/%2e%2e%2fproof.key.zip', 400],
    ['/api/cases/1.zip%00', 400],
    ['/api/cases/1e9.zip', 400],
    ['/api/cases/-1.zip', 400],
    ['/api/cases/0.zip', 400],
    ['/api/cases/99999999999999999999.zip', 400],
    ['/api/cases/999999.zip', 404],
  ])('is not to be had by the address %s', async (path, status) => {
    const { get } = await stood();
    const response = await get(path);
    expect([response.status, response.headers.get('content-disposition')]).toEqual([status, null]);
  });

  test('is not made where nothing was signed, or where a record is not what was signed, and says so', async () => {
    const { get, alarm, spot, dir, at } = await stood();
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(join(dir, 'journal.db'));
    db.prepare('UPDATE events SET json = replace(json, \'"kind"\', \'"kind" \') WHERE seq = 2').run();
    db.close();
    const refused = await get(`/api/cases/${alarm}.zip`);
    expect([refused.status, await refused.text()]).toEqual([
      503,
      expect.stringContaining('does not agree with what was signed'),
    ]);
    Object.assign(spot.house, { prove: place().house.prove });
    const unsigned = await get(`/api/cases/${alarm}.zip`);
    expect([unsigned.status, await unsigned.text()]).toEqual([503, expect.stringContaining('还没有签名')]);
    expect(at.logged.filter((line) => line.includes('could not be made'))).toEqual([]);
  });
});

describe('a clip that is taken away', () => {
  async function taken(clip: Uint8Array) {
    const { at, alarm, events, get, spot } = await stood(jpeg, true, clip);
    const path = `/api/clips/${filmOf(alarm, events[alarm - 1]!.at)}/export`;
    const response = await at.post(path, { reason: '派出所调取' }, { cookie: await at.login('head') });
    return { response, alarm, events, get, spot };
  }

  test('carries the records that name it, signed, and the seconds it covers, and is found whole by its checker', async () => {
    const { response, alarm, events } = await taken(film);
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="clip-${alarm}.zip"`);
    const folder = await unpacked(response, 'clip-');
    const name = filmOf(alarm, events[alarm - 1]!.at);
    expect(readFileSync(join(folder, 'clips', name))).toEqual(film);
    const lines = readFileSync(join(folder, 'entries.jsonl'), 'utf8').trimEnd().split('\n');
    const facts = lines.map((line) => JSON.parse((JSON.parse(line) as { line: string }).line) as Event);
    expect(facts.map(({ kind }) => kind)).toEqual(['raised', 'done']);
    expect(facts[1]).toMatchObject({ brought: name, sha256: filmHash, until: events[alarm - 1]!.at + 20_000 });
    expect(readFileSync(join(folder, 'README.txt'), 'utf8')).toMatch(
      /Seconds it covers, by the school's clock: 2026-\d\d-\d\d \d\d:\d\d:\d\d to 2026-/,
    );
    expect(checked(folder)).toMatchObject({
      code: 0,
      said: expect.stringMatching(/2 records, 0 pictures and 1 clips/),
    });
    const other = changed(folder, join('clips', name), (text) => `${text}.`);
    expect(checked(other)).toMatchObject({ code: 1, said: expect.stringContaining(`clips/${name} was altered`) });
  });

  test('is not given where it is not the one that was kept', async () => {
    const { response, spot } = await taken(Buffer.from('another'));
    expect([response.status, await response.text()]).toEqual([409, expect.stringContaining('was altered')]);
    expect(spot.door.filter(({ kind }) => kind === 'exported')).toEqual([]);
  });

  test('lies in the file of its incident as well', async () => {
    const { get, alarm, events } = await taken(film);
    const folder = await unpacked(await get(`/api/cases/${alarm}.zip`));
    expect(readFileSync(join(folder, 'clips', filmOf(alarm, events[alarm - 1]!.at)))).toEqual(film);
    expect(checked(folder).said).toMatch(/1 pictures and 1 clips/);
  });
});
