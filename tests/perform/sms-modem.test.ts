/**
 * SMS by a modem, against a smsd of our own that does with files in its folder what Debian's does: it takes them from `outgoing`
 * into `checked`, and from there into `sent`, or into `failed` with the reason in them. Time is handed in: smsd works while the
 * channel waits, so that nothing here sleeps.
 */
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Sending, Verdict } from '../../src/perform/sending/channel.ts';
import { smsModem } from '../../src/perform/sms-modem.ts';
import { realWorld } from '../../src/world/world.ts';
import { climbTold, cook, guard, head, trial } from './told.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** `outgoing`: what lay there when it looked. */
type Smsd = (spool: string, outgoing: readonly string[]) => Promise<void>;
const move = async (spool: string, name: string, from: string, to: string) =>
  await rename(join(spool, from, name), join(spool, to, name));
const names = async (spool: string, folder: string) =>
  (await readdir(join(spool, folder))).filter((name) => !name.startsWith('.'));

/** The headers smsd adds to a message that failed. */
function failedWith(content: Buffer, reason: string): Buffer {
  const cut = content.indexOf('\n\n');
  const added = `\nModem: GSM1\nFail_reason: ${reason}\nFailed: 26-11-23 03:00:01`;
  return Buffer.concat([content.subarray(0, cut), Buffer.from(added), content.subarray(cut)]);
}

/** Does one step with every file. */
const smsd =
  (end: 'sent' | 'failed' | 'never', reason = ''): Smsd =>
  async (spool, outgoing) => {
    for (const name of end === 'never' ? [] : await names(spool, 'checked')) {
      const path = join(spool, 'checked', name);
      if (end === 'failed') await writeFile(path, failedWith(await readFile(path), reason));
      await move(spool, name, 'checked', end);
    }
    for (const name of outgoing) await move(spool, name, 'outgoing', 'checked');
  };
const nobody: Smsd = async () => undefined;

/** A spool folder, and a world in which smsd works while others wait. */
async function school(first: Smsd = smsd('sent')) {
  const spool = await mkdtemp(join(tmpdir(), 'gatehouse-spool-'));
  onTestFinished(async () => await rm(spool, { recursive: true, force: true }));
  for (const folder of ['outgoing', 'checked', 'sent', 'failed', 'incoming']) await mkdir(join(spool, folder));
  let now = 0;
  let works = first;
  let step: Promise<void> = Promise.resolve();
  const laid: { name: string; ino: number; content: Buffer; mode: string }[] = [];
  const work = async () => {
    // Looked at once: what is laid there meanwhile must be seen before it is taken.
    const outgoing = await names(spool, 'outgoing');
    for (const name of outgoing) {
      const path = join(spool, 'outgoing', name);
      const { ino, mode } = await stat(path);
      if (laid.some((one) => one.name === name && one.ino === ino)) continue;
      laid.push({ name, ino, content: await readFile(path), mode: (mode & 0o777).toString(8) });
    }
    await works(spool, outgoing);
  };
  const world = {
    ...realWorld(quiet),
    elapsed: () => now,
    sleep: async (ms: number) => {
      now += ms;
      // One step after the other, as the one smsd there is takes them.
      step = step.then(work);
      await step;
    },
  };
  const own = { id: 'sms', protocol: 'sms-modem', secret: undefined, replies: true } as const;
  const send = smsModem({ ...own, spool, timeoutMs: 15_000 });
  const tell = async (more: Partial<Sending> = {}): Promise<Verdict> => {
    const verdict = await send({ message: climbTold(), delivery: 'notify/1/9/sms', to: [guard], ...more }, world);
    expect(JSON.stringify(verdict)).not.toMatch(/1380000|1390000|东墙|East wall/);
    return verdict;
  };
  const become = (next: Smsd) => {
    works = next;
  };
  return { spool, laid, tell, become, waited: () => now };
}

