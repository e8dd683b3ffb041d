/** The folder of baton exports: files are taken in when they are whole, put aside with the reason when they cannot be, and none is lost. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BatonFolder } from '../../src/app/record/baton-folder.ts';
import type { Words } from '../../src/core/types.ts';
import { inboxFull } from '../../src/words/gateway-words.ts';
import { WordedError } from '../../src/words/worded-error.ts';
import { realWorld } from '../../src/world/world.ts';
import { minute, monday, Story, school } from '../core/school.ts';
import { dataFolder, listeningLog } from '../store/place.ts';

const head = '巡检时间,编号,巡检器,人员';
const row = (time: string) => `2026-11-23 ${time},C1,B1,李强`;
/** What the gateway makes in the folder. */
const ours = ['refused', 'taken', 'working'];
const file = (...rows: string[]) => Buffer.from([head, ...rows, ''].join('\r\n'));

async function watched() {
  const folder = await dataFolder();
  const story = new Story(monday + 23 * 60 * minute);
  const route = school.routes.night!;
  const [first, ...others] = route.checkpoints;
  story.site = { ...school, routes: { night: { ...route, checkpoints: [{ ...first!, chip: 'C1' }, ...others] } } };
  const troubles = new Map<string, Words>();
  const full = { is: false };
  const watch = new BatonFolder({
    folder,
    world: realWorld(listeningLog()),
    site: () => story.site,
    command: async (by, command) => {
      if (full.is) throw new WordedError(inboxFull);
      return story.asks(by, command);
    },
    trouble: (part, why) => void (why ? troubles.set(part, why) : troubles.delete(part)),
  });
  const put = (name: string, content: Uint8Array) => writeFileSync(join(folder, name), content);
  const names = (of = '') => readdirSync(join(folder, of)).sort();
  return { folder, story, troubles, watch, put, names, full };
}

test('a file is taken in once it is whole, by the gateway, and moved aside', async () => {
  const { story, watch, put, names, troubles } = await watched();
  put('a.csv', file(row('20:05:00')));
  await watch.look();
  // It grows: the program still writes.
  put('a.csv', file(row('20:05:00'), row('21:05:00')));
  await watch.look();
  expect([names(), story.only('imported')]).toEqual([['a.csv', ...ours], []]);
  await watch.look();
  expect(story.only('imported')).toMatchObject([{ file: 'a.csv', by: 'gateway', taken: 2 }]);
  expect(story.only('touched')).toMatchObject([{ reader: 'r1', person: 'li' }, { reader: 'r1' }]);
  expect([names(), names('taken'), troubles.size]).toEqual([ours, ['a.csv'], 0]);
  // The same file again, under the same name, changes nothing and writes over nothing.
  put('a.csv', file(row('20:05:00'), row('21:05:00')));
  await watch.look();
  await watch.look();
  expect(story.only('imported')).toHaveLength(1);
  expect(names('taken')).toEqual(['a-2.csv', 'a.csv']);
});

test('what cannot be read is put aside with the reason beside it, and said until somebody has looked', async () => {
  const { folder, story, watch, put, names, troubles } = await watched();
  put('bad.csv', file(row('20:05:00'), '10/1/2026 20:05,C1,B1,李强'));
  put('picture.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
  put('.hidden', Buffer.from('x'));
  mkdirSync(join(folder, 'sub'));
  await watch.look();
  await watch.look();
  expect(story.only('touched')).toEqual([]);
  expect(names()).toEqual(['.hidden', 'refused', 'sub', 'taken', 'working']);
  expect(names('refused')).toEqual(['bad.csv', 'bad.csv.txt', 'picture.jpg', 'picture.jpg.txt']);
  expect(readFileSync(join(folder, 'refused/bad.csv.txt'), 'utf8')).toMatch(
    /第 3 行“巡检时间”[\s\S]*row 3, column “Time”/,
  );
  expect(troubles.get('baton-folder')?.en).toContain('not taken in: 2 (bad.csv …)');
  await rm(join(folder, 'refused'), { recursive: true });
  await watch.look();
  expect(troubles.size).toBe(0);
});

test('a gateway that cannot take it in now leaves the file where it is, and a folder that is gone is said', async () => {
  const { folder, story, watch, put, names, troubles, full } = await watched();
  put('a.csv', file(row('20:05:00')));
  await watch.look();
  full.is = true;
  await watch.look();
  expect([names('working'), troubles.size]).toEqual([['a.csv'], 1]);
  // The program writes the next export under the same name meanwhile.
  put('a.csv', file(row('21:05:00')));
  full.is = false;
  await watch.look();
  expect([names('working'), story.only('imported').length, troubles.size]).toEqual([[], 1, 0]);
  await watch.look();
  expect([names('taken'), story.only('touched').length]).toEqual([['a-2.csv', 'a.csv'], 2]);
  await rm(folder, { recursive: true });
  writeFileSync(folder, 'a file in its place');
  await watch.look();
  expect(troubles.get('baton-folder')?.en).toMatch(/ENOTDIR|EEXIST/);
});

test('a name in GBK, one that fills the disk’s longest, a text file and a pipe hinder nobody', async () => {
  const { folder, story, watch, put, names, troubles } = await watched();
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xd1, 0xb2, 0xbc, 0xec]), Buffer.from('.csv')]),
    file(row('20:05:00')),
  );
  put(`${'n'.repeat(251)}.csv`, file(row('21:05:00')));
  put('nov.txt', Buffer.from('holiday'));
  await watch.look();
  await watch.look();
  expect(
    story
      .only('imported')
      .map((one) => one.file)
      .sort(),
  ).toEqual([`${'n'.repeat(60)}.csv`, '巡检.csv']);
  expect([names('working'), names('refused')]).toEqual([[], ['nov.txt', 'nov.txt.txt']]);
  expect(troubles.get('baton-folder')?.en).toContain('nov.txt');
});

test('it ends when it is told to, also in the midst of a wait', async () => {
  const { watch } = await watched();
  const stop = new AbortController();
  const run = watch.run(stop.signal);
  onTestFinished(() => stop.abort());
  stop.abort();
  await run;
});
