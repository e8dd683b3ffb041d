/**
 * What the page of channels tells a school to write first: it is loaded as it stands there, and every kind of channel that can be
 * written has words for whoever sets it up.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { emptySteps } from '../../src/core/alarm/reach.ts';
import { loadConfig } from '../../src/site/load-site.ts';
import { natures } from '../../src/site/schema-channel.ts';
import { channelKindWords } from '../../src/words/reach/channel-kind-words.ts';
import { firstChannel } from '../../src/words/reach/channel-page-words.ts';
import { englishText } from './load.ts';

const school = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines: []
devices: []
zones: []
`;

test('the first channel can be written as the page says, with its key in secrets.env beside the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-first-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'school.yaml');
  await writeFile(file, school + firstChannel.file);
  const [name, value] = firstChannel.secret.split('=');
  expect(value).toBe('…');
  const secret = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa';
  await writeFile(join(folder, 'secrets.env'), `${name}=${secret}\n`, { mode: 0o600 });
  const result = await loadConfig(file, {});
  const said = (result.ok ? result.warnings : result.errors).map((one) => englishText(one));
  expect(said).toEqual([]);
  const site = result.ok ? result.config.site : expect.fail('it was not loaded');
  expect(site.channels['duty-group']).toMatchObject({ kind: 'wecom-robot', names: 'phone' });
  expect(site.escalation[1].steps.map(({ channels }) => channels)).toEqual([['duty-group'], ['duty-group']]);
  const known = { accounts: new Map(), channelFails: new Map(), complete: true };
  expect(emptySteps(site, known).filter(({ chain }) => chain === 1 || chain === 'lastResort')).toEqual([]);
  expect(JSON.stringify(site)).not.toMatch(/qyapi|693a91f6/);
});

test.each(['README.md', 'README.zh-CN.md'])(
  'what %s says to write for a first channel can be loaded as it stands',
  async (name) => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-readme-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const text = await readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
    const [, chapter = ''] = /\n## (?:The first channel|第一个通知通道)\n([\s\S]*?)\n## /.exec(text) ?? [];
    const parts = [...chapter.matchAll(/^ {3}```yaml\n([\s\S]*?)^ {3}```/gm)].map(([, part = '']) =>
      part.replaceAll(/^ {3}/gm, ''),
    );
    expect(parts).toHaveLength(2);
    for (const part of parts) {
      const file = join(folder, 'school.yaml');
      await writeFile(file, school + part);
      const secrets = { WECOM_HOOK: '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa', MAIL_SECRET: 'only-for-tests' };
      const result = await loadConfig(file, secrets);
      expect((result.ok ? result.warnings : result.errors).map((one) => englishText(one))).toEqual([]);
      const site = result.ok ? result.config.site : expect.fail('it was not loaded');
      const known = { accounts: new Map(), channelFails: new Map(), complete: true };
      expect(emptySteps(site, known).filter(({ chain }) => chain === 1)).toEqual([]);
    }
  },
);

test('every kind of channel has words for what it is and what it needs', () => {
  expect(Object.keys(natures).filter((kind) => !Object.hasOwn(channelKindWords, kind))).toEqual([]);
});