const headOf = (content: Buffer) => content.subarray(0, content.indexOf('\n\n')).toString('latin1');
const bodyOf = (content: Buffer) => content.subarray(content.indexOf('\n\n') + 2);
const hanzi = (content: Buffer) => Buffer.from(bodyOf(content)).swap16().toString('utf16le');

test('an SMS is told once smsd has sent it, and lies in the folder as smsd wants it', async () => {
  const { laid, tell, spool } = await school();
  expect(await tell()).toEqual({ is: 'told' });
  expect(laid.map(({ mode }) => mode)).toEqual(['660']);
  const { content } = laid[0]!;
  expect(headOf(content)).toBe('To: 8613800001111\nAlphabet: UCS2\nAutosplit: 3\nPriority: high');
  expect(hanzi(content)).toBe('【P1 紧急】1区 东墙 攀爬 试验小学 11-23 22:00:37 #1');
  expect(await readdir(join(spool, 'outgoing'))).toEqual([]);
});

test('where answers come back, each person is told his own number, within the length', async () => {
  const { laid, tell } = await school();
  await tell({ to: [guard, head], numbers: { [guard.person]: 3, [head.person]: 12 } });
  const texts = laid.map(({ content }) =>
    headOf(content).includes('UCS2') ? hanzi(content) : bodyOf(content).toString(),
  );
  expect(texts.sort()).toEqual([
    '[P1 URGENT] Z1 East wall CLIMB Test School 11-23 22:00:37 #1 Reply 12 OK; TD stops',
    '【P1 紧急】1区 东墙 攀爬 试验小学 11-23 22:00:37 #1 回3确认，退订回TD',
  ]);
});

test('an English text goes out as bytes, and what is not urgent says nothing of a priority', async () => {
  const { laid, tell } = await school();
  await tell({ to: [head] });
  expect(headOf(laid[0]!.content)).toBe('To: 8613900002222\nAlphabet: ISO\nAutosplit: 3\nPriority: high');
  expect(bodyOf(laid[0]!.content).toString('latin1')).toBe(
    '[P1 URGENT] Z1 East wall CLIMB Test School 11-23 22:00:37 #1',
  );
  await tell({ message: trial, delivery: 'test/1', to: [guard] });
  expect(headOf(laid[1]!.content)).toBe('To: 8613800001111\nAlphabet: UCS2\nAutosplit: 3');
});

test.each([
  ['13800001111', '8613800001111'],
  ['+85261234567', '85261234567'],
  ['10086', 's10086'],
  ['02161234567', 's02161234567'],
])('the number %s is written %s', async (phone, written) => {
  const { laid, tell } = await school();
  await tell({ to: [{ ...guard, phone }] });
  expect(headOf(laid[0]!.content).split('\n')[0]).toBe(`To: ${written}`);
});

test('each person has a file, and who has no number is named', async () => {
  const { laid, tell } = await school();
  const why = expect.objectContaining({ en: expect.stringContaining('a mobile number (phone)') });
  expect(await tell({ to: [guard, head, cook] })).toEqual({ is: 'told', unreached: [{ person: 'cook', why }] });
  expect(new Set(laid.map(({ name }) => name)).size).toBe(2);
  expect(await tell({ to: [cook] })).toEqual({ is: 'refused', code: 'no-address', why });
  expect(await tell({ to: [] })).toMatchObject({ is: 'refused', code: 'nobody' });
});

test('what was sent before a crash is not sent again', async () => {
  const { laid, tell, waited } = await school();
  await tell();
  const before = waited();
  expect(await tell()).toEqual({ is: 'told' });
  expect(waited()).toBe(before);
  expect(laid).toHaveLength(1);
});

test('what smsd still holds is waited for, and not laid there again', async () => {
  const { laid, tell, become } = await school(smsd('never'));
  expect(await tell()).toMatchObject({ is: 'unknown', why: { en: expect.stringContaining('sent and failed') } });
  become(smsd('sent'));
  expect(await tell()).toEqual({ is: 'told' });
  expect(laid).toHaveLength(1);
});

