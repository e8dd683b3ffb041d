/**
 * What a configuration says about whom messages go to: what it compiles to, that no address gets into the site, and what of it is
 * refused, by name.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-telling-'));
});
afterAll(() => rm(folder, { recursive: true }));

const channels = `channels:
  - { id: group, title: { zh: 值班群, en: Duty group }, protocol: wecom-robot, hook: "\${KEY}" }
  - { id: sms, title: { zh: 短信, en: SMS }, protocol: sms-modem, spool: /var/spool/sms }
  - { id: hook, title: { zh: 平台, en: Platform }, protocol: webhook, url: https://notify.example/x, password: "\${KEY}" }`;
const people = `people:
  - { id: li, name: 李强, phone: "13800001111", wecom: li.qiang, account: liqiang, quiet: { from: "22:00", to: "06:30" } }
  - { id: wang, name: 王芳, email: wang@school.example, language: en }`;

/** The smallest school with these channels and people, and more. */
async function load(more: string, parts: { channels?: string; people?: string; devices?: string } = {}) {
  const text = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines:
  - { id: bus, protocol: modbus-tcp, host: 127.0.0.1, port: 502 }
  - { id: broker, protocol: mqtt-broker, host: 127.0.0.1, port: 1883 }
devices:
  - { id: f1, title: { zh: 主机, en: Host }, profile: fence-modbus, line: bus, unit: 1, zones: { A: z4, B: false } }
${parts.devices ?? ''}
zones:
  - { id: z4, number: 4, title: { zh: 东墙, en: East wall }, path: [[0, 0], [9, 9]] }
areas:
  - { id: yard, title: { zh: 院子, en: Yard }, zones: [z4] }
${parts.channels ?? channels}
${parts.people ?? people}
${more}`;
  return await loadText(folder, text, { KEY: '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa' });
}

describe('persons', () => {
  test('are known to screens by the ways there are, and their addresses stay in the gateway', async () => {
    const { config, lines } = await load('');
    expect(lines).toEqual([]);
    const { site, contacts } = config!;
    expect(site.people.li).toMatchObject({
      ways: ['phone', 'wecom'],
      account: 'liqiang',
      quiet: { from: 1320, to: 390 },
    });
    expect(site.people.wang).toMatchObject({ ways: ['email'], language: 'en' });
    expect(JSON.stringify(site)).not.toMatch(/13800001111|li\.qiang|wang@/);
    expect(contacts.li).toEqual({ phone: '13800001111', wecom: 'li.qiang' });
  });

  test('without a ladder of their own are told by each kind of channel at its usual time', async () => {
    const { config } = await load('');
    expect(config!.site.ladder).toEqual([
      { channel: 'group', afterMs: 0 },
      { channel: 'sms', afterMs: 60_000 },
    ]);
  });
});

describe('rules', () => {
  test('name zones and areas, persons, groups and hours', async () => {
    const { config, lines } = await load(`tell:
  groups: [{ id: night-team, people: [li, wang] }]
  instead: { group: hook }
  rules:
    - id: fence-at-night
      title: { zh: 夜间围栏, en: Fence at night }
      kinds: [climb, cut]
      areas: [yard]
      windows: [{ days: daily, from: "22:00", to: "06:00" }]
      steps: [{ afterSec: 0, to: [night-team] }, { afterSec: 60, roles: [head], channels: [hook] }]
      repeatMin: 2`);
    expect(lines).toEqual([]);
    const { rules, channels: all } = config!.site;
    expect(rules).toMatchObject([
      {
        id: 'fence-at-night',
        zones: ['z4'],
        windows: [{ from: 1320, to: 360 }],
        chain: { steps: [{ people: ['li', 'wang'] }, { roles: ['head'], channels: ['hook'] }], repeatMs: 120_000 },
      },
    ]);
    expect(all.group).toMatchObject({ names: 'phone', instead: 'hook' });
  });
});

describe('is refused by name:', () => {
  const step = (more: string) => `escalation: { p1: { repeatMin: 2, steps: [{ afterSec: 0, ${more} }] } }`;
  test.each([
    [
      'somebody nobody knows',
      step('to: [lee]'),
      /to\[0\]: found "lee", expected on-duty, or the id of a person or group/,
    ],
    [
      'two answers of one person',
      step('to: [wang], needs: 2'),
      /two must answer, and this step names one person alone/,
    ],
    ['three answers', step('roles: [head], needs: 3'), /found 3, expected 2, or nothing/],
    ['whoever is on duty, without a roster', step('to: [on-duty]'), /on-duty means nobody without a roster/],
    [
      'a group that would learn of a silent call for help',
      'escalation: { quiet: { repeatMin: 2, steps: [{ afterSec: 0, roles: [head], channels: [group] }] } }',
      /is a group, which would learn of a silent call/,
    ],
    ['a step that names nobody at all', step('roles: []'), /none of these steps reaches anybody/],
    ['a group of somebody nobody knows', 'tell: { groups: [{ id: g, people: [lee] }] }', /expected the id of a person/],
    ['a group called like a person', 'tell: { groups: [{ id: li, people: [wang] }] }', /a person is called so/],
    [
      'a group called on-duty',
      'tell: { groups: [{ id: on-duty, people: [wang] }] }',
      /whoever is on duty is called so/,
    ],
    ['a ladder by no channel', 'tell: { ladder: [{ channel: grup, afterSec: 0 }] }', /did you mean "group"/],
    ['a channel that takes over from itself', 'tell: { instead: { group: group } }', /expected another channel/],
    ['a channel that is none', 'tell: { instead: { grup: hook } }', /grup is no channel/],
    ['a test to somebody without the address', 'tell: { testTo: { sms: wang } }', /has no phone; add it under people/],
    ['a test to one of a group', 'tell: { testTo: { group: li } }', /goes to whoever reads it/],
    [
      'a rule for a zone that is none',
      'tell: { rules: [{ id: r, title: { zh: 规则, en: Rule }, zones: [z9], repeatMin: 2, steps: [{ afterSec: 0, roles: [head] }] }] }',
      /zones\[0\]: found "z9"/,
    ],
  ])('%s', async (_, more, words) => {
    const { lines } = await load(more);
    expect(lines).toEqual([expect.stringMatching(words)]);
  });

  test.each([
    ['a number that is none', '{ id: li, name: 李强, phone: "one two" }', /phone: .*expected a telephone number/],
    [
      'an address of mail that is none',
      '{ id: li, name: 李强, email: "li at home" }',
      /email: .*expected an e-mail address/,
    ],
    [
      'an account two persons have',
      '{ id: li, name: 李强, account: a }\n  - { id: wu, name: 吴, account: a }',
      /the account "a" is taken already/,
    ],
    [
      'a rung without the address it needs',
      '{ id: li, name: 李强, ladder: [{ channel: sms, afterSec: 0 }] }',
      /needs the phone of this person/,
    ],
  ])('%s', async (_, person, words) => {
    const { lines } = await load('', { people: `people:\n  - ${person}` });
    expect(lines).toEqual([expect.stringMatching(words)]);
  });
});

test('a number that two persons have is refused where people answer by SMS, without showing it, and nowhere else', async () => {
  const both = `people:
  - { id: li, name: 李强, phone: "13800001111" }
  - { id: wang, name: 王芳, phone: "+8613800001111" }`;
  expect((await load('', { people: both })).lines).toEqual([]);
  const answered = channels.replace('spool: /var/spool/sms', 'spool: /var/spool/sms, replies: true');
  const { lines } = await load('', { people: both, channels: answered });
  expect(lines).toEqual([expect.stringMatching(/people\[1\]\.phone: this is also the number of li/)]);
  expect(lines.join()).not.toContain('13800001111');
});

describe('a canary', () => {
  const canaryModel = (password = `, password: "\${KEY}"`) =>
    `  - { id: canary, title: { zh: 自检, en: Canary }, profile: canary-mqtt, line: broker${password} }`;
  const box = (more = 'phone: "13900000009"') => `people:
  - { id: box, name: 自检, ${more} }
  - { id: wang, name: 王芳, email: wang@school.example }`;
  const said = (more: string) => `tell: { canary: { device: canary, to: box, ${more} } }`;
  const second = `${channels}\n  - { id: sms2, title: { zh: 短信, en: SMS }, protocol: sms-modem, spool: /var/spool/two }`;
  const device = {
    channels: second,
    devices: canaryModel(),
    people: box('phone: "13900000009", ladder: [{ channel: sms, afterSec: 0 }]'),
  };

  test('names a device with a password of its own, a test person and another channel', async () => {
    const { config, lines } = await load(said('at: "04:00", alert: { channel: group }'), device);
    expect(lines).toEqual([]);
    expect(config!.site.canary).toEqual({ device: 'canary', to: 'box', minute: 240, alert: { channel: 'group' } });
  });

  test.each<[string, string, object, RegExp]>([
    ['whose failure its own channel would tell', said('alert: { channel: sms, to: box }'), device, /another channel/],
    [
      'whose device has no password',
      said('alert: { channel: group }'),
      { ...device, devices: canaryModel('') },
      /needs a password of its own/,
    ],
    [
      'whose device is another',
      said('alert: { channel: group }').replace('device: canary', 'device: f1'),
      device,
      /a device of the model canary-mqtt|for the canary alone/,
    ],
    ['that nobody configured, with its device', '', device, /for the canary alone/],
    [
      'to a person without a rung',
      said('alert: { channel: group }'),
      { ...device, people: box('email: a@b.example, ladder: [{ channel: sms, afterSec: 0 }]') },
      /needs the phone|has no rung/,
    ],
    ['told to nobody by a channel to persons', said('alert: { channel: sms2 }'), device, /needs to/],
    ['told to somebody without the address', said('alert: { channel: sms2, to: wang }'), device, /has no phone/],
    [
      'whose answers cannot come back',
      said('answers: true, alert: { channel: group }'),
      device,
      /answers come back by/,
    ],
  ])('%s is refused', async (_, more, parts, words) => {
    const { lines } = await load(more, parts);
    expect(lines.join('\n')).toMatch(words);
  });
});
