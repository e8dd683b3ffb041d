/**
 * Answers by SMS as smsd lays them there: what is read of a file, what an answer is understood as, and what goes to the gateway of it.
 */
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readSms, SmsReplies, understood } from '../../src/app/outside/sms-replies.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Durable, Input, State, Words } from '../../src/core/types.ts';
import { realWorld } from '../../src/world/world.ts';
import { school } from '../core/school.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An SMS as smsd 3.1 writes it. */
function sms(from: string, text: string, more = ''): Buffer {
  const head = `From: ${from}\nFrom_TOA: 91 international, ISDN/telephone\nReceived: 26-11-30 02:41:04\nModem: GSM1\n${more}Alphabet: UCS2\n\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(text, 'utf16le').swap16()]);
}

describe('what an answer says', () => {
  test.each([
    ['1确认', { said: 'acknowledge', number: 1 }],
    [' 确认 12 ', { said: 'acknowledge', number: 12 }],
    ['１ＯＫ。', { said: 'acknowledge', number: 1 }],
    ['1', { said: 'acknowledge', number: 1, bare: true }],
    ['收到！', { said: 'acknowledge' }],
    ['退订', { said: 'stop' }],
    ['TD', { said: 'stop' }],
    ['恢复', { said: 'start' }],
    ['1确认2', { said: 'other' }],
    ['123确认', { said: 'other' }],
    ['退订1', { said: 'other' }],
    ['我在开会，稍后联系您', { said: 'other' }],
    ['', { said: 'other' }],
  ])('%j', (text, said) => {
    expect(understood(text)).toEqual(said);
  });
});

test('of a file of smsd the sender and the text are read, and of a report on a message nothing', () => {
  expect(readSms(sms('8613800000001', '1确认'))).toEqual({ from: '8613800000001', text: '1确认' });
  const plain = Buffer.from('From: 10086\nAlphabet: ISO\n\n1 OK');
  expect(readSms(plain)).toEqual({ from: '10086', text: '1 OK' });
  expect(readSms(sms('8613800000001', 'x', 'Report: yes\n'))).toBeUndefined();
  expect(readSms(Buffer.from('no headers at all'))).toBeUndefined();
});

/** A folder of smsd that is looked at, and what the gateway heard. */
async function folder(books: State['replyBooks'] = new Map()) {
  const spool = await mkdtemp(join(tmpdir(), 'gatehouse-replies-'));
  onTestFinished(async () => await rm(spool, { recursive: true, force: true }));
  const incoming = join(spool, 'incoming');
  await mkdir(incoming);
  const heard: Input[] = [];
  const troubles = new Map<string, Words | undefined>();
  const refuses = { now: false };
  const replies = new SmsReplies({
    world: realWorld(quiet),
    site: () => ({ ...school, people: { li: { id: 'li', name: '李强', ways: ['phone'] } } }),
    channels: () => [{ id: 'modem', spool }],
    contacts: () => ({ li: { phone: '13800000001' } }),
    offer: async (input) => {
      if (refuses.now) throw new Error('the journal is full');
      heard.push(input);
    },
    read: async (look) => look({ ...emptyState(), replyBooks: books } as unknown as Durable<State>),
    trouble: (part, why) => void troubles.set(part, why),
  });
  const lay = (name: string, content: Buffer) => writeFile(join(incoming, name), content);
  return { replies, lay, heard, troubles, refuses, incoming, left: () => readdir(incoming) };
}

test('an answer goes to the gateway under the name of the person, without number or text, and its file is gone', async () => {
  const { replies, lay, heard, left } = await folder();
  await lay('GSM1.a', sms('8613800000001', '1确认'));
  await lay('GSM1.b', sms('8613999999999', '1确认'));
  await replies.look();
  expect(heard).toEqual([
    { kind: 'reply', channel: 'modem', person: 'li', said: 'acknowledge', number: 1 },
    { kind: 'reply', channel: 'modem', said: 'other' },
  ]);
  expect(await left()).toEqual([]);
});

test('while the journal takes nothing the file stays, and is read again', async () => {
  const { replies, lay, heard, left, refuses } = await folder();
  await lay('GSM1.a', sms('8613800000001', '1确认'));
  refuses.now = true;
  await replies.look();
  expect(await left()).toEqual(['GSM1.a']);
  refuses.now = false;
  await replies.look();
  expect(heard).toHaveLength(1);
  expect(await left()).toEqual([]);
});

test('a file that smsd has made and not filled yet is left for the next look', async () => {
  const { replies, lay, heard, left } = await folder();
  await lay('GSM1.a', Buffer.alloc(0));
  await replies.look();
  expect(await left()).toEqual(['GSM1.a']);
  await lay('GSM1.a', sms('8613800000001', '1确认'));
  await replies.look();
  expect(heard).toHaveLength(1);
  await lay('GSM1.b', Buffer.from('no head'));
  await replies.look();
  await replies.look();
  expect(await left()).toEqual([]);
});

test('what cannot be taken away keeps no answer from being read, and is a trouble', async () => {
  const { replies, lay, heard, troubles, incoming } = await folder();
  for (let n = 10; n < 35; n++) await mkdir(join(incoming, `A.${n}`));
  await lay('GSM1.a', sms('8613800000001', '1确认'));
  await replies.look();
  expect(heard).toHaveLength(1);
  expect(troubles.get('replies:modem')).toBeDefined();
});

test('an answer without a number that lay there for long means none of what waits now; one with a number does', async () => {
  const { replies, lay, heard, incoming } = await folder();
  await lay('GSM1.a', sms('8613800000001', '确认'));
  await lay('GSM1.b', sms('8613800000001', '1确认'));
  for (const name of ['GSM1.a', 'GSM1.b']) await utimes(join(incoming, name), 1_700_000_000, 1_700_000_000);
  await lay('GSM1.c', sms('8613800000001', '确认'));
  await replies.look();
  expect(heard).toEqual([
    { kind: 'reply', channel: 'modem', person: 'li', said: 'other' },
    { kind: 'reply', channel: 'modem', person: 'li', said: 'acknowledge', number: 1 },
    { kind: 'reply', channel: 'modem', person: 'li', said: 'acknowledge' },
  ]);
});

test('a link is not followed, and is taken away', async () => {
  const { replies, lay, heard, left, incoming } = await folder();
  await lay('.hidden', sms('8613800000001', '2确认'));
  await symlink(join(incoming, '.hidden'), join(incoming, 'GSM1.link'));
  await replies.look();
  expect(heard).toEqual([]);
  expect(await left()).toEqual(['.hidden']);
});

test('whoever wants no more messages is a trouble by name, and a folder that is not there is one', async () => {
  const { replies, troubles, incoming } = await folder(new Map([['modem/li', { last: 1, off: true }]]));
  await replies.look();
  expect(troubles.get('replies:modem')?.zh).toBe('已退订“modem”，报警不再发给：李强。请本人回“恢复”');
  await rm(incoming, { recursive: true });
  await replies.look();
  expect(troubles.get('replies:modem')?.en).toMatch(/incoming cannot be read and emptied \(ENOENT\)/);
});