test('another message is another file, and so is the same number of a journal begun anew', async () => {
  const { laid, tell, spool } = await school();
  await tell();
  await tell({ delivery: 'notify/2/9/sms' });
  await tell({ message: { ...climbTold(), raisedAt: 1 } });
  expect(new Set(laid.map(({ name }) => name)).size).toBe(3);
  // Of a message that has no time, one of two days ago.
  await tell({ message: trial, delivery: 'test/1' });
  const two = new Date(Date.now() - 48 * 3_600_000);
  for (const name of await names(spool, 'sent')) await utimes(join(spool, 'sent', name), two, two);
  const count = laid.length;
  await rm(join(spool, 'sent', laid.at(-1)!.name));
  await tell({ message: trial, delivery: 'test/1' });
  expect(laid.length).toBe(count);
});

test.each([
  ['+CMS ERROR: 38 (Network out of order)', '38', 'the network is out of order'],
  ['+CMS ERROR: 310', '310', 'there is no SIM card'],
  ['ERROR', '—', 'check the SIM card'],
  ['13800001111 said 东墙', '—', 'check the SIM card'],
])('a message that failed with %j is refused with %s', async (reason, code, words) => {
  const { tell } = await school(smsd('failed', reason));
  expect(await tell()).toEqual({
    is: 'refused',
    code,
    why: expect.objectContaining({ en: expect.stringContaining(words) }),
  });
});

test('a message that failed is tried again under a name of its own, and no more than nine times', async () => {
  const { laid, tell, spool, become } = await school(smsd('failed', '+CMS ERROR: 38'));
  await tell();
  become(smsd('sent'));
  expect(await tell()).toEqual({ is: 'told' });
  expect(await names(spool, 'failed')).toHaveLength(1);
  expect(await tell()).toEqual({ is: 'told' });
  expect(laid).toHaveLength(2);
});

test('nobody empties the folder: the message is withdrawn, and it is asked whether smsd runs', async () => {
  const { tell, spool, waited, become } = await school(nobody);
  expect(await tell()).toMatchObject({
    is: 'refused',
    code: 'not-taken',
    why: { en: expect.stringContaining('is smsd running'), zh: expect.stringContaining('smsd 在运行吗') },
  });
  expect(waited()).toBe(15_000);
  expect(await readdir(join(spool, 'outgoing'))).toEqual([]);
  become(smsd('sent'));
  expect(await tell()).toEqual({ is: 'told' });
});

test.each(['outgoing', 'sent', 'failed'] as const)(
  'a folder %s that is not there is named with its remedy',
  async (folder) => {
    const { tell, spool } = await school();
    await rmdir(join(spool, folder));
    expect(await tell()).toMatchObject({
      is: 'refused',
      code: 'ENOENT',
      why: { en: expect.stringMatching(new RegExp(`/${folder} \\(ENOENT\\): install smstools`)) },
    });
  },
);

test('a file where the folder should be is no folder', async () => {
  const { tell, spool } = await school();
  await rmdir(join(spool, 'outgoing'));
  await writeFile(join(spool, 'outgoing'), '');
  expect(await tell()).toMatchObject({ is: 'refused', code: 'ENOTDIR' });
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be written says which group is missing', async () => {
  const { tell, spool } = await school();
  await chmod(join(spool, 'outgoing'), 0o555);
  expect(await tell()).toMatchObject({ is: 'refused', code: 'EACCES', why: { en: expect.stringContaining('smsd') } });
});

test('a failed file that is endless, or leads elsewhere, gives no reason and harms nobody', async () => {
  const { tell } = await school(async (spool) => {
    for (const name of await names(spool, 'outgoing')) {
      await rm(join(spool, 'outgoing', name));
      await writeFile(join(spool, 'failed', name), Buffer.alloc(1 << 20, 'Fail_reason'));
    }
  });
  expect(await tell()).toMatchObject({ is: 'refused', code: '—' });
});
